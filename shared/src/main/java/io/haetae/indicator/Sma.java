package io.haetae.indicator;

/** Simple moving average of the last {@code n} inputs, as a running sum. NaN until {@code n} inputs were seen. */
public final class Sma extends Kernel {

    private final int n;
    private double sum;
    private int seen;

    /** @param n at least 1 */
    public Sma(int n) {
        this.n = length(n);
    }

    /** @param inputs in their order, the newest at {@code at}, at least {@code n} before it when there were as many */
    public double next(double[] inputs, int at) {
        if (seen == n) {
            sum += inputs[at] - inputs[at - n];
        } else {
            sum += inputs[at];
            seen++;
        }
        return value();
    }

    public double value() {
        return seen < n ? Double.NaN : sum / n;
    }

    @Override
    void rescale(double to, double from) {
        sum = sum * to / from;
    }

    @Override
    void save(Scalars out) {
        out.put(seen);
        out.put(sum);
    }

    @Override
    void restore(Scalars in) {
        seen = in.takeCount(n);
        sum = in.take();
    }
}
