package io.haetae.indicator;

/**
 * Wilder's average directional index, 0 to 100. Movements and ranges count from the second bar, each smoothed as Wilder
 * does; a bar without any movement has a directional index of 0. NaN until 2 n bars were seen.
 */
public final class Adx {

    private final Wilder up;
    private final Wilder down;
    private final Wilder range;
    private final Wilder smoothing;
    private double previousHigh = Double.NaN;
    private double previousLow = Double.NaN;
    private double previousClose = Double.NaN;

    /** @param n at least 1 */
    public Adx(int n) {
        up = new Wilder(n);
        down = new Wilder(n);
        range = new Wilder(n);
        smoothing = new Wilder(n);
    }

    public double next(double high, double low, double close) {
        double rise = high - previousHigh;
        double fall = previousLow - low;
        double trueRange = Atr.trueRange(high, low, previousClose);
        boolean first = Double.isNaN(previousClose);
        previousHigh = high;
        previousLow = low;
        previousClose = close;
        if (first) {
            return Double.NaN;
        }
        double plus = up.next(rise > fall && rise > 0 ? rise : 0);
        double minus = down.next(fall > rise && fall > 0 ? fall : 0);
        double smoothedRange = range.next(trueRange);
        if (Double.isNaN(smoothedRange)) {
            return Double.NaN;
        }
        // The range divides both directions alike and falls out of their ratio, but for a market that never moved.
        double both = plus + minus;
        return smoothing.next(smoothedRange == 0 || both == 0 ? 0 : 100 * Math.abs(plus - minus) / both);
    }
}
