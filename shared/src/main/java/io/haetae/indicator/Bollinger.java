package io.haetae.indicator;

/** Bollinger's bands: the mean of the last {@code n} closes, and {@code k} population σ around it. NaN until n closes. */
public final class Bollinger {

    private final double[] window;
    private final double k;
    private int seen;
    private double middle = Double.NaN;
    private double width = Double.NaN;

    public Bollinger(int n, double k) {
        this.window = new double[Window.length(n)];
        this.k = k;
    }

    /** @return the middle band */
    public double next(double close) {
        window[seen % window.length] = close;
        seen++;
        if (seen >= window.length) {
            // Two passes: a running sum of squares loses a quiet window's digits.
            double sum = 0;
            for (double value : window) {
                sum += value;
            }
            middle = sum / window.length;
            double squares = 0;
            for (double value : window) {
                squares += (value - middle) * (value - middle);
            }
            width = k * Math.sqrt(squares / window.length);
        }
        return middle;
    }

    public double upper() {
        return middle + width;
    }

    public double lower() {
        return middle - width;
    }
}
