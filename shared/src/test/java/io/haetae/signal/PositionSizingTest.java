package io.haetae.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class PositionSizingTest {

    private static final BigDecimal PORTFOLIO = new BigDecimal("100000000");

    private final PositionSizing sizing = new PositionSizing(TradeStatistics.ASSUMED, BigDecimal.TEN);

    @Test
    void theAssumedTraderBetsAQuarterByKelly() {
        assertThat(TradeStatistics.ASSUMED.kellyFraction()).isEqualByComparingTo("0.25");
    }

    @Test
    void halfOfKellyTimesTheConviction() {
        // 12.5 % × 0.64 = 8 % of the portfolio
        assertThat(sizing.shares(PORTFOLIO, new BigDecimal("10000"), 64)).isEqualTo(800);
    }

    @Test
    void sizeIsCappedAtTheLargestPosition() {
        assertThat(sizing.shares(PORTFOLIO, new BigDecimal("10000"), 100)).isEqualTo(1000);
        assertThat(new PositionSizing(TradeStatistics.ASSUMED, BigDecimal.ONE)
                        .shares(PORTFOLIO, new BigDecimal("10000"), 100))
                .isEqualTo(100);
    }

    @Test
    void sharesAreFlooredAndAShareThatDoesNotFitIsNoTrade() {
        assertThat(sizing.shares(PORTFOLIO, new BigDecimal("3000001"), 100)).isEqualTo(3);
        assertThat(sizing.shares(PORTFOLIO, new BigDecimal("10000001"), 100)).isZero();
        assertThat(sizing.shares(BigDecimal.ZERO, new BigDecimal("100"), 100)).isZero();
    }

    @Test
    void oddsAgainstUsAreNoTrade() {
        TradeStatistics losing = new TradeStatistics(new BigDecimal("0.3"), new BigDecimal("8"), new BigDecimal("8"));
        assertThat(losing.kellyFraction()).isEqualByComparingTo("0");
        assertThat(new PositionSizing(losing, BigDecimal.TEN).shares(PORTFOLIO, BigDecimal.TEN, 100))
                .isZero();
    }

    @Test
    void statisticsOfOnlyWinsOrNoLossesBetNothing() {
        assertThat(new TradeStatistics(BigDecimal.ONE, BigDecimal.TEN, BigDecimal.ONE).kellyFraction())
                .isEqualByComparingTo("0");
        assertThat(new TradeStatistics(new BigDecimal("0.5"), BigDecimal.TEN, BigDecimal.ZERO).kellyFraction())
                .isEqualByComparingTo("0");
    }
}
