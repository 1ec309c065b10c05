package io.haetae.indicator;

/**
 * Wilder's average true range, in the unit of the price. The first bar's range is its high − low, having no previous
 * close. NaN until {@code n} bars were seen.
 */
public final class Atr {

    private final Wilder smoothing;
    private double previousClose = Double.NaN;

    /** @param n at least 1 */
    public Atr(int n) {
        smoothing = new Wilder(n);
    }

    public double next(double high, double low, double close) {
        double range = trueRange(high, low, previousClose);
        previousClose = close;
        return smoothing.next(range);
    }

    static double trueRange(double high, double low, double previousClose) {
        if (Double.isNaN(previousClose)) {
            return high - low;
        }
        return Math.max(high, previousClose) - Math.min(low, previousClose);
    }
}
