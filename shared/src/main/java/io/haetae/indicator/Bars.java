package io.haetae.indicator;

import java.time.LocalDate;
import java.util.Arrays;

/**
 * One symbol's traded sessions, oldest first, adjusted to the newest session's share: prices multiplied by, volumes
 * divided by the factors of every later change of the share (factor = base price ÷ previous close). The arrays are the
 * caller's to leave alone.
 */
public final class Bars {

    private final LocalDate last;
    private final double[] high;
    private final double[] low;
    private final double[] close;
    private final double[] volume;
    private final double[] value;
    private final double[] indexClose;

    /**
     * @param last session of the newest bar
     * @param value traded value in won, which no factor changes; NaN or 0 where unknown
     * @param indexClose of the market's index at each bar, NaN where unknown
     */
    public Bars(
            LocalDate last,
            double[] high,
            double[] low,
            double[] close,
            double[] volume,
            double[] value,
            double[] indexClose) {
        int size = close.length;
        if (size == 0) {
            throw new IllegalArgumentException("no bar");
        }
        if (high.length != size
                || low.length != size
                || volume.length != size
                || value.length != size
                || indexClose.length != size) {
            throw new IllegalArgumentException("bars of different lengths");
        }
        this.last = last;
        this.high = high;
        this.low = low;
        this.close = close;
        this.volume = volume;
        this.value = value;
        this.indexClose = indexClose;
    }

    /** Where no index is known. */
    public Bars(LocalDate last, double[] high, double[] low, double[] close, double[] volume, double[] value) {
        this(last, high, low, close, volume, value, unknown(close.length));
    }

    private static double[] unknown(int size) {
        double[] unknown = new double[size];
        Arrays.fill(unknown, Double.NaN);
        return unknown;
    }

    public int size() {
        return close.length;
    }

    public LocalDate last() {
        return last;
    }

    double[] high() {
        return high;
    }

    double[] low() {
        return low;
    }

    double[] close() {
        return close;
    }

    double[] volume() {
        return volume;
    }

    double[] value() {
        return value;
    }

    double[] indexClose() {
        return indexClose;
    }
}
