package io.haetae.indicator;

/**
 * On-balance volume in shares: starts at the first bar's volume, then adds the volume of a rise and takes away that of a
 * fall. NaN before the first bar.
 */
public final class Obv extends Kernel {

    private double total = Double.NaN;

    /** @param closes like {@code volumes} in their order, the newest at {@code at}, the first of all at 0 */
    public double next(double[] closes, double[] volumes, int at) {
        if (at == 0) {
            total = volumes[0];
        } else {
            total += Math.signum(closes[at] - closes[at - 1]) * volumes[at];
        }
        return total;
    }

    public double value() {
        return total;
    }

    /** @param to over {@code from}: the factor of the volumes */
    @Override
    void rescale(double to, double from) {
        total = total * to / from;
    }

    @Override
    void save(Scalars out) {
        out.put(total);
    }

    @Override
    void restore(Scalars in) {
        total = in.take();
    }
}
