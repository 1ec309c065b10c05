package io.haetae.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MetricTest {

    @ParameterizedTest(name = "{0} of {1} scores {2}")
    @CsvSource({
        "PER, 0.1, 100",
        "PER, 10, 100",
        "PER, 12.5, 90",
        "PER, 15, 80",
        "PER, 20, 60",
        "PER, 25, 40",
        "PER, 37.5, 20",
        "PER, 50, 0",
        "PER, 500, 0",
        "PER, -3, 0",
        "PBR, 0.5, 100",
        "PBR, 1, 100",
        "PBR, 1.5, 85",
        "PBR, 2, 70",
        "PBR, 2.5, 50",
        "PBR, 3, 30",
        "PBR, 4, 15",
        "PBR, 5, 0",
        "PBR, -1, 0",
        "PSR, 1, 100",
        "PSR, 2, 70",
        "PSR, 3, 50",
        "PSR, 4, 30",
        "PSR, 6, 15",
        "PSR, 8, 0",
        "DIVIDEND_YIELD, 0, 0",
        "DIVIDEND_YIELD, 0.5, 25",
        "DIVIDEND_YIELD, 1, 50",
        "DIVIDEND_YIELD, 2, 65",
        "DIVIDEND_YIELD, 3, 80",
        "DIVIDEND_YIELD, 4, 90",
        "DIVIDEND_YIELD, 5, 100",
        "DIVIDEND_YIELD, 9, 100",
        "REVENUE_GROWTH, -30, 0",
        "REVENUE_GROWTH, -20, 0",
        "REVENUE_GROWTH, -10, 25",
        "REVENUE_GROWTH, 0, 50",
        "REVENUE_GROWTH, 5, 65",
        "REVENUE_GROWTH, 10, 80",
        "REVENUE_GROWTH, 15, 90",
        "REVENUE_GROWTH, 20, 100",
        "EARNINGS_GROWTH, -30, 0",
        "EARNINGS_GROWTH, -15, 15",
        "EARNINGS_GROWTH, 0, 30",
        "EARNINGS_GROWTH, 5, 50",
        "EARNINGS_GROWTH, 10, 65",
        "EARNINGS_GROWTH, 15, 80",
        "EARNINGS_GROWTH, 25, 100",
        "EQUITY_GROWTH, -15, 0",
        "EQUITY_GROWTH, -7.5, 15",
        "EQUITY_GROWTH, 0, 30",
        "EQUITY_GROWTH, 5, 50",
        "EQUITY_GROWTH, 10, 80",
        "EQUITY_GROWTH, 15, 100",
        "ROE, -5, 0",
        "ROE, 0, 0",
        "ROE, 5, 25",
        "ROE, 10, 50",
        "ROE, 15, 80",
        "ROE, 17.5, 90",
        "ROE, 20, 100",
        "OPERATING_MARGIN, 0, 0",
        "OPERATING_MARGIN, 10, 50",
        "OPERATING_MARGIN, 15, 80",
        "OPERATING_MARGIN, 20, 100",
        "NET_MARGIN, 0, 0",
        "NET_MARGIN, 5, 50",
        "NET_MARGIN, 10, 80",
        "NET_MARGIN, 15, 100",
        "DEBT_RATIO, 10, 100",
        "DEBT_RATIO, 30, 100",
        "DEBT_RATIO, 40, 90",
        "DEBT_RATIO, 50, 80",
        "DEBT_RATIO, 60, 60",
        "DEBT_RATIO, 70, 40",
        "DEBT_RATIO, 85, 20",
        "DEBT_RATIO, 100, 0",
        "CURRENT_RATIO, 0, 0",
        "CURRENT_RATIO, 0.5, 25",
        "CURRENT_RATIO, 1, 50",
        "CURRENT_RATIO, 1.5, 80",
        "CURRENT_RATIO, 2, 100",
        "RSI, 0, 0",
        "RSI, 15, 25",
        "RSI, 30, 50",
        "RSI, 35, 65",
        "RSI, 40, 80",
        "RSI, 45, 90",
        "RSI, 50, 100",
        "RSI, 60, 100",
        "RSI, 70, 100",
        "RSI, 75, 90",
        "RSI, 80, 80",
        "RSI, 85, 65",
        "RSI, 90, 50",
        "RSI, 95, 25",
        "RSI, 100, 0",
        "MACD_HISTOGRAM, -1, 0",
        "MACD_HISTOGRAM, 0, 50",
        "MACD_HISTOGRAM, 0.5, 75",
        "MACD_HISTOGRAM, 1, 100",
        "PRICE_TREND, -0.5, 0",
        "PRICE_TREND, -0.35, 25",
        "PRICE_TREND, -0.2, 50",
        "PRICE_TREND, 0, 65",
        "PRICE_TREND, 0.2, 80",
        "PRICE_TREND, 0.35, 90",
        "PRICE_TREND, 0.5, 100",
        "VOLUME_TREND, -2, 0",
        "VOLUME_TREND, -1, 25",
        "VOLUME_TREND, 0, 50",
        "VOLUME_TREND, 0.5, 75",
        "VOLUME_TREND, 1, 100"
    })
    void scoresByItsTable(Metric metric, double value, double score) {
        assertThat(metric.score(value)).isCloseTo(score, within(1e-9));
    }

    /** At an edge, a hundredth below and a hundredth above: the slope on either side, in points, is the table's. */
    @ParameterizedTest(name = "{0} at {1} scores {2}")
    @CsvSource({
        "PER, 10, 100, 0, -4",
        "PER, 15, 80, -4, -4",
        "PER, 25, 40, -4, -1.6",
        "PER, 50, 0, -1.6, 0",
        "PBR, 1, 100, 0, -30",
        "PBR, 2, 70, -30, -40",
        "PBR, 3, 30, -40, -15",
        "PBR, 5, 0, -15, 0",
        "PSR, 1, 100, 0, -30",
        "PSR, 2, 70, -30, -20",
        "PSR, 4, 30, -20, -7.5",
        "PSR, 8, 0, -7.5, 0",
        "DIVIDEND_YIELD, 1, 50, 50, 15",
        "DIVIDEND_YIELD, 3, 80, 15, 10",
        "DIVIDEND_YIELD, 5, 100, 10, 0",
        "REVENUE_GROWTH, -20, 0, 0, 2.5",
        "REVENUE_GROWTH, 0, 50, 2.5, 3",
        "REVENUE_GROWTH, 10, 80, 3, 2",
        "REVENUE_GROWTH, 20, 100, 2, 0",
        "EARNINGS_GROWTH, -30, 0, 0, 1",
        "EARNINGS_GROWTH, 0, 30, 1, 4",
        "EARNINGS_GROWTH, 5, 50, 4, 3",
        "EARNINGS_GROWTH, 15, 80, 3, 2",
        "EARNINGS_GROWTH, 25, 100, 2, 0",
        "EQUITY_GROWTH, -15, 0, 0, 2",
        "EQUITY_GROWTH, 0, 30, 2, 4",
        "EQUITY_GROWTH, 5, 50, 4, 6",
        "EQUITY_GROWTH, 10, 80, 6, 4",
        "EQUITY_GROWTH, 15, 100, 4, 0",
        "ROE, 0, 0, 0, 5",
        "ROE, 10, 50, 5, 6",
        "ROE, 15, 80, 6, 4",
        "ROE, 20, 100, 4, 0",
        "OPERATING_MARGIN, 0, 0, 0, 5",
        "OPERATING_MARGIN, 10, 50, 5, 6",
        "OPERATING_MARGIN, 15, 80, 6, 4",
        "OPERATING_MARGIN, 20, 100, 4, 0",
        "NET_MARGIN, 0, 0, 0, 10",
        "NET_MARGIN, 5, 50, 10, 6",
        "NET_MARGIN, 10, 80, 6, 4",
        "NET_MARGIN, 15, 100, 4, 0",
        "DEBT_RATIO, 30, 100, 0, -1",
        "DEBT_RATIO, 50, 80, -1, -2",
        "DEBT_RATIO, 70, 40, -2, -1.3333333333",
        "DEBT_RATIO, 100, 0, -1.3333333333, 0",
        "CURRENT_RATIO, 1, 50, 50, 60",
        "CURRENT_RATIO, 1.5, 80, 60, 40",
        "CURRENT_RATIO, 2, 100, 40, 0",
        "RSI, 30, 50, 1.6666666667, 3",
        "RSI, 40, 80, 3, 2",
        "RSI, 50, 100, 2, 0",
        "RSI, 70, 100, 0, -2",
        "RSI, 80, 80, -2, -3",
        "RSI, 90, 50, -3, -5",
        "MACD_HISTOGRAM, -1, 0, 0, 50",
        "MACD_HISTOGRAM, 1, 100, 50, 0",
        "PRICE_TREND, -0.5, 0, 0, 166.6666666667",
        "PRICE_TREND, -0.2, 50, 166.6666666667, 75",
        "PRICE_TREND, 0.2, 80, 75, 66.6666666667",
        "PRICE_TREND, 0.5, 100, 66.6666666667, 0",
        "VOLUME_TREND, -2, 0, 0, 25",
        "VOLUME_TREND, 0, 50, 25, 50",
        "VOLUME_TREND, 1, 100, 50, 0"
    })
    void eachEdgeStandsWhereItShould(Metric metric, double edge, double score, double before, double after) {
        double step = 0.01;
        assertThat(metric.score(edge)).isCloseTo(score, within(1e-9));
        assertThat(metric.score(edge - step)).isCloseTo(score - before * step, within(1e-9));
        assertThat(metric.score(edge + step)).isCloseTo(score + after * step, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(Metric.class)
    void neverJumpsAndNeverLeavesItsRange(Metric metric) {
        double step = 0.01;
        double before = Double.NaN;
        for (double value = step; value < 120; value += step) {
            double score = metric.score(value);
            assertThat(score).isBetween(0.0, 100.0);
            if (!Double.isNaN(before)) {
                assertThat(Math.abs(score - before))
                        .as("%s at %s", metric, value)
                        .isLessThan(2);
            }
            before = score;
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Metric.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"PER", "PBR"})
    void neverJumpsBelowZeroEither(Metric metric) {
        double step = 0.01;
        double before = metric.score(0);
        for (double value = 0; value > -60; value -= step) {
            double score = metric.score(value);
            assertThat(Math.abs(score - before)).as("%s at %s", metric, value).isLessThan(2);
            before = score;
        }
    }
}
