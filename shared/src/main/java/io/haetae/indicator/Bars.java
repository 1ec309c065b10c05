package io.haetae.indicator;

import java.time.LocalDate;

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

    /**
     * @param last session of the newest bar
     * @param value traded value in won, which no factor changes
     */
    public Bars(LocalDate last, double[] high, double[] low, double[] close, double[] volume, double[] value) {
        int size = close.length;
        if (size == 0) {
            throw new IllegalArgumentException("no bar");
        }
        if (high.length != size || low.length != size || volume.length != size || value.length != size) {
            throw new IllegalArgumentException("bars of different lengths");
        }
        this.last = last;
        this.high = high;
        this.low = low;
        this.close = close;
        this.volume = volume;
        this.value = value;
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
}
