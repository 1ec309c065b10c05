package io.haetae.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StabilityTest {

    private static final Offset<Double> EXACT = within(1e-9);

    @ParameterizedTest(name = "{0} of {1} scores {2}")
    @CsvSource({
        "VOLATILITY, 0, 100",
        "VOLATILITY, 0.1499, 100",
        "VOLATILITY, 0.15, 100",
        "VOLATILITY, 0.185, 90",
        "VOLATILITY, 0.325, 50",
        "VOLATILITY, 0.465, 10",
        "VOLATILITY, 0.5, 0",
        "VOLATILITY, 0.5001, 0",
        "BETA, -0.5, 0",
        "BETA, 0, 0",
        "BETA, 0.1, 10",
        "BETA, 0.9, 90",
        "BETA, 1, 100",
        "BETA, 1.1, 90",
        "BETA, 1.9, 10",
        "BETA, 2, 0",
        "BETA, 2.5, 0",
        "VOLUME_VARIATION, 0, 100",
        "VOLUME_VARIATION, 0.3, 100",
        "VOLUME_VARIATION, 0.47, 90",
        "VOLUME_VARIATION, 1.15, 50",
        "VOLUME_VARIATION, 1.83, 10",
        "VOLUME_VARIATION, 2, 0",
        "VOLUME_VARIATION, 2.1, 0",
        "EARNINGS_VARIATION, 0, 100",
        "EARNINGS_VARIATION, 0.5, 75",
        "EARNINGS_VARIATION, 1.9, 5",
        "EARNINGS_VARIATION, 2, 0",
        "EARNINGS_VARIATION, 2.1, 0",
        "EARNINGS_TREND, -0.11, 0",
        "EARNINGS_TREND, -0.1, 0",
        "EARNINGS_TREND, -0.09, 5",
        "EARNINGS_TREND, 0, 50",
        "EARNINGS_TREND, 0.09, 95",
        "EARNINGS_TREND, 0.1, 100",
        "EARNINGS_TREND, 0.11, 100",
        "DEBT_LEVEL, 0, 100",
        "DEBT_LEVEL, 30, 100",
        "DEBT_LEVEL, 34, 90",
        "DEBT_LEVEL, 50, 50",
        "DEBT_LEVEL, 66, 10",
        "DEBT_LEVEL, 70, 0",
        "DEBT_LEVEL, 71, 0",
        "DEBT_TREND, -1.1, 100",
        "DEBT_TREND, -1, 100",
        "DEBT_TREND, -0.96, 99",
        "DEBT_TREND, -0.04, 76",
        "DEBT_TREND, 0, 75",
        "DEBT_TREND, 0.04, 72",
        "DEBT_TREND, 0.96, 3",
        "DEBT_TREND, 1, 0",
        "DEBT_TREND, 1.1, 0"
    })
    void everyTableKeepsItsEdges(String table, double input, double score) {
        ThresholdTable rule =
                switch (table) {
                    case "VOLATILITY" -> Stability.VOLATILITY;
                    case "BETA" -> Stability.BETA;
                    case "VOLUME_VARIATION" -> Stability.VOLUME_VARIATION;
                    case "EARNINGS_VARIATION" -> Stability.EARNINGS_VARIATION;
                    case "EARNINGS_TREND" -> Stability.EARNINGS_TREND;
                    case "DEBT_LEVEL" -> Stability.DEBT_LEVEL;
                    case "DEBT_TREND" -> Stability.DEBT_TREND;
                    default -> throw new IllegalArgumentException(table);
                };

        assertThat(rule.score(input)).isCloseTo(score, EXACT);
    }

    @Test
    void theFivePartsWeighWhatTheyShould() {
        CompanyHistory best = new CompanyHistory(8, 8, 0.0, 0.1, -1.0);
        CompanyHistory worst = new CompanyHistory(8, 0, null, null, 1.0);

        assertThat(stability(0.15, 1.0, 0.3, 30.0, best)).isCloseTo(100, EXACT);
        assertThat(stability(0.50, 1.0, 0.3, 30.0, best)).isCloseTo(75, EXACT);
        assertThat(stability(0.15, 0.0, 0.3, 30.0, best)).isCloseTo(80, EXACT);
        assertThat(stability(0.15, 1.0, 2.0, 30.0, best)).isCloseTo(85, EXACT);
        assertThat(stability(0.15, 1.0, 0.3, 30.0, new CompanyHistory(8, 0, null, null, -1.0)))
                .isCloseTo(75, EXACT);
        assertThat(stability(0.15, 1.0, 0.3, 70.0, new CompanyHistory(8, 8, 0.0, 0.1, 1.0)))
                .isCloseTo(85, EXACT);
        assertThat(stability(0.50, 0.0, 2.0, 70.0, worst)).isCloseTo(0, EXACT);
    }

    @Test
    void whatCannotBeComputedGivesItsWeightUp() {
        assertThat(stability(0.325, null, null, null, CompanyHistory.UNKNOWN)).isCloseTo(50, EXACT);
        assertThat(stability(null, null, 1.15, null, CompanyHistory.UNKNOWN)).isCloseTo(50, EXACT);
        assertThat(stability(0.15, null, 2.0, null, CompanyHistory.UNKNOWN)).isCloseTo(62.5, EXACT);
        assertThat(stability(0.15, 0.0, null, null, CompanyHistory.UNKNOWN)).isCloseTo(0.25 / 0.45 * 100, EXACT);
        assertThat(stability(null, null, null, null, CompanyHistory.UNKNOWN)).isNull();
    }

    @Test
    void fourQuartersAreNeededAndFourThatEarned() {
        assertThat(Stability.earnings(new CompanyHistory(3, 3, null, null, null)))
                .as("three quarters say nothing")
                .isNull();
        assertThat(Stability.earnings(new CompanyHistory(4, 3, null, null, null)))
                .as("a loss is known")
                .isZero();
        assertThat(Stability.earnings(new CompanyHistory(4, 4, 0.0, 0.0, null))).isCloseTo(85, EXACT);
        assertThat(Stability.earnings(new CompanyHistory(8, 4, 1.0, -0.1, null)))
                .isCloseTo(35, EXACT);
    }

    @Test
    void theLevelOfDebtAloneCountsWhereNoTrendIsKnown() {
        assertThat(Stability.debtParts(50.0, null).score()).isCloseTo(50, EXACT);
        assertThat(Stability.debtParts(50.0, 0.0).score()).isCloseTo(62.5, EXACT);
        assertThat(Stability.debtParts(null, 0.0).score()).isNull();
    }

    @Test
    void aCompanysHistoryIsOfItsProfitsAndBalances() {
        double nan = Double.NaN;
        CompanyHistory history = CompanyHistory.of(
                new double[] {nan, 100, 200, -50, 300, 400, nan, nan},
                new double[] {nan, nan, nan, 40, nan, 44, 44, nan});

        assertThat(history.quarters()).isEqualTo(5);
        assertThat(history.profits()).isEqualTo(4);
        assertThat(history.earningsVariation()).isCloseTo(Math.sqrt(12_500) / 250, EXACT);
        // Positions 1, 2, 4 and 5: Σ(x−3)(y−250) = 300 + 50 + 50 + 300, Σ(x−3)² = 10.
        assertThat(history.earningsTrend()).isCloseTo(70.0 / 250, EXACT);
        // Positions 3, 5 and 6, mean 14/3; 128/3 is the mean ratio.
        assertThat(history.debtTrend()).isCloseTo(10.0 / 7, within(1e-9));
    }

    @Test
    void fourProfitsAndTwoBalancesAreTheFewest() {
        double nan = Double.NaN;

        CompanyHistory three = CompanyHistory.of(new double[] {1, 2, 3, 0}, new double[] {nan, 40, nan, nan});
        CompanyHistory four = CompanyHistory.of(new double[] {2, 2, 2, 2}, new double[] {40, nan, nan, 43});

        assertThat(three).isEqualTo(new CompanyHistory(4, 3, null, null, null));
        assertThat(four).isEqualTo(new CompanyHistory(4, 4, 0.0, 0.0, 1.0));
    }

    private static @Nullable Double stability(
            @Nullable Double volatility,
            @Nullable Double beta,
            @Nullable Double volumeVariation,
            @Nullable Double debtRatio,
            CompanyHistory history) {
        return Stability.of(
                        new Measures(
                                volatility,
                                volumeVariation,
                                beta,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null),
                        SampleScores.financials(null, null, null, debtRatio),
                        history)
                .score();
    }
}
