package io.haetae.indicator;

/**
 * Moving average convergence and divergence: fast EMA − slow EMA, in the unit of the price. The line is NaN until the
 * slow EMA exists; the signal line, an EMA of the line, until it saw its own number of lines (bar 34 for 12, 26, 9).
 */
public final class Macd extends Kernel {

    private final Ema fast;
    private final Ema slow;
    private final Ema signal;

    public Macd(int fast, int slow, int signal) {
        this.fast = new Ema(fast);
        this.slow = new Ema(slow);
        this.signal = new Ema(signal);
    }

    /** @return the line */
    public double next(double close) {
        double line = fast.next(close) - slow.next(close);
        if (!Double.isNaN(line)) {
            signal.next(line);
        }
        return line;
    }

    public double line() {
        return fast.value() - slow.value();
    }

    public double signal() {
        return signal.value();
    }

    /** Line − signal line. */
    public double histogram() {
        return line() - signal.value();
    }

    /** The EMA of the fast line. */
    public double fast() {
        return fast.value();
    }

    /** The EMA of the slow line. */
    public double slow() {
        return slow.value();
    }

    @Override
    void rescale(double to, double from) {
        fast.rescale(to, from);
        slow.rescale(to, from);
        signal.rescale(to, from);
    }

    @Override
    void save(Scalars out) {
        fast.save(out);
        slow.save(out);
        signal.save(out);
    }

    @Override
    void restore(Scalars in) {
        fast.restore(in);
        slow.restore(in);
        signal.restore(in);
    }
}
