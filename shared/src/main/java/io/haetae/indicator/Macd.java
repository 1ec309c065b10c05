package io.haetae.indicator;

/**
 * Moving average convergence and divergence: fast EMA − slow EMA, in the unit of the price. The line is NaN until the
 * slow EMA exists; the signal line, an EMA of the line, until it saw its own number of lines (bar 34 for 12, 26, 9).
 */
public final class Macd {

    private final Ema fast;
    private final Ema slow;
    private final Ema smoothing;
    private double line = Double.NaN;
    private double signal = Double.NaN;

    public Macd(int fast, int slow, int signal) {
        this.fast = new Ema(fast);
        this.slow = new Ema(slow);
        this.smoothing = new Ema(signal);
    }

    /** @return the line */
    public double next(double close) {
        line = fast.next(close) - slow.next(close);
        if (!Double.isNaN(line)) {
            signal = smoothing.next(line);
        }
        return line;
    }

    public double signal() {
        return signal;
    }

    /** Line − signal line. */
    public double histogram() {
        return line - signal;
    }
}
