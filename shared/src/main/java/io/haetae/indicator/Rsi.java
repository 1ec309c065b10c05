package io.haetae.indicator;

/**
 * Wilder's relative strength index, 0 to 100. NaN until {@code n} changes (n + 1 closes) were seen; 50 when no close
 * ever changed within its memory, since there is neither strength nor weakness.
 */
public final class Rsi extends Kernel {

    private final Ema gains;
    private final Ema losses;

    /** @param n at least 1; 14 and 9 are in use */
    public Rsi(int n) {
        gains = Ema.wilder(n);
        losses = Ema.wilder(n);
    }

    /** @param closes in their order, the newest at {@code at}, the first of all at 0 */
    public double next(double[] closes, int at) {
        if (at > 0) {
            double change = closes[at] - closes[at - 1];
            // The greater of it and 0, exactly, in fewer instructions than Math.max has.
            double size = Math.abs(change);
            gains.next((size + change) / 2);
            losses.next((size - change) / 2);
        }
        return value();
    }

    public double value() {
        double gain = gains.value();
        double both = gain + losses.value();
        return both == 0 ? 50 : 100 * gain / both;
    }

    @Override
    void rescale(double to, double from) {
        gains.rescale(to, from);
        losses.rescale(to, from);
    }

    @Override
    void save(Scalars out) {
        gains.save(out);
        losses.save(out);
    }

    @Override
    void restore(Scalars in) {
        gains.restore(in);
        losses.restore(in);
    }
}
