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

    @Test
    void oscillatorIsSmoothedTwice() {
        Stochastic stochastic = new Stochastic(3, 2, 2);
        double[] high = {3, 4, 5, 6, 7};
        double[] low = {1, 2, 3, 2, 4};
        double[] close = {2, 3, 4, 5, 4};
        assertThat(stochastic.next(high, low, close, 0)).isNaN();
        assertThat(stochastic.next(high, low, close, 1)).isNaN();
        assertThat(stochastic.next(high, low, close, 2)).isNaN();
        assertThat(stochastic.next(high, low, close, 3)).isCloseTo(75, EXACT);
        assertThat(stochastic.d()).isNaN();
        assertThat(stochastic.next(high, low, close, 4)).isCloseTo(57.5, EXACT);
        assertThat(stochastic.d()).isCloseTo(66.25, EXACT);
    }

    @Test
    void oscillatorOfARangeOfZeroIsInTheMiddle() {
        Stochastic stochastic = new Stochastic(2, 1, 1);
        double[] flat = {5, 5};
        stochastic.next(flat, flat, flat, 0);
        assertThat(stochastic.next(flat, flat, flat, 1)).isEqualTo(50);
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
