package io.haetae.indicator;

/**
 * The stochastic oscillator, 0 to 100: where the close stands between the lowest low and the highest high of the last
 * {@code n} bars, smoothed to %K, smoothed again to %D. A range of zero counts as its middle, 50. With 14, 3, 3: %K is
 * NaN before bar 16, %D before bar 18.
 */
public final class Stochastic {

    private final double[] highs;
    private final double[] lows;
    private final Sma kSmoothing;
    private final Sma dSmoothing;
    private int seen;
    private double d = Double.NaN;

    public Stochastic(int n, int kSmoothing, int dSmoothing) {
        this.highs = new double[Window.length(n)];
        this.lows = new double[n];
        this.kSmoothing = new Sma(kSmoothing);
        this.dSmoothing = new Sma(dSmoothing);
    }

    /** @return %K */
    public double next(double high, double low, double close) {
        int slot = seen % highs.length;
        highs[slot] = high;
        lows[slot] = low;
        seen++;
        if (seen < highs.length) {
            return Double.NaN;
        }
        double highest = highs[0];
        double lowest = lows[0];
        for (int i = 1; i < highs.length; i++) {
            highest = Math.max(highest, highs[i]);
            lowest = Math.min(lowest, lows[i]);
        }
        double raw = highest == lowest ? 50 : 100 * (close - lowest) / (highest - lowest);
        double k = kSmoothing.next(raw);
        if (!Double.isNaN(k)) {
            d = dSmoothing.next(k);
        }
        return k;
    }

    /** %D of the newest bar. */
    public double d() {
        return d;
    }
}
