package io.haetae.indicator;

/**
 * Wilder's average directional index, 0 to 100. Movements count from the second bar, each direction smoothed as Wilder
 * does; a bar without any movement has a directional index of 0. NaN until 2 n bars were seen. The true range divides both
 * directions alike and so falls out of their ratio: it is not computed.
 */
public final class Adx extends Kernel {

    private final Ema up;
    private final Ema down;
    private final Ema smoothing;

    /** @param n at least 1 */
    public Adx(int n) {
        up = Ema.wilder(n);
        down = Ema.wilder(n);
        smoothing = Ema.wilder(n);
    }

    /** @param highs like {@code lows} in their order, the newest at {@code at}, the first of all at 0 */
    public double next(double[] highs, double[] lows, int at) {
        if (at > 0) {
            double rise = highs[at] - highs[at - 1];
            double fall = lows[at - 1] - lows[at];
            double plus = up.next(rise > fall ? Math.max(rise, 0) : 0);
            double minus = down.next(fall > rise ? Math.max(fall, 0) : 0);
            double both = plus + minus;
            if (!Double.isNaN(both)) {
                smoothing.next(both == 0 ? 0 : 100 * Math.abs(plus - minus) / both);
            }
        }
        return value();
    }

    public double value() {
        return smoothing.value();
    }

    /** The index itself is a ratio, which no factor changes. */
    @Override
    void rescale(double to, double from) {
        up.rescale(to, from);
        down.rescale(to, from);
    }

    @Override
    void save(Scalars out) {
        up.save(out);
        down.save(out);
        smoothing.save(out);
    }

    @Override
    void restore(Scalars in) {
        up.restore(in);
        down.restore(in);
        smoothing.restore(in);
    }
}
