package io.haetae.risk;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RiskLimitsTest {

    private final RiskLimits limits = RiskLimits.standard(20, BigDecimal.TEN, new BigDecimal("5"));

    @Test
    void theTwentiethPositionPassesAndTheNextDoesNot() {
        assertThat(entry(19, "0", "100000")).isEmpty();
        assertThat(entry(20, "0", "100000")).contains("POSITION_COUNT limit=20 actual=21");
    }

    @Test
    void onePositionMayBeTenPercentOfTheWholePortfolio() {
        assertThat(entry(0, "0", "100000")).isEmpty();
        assertThat(entry(0, "0", "100100")).contains("POSITION_SIZE limit=10 actual=10.01");
        assertThat(entry(0, "60000", "50000")).contains("POSITION_SIZE limit=10 actual=11");
    }

    /** K5: a drawdown is measured by the peak, a loss by the initial capital, a day's loss by the day's beginning. */
    @Test
    void eachLossHasItsOwnDenominator() {
        assertThat(standing("1500000", "2000000", "1500000")).contains("DRAWDOWN limit=25 actual=25");
        assertThat(standing("1500001", "2000000", "1500001")).isEmpty();
        assertThat(standing("750000", "1000000", "750000")).contains("TOTAL_LOSS limit=25 actual=25");
        assertThat(standing("750001", "1000000", "750001")).isEmpty();
        assertThat(standing("950000", "1000000", "1000000")).contains("DAILY_LOSS limit=5 actual=5");
        assertThat(standing("950001", "1000000", "1000000")).isEmpty();
    }

    @Test
    void aPortfolioThatIsWorthNothingEntersNothing() {
        assertThat(limits.onEntry(RiskWatchTest.metrics("0", "1000000", "0"), 0, BigDecimal.ZERO, BigDecimal.ONE))
                .isPresent();
    }

    private Optional<String> entry(int taken, String existing, String added) {
        return limits.onEntry(
                        RiskWatchTest.metrics("1000000", "1000000", "1000000"),
                        taken,
                        new BigDecimal(existing),
                        new BigDecimal(added))
                .map(Breach::toString);
    }

    private Optional<String> standing(String total, String peak, String dayBase) {
        return limits.standing(RiskWatchTest.metrics(total, peak, dayBase)).map(Breach::toString);
    }
}
