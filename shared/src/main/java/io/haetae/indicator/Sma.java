package io.haetae.indicator;

/** Simple moving average of the last {@code n} inputs. NaN until {@code n} inputs were seen. */
public final class Sma {

    private final double[] window;
    private double sum;
    private int seen;

    /** @param n at least 1 */
    public Sma(int n) {
        window = new double[Window.length(n)];
    }

    public double next(double value) {
        int slot = seen % window.length;
        sum += value - window[slot];
        window[slot] = value;
        seen++;
        return seen < window.length ? Double.NaN : sum / window.length;
    }
}
