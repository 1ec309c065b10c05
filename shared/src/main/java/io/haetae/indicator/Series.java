package io.haetae.indicator;

/**
 * Measures over the end of a series, the first {@code size} numbers of an array. Too few of them give NaN; what is too few
 * is each measure's own. Each is summed anew from its oldest number on, so it depends on nothing but those it looks at.
 */
public final class Series {

    /** Sessions in a year, by convention. */
    public static final int YEAR = 252;

    private Series() {}

    /** Mean of the last {@code n} values, NaN when there are fewer. */
    public static double mean(double[] values, int size, int n) {
        if (n < 1 || n > size) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = size - n; i < size; i++) {
            sum += values[i];
        }
        return sum / n;
    }

    /** The greatest of the last {@code n} values, NaN when there are fewer. */
    public static double highest(double[] values, int size, int n) {
        if (n < 1 || n > size) {
            return Double.NaN;
        }
        double highest = values[size - n];
        for (int i = size - n + 1; i < size; i++) {
            highest = Math.max(highest, values[i]);
        }
        return highest;
    }

    /** The least of the last {@code n} values, NaN when there are fewer. */
    public static double lowest(double[] values, int size, int n) {
        if (n < 1 || n > size) {
            return Double.NaN;
        }
        double lowest = values[size - n];
        for (int i = size - n + 1; i < size; i++) {
            lowest = Math.min(lowest, values[i]);
        }
        return lowest;
    }

    /** Mean of the last {@code n} ÷ mean of the {@code n} before them. */
    public static double ratioToBefore(double[] values, int size, int n) {
        return mean(values, size, n) / mean(values, size - n, n);
    }

    /** Slope of the least-squares line through the last {@code n} values ÷ their mean, per cent a bar. */
    public static double trend(double[] values, int size, int n) {
        double mean = mean(values, size, n);
        if (Double.isNaN(mean) || mean == 0 || n < 2) {
            return Double.NaN;
        }
        int from = size - n;
        double centre = (n - 1) / 2.0;
        double along = 0;
        double spread = 0;
        for (int i = 0; i < n; i++) {
            along += (i - centre) * (values[from + i] - mean);
            spread += (i - centre) * (i - centre);
        }
        return along / spread / mean * 100;
    }

    /**
     * Population σ of the returns from close to close × √252, a fraction (0.4 is 40 % a year), over at most the last
     * {@code most} returns.
     *
     * @param least fewest closes that say anything
     */
    public static double volatility(double[] closes, int size, int most, int least) {
        if (size < least || size < 2) {
            return Double.NaN;
        }
        int count = Math.min(most, size - 1);
        double[] returns = new double[count];
        for (int i = size - count; i < size; i++) {
            returns[i - size + count] = closes[i] / closes[i - 1] - 1;
        }
        return deviation(returns, count, count) * Math.sqrt(YEAR);
    }

    /** Population σ ÷ mean, over at most the last {@code most} values. */
    public static double variation(double[] values, int size, int most, int least) {
        if (size < least || size == 0) {
            return Double.NaN;
        }
        int n = Math.min(most, size);
        return deviation(values, size, n) / mean(values, size, n);
    }

    private static double deviation(double[] values, int size, int n) {
        double mean = mean(values, size, n);
        double squares = 0;
        for (int i = size - n; i < size; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return Math.sqrt(squares / n);
    }
}
