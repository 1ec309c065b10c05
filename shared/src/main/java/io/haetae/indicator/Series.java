package io.haetae.indicator;

/** Measures over the end of a series. Too few values give NaN; what is too few is each measure's own. */
public final class Series {

    /** Sessions in a year, by convention. */
    public static final int YEAR = 252;

    private Series() {}

    /** Mean of the last {@code n} values, NaN when there are fewer. */
    public static double mean(double[] values, int n) {
        return mean(values, values.length - n, values.length);
    }

    private static double mean(double[] values, int from, int to) {
        if (from < 0 || from >= to) {
            return Double.NaN;
        }
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum / (to - from);
    }

    /** Mean of the last {@code n} ÷ mean of the {@code n} before them. */
    public static double ratioToBefore(double[] values, int n) {
        int middle = values.length - n;
        return mean(values, middle, values.length) / mean(values, middle - n, middle);
    }

    /** Slope of the least-squares line through the last {@code n} values ÷ their mean, per cent a bar. */
    public static double trend(double[] values, int n) {
        int from = values.length - n;
        double mean = mean(values, n);
        if (Double.isNaN(mean) || mean == 0 || n < 2) {
            return Double.NaN;
        }
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
    public static double volatility(double[] closes, int most, int least) {
        if (closes.length < least || closes.length < 2) {
            return Double.NaN;
        }
        int count = Math.min(most, closes.length - 1);
        int from = closes.length - count;
        double[] returns = new double[count];
        for (int i = 0; i < count; i++) {
            returns[i] = closes[from + i] / closes[from + i - 1] - 1;
        }
        return deviation(returns, 0) * Math.sqrt(YEAR);
    }

    /** Population σ ÷ mean, over at most the last {@code most} values. */
    public static double variation(double[] values, int most, int least) {
        if (values.length < least || values.length == 0) {
            return Double.NaN;
        }
        int from = Math.max(0, values.length - most);
        return deviation(values, from) / mean(values, from, values.length);
    }

    private static double deviation(double[] values, int from) {
        double mean = mean(values, from, values.length);
        double squares = 0;
        for (int i = from; i < values.length; i++) {
            squares += (values[i] - mean) * (values[i] - mean);
        }
        return Math.sqrt(squares / (values.length - from));
    }
}
