package io.haetae.indicator;

/**
 * Exponential moving average, α = 2 ÷ (n + 1), seeded with the mean of its first {@code n} inputs. NaN before that
 * mean exists.
 */
public final class Ema extends Kernel {

    private final int n;
    private final double alpha;
    private int seen;
    /** The inputs' sum until there are {@link #n}, their average from then on. */
    private double average;

    /** @param n at least 1 */
    public Ema(int n) {
        this(n, 2.0 / (n + 1));
    }

    private Ema(int n, double alpha) {
        this.n = length(n);
        this.alpha = alpha;
    }

    /** Wilder's smoothing: the same with α = 1 ÷ n. */
    static Ema wilder(int n) {
        return new Ema(n, 1.0 / n);
    }

    public double next(double input) {
        if (seen == n) {
            average += alpha * (input - average);
        } else {
            average += input;
            if (++seen == n) {
                average /= n;
            }
        }
        return value();
    }

    public double value() {
        return seen < n ? Double.NaN : average;
    }

    @Override
    void rescale(double to, double from) {
        average = average * to / from;
    }

    @Override
    void save(Scalars out) {
        out.put(seen);
        out.put(average);
    }

    @Override
    void restore(Scalars in) {
        seen = in.takeCount(n);
        average = in.take();
    }
}
