package io.haetae.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Values worked out on paper. */
class HandComputedIndicatorTest {

    private static final Offset<Double> EXACT = within(1e-9);
    private static final double NONE = Double.NaN;

    @Test
    void simpleAverageWaitsForItsWindow() {
        assertSeries(new Sma(3)::next, new double[] {1, 2, 3, 4}, NONE, NONE, 2, 3);
    }

    @Test
    void exponentialAverageStartsAtTheMeanOfItsFirstInputs() {
        assertInputs(new Ema(3)::next, new double[] {1, 2, 3, 4, 8}, NONE, NONE, 2, 3, 5.5);
    }

    @Test
    void strengthIsSmoothedAsWilderDoes() {
        assertSeries(new Rsi(2)::next, new double[] {10, 12, 11, 13}, NONE, NONE, 100 / 1.5, 100 * 1.5 / 1.75);
    }

    @Test
    void strengthOfAPriceThatNeverMovesIsInTheMiddle() {
        assertSeries(new Rsi(2)::next, new double[] {10, 10, 10}, NONE, NONE, 50);
    }

    @Test
    void strengthReachesItsEnds() {
        assertSeries(new Rsi(2)::next, new double[] {1, 2, 3}, NONE, NONE, 100);
        assertSeries(new Rsi(2)::next, new double[] {3, 2, 1}, NONE, NONE, 0);
    }

    @Test
    void convergenceSignalIsSeededWithTheMeanOfItsFirstLines() {
        Macd macd = new Macd(2, 3, 2);
        assertThat(macd.next(1)).isNaN();
        assertThat(macd.next(2)).isNaN();
        assertThat(macd.next(4)).isCloseTo(19.0 / 6 - 7.0 / 3, EXACT);
        assertThat(macd.signal()).isNaN();
        assertThat(macd.next(7)).isCloseTo(19.0 / 18, EXACT);
        assertThat(macd.signal()).isCloseTo((15.0 / 18 + 19.0 / 18) / 2, EXACT);
        assertThat(macd.next(11)).isCloseTo(38.0 / 27, EXACT);
        assertThat(macd.signal()).isCloseTo(17.0 / 18 + (38.0 / 27 - 17.0 / 18) * 2 / 3, EXACT);
        assertThat(macd.histogram()).isCloseTo(38.0 / 27 - macd.signal(), EXACT);
    }

    @Test
    void bandsUseTheDeviationOfThePopulation() {
        Bollinger bollinger = new Bollinger(3, 2);
        assertSeries(bollinger::next, new double[] {1, 2, 3}, NONE, NONE, 2);
        assertThat(bollinger.width(new double[] {1, 2, 3}, 2)).isCloseTo(2 * Math.sqrt(2.0 / 3), EXACT);
    }

    @Test
    void bandsAreNotThereBeforeTheirWindowIsFull() {
        Bollinger bollinger = new Bollinger(3, 2);
        bollinger.next(new double[] {1}, 0);
        assertThat(bollinger.middle()).isNaN();
        assertThat(bollinger.width(new double[] {1}, 0)).isNaN();
    }

    @Test
    void trueRangeCountsTheGapFromThePreviousClose() {
        Atr atr = new Atr(2);
        double[] high = {10, 12, 11, 20};
        double[] low = {8, 9, 7, 18};
        double[] close = {9, 11, 8, 19};
        assertThat(atr.next(high, low, close, 0)).isNaN();
        assertThat(atr.next(high, low, close, 1)).isCloseTo(2.5, EXACT);
        assertThat(atr.next(high, low, close, 2)).isCloseTo(3.25, EXACT);
        assertThat(atr.next(high, low, close, 3)).isCloseTo(3.25 + (12 - 3.25) / 2, EXACT);
    }

    /** Unsmoothed from the third bar on: 75, 75, 40, 60, 60. */
    @Test
    void oscillatorIsSmoothedTwice() {
        Stochastic stochastic = new Stochastic(3);
        double[] high = {3, 4, 5, 6, 7, 6, 8};
        double[] low = {1, 2, 3, 2, 4, 3, 5};
        double[] close = {2, 3, 4, 5, 4, 5, 6};
        double[] k = {NONE, NONE, NONE, NONE, 190 / 3.0, 175 / 3.0, 160 / 3.0};
        assertSeries((values, at) -> stochastic.next(high, low, values, at), close, k);
        assertThat(stochastic.d()).isCloseTo((190 + 175 + 160) / 9.0, EXACT);
    }

    @Test
    void oscillatorsSecondSmoothingWaitsForThreeOfTheFirst() {
        Stochastic stochastic = new Stochastic(1);
        double[] high = {10, 10, 10, 10, 10};
        double[] low = {0, 0, 0, 0, 0};
        double[] close = {1, 2, 3, 4, 5};
        double[] d = new double[5];
        for (int at = 0; at < 5; at++) {
            stochastic.next(high, low, close, at);
            d[at] = stochastic.d();
        }
        assertThat(d).containsExactly(NONE, NONE, NONE, NONE, 30);
    }

    @Test
    void oscillatorOfARangeOfZeroIsInTheMiddle() {
        Stochastic stochastic = new Stochastic(2);
        double[] flat = {5, 5, 5, 5};
        assertSeries((values, at) -> stochastic.next(flat, flat, values, at), flat, NONE, NONE, NONE, 50);
    }

    @Test
    void directionNeedsTwiceItsWindow() {
        Adx adx = new Adx(2);
        double[] high = {10, 12, 13, 12};
        double[] low = {8, 9, 10, 7};
        assertThat(adx.next(high, low, 0)).isNaN();
        assertThat(adx.next(high, low, 1)).isNaN();
        assertThat(adx.next(high, low, 2)).isNaN();
        assertThat(adx.next(high, low, 3)).isCloseTo(200.0 / 3, EXACT);
    }

    @Test
    void directionOfFourteenIsThereFromTheTwentyEighthBar() {
        Adx adx = new Adx(14);
        double[] high =
                IntStream.rangeClosed(1, 28).mapToDouble(bar -> 10 + bar).toArray();
        double[] low = IntStream.rangeClosed(1, 28).mapToDouble(bar -> 8 + bar).toArray();
        double last = NONE;
        for (int at = 0; at < 28; at++) {
            assertThat(last).isNaN();
            last = adx.next(high, low, at);
        }
        assertThat(last).isCloseTo(100, EXACT);
    }

    @Test
    void balanceStartsAtTheFirstVolume() {
        Obv obv = new Obv();
        double[] volume = {10, 20, 30, 40};
        assertSeries((close, at) -> obv.next(close, volume, at), new double[] {1, 2, 2, 1}, 10, 30, 30, -10);
    }

    @Test
    void changeIsInPerCent() {
        assertSeries(new Roc(2)::value, new double[] {100, 110, 120, 99}, NONE, NONE, 20, -10);
    }

    @Test
    void trendIsTheSlopeOverTheMean() {
        assertThat(Series.trend(new double[] {99, 1, 2, 3}, 4, 3)).isCloseTo(50, EXACT);
        assertThat(Series.trend(new double[] {1, 2}, 2, 3)).isNaN();
    }

    @Test
    void volatilityIsAFractionAYear() {
        assertThat(Series.volatility(new double[] {100, 110, 99}, 3, 252, 3)).isCloseTo(0.1 * Math.sqrt(252), EXACT);
        assertThat(Series.volatility(new double[] {50, 100, 110, 99}, 4, 2, 3)).isCloseTo(0.1 * Math.sqrt(252), EXACT);
        assertThat(Series.volatility(new double[] {100, 110}, 2, 252, 3)).isNaN();
    }

    @Test
    void variationIsTheDeviationOverTheMean() {
        assertThat(Series.variation(new double[] {1, 3}, 2, 252, 2)).isCloseTo(0.5, EXACT);
    }

    @Test
    void surgeComparesTheLastWithTheOnesBefore() {
        assertThat(Series.ratioToBefore(new double[] {7, 1, 3, 4, 8}, 5, 2)).isCloseTo(3, EXACT);
        assertThat(Series.ratioToBefore(new double[] {1, 3, 4}, 3, 2)).isNaN();
    }

    @Test
    void extremesWaitForTheirWindow() {
        double[] values = {9, 1, 5, 3};
        assertThat(Series.highest(values, 4, 3)).isEqualTo(5);
        assertThat(Series.lowest(values, 4, 3)).isEqualTo(1);
        assertThat(Series.highest(values, 2, 3)).isNaN();
        assertThat(Series.lowest(values, 2, 3)).isNaN();
    }

    /** Returns of the share 10, −10, 20 % and of the index 5, −5, 5 %. */
    @Test
    void theMarketModelIsTheLineThroughTheReturns() {
        double[] share = {100, 110, 99, 118.8};
        double[] index = {100, 105, 99.75, 104.7375};
        double covariance = (5 * 10 + 5 * 10 + 5 * 20) / 3.0 - (5.0 / 3) * (20.0 / 3);
        double indexVariance = 25 - 25.0 / 9;
        double shareVariance = 200 - 400.0 / 9;
        MarketModel model = MarketModel.of(share, index, 4, 252, 3);
        assertThat(model.beta()).isCloseTo(covariance / indexVariance, EXACT);
        assertThat(model.correlation()).isCloseTo(covariance / Math.sqrt(indexVariance * shareVariance), EXACT);
        assertThat(MarketModel.of(share, index, 4, 252, 4).beta()).isNaN();
    }

    @Test
    void theMarketModelLooksAtTheNewestPairsOnly() {
        double[] share = {1, 100, 110, 99, 118.8};
        double[] index = {1, 100, 105, 99.75, 104.7375};
        assertThat(MarketModel.of(share, index, 5, 3, 3).beta())
                .isCloseTo(
                        MarketModel.of(
                                        new double[] {100, 110, 99, 118.8},
                                        new double[] {100, 105, 99.75, 104.7375},
                                        4,
                                        3,
                                        3)
                                .beta(),
                        EXACT);
    }

    @Test
    void theMarketModelLeavesOutAReturnWhoseIndexIsUnknown() {
        double[] share = {100, 110, 55, 1, 100, 90};
        double[] index = {100, 105, NONE, 1, 100, 95};
        MarketModel model =
                MarketModel.of(new double[] {100, 110, 500, 450}, new double[] {100, 105, NONE, 1}, 4, 252, 2);
        assertThat(model.beta()).isNaN();
        // 10 % on 5 %, 9,900 % on 9,900 %, −10 % on −5 %.
        double shareMean = (0.1 + 99 - 0.1) / 3;
        double indexMean = (0.05 + 99 - 0.05) / 3;
        double covariance = (0.1 * 0.05 + 99 * 99 + 0.1 * 0.05) / 3 - shareMean * indexMean;
        double variance = (0.05 * 0.05 + 99 * 99 + 0.05 * 0.05) / 3 - indexMean * indexMean;
        assertThat(MarketModel.of(share, index, 6, 252, 3).beta()).isCloseTo(covariance / variance, EXACT);
        assertThat(MarketModel.of(share, index, 6, 252, 4).beta()).isNaN();
    }

    @Test
    void aShareOrAnIndexThatDidNotMoveHasNoCorrelation() {
        double[] still = {5, 5, 5};
        double[] moving = {5, 6, 5};
        assertThat(MarketModel.of(still, moving, 3, 252, 2)).isEqualTo(new MarketModel(0, NONE));
        assertThat(MarketModel.of(moving, still, 3, 252, 2)).isEqualTo(new MarketModel(NONE, NONE));
    }

    @Test
    void whatTheLastBarsGive() {
        SymbolIndicators indicators = new SymbolIndicators();
        for (int bar = 1; bar <= 20; bar++) {
            // Bars of odd numbers have no value: typical price 10 × volume stands for it.
            indicators.next(12, 8, 10, bar * 100, bar % 2 == 1 ? 0 : bar * 1_100, NONE);
        }
        assertThat(value(indicators, Indicator.VWAP)).isCloseTo(11, EXACT);
        assertThat(value(indicators, Indicator.AVERAGE_VALUE20)).isCloseTo((100 * 1_000 + 110 * 1_100) / 20.0, EXACT);
        assertThat(value(indicators, Indicator.VOLUME_RATIO)).isCloseTo(2_000 / 1_050.0, EXACT);
        assertThat(value(indicators, Indicator.VOLUME_SURGE)).isCloseTo(1_800 / 1_300.0, EXACT);
        assertThat(value(indicators, Indicator.VOLUME_TREND)).isCloseTo(100 / 1_050.0 * 100, EXACT);
        assertThat(value(indicators, Indicator.HIGHEST20)).isEqualTo(12);
        assertThat(value(indicators, Indicator.LOWEST20)).isEqualTo(8);
        assertThat(value(indicators, Indicator.LAST_CLOSE)).isEqualTo(10);
        assertThat(value(indicators, Indicator.LAST_VOLUME)).isEqualTo(2_000);
        assertThat(value(indicators, Indicator.BETA)).isNaN();
        indicators.next(12, 8, 10, 100, NONE, NONE);
        assertThat(value(indicators, Indicator.VWAP)).isNaN();
    }

    private static double value(SymbolIndicators indicators, Indicator indicator) {
        return indicators.values()[indicator.ordinal()];
    }

    private static void assertInputs(DoubleUnaryOperator indicator, double[] inputs, double... expected) {
        assertSeries((values, at) -> indicator.applyAsDouble(values[at]), inputs, expected);
    }

    private static void assertSeries(At indicator, double[] inputs, double... expected) {
        for (int at = 0; at < inputs.length; at++) {
            double actual = indicator.next(inputs, at);
            if (Double.isNaN(expected[at])) {
                assertThat(actual).as("bar " + (at + 1)).isNaN();
            } else {
                assertThat(actual).as("bar " + (at + 1)).isCloseTo(expected[at], EXACT);
            }
        }
    }

    private interface At {
        double next(double[] inputs, int at);
    }
}
