package io.haetae.indicator;

/** Bollinger's bands: the mean of the last {@code n} closes, and {@code k} population σ around it. NaN until n closes. */
public final class Bollinger extends Kernel {

    private final int n;
    private final double k;
    private final Sma mean;

    public Bollinger(int n, double k) {
        this.n = length(n);
        this.k = k;
        this.mean = new Sma(n);
    }

    /**
     * @param closes in their order, the newest at {@code at}, at least {@code n} before it when there were as many
     * @return the middle band
     */
    public double next(double[] closes, int at) {
        return mean.next(closes, at);
    }

    public double middle() {
        return mean.value();
    }

    /** From the middle to either band. Its squares are summed anew: a running sum loses a quiet window's digits. */
    public double width(double[] closes, int at) {
        double middle = mean.value();
        if (Double.isNaN(middle)) {
            return middle;
        }
        // Two sums, since each addition waits for the one before.
        double even = 0;
        double odd = 0;
        int i = at - n + 1;
        for (; i < at; i += 2) {
            even += (closes[i] - middle) * (closes[i] - middle);
            odd += (closes[i + 1] - middle) * (closes[i + 1] - middle);
        }
        if (i == at) {
            even += (closes[at] - middle) * (closes[at] - middle);
        }
        return k * Math.sqrt((even + odd) / n);
    }

    @Override
    void rescale(double to, double from) {
        mean.rescale(to, from);
    }

    @Override
    void save(Scalars out) {
        mean.save(out);
    }

    @Override
    void restore(Scalars in) {
        mean.restore(in);
    }
}
