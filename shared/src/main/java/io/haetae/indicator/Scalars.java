package io.haetae.indicator;

import java.util.Arrays;

/** Kernels' memories as one row of numbers, put and taken in the same order. */
final class Scalars {

    private double[] values;
    private int at;

    Scalars() {
        this(new double[64]);
    }

    Scalars(double[] values) {
        this.values = values;
    }

    void put(double value) {
        if (at == values.length) {
            values = Arrays.copyOf(values, at * 2);
        }
        values[at++] = value;
    }

    double take() {
        if (at == values.length) {
            throw new IllegalArgumentException("a state of %d numbers is too short".formatted(at));
        }
        return values[at++];
    }

    /** @param most the largest count there can be */
    int takeCount(int most) {
        double count = take();
        if (!(count >= 0 && count <= most && count == Math.rint(count))) {
            throw new IllegalArgumentException(
                    "number %d of a state is no count up to %d: %s".formatted(at, most, count));
        }
        return (int) count;
    }

    double[] taken() {
        return Arrays.copyOf(values, at);
    }

    void end() {
        if (at != values.length) {
            throw new IllegalArgumentException("a state of %d numbers has %d".formatted(at, values.length));
        }
    }
}
