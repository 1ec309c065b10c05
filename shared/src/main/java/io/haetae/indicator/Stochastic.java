package io.haetae.indicator;

import java.util.Arrays;

/**
 * The stochastic oscillator, 0 to 100: where the close stands between the lowest low and the highest high of the last
 * {@code n} bars, smoothed to %K, smoothed again to %D. A range of zero counts as its middle, 50. With 14, 3, 3: %K is
 * NaN before bar 16, %D before bar 18.
 */
public final class Stochastic extends Kernel {

    private final int n;
    private final double[] raws;
    private final double[] ks;
    private double highest = Double.NaN;
    private double lowest = Double.NaN;

    public Stochastic(int n, int kSmoothing, int dSmoothing) {
        this.n = length(n);
        raws = new double[length(kSmoothing)];
        ks = new double[length(dSmoothing)];
        Arrays.fill(raws, Double.NaN);
        Arrays.fill(ks, Double.NaN);
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
        push(raws, highest == lowest ? 50 : 100 * (closes[at] - lowest) / (highest - lowest));
        double k = mean(raws);
        push(ks, k);
        return k;
    }

    /** %K of the newest bar. */
    public double k() {
        return ks[ks.length - 1];
    }

    /** %D of the newest bar. */
    public double d() {
        return mean(ks);
    }

    private static void push(double[] last, double value) {
        for (int i = 1; i < last.length; i++) {
            last[i - 1] = last[i];
        }
        last[last.length - 1] = value;
    }

    private static double mean(double[] last) {
        double sum = 0;
        for (double value : last) {
            sum += value;
        }
        return sum / last.length;
    }

    @Override
    void rescale(double to, double from) {
        highest = highest * to / from;
        lowest = lowest * to / from;
    }

    @Override
    void save(Scalars out) {
        out.put(highest);
        out.put(lowest);
        for (double raw : raws) {
            out.put(raw);
        }
        for (double k : ks) {
            out.put(k);
        }
    }

    @Override
    void restore(Scalars in) {
        highest = in.take();
        lowest = in.take();
        for (int i = 0; i < raws.length; i++) {
            raws[i] = in.take();
        }
        for (int i = 0; i < ks.length; i++) {
            ks[i] = in.take();
        }
    }
}
