package io.haetae.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.CachedIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.ROCIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.StochasticOscillatorKIndicator;
import org.ta4j.core.indicators.adx.ADXIndicator;
import org.ta4j.core.indicators.averages.EMAIndicator;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsLowerIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsMiddleIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsUpperIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.helpers.HighPriceIndicator;
import org.ta4j.core.indicators.helpers.HighestValueIndicator;
import org.ta4j.core.indicators.helpers.LowPriceIndicator;
import org.ta4j.core.indicators.helpers.LowestValueIndicator;
import org.ta4j.core.indicators.helpers.VolumeIndicator;
import org.ta4j.core.indicators.statistics.CorrelationCoefficientIndicator;
import org.ta4j.core.indicators.statistics.CovarianceIndicator;
import org.ta4j.core.indicators.statistics.SimpleLinearRegressionIndicator;
import org.ta4j.core.indicators.statistics.SimpleLinearRegressionIndicator.SimpleLinearRegressionType;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.indicators.statistics.VarianceIndicator;
import org.ta4j.core.indicators.volume.OnBalanceVolumeIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;

/**
 * Against an independent library, at every bar where definitions agree. They differ in this:
 *
 * <ul>
 *   <li>its recursive averages (EMA, Wilder's) start at the first input, ours at the mean of the first n: they meet once the
 *       start is forgotten, and are compared from then on;
 *   <li>its means are of what there is while there are fewer than n inputs, ours are undefined;
 *   <li>its balance starts at 0, ours at the first volume: the difference stays;
 *   <li>when nothing moved its strength is 0 and its oscillator undefined, ours are in the middle.
 * </ul>
 */
class Ta4jAgreementTest {

    private static final int BARS = 800;

    /** Recursive averages have forgotten their start: (25 ÷ 27) to the 470th is below 1e-15. */
    private static final int FORGOTTEN = 500;

    enum Shape {
        WANDERING(20_260_105, 50_000, 0.02, 1),
        STORMY(2, 3_000, 0.25, 1),
        HUGE(3, 1e9, 0.03, 1),
        NARROW(4, 1_000_000, 0.000_003, 1),
        FALLING(5, 2_000_000, 0.01, 0.992);

        private final long seed;
        private final double price;
        private final double sigma;
        private final double drift;

        Shape(long seed, double price, double sigma, double drift) {
            this.seed = seed;
            this.price = price;
            this.sigma = sigma;
            this.drift = drift;
        }
    }

    private final double[] high = new double[BARS];
    private final double[] low = new double[BARS];
    private final double[] close = new double[BARS];
    private final double[] volume = new double[BARS];
    private final double[] value = new double[BARS];
    private final double[] index = new double[BARS];
    private final double[][] ours = new double[BARS][];
    private final BarSeries series = new BaseBarSeriesBuilder()
            .withNumFactory(DoubleNumFactory.getInstance())
            .build();
    private final ClosePriceIndicator closes = new ClosePriceIndicator(series);
    private final VolumeIndicator volumes = new VolumeIndicator(series);
    private String what = "";

    @ParameterizedTest
    @EnumSource
    void windowsAgreeAtEveryBar(Shape shape) {
        wander(shape);
        agrees(Indicator.SMA5, 4, new SMAIndicator(closes, 5));
        agrees(Indicator.SMA20, 19, new SMAIndicator(closes, 20));
        agrees(Indicator.SMA50, 49, new SMAIndicator(closes, 50));
        agrees(Indicator.SMA60, 59, new SMAIndicator(closes, 60));
        agrees(Indicator.SMA120, 119, new SMAIndicator(closes, 120));
        agrees(Indicator.SMA200, 199, new SMAIndicator(closes, 200));
        agrees(Indicator.VOLUME_MA20, 19, new SMAIndicator(volumes, 20));
        BollingerBandsMiddleIndicator middle = new BollingerBandsMiddleIndicator(new SMAIndicator(closes, 20));
        StandardDeviationIndicator deviation = new StandardDeviationIndicator(closes, 20);
        agrees(Indicator.BOLLINGER_MIDDLE, 19, middle);
        agrees(Indicator.BOLLINGER_UPPER, 19, new BollingerBandsUpperIndicator(middle, deviation));
        agrees(Indicator.BOLLINGER_LOWER, 19, new BollingerBandsLowerIndicator(middle, deviation));
        agrees(Indicator.ROC20, 20, new ROCIndicator(closes, 20));
        SMAIndicator k = new SMAIndicator(new StochasticOscillatorKIndicator(series, 14), 3);
        agrees(Indicator.STOCHASTIC_K, 15, k);
        agrees(Indicator.STOCHASTIC_D, 17, new SMAIndicator(k, 3));
        agrees(Indicator.HIGHEST20, 19, new HighestValueIndicator(new HighPriceIndicator(series), 20));
        agrees(Indicator.LOWEST20, 19, new LowestValueIndicator(new LowPriceIndicator(series), 20));
        agrees(Indicator.HIGHEST_CLOSE252, 251, new HighestValueIndicator(closes, 252));
        agrees(Indicator.LOWEST_CLOSE252, 251, new LowestValueIndicator(closes, 252));
    }

    @ParameterizedTest
    @EnumSource
    void averagesThatRememberAgreeOnceTheirStartIsForgotten(Shape shape) {
        wander(shape);
        agrees(Indicator.EMA12, FORGOTTEN, new EMAIndicator(closes, 12));
        agrees(Indicator.EMA26, FORGOTTEN, new EMAIndicator(closes, 26));
        MACDIndicator macd = new MACDIndicator(closes, 12, 26);
        agrees(Indicator.MACD, FORGOTTEN, macd);
        agrees(Indicator.MACD_SIGNAL, FORGOTTEN, macd.getSignalLine(9));
        agrees(Indicator.MACD_HISTOGRAM, FORGOTTEN, macd.getHistogram(9));
        agrees(Indicator.RSI9, FORGOTTEN, new RSIIndicator(closes, 9));
        agrees(Indicator.RSI14, FORGOTTEN, new RSIIndicator(closes, 14));
        agrees(Indicator.ATR14, FORGOTTEN, new ATRIndicator(series, 14));
        agrees(Indicator.ADX14, FORGOTTEN, new ADXIndicator(series, 14));
    }

    @ParameterizedTest
    @EnumSource
    void measuresAgreeAtEveryBar(Shape shape) {
        wander(shape);
        org.ta4j.core.Indicator<Num> mean20 = new SMAIndicator(volumes, 20);
        org.ta4j.core.Indicator<Num> mean5 = new SMAIndicator(volumes, 5);
        agrees(Indicator.VWAP, 0, of(i -> value[i] / volume[i]));
        agrees(Indicator.LAST_CLOSE, 0, closes);
        agrees(Indicator.LAST_VOLUME, 0, volumes);
        agrees(Indicator.AVERAGE_VALUE20, 19, new SMAIndicator(of(i -> value[i]), 20));
        agrees(Indicator.VOLUME_RATIO, 4, of(i -> volume[i] / at(mean20, i)));
        agrees(Indicator.VOLUME_SURGE, 9, of(i -> at(mean5, i) / at(mean5, i - 5)));
        agrees(Indicator.PRICE_TREND, 19, slope(closes, new SMAIndicator(closes, 20)));
        agrees(Indicator.VOLUME_TREND, 19, slope(volumes, mean20));
        org.ta4j.core.Indicator<Num> deviation = new StandardDeviationIndicator(volumes, 252);
        org.ta4j.core.Indicator<Num> mean252 = new SMAIndicator(volumes, 252);
        agrees(Indicator.VOLUME_VARIATION, 29, of(i -> at(deviation, i) / at(mean252, i)));
    }

    /** From the bar on that has all 252 returns behind it: the library would count the return before the first bar. */
    @ParameterizedTest
    @EnumSource
    void measuresOfReturnsAgree(Shape shape) {
        wander(shape);
        org.ta4j.core.Indicator<Num> own = returns(close);
        org.ta4j.core.Indicator<Num> market = returns(index);
        org.ta4j.core.Indicator<Num> deviation = new StandardDeviationIndicator(own, 252);
        org.ta4j.core.Indicator<Num> covariance = new CovarianceIndicator(own, market, 252);
        org.ta4j.core.Indicator<Num> variance = new VarianceIndicator(market, 252);
        agrees(Indicator.VOLATILITY, 252, of(i -> at(deviation, i) * Math.sqrt(252)));
        agrees(Indicator.BETA, 252, of(i -> at(covariance, i) / at(variance, i)));
        agrees(Indicator.CORRELATION, 252, new CorrelationCoefficientIndicator(own, market, 252));
        assertThat(ours[28][Indicator.VOLATILITY.ordinal()]).isNaN();
        assertThat(ours[29][Indicator.VOLATILITY.ordinal()]).isNotNaN();
        assertThat(ours[29][Indicator.BETA.ordinal()]).isNaN();
        assertThat(ours[30][Indicator.BETA.ordinal()]).isNotNaN();
        assertThat(ours[30][Indicator.CORRELATION.ordinal()]).isNotNaN();
    }

    @Test
    void balanceDiffersByTheFirstVolumeWhichTheLibraryLeavesOut() {
        wander(Shape.WANDERING);
        OnBalanceVolumeIndicator theirs = new OnBalanceVolumeIndicator(series);
        for (int bar = 0; bar < BARS; bar++) {
            assertThat(ours[bar][Indicator.OBV.ordinal()]).as("bar %d", bar).isEqualTo(at(theirs, bar) + volume[0]);
        }
    }

    @Test
    void exponentialAverageDiffersAtItsStart() {
        wander(Shape.WANDERING);
        assertThat(ours[11][Indicator.EMA12.ordinal()])
                .isCloseTo(Arrays.stream(close, 0, 12).average().orElseThrow(), within(1e-6))
                .isNotEqualTo(at(new EMAIndicator(closes, 12), 11));
    }

    /** By the weight that the library leaves its first input after so many bars. */
    @Test
    void exponentialAverageDiffersByWhatIsLeftOfTheStart() {
        wander(Shape.WANDERING);
        EMAIndicator theirs = new EMAIndicator(closes, 26);
        double atStart = ours[25][Indicator.EMA26.ordinal()] - at(theirs, 25);
        for (int bar = 26; bar < 100; bar++) {
            assertThat(ours[bar][Indicator.EMA26.ordinal()] - at(theirs, bar))
                    .as("bar %d", bar)
                    .isCloseTo(atStart * Math.pow(25.0 / 27, bar - 25), within(1e-8));
        }
    }

    @Test
    void whatNeverMovedIsInTheMiddleWhereTheLibraryHasNothing() {
        for (int bar = 0; bar < BARS; bar++) {
            bar(bar, 777, 777, 777, 777, 10, 2_500 + bar);
        }
        double[] last = ours[BARS - 1];
        assertThat(last[Indicator.RSI14.ordinal()]).isEqualTo(50);
        assertThat(at(new RSIIndicator(closes, 14), BARS - 1)).isZero();
        assertThat(last[Indicator.STOCHASTIC_K.ordinal()]).isEqualTo(50);
        assertThat(at(new StochasticOscillatorKIndicator(series, 14), BARS - 1)).isNaN();
        assertThat(last[Indicator.BETA.ordinal()]).isZero();
        assertThat(last[Indicator.CORRELATION.ordinal()]).isNaN();
        what = "flat";
        agrees(Indicator.ADX14, 27, new ADXIndicator(series, 14));
        agrees(Indicator.ATR14, 13, new ATRIndicator(series, 14));
        agrees(Indicator.EMA26, 25, new EMAIndicator(closes, 26));
        agrees(Indicator.SMA200, 199, new SMAIndicator(closes, 200));
        agrees(Indicator.MACD_HISTOGRAM, 33, new MACDIndicator(closes, 12, 26).getHistogram(9));
        agrees(Indicator.ROC20, 20, new ROCIndicator(closes, 20));
        agrees(Indicator.PRICE_TREND, 19, slope(closes, new SMAIndicator(closes, 20)));
        agrees(Indicator.VOLATILITY, 29, of(i -> 0));
        agrees(
                Indicator.BOLLINGER_UPPER,
                19,
                new BollingerBandsUpperIndicator(
                        new BollingerBandsMiddleIndicator(new SMAIndicator(closes, 20)),
                        new StandardDeviationIndicator(closes, 20)));
    }

    private void wander(Shape shape) {
        what = "%s, seed %d".formatted(shape, shape.seed);
        Random random = new Random(shape.seed);
        double price = shape.price;
        double level = 2_500;
        for (int bar = 0; bar < BARS; bar++) {
            double open = price;
            price = Math.max(100, Math.rint(price * shape.drift * Math.exp(random.nextGaussian() * shape.sigma)));
            level *= Math.exp(random.nextGaussian() * 0.01);
            bar(
                    bar,
                    Math.rint(Math.max(open, price) * (1 + random.nextDouble() * shape.sigma / 2)) + random.nextInt(2),
                    Math.rint(Math.min(open, price) * (1 - random.nextDouble() * shape.sigma / 2)) - random.nextInt(2),
                    open,
                    price,
                    10_000 + random.nextInt(1_000_000),
                    level);
        }
    }

    private final SymbolIndicators indicators = new SymbolIndicators();

    private void bar(int bar, double high, double low, double open, double close, double volume, double index) {
        this.high[bar] = high;
        this.low[bar] = low;
        this.close[bar] = close;
        this.volume[bar] = volume;
        this.value[bar] = (high + low) / 2 * volume;
        this.index[bar] = index;
        indicators.next(high, low, close, volume, value[bar], index);
        ours[bar] = indicators.values();
        series.barBuilder()
                .timePeriod(Duration.ofDays(1))
                .endTime(Instant.EPOCH.plus(Duration.ofDays(bar + 1L)))
                .openPrice(open)
                .highPrice(high)
                .lowPrice(low)
                .closePrice(close)
                .volume(volume)
                .add();
    }

    /** @param from bar from which both are defined; ours is not before, unless the library needs longer to settle */
    private void agrees(Indicator indicator, int from, org.ta4j.core.Indicator<Num> oracle) {
        if (from < 252 && from > 0) {
            assertThat(ours[from - 1][indicator.ordinal()])
                    .as("%s before bar %d, %s", indicator, from, what)
                    .isNaN();
        }
        for (int bar = from; bar < BARS; bar++) {
            double theirs = at(oracle, bar);
            // A difference of prices may be next to nothing: it has their error.
            double scale = Math.max(1, close[bar] * 1e-5);
            assertThat(ours[bar][indicator.ordinal()])
                    .as("%s, bar %d, %s", indicator, bar, what)
                    .isCloseTo(theirs, within(1e-9 * Math.max(scale, Math.abs(theirs))));
        }
    }

    private org.ta4j.core.Indicator<Num> slope(org.ta4j.core.Indicator<Num> values, org.ta4j.core.Indicator<Num> mean) {
        org.ta4j.core.Indicator<Num> slope =
                new SimpleLinearRegressionIndicator(values, 20, SimpleLinearRegressionType.SLOPE);
        return of(i -> at(slope, i) / at(mean, i) * 100);
    }

    private org.ta4j.core.Indicator<Num> returns(double[] prices) {
        return of(i -> i == 0 ? 0 : prices[i] / prices[i - 1] - 1);
    }

    private org.ta4j.core.Indicator<Num> of(IntToDoubleFunction values) {
        return new CachedIndicator<>(series) {
            @Override
            protected Num calculate(int bar) {
                return series.numFactory().numOf(values.applyAsDouble(bar));
            }

            @Override
            public int getCountOfUnstableBars() {
                return 0;
            }
        };
    }

    private static double at(org.ta4j.core.Indicator<Num> indicator, int bar) {
        return indicator.getValue(bar).doubleValue();
    }
}
