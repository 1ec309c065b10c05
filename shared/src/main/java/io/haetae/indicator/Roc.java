package io.haetae.indicator;

/**
 * Rate of change against the close {@code n} bars ago, per cent. NaN until n + 1 closes were seen. It remembers nothing.
 *
 * @param n at least 1
 */
public record Roc(int n) {

    public Roc {
        Kernel.length(n);
    }

    /** @param closes in their order, the newest at {@code at}, the first of all at 0 when fewer than n + 1 are there */
    public double value(double[] closes, int at) {
        return at < n ? Double.NaN : (closes[at] - closes[at - n]) / closes[at - n] * 100;
    }
}
