package io.haetae.indicator;

/** Wilder's smoothing, α = 1 ÷ n, seeded with the mean of its first {@code n} inputs. NaN before that mean exists. */
final class Wilder {

    private final int n;
    private double sum;
    private double value = Double.NaN;
    private int seen;

    Wilder(int n) {
        this.n = Window.length(n);
    }

    double next(double input) {
        if (seen >= n) {
            value += (input - value) / n;
            return value;
        }
        sum += input;
        seen++;
        if (seen == n) {
            value = sum / n;
        }
        return value;
    }
}
