package io.haetae.indicator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
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
        assertSeries(new Ema(3)::next, new double[] {1, 2, 3, 4, 8}, NONE, NONE, 2, 3, 5.5);
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
        assertThat(bollinger.upper()).isCloseTo(2 + 2 * Math.sqrt(2.0 / 3), EXACT);
        assertThat(bollinger.lower()).isCloseTo(2 - 2 * Math.sqrt(2.0 / 3), EXACT);
    }

    @Test
    void bandsAreNotThereBeforeTheirWindowIsFull() {
        Bollinger bollinger = new Bollinger(3, 2);
        bollinger.next(1);
        assertThat(bollinger.upper()).isNaN();
    }

    @Test
    void trueRangeCountsTheGapFromThePreviousClose() {
        Atr atr = new Atr(2);
        assertThat(atr.next(10, 8, 9)).isNaN();
        assertThat(atr.next(12, 9, 11)).isCloseTo(2.5, EXACT);
        assertThat(atr.next(11, 7, 8)).isCloseTo(3.25, EXACT);
        assertThat(atr.next(20, 18, 19)).isCloseTo(3.25 + (12 - 3.25) / 2, EXACT);
    }

    @Test
    void oscillatorIsSmoothedTwice() {
        Stochastic stochastic = new Stochastic(3, 2, 2);
        assertThat(stochastic.next(3, 1, 2)).isNaN();
        assertThat(stochastic.next(4, 2, 3)).isNaN();
        assertThat(stochastic.next(5, 3, 4)).isNaN();
        assertThat(stochastic.next(6, 2, 5)).isCloseTo(75, EXACT);
        assertThat(stochastic.d()).isNaN();
        assertThat(stochastic.next(7, 4, 4)).isCloseTo(57.5, EXACT);
        assertThat(stochastic.d()).isCloseTo(66.25, EXACT);
    }

    @Test
    void oscillatorOfARangeOfZeroIsInTheMiddle() {
        Stochastic stochastic = new Stochastic(2, 1, 1);
        stochastic.next(5, 5, 5);
        assertThat(stochastic.next(5, 5, 5)).isEqualTo(50);
    }

    @Test
    void directionNeedsTwiceItsWindow() {
        Adx adx = new Adx(2);
        assertThat(adx.next(10, 8, 9)).isNaN();
        assertThat(adx.next(12, 9, 11)).isNaN();
        assertThat(adx.next(13, 10, 12)).isNaN();
        assertThat(adx.next(12, 7, 8)).isCloseTo(200.0 / 3, EXACT);
    }

    @Test
    void directionOfFourteenIsThereFromTheTwentyEighthBar() {
        Adx adx = new Adx(14);
        double last = NONE;
        for (int bar = 1; bar <= 28; bar++) {
            assertThat(last).isNaN();
            last = adx.next(10 + bar, 8 + bar, 9 + bar);
        }
        assertThat(last).isCloseTo(100, EXACT);
    }

    @Test
    void balanceStartsAtTheFirstVolume() {
        Obv obv = new Obv();
        assertThat(obv.next(1, 10)).isEqualTo(10);
        assertThat(obv.next(2, 20)).isEqualTo(30);
        assertThat(obv.next(2, 30)).isEqualTo(30);
        assertThat(obv.next(1, 40)).isEqualTo(-10);
    }

    @Test
    void changeIsInPerCent() {
        assertSeries(new Roc(2)::next, new double[] {100, 110, 120, 99}, NONE, NONE, 20, -10);
    }

    @Test
    void trendIsTheSlopeOverTheMean() {
        assertThat(Series.trend(new double[] {99, 1, 2, 3}, 3)).isCloseTo(50, EXACT);
        assertThat(Series.trend(new double[] {1, 2}, 3)).isNaN();
    }

    @Test
    void volatilityIsAFractionAYear() {
        assertThat(Series.volatility(new double[] {100, 110, 99}, 252, 3)).isCloseTo(0.1 * Math.sqrt(252), EXACT);
        assertThat(Series.volatility(new double[] {50, 100, 110, 99}, 2, 3)).isCloseTo(0.1 * Math.sqrt(252), EXACT);
        assertThat(Series.volatility(new double[] {100, 110}, 252, 3)).isNaN();
    }

    @Test
    void variationIsTheDeviationOverTheMean() {
        assertThat(Series.variation(new double[] {1, 3}, 252, 2)).isCloseTo(0.5, EXACT);
    }

    @Test
    void surgeComparesTheLastWithTheOnesBefore() {
        assertThat(Series.ratioToBefore(new double[] {7, 1, 3, 4, 8}, 2)).isCloseTo(3, EXACT);
        assertThat(Series.ratioToBefore(new double[] {1, 3, 4}, 2)).isNaN();
    }

    private static void assertSeries(DoubleUnaryOperator indicator, double[] inputs, double... expected) {
        double[] actual = Arrays.stream(inputs).map(indicator).toArray();
        for (int i = 0; i < expected.length; i++) {
            if (Double.isNaN(expected[i])) {
                assertThat(actual[i]).as("bar " + (i + 1)).isNaN();
            } else {
                assertThat(actual[i]).as("bar " + (i + 1)).isCloseTo(expected[i], EXACT);
            }
        }
    }
}
