package io.haetae.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the benchmark compares does the same work. */
class BareLoopTest {

    private static final int WIDTH = Indicator.VWAP.ordinal() + 1;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void oneLoopComputesWhatTheKernelsCompute(long seed) {
        Bars bars = GeneratedBars.of(seed, 750);
        double[] rows = new double[750 * WIDTH];
        BareLoop.run(bars.high(), bars.low(), bars.close(), bars.volume(), bars.value(), rows, WIDTH);
        SymbolIndicators indicators = new SymbolIndicators();
        for (int bar = 0; bar < 750; bar++) {
            indicators.next(bars, bar);
            double[] values = indicators.values();
            for (int at = 0; at < WIDTH; at++) {
                double expected = rows[bar * WIDTH + at];
                String what = "%s, bar %d, seed %d".formatted(Indicator.values()[at], bar, seed);
                if (Double.isNaN(expected)) {
                    assertThat(values[at]).as(what).isNaN();
                } else {
                    assertThat(values[at]).as(what).isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
                }
            }
        }
    }
}
