package io.haetae.indicator;

/** Rate of change against the close {@code n} bars ago, per cent. NaN until n + 1 closes were seen. */
public final class Roc {

    private final double[] window;
    private int seen;

    /** @param n at least 1 */
    public Roc(int n) {
        window = new double[Window.length(n)];
    }

    public double next(double close) {
        int slot = seen % window.length;
        double before = window[slot];
        window[slot] = close;
        return seen++ < window.length ? Double.NaN : (close - before) / before * 100;
    }
}
