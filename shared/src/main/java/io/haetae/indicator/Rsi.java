package io.haetae.indicator;

/**
 * Wilder's relative strength index, 0 to 100. NaN until {@code n} changes (n + 1 closes) were seen; 50 when no close
 * ever changed within its memory, since there is neither strength nor weakness.
 */
public final class Rsi {

    private final Wilder gains;
    private final Wilder losses;
    private double previous = Double.NaN;

    /** @param n at least 1; 14 and 9 are in use */
    public Rsi(int n) {
        gains = new Wilder(n);
        losses = new Wilder(n);
    }

    public double next(double close) {
        double change = close - previous;
        previous = close;
        if (Double.isNaN(change)) {
            return Double.NaN;
        }
        double gain = gains.next(Math.max(change, 0));
        double loss = losses.next(Math.max(-change, 0));
        double both = gain + loss;
        return both == 0 ? 50 : 100 * gain / both;
    }
}
