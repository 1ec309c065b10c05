package io.haetae.indicator;

import java.util.Arrays;

/**
 * The trailing bars that kernels look back on, oldest first and without a gap: each array holds the newest bar at the same
 * index. Index 0 is the first bar of all until more than {@link #YEAR} were added.
 */
final class Window {

    /** Closes, volumes and index closes kept: {@value Series#YEAR} returns take one close more. */
    static final int YEAR = Series.YEAR + 1;

    /** Highs, lows and values kept. */
    static final int MONTH = 20;

    /** The bars move to the front when it is full, which is seldom. */
    private static final int ROOM = YEAR + 128;

    final double[] closes = new double[ROOM];
    final double[] volumes = new double[ROOM];
    final double[] indexCloses = new double[ROOM];
    final double[] highs = new double[ROOM];
    final double[] lows = new double[ROOM];
    final double[] values = new double[ROOM];
    private int size;

    /** Bars held: all there were, up to {@link #YEAR} at least. */
    int size() {
        return size;
    }

    /** @return the index of the new bar */
    int add(double high, double low, double close, double volume, double value, double indexClose) {
        if (size == ROOM) {
            for (double[] series : series()) {
                System.arraycopy(series, ROOM - YEAR, series, 0, YEAR);
            }
            size = YEAR;
        }
        closes[size] = close;
        volumes[size] = volume;
        indexCloses[size] = indexClose;
        highs[size] = high;
        lows[size] = low;
        values[size] = value;
        return size++;
    }

    void rescale(double to, double from) {
        for (double[] prices : new double[][] {closes, highs, lows}) {
            multiply(prices, to, from);
        }
        multiply(volumes, from, to);
    }

    private void multiply(double[] series, double to, double from) {
        for (int i = 0; i < size; i++) {
            series[i] = series[i] * to / from;
        }
    }

    /** The series as they are to be kept, in the order of {@link #series}. */
    double[][] save() {
        double[][] saved = series();
        for (int i = 0; i < saved.length; i++) {
            saved[i] = Arrays.copyOfRange(saved[i], size - Math.min(size, kept(i)), size);
        }
        return saved;
    }

    /** @param bars that there were, of which the last are in {@code saved} */
    void restore(int bars, double[][] saved) {
        size = Math.min(bars, YEAR);
        double[][] series = series();
        if (saved.length != series.length) {
            throw new IllegalArgumentException("%d series of %d".formatted(saved.length, series.length));
        }
        for (int i = 0; i < series.length; i++) {
            int length = Math.min(size, kept(i));
            if (saved[i].length != length) {
                throw new IllegalArgumentException(
                        "%d numbers of %d in series %d of %d bars".formatted(saved[i].length, length, i, bars));
            }
            System.arraycopy(saved[i], 0, series[i], size - length, length);
        }
    }

    private double[][] series() {
        return new double[][] {closes, volumes, indexCloses, highs, lows, values};
    }

    private static int kept(int series) {
        return series < 3 ? YEAR : MONTH;
    }
}
