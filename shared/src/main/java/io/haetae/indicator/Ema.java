package io.haetae.indicator;

/**
 * Exponential moving average, α = 2 ÷ (n + 1), seeded with the mean of its first {@code n} inputs. NaN before that
 * mean exists.
 */
public final class Ema {

    private final int n;
    private final double alpha;
    private double sum;
    private double value = Double.NaN;
    private int seen;

    /** @param n at least 1 */
    public Ema(int n) {
        this.n = Window.length(n);
        this.alpha = 2.0 / (n + 1);
    }

    public double next(double input) {
        if (seen >= n) {
            value += alpha * (input - value);
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
