package io.haetae.indicator;

/**
 * The stochastic oscillator, 0 to 100: where the close stands between the lowest low and the highest high of the last
 * {@code n} bars; %K is the mean of the last three of these, %D that of the last three %K. A range of zero counts as its middle,
 * 50. %K is NaN until n + 2 bars were seen, %D until n + 4.
 */
public final class Stochastic extends Kernel {

    private final int n;
    private double highest = Double.NaN;
    private double lowest = Double.NaN;
    private double rawBefore2 = Double.NaN;
    private double rawBefore = Double.NaN;
    private double raw = Double.NaN;
    private double kBefore2 = Double.NaN;
    private double kBefore = Double.NaN;
    private double k = Double.NaN;

    /** @param n at least 1 */
    public Stochastic(int n) {
        this.n = length(n);
    }

    /**
     * @param highs like {@code lows} and {@code closes} in their order, the newest at {@code at}, at least {@code n} before it
     *     when there were as many
     * @return %K
     */
    public double next(double[] highs, double[] lows, double[] closes, int at) {
        if (at < n - 1) {
            return Double.NaN;
        }
        // Whole windows are looked through only when the extreme leaves them.
        double high = highs[at];
        double low = lows[at];
        if (high >= highest) {
            highest = high;
        } else if (at < n || highs[at - n] == highest) {
            highest = Series.highest(highs, at + 1, n);
        }
        if (low <= lowest) {
            lowest = low;
        } else if (at < n || lows[at - n] == lowest) {
            lowest = Series.lowest(lows, at + 1, n);
        }
        rawBefore2 = rawBefore;
        rawBefore = raw;
        raw = highest == lowest ? 50 : 100 * (closes[at] - lowest) / (highest - lowest);
        kBefore2 = kBefore;
        kBefore = k;
        k = (rawBefore2 + rawBefore + raw) / 3;
        return k;
    }

    /** %K of the newest bar. */
    public double k() {
        return k;
    }

    /** %D of the newest bar. */
    public double d() {
        return (kBefore2 + kBefore + k) / 3;
    }

    /** %K and %D are ratios, which no factor changes. */
    @Override
    void rescale(double to, double from) {
        highest = highest * to / from;
        lowest = lowest * to / from;
    }

    @Override
    void save(Scalars out) {
        out.put(highest);
        out.put(lowest);
        out.put(rawBefore2);
        out.put(rawBefore);
        out.put(raw);
        out.put(kBefore2);
        out.put(kBefore);
        out.put(k);
    }

    @Override
    void restore(Scalars in) {
        highest = in.take();
        lowest = in.take();
        rawBefore2 = in.take();
        rawBefore = in.take();
        raw = in.take();
        kBefore2 = in.take();
        kBefore = in.take();
        k = in.take();
    }
}
