package io.haetae.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A symbol's indicators over days that may bring a split, no trade, no value, no index, or a stop of the program. */
class SymbolIndicatorsTest {

    private static final int DAYS = 700;

    /**
     * @param base the previous day's close, unless the share changed
     * @param traded without trade the figures after it do not count
     */
    private record Day(
            double base,
            double previousClose,
            boolean traded,
            double high,
            double low,
            double close,
            double volume,
            double value,
            double index) {

        void on(SymbolIndicators indicators) {
            if (base != previousClose) {
                indicators.rescale(base, previousClose);
            }
            if (traded) {
                indicators.next(high, low, close, volume, value, index);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void stoppedAfterEveryDayItGivesTheBitsItWouldHaveGiven(long seed) {
        SymbolIndicators whole = new SymbolIndicators();
        SymbolIndicators stopped = new SymbolIndicators();
        int day = 0;
        for (Day each : days(seed, 0.2, 0.1, 3, 1.7, 0.93, 10, 1 / 1.3)) {
            each.on(whole);
            each.on(stopped);
            assertSameBits("seed %d, day %d".formatted(seed, day++), stopped, whole);
            stopped = SymbolIndicators.restore(stopped.save());
            assertSameBits("seed %d, after day %d".formatted(seed, day), stopped, whole);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void stoppedOnceOnAnyDayItGivesTheBitsItWouldHaveGiven(long seed) {
        List<Day> days = days(seed, 0.2, 0.5, 3, 1.1);
        SymbolIndicators whole = run(new SymbolIndicators(), days);
        SymbolIndicators before = new SymbolIndicators();
        for (int stop = 0; stop < DAYS; stop++) {
            days.get(stop).on(before);
            SymbolIndicators rest = run(SymbolIndicators.restore(before.save()), days.subList(stop + 1, DAYS));
            assertSameBits("seed %d, stopped after day %d".formatted(seed, stop), rest, whole);
        }
    }

    @Test
    void aChangeOfTheShareIsAsIfThePricesBeforeHadBeenOfTodaysShare() {
        long seed = 7;
        List<Day> days = days(seed, 0.2, 3, 1 / 1.3);
        double[] rescaled = run(new SymbolIndicators(), days).values();
        double[] adjusted = run(new SymbolIndicators(), adjusted(days)).values();
        for (Indicator indicator : Indicator.values()) {
            double expected = adjusted[indicator.ordinal()];
            assertThat(rescaled[indicator.ordinal()])
                    .as("%s, seed %d", indicator, seed)
                    .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
        }
    }

    @Test
    void aFactorThatIsExactInBinaryChangesNoBit() {
        List<Day> days = days(8, 0.5, 4, 0.125);
        assertSameBits("seed 8", run(new SymbolIndicators(), days), run(new SymbolIndicators(), adjusted(days)));
    }

    @Test
    void theSetIsThatOfAllBarsAtOnce() {
        List<Day> days = adjusted(days(9, 0.5)).stream().filter(Day::traded).toList();
        Bars bars = new Bars(
                LocalDate.EPOCH,
                days.stream().mapToDouble(Day::high).toArray(),
                days.stream().mapToDouble(Day::low).toArray(),
                days.stream().mapToDouble(Day::close).toArray(),
                days.stream().mapToDouble(Day::volume).toArray(),
                days.stream().mapToDouble(Day::value).toArray(),
                days.stream().mapToDouble(Day::index).toArray());
        assertThat(IndicatorSet.of("000010", bars))
                .isEqualTo(run(new SymbolIndicators(), days).toSet("000010", LocalDate.EPOCH));
    }

    @Test
    void withoutABarNothingIsDefined() {
        assertThat(new SymbolIndicators().values()).containsOnly(Double.NaN);
        assertThat(SymbolIndicators.restore(new SymbolIndicators().save()).values())
                .containsOnly(Double.NaN);
    }

    /** How many bars each needs; beta's pairs are of returns. */
    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource({
        "1, OBV VWAP LAST_CLOSE LAST_VOLUME",
        "5, SMA5 VOLUME_RATIO",
        "10, RSI9 VOLUME_SURGE",
        "12, EMA12",
        "14, ATR14",
        "15, RSI14",
        "16, STOCHASTIC_K",
        "18, STOCHASTIC_D",
        "20, SMA20 BOLLINGER_UPPER BOLLINGER_MIDDLE BOLLINGER_LOWER VOLUME_MA20 AVERAGE_VALUE20 PRICE_TREND VOLUME_TREND HIGHEST20 LOWEST20",
        "21, ROC20",
        "26, EMA26 MACD",
        "28, ADX14",
        "30, VOLATILITY VOLUME_VARIATION",
        "31, BETA CORRELATION",
        "34, MACD_SIGNAL MACD_HISTOGRAM",
        "50, SMA50",
        "60, SMA60",
        "120, SMA120",
        "200, SMA200",
        "252, HIGHEST_CLOSE252 LOWEST_CLOSE252"
    })
    void eachIsThereFromItsBarOnAndNotBefore(int first, String names) {
        SymbolIndicators indicators = new SymbolIndicators();
        Set<Indicator> before = EnumSet.noneOf(Indicator.class);
        for (int bar = 1; bar <= first; bar++) {
            before = defined(indicators);
            double close = 1_000 + bar % 7 * 10;
            indicators.next(close + 20, close - 20, close, 100 + bar, close * (100 + bar), 2_500 + bar % 5);
        }
        Set<Indicator> then = defined(indicators);
        assertThat(then).containsAll(before);

        then.removeAll(before);

        assertThat(then).extracting(Indicator::name).containsExactlyInAnyOrder(names.split(" ", -1));
    }

    private static Set<Indicator> defined(SymbolIndicators indicators) {
        Set<Indicator> defined = EnumSet.allOf(Indicator.class);
        double[] values = indicators.values();
        defined.removeIf(indicator -> Double.isNaN(values[indicator.ordinal()]));
        return defined;
    }

    @Test
    void whatIsNoStateIsRefused() {
        SymbolIndicators indicators = run(new SymbolIndicators(), days(10, 0.5));
        refuses(indicators, state -> Arrays.copyOf(state, 6), "5 series of 6");
        refuses(indicators, state -> with(state, 0, Arrays.copyOf(state[0], 10)), "a state of 10 numbers is too short");
        refuses(
                indicators,
                state -> with(state, 0, Arrays.copyOf(state[0], state[0].length + 1)),
                "a state of %d numbers has %d"
                        .formatted(indicators.save()[0].length, indicators.save()[0].length + 1));
        refuses(indicators, state -> with(state, 1, new double[252]), "252 numbers of 253 in series 0 of ");
        double[] scalars = indicators.save()[0];
        scalars[2] = 0.5;
        refuses(indicators, state -> with(state, 0, scalars), "number 3 of a state is no count up to 5: 0.5");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void aShareCannotChangeToOrFromThatPrice(double price) {
        assertThatThrownBy(() -> new SymbolIndicators().rescale(price, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a share cannot change from 100.0 to " + price);
        assertThatThrownBy(() -> new SymbolIndicators().rescale(100, price))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a share cannot change from %s to 100.0".formatted(price));
    }

    @Test
    void aCloseAtTheNewSharesBaseIsNoChange() {
        SymbolIndicators indicators = new SymbolIndicators();
        indicators.next(1_300, 1_300, 1_300, 10, 0, 0);
        indicators.rescale(999, 1_300);
        indicators.next(999, 999, 999, 40, 0, 0);
        assertThat(indicators.values()[Indicator.OBV.ordinal()]).isEqualTo(10.0 * 1_300 / 999);
    }

    private static void refuses(SymbolIndicators indicators, UnaryOperator<double[][]> change, String reason) {
        assertThatThrownBy(() -> SymbolIndicators.restore(change.apply(indicators.save())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    private static double[][] with(double[][] state, int row, double[] other) {
        state[row] = other;
        return state;
    }

    private static SymbolIndicators run(SymbolIndicators indicators, List<Day> days) {
        days.forEach(day -> day.on(indicators));
        return indicators;
    }

    /** All in the last day's share, no day bringing a change. */
    private static List<Day> adjusted(List<Day> days) {
        List<Day> adjusted = new ArrayList<>();
        for (Day day : days) {
            adjusted.replaceAll(before -> new Day(
                    1,
                    1,
                    before.traded,
                    before.high * day.base / day.previousClose,
                    before.low * day.base / day.previousClose,
                    before.close * day.base / day.previousClose,
                    before.volume * day.previousClose / day.base,
                    before.value,
                    before.index));
            adjusted.add(new Day(1, 1, day.traded, day.high, day.low, day.close, day.volume, day.value, day.index));
        }
        return adjusted;
    }

    private static List<Day> days(long seed, double... factors) {
        Random random = new Random(seed);
        List<Day> days = new ArrayList<>();
        double price = 1 << 16;
        double index = 2_500;
        for (int i = 0; i < DAYS; i++) {
            double previousClose = price;
            double factor = factors[random.nextInt(factors.length)];
            double base =
                    random.nextInt(50) != 0 || price * factor < 1_000 || price * factor > 1e6 ? price : price * factor;
            double move = random.nextInt(5) == 0 ? 0 : random.nextGaussian() * 0.03;
            price = move == 0 ? base : Math.rint(base * Math.exp(move));
            index *= Math.exp(random.nextGaussian() * 0.01);
            double volume = 1 + random.nextInt(1_000_000);
            boolean traded = random.nextInt(30) != 0;
            if (!traded) {
                price = base;
            }
            days.add(new Day(
                    base,
                    previousClose,
                    traded,
                    Math.rint(Math.max(base, price) * (1 + random.nextDouble() * 0.01)),
                    Math.rint(Math.min(base, price) * (1 - random.nextDouble() * 0.01)),
                    price,
                    volume,
                    random.nextInt(20) == 0 ? Double.NaN : price * volume,
                    random.nextInt(100) == 0 ? Double.NaN : index));
        }
        return days;
    }

    private static void assertSameBits(String when, SymbolIndicators actual, SymbolIndicators expected) {
        double[] values = actual.values();
        double[] others = expected.values();
        for (Indicator indicator : Indicator.values()) {
            int at = indicator.ordinal();
            if (Double.doubleToRawLongBits(values[at]) != Double.doubleToRawLongBits(others[at])) {
                assertThat(values[at]).as("%s, %s", indicator, when).isEqualTo(others[at]);
                throw new AssertionError("%s, %s: another NaN".formatted(indicator, when));
            }
        }
        assertThat(actual.bars()).as(when).isEqualTo(expected.bars());
    }
}
