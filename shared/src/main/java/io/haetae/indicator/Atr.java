package io.haetae.indicator;

/**
 * Wilder's average true range, in the unit of the price. The first bar's range is its high − low, having no previous
 * close. NaN until {@code n} bars were seen.
 */
public final class Atr extends Kernel {

    private final Ema smoothing;

    /** @param n at least 1 */
    public Atr(int n) {
        smoothing = Ema.wilder(n);
    }

    /** @param highs like {@code lows} and {@code closes} in their order, the newest at {@code at}, the first of all at 0 */
    public double next(double[] highs, double[] lows, double[] closes, int at) {
        double high = highs[at];
        double low = lows[at];
        if (at > 0) {
            high = Math.max(high, closes[at - 1]);
            low = Math.min(low, closes[at - 1]);
        }
        return smoothing.next(high - low);
    }

    public double value() {
        return smoothing.value();
    }

    @Override
    void rescale(double to, double from) {
        smoothing.rescale(to, from);
    }

    @Override
    void save(Scalars out) {
        smoothing.save(out);
    }

    @Override
    void restore(Scalars in) {
        smoothing.restore(in);
    }
}
