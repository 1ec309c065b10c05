package io.haetae.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.market.InstrumentId;
import io.haetae.market.Venue;
import io.haetae.order.ExitRule;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.Position;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExitRulesTest {

    private final ExitRules rules = new ExitRules(SignalTerms.standard(BigDecimal.TEN));

    @Test
    void aPositionIsSoldAtItsStopAndNotAWonAbove() {
        assertThat(rule(held("10000", "10000"), "9000")).contains(ExitRule.STOP);
        assertThat(rule(held("10000", "10000"), "9001")).isEmpty();
    }

    @Test
    void aPositionIsSoldAtItsTargetAndNotAWonBelow() {
        assertThat(rule(held("10000", "10000"), "12000")).contains(ExitRule.TAKE_PROFIT);
        assertThat(rule(held("10000", "10000"), "11999")).isEmpty();
    }

    @Test
    void theTrailRisesWithANewHighAndNeverFalls() {
        Position position = held("10000", "10000").seen(new BigDecimal("11500"));
        assertThat(rule(position, "10350")).contains(ExitRule.TRAILING);
        assertThat(rule(position, "10351")).isEmpty();

        Position after = position.seen(new BigDecimal("10500"));
        assertThat(rule(after, "10350")).contains(ExitRule.TRAILING);
    }

    @Test
    void theTrailStartsAtTheStopAndTheStopIsNamedFirst() {
        Position position = held("10000", "10000");
        BigDecimal trail = position.trailingStop();

        assertThat(trail).isNotNull().isEqualByComparingTo("9000");
        assertThat(rule(position, "8000")).contains(ExitRule.STOP);
    }

    @Test
    void anEmergencyComesBeforeEverythingElse() {
        assertThat(ExitRules.onPrice(held("10000", "10000"), true, new BigDecimal("8000"))
                        .map(ExitRules.Exit::rule))
                .contains(ExitRule.EMERGENCY);
    }

    /** S6. */
    @Test
    void withoutACostNothingIsDecidedByProfitOrLoss() {
        Position unknown = position("0", "0", "9000", "12000");

        assertThat(rule(unknown, "1")).isEmpty();
        assertThat(rule(unknown, "1000000")).isEmpty();
        assertThat(ExitRules.onPrice(unknown, true, BigDecimal.ONE)).isPresent();
    }

    @Test
    void aPositionWithoutProtectionIsLeftAlone() {
        assertThat(rule(position("10000", "10000", null, null), "1")).isEmpty();
    }

    @Test
    void poorFundamentalsSell() {
        assertThat(fundamentals(39.9, null, null, null)).contains("quality 39.9 below 40");
        assertThat(fundamentals(40.0, 29.9, null, null)).contains("growth 29.9 below 30");
        assertThat(fundamentals(40.0, 30.0, 59.9, 80.0)).contains("composite fell from 80.0 to 59.9");
        assertThat(fundamentals(40.0, 30.0, 60.0, 80.0)).isEmpty();
    }

    @Test
    void unknownFundamentalsSellNothing() {
        assertThat(fundamentals(null, null, null, null)).isEmpty();
        assertThat(fundamentals(null, null, 10.0, null)).isEmpty();
        assertThat(fundamentals(null, null, null, 90.0)).isEmpty();
    }

    @Test
    void aScoreOfZeroIsKnownAndSells() {
        assertThat(fundamentals(0.0, null, null, null)).isPresent();
    }

    private Optional<String> fundamentals(
            @Nullable Double quality, @Nullable Double growth, @Nullable Double now, @Nullable Double before) {
        return rules.onFundamentals(new ExitRules.Health(quality, growth, now, before))
                .map(exit -> {
                    assertThat(exit.rule()).isEqualTo(ExitRule.FUNDAMENTALS);
                    return exit.reason();
                });
    }

    private static Optional<ExitRule> rule(Position position, String price) {
        return ExitRules.onPrice(position, false, new BigDecimal(price)).map(ExitRules.Exit::rule);
    }

    private static Position held(String cost, String highest) {
        BigDecimal average = new BigDecimal(cost);
        return position(
                cost,
                highest,
                average.multiply(new BigDecimal("0.9")).toPlainString(),
                average.multiply(new BigDecimal("1.2")).toPlainString());
    }

    private static Position position(String cost, String highest, @Nullable String stop, @Nullable String target) {
        return new Position(
                new AccountId(Mode.DRY_RUN, Venue.KIS, "default_user", "KRW"),
                new InstrumentId(Venue.KIS, "005930"),
                BigDecimal.TEN,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                new BigDecimal(cost),
                LocalDate.of(2026, 1, 6),
                "20260106-a",
                "conviction",
                stop == null ? null : new BigDecimal(stop),
                target == null ? null : new BigDecimal(target),
                stop == null ? null : BigDecimal.TEN,
                new BigDecimal(highest),
                BigDecimal.ZERO,
                1);
    }
}
