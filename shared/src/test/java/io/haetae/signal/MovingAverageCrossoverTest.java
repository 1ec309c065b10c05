package io.haetae.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.market.Bar;
import io.haetae.signal.MovingAverageCrossover.Action;
import io.haetae.signal.MovingAverageCrossover.Reason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MovingAverageCrossoverTest {

    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
    private static final MovingAverageCrossover TWO_OVER_THREE =
            new MovingAverageCrossover(2, 3, Duration.ofMinutes(60), 0, 0);

    private static List<Bar> bars(String... closes) {
        List<Bar> bars = new ArrayList<>();
        for (int i = 0; i < closes.length; i++) {
            BigDecimal close = new BigDecimal(closes[i]);
            Instant start = START.plus(Duration.ofHours(i));
            bars.add(new Bar(start, start.plus(Duration.ofHours(1)), close, close, close, close));
        }
        return bars;
    }

    private static MovingAverageCrossover.Decision decide(MovingAverageCrossover strategy, String... closes) {
        return strategy.decide(bars(closes), START.plus(Duration.ofHours(closes.length)), Optional.empty());
    }

    @Test
    void shortAverageRisingAboveTheLongOneBuys() {
        var decision = decide(TWO_OVER_THREE, "1.3", "1.2", "1.1", "1.5");
        assertThat(decision.action()).isEqualTo(Action.BUY);
        assertThat(decision.reason()).isEqualTo(Reason.SIG_CROSSOVER_UP);
        assertThat(decision.barEnd()).contains(START.plus(Duration.ofHours(4)));
        assertThat(decision.close()).contains(new BigDecimal("1.5"));
    }

    @Test
    void shortAverageFallingBelowTheLongOneSells() {
        assertThat(decide(TWO_OVER_THREE, "1.1", "1.2", "1.3", "0.9").action()).isEqualTo(Action.SELL);
    }

    @Test
    void touchingIsNotCrossing() {
        // Averages are 1 and 1 after the last bar, the short one was below before.
        assertThat(decide(TWO_OVER_THREE, "1.2", "1.0", "0.9", "1.1").reason()).isEqualTo(Reason.SIG_NO_CROSSOVER);
    }

    @Test
    void aCrossingInTheTenthDecimalCounts() {
        assertThat(decide(TWO_OVER_THREE, "1", "1", "1", "1.0000000001").action())
                .isEqualTo(Action.BUY);
    }

    @Test
    void theFormingBarIsNotLookedAt() {
        List<Bar> bars = bars("1.3", "1.2", "1.1", "1.0", "9.0");
        var decision =
                TWO_OVER_THREE.decide(bars, START.plus(Duration.ofHours(5)).minusMillis(1), Optional.empty());
        assertThat(decision.action()).isEqualTo(Action.HOLD);
        assertThat(decision.barEnd()).contains(START.plus(Duration.ofHours(4)));
    }

    @Test
    void tooFewClosedBarsHold() {
        assertThat(decide(TWO_OVER_THREE, "1", "2", "3").reason()).isEqualTo(Reason.SIG_INSUFFICIENT_CLOSED_BARS);
        assertThat(decide(TWO_OVER_THREE).barEnd()).isEmpty();
    }

    @Test
    void barsOlderThanFiveHorizonsHold() {
        var decision = TWO_OVER_THREE.decide(
                bars("1.3", "1.2", "1.1", "1.5"), START.plus(Duration.ofHours(10)), Optional.empty());
        assertThat(decision.reason()).isEqualTo(Reason.SIG_STALE_BARS);
    }

    @Test
    void thresholdAsksForDistance() {
        var wide = new MovingAverageCrossover(2, 3, Duration.ofMinutes(60), 10_000, 0);
        assertThat(decide(wide, "1.3", "1.2", "1.1", "1.5").reason()).isEqualTo(Reason.SIG_BELOW_THRESHOLD);
    }

    @Test
    void cooldownHoldsAfterAnEarlierSignalButNotOnItsOwnBar() {
        var cooling = new MovingAverageCrossover(2, 3, Duration.ofMinutes(60), 0, 3);
        List<Bar> bars = bars("1.3", "1.2", "1.1", "1.5");
        Instant now = START.plus(Duration.ofHours(4));
        assertThat(cooling.decide(bars, now, Optional.of(now.minus(Duration.ofHours(2))))
                        .reason())
                .isEqualTo(Reason.SIG_COOLDOWN_ACTIVE);
        assertThat(cooling.decide(bars, now, Optional.of(now.minus(Duration.ofHours(3))))
                        .action())
                .isEqualTo(Action.BUY);
        assertThat(cooling.decide(bars, now, Optional.of(now)).action()).isEqualTo(Action.BUY);
    }

    @Test
    void orderOfTheBarsDoesNotMatter() {
        List<Bar> bars = bars("1.3", "1.2", "1.1", "1.5");
        Instant now = START.plus(Duration.ofHours(4));
        assertThat(TWO_OVER_THREE.decide(bars.reversed(), now, Optional.empty()))
                .isEqualTo(TWO_OVER_THREE.decide(bars, now, Optional.empty()));
    }
}
