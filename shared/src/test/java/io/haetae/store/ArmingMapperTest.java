package io.haetae.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.market.Venue;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.risk.Arming;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArmingMapperTest {

    private static final AccountId LIVE = new AccountId(Mode.LIVE, Venue.KIS, "someone", "KRW");
    private static final AccountId OTHER = new AccountId(Mode.LIVE, Venue.SAXO, "someone", "USD");
    private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");
    private static final Instant UNTIL = NOW.plus(Duration.ofHours(6));
    private static final BigDecimal MOST = new BigDecimal("1000000");

    private final Store store = new MemoryStore();
    private final ArmingMapper armings = new ArmingMapper(store);

    @Test
    void anArmingOutlivesTheProcessAndIsOfOneAccount() {
        Arming arming = armings.arm(LIVE, "kim", "first live day", NOW, UNTIL, MOST);

        assertThat(new ArmingMapper(store).get(LIVE)).contains(arming);
        assertThat(armings.get(OTHER)).isEmpty();
        assertThat(armings.spent(arming)).isZero();
    }

    @Test
    void theSameWordAgainIsTheSameArmingAndAnotherIsANewOne() {
        Arming first = armings.arm(LIVE, "kim", "first live day", NOW, UNTIL, MOST);

        assertThat(armings.arm(LIVE, "kim", "first live day", NOW, UNTIL, new BigDecimal("1000000.0")))
                .isEqualTo(first);
        assertThat(armings.arm(LIVE, "kim", "first live day", NOW.plusSeconds(1), UNTIL, MOST)
                        .version())
                .isEqualTo(first.version() + 1);
    }

    @Test
    void disarmingAndArmingAgainNeverRepeatsAVersion() {
        long first = armings.arm(LIVE, "kim", "why", NOW, UNTIL, MOST).version();
        var _ = armings.disarm(LIVE, "kim", "done", NOW);

        assertThat(armings.get(LIVE)).isEmpty();
        assertThat(armings.arm(LIVE, "kim", "why", NOW, UNTIL, MOST).version()).isGreaterThan(first);
    }

    @Test
    void aWordWithoutPersonReasonFutureOrMoneyIsRefusedAndNothingIsWritten() {
        assertThatThrownBy(() -> armings.arm(LIVE, " ", "why", NOW, UNTIL, MOST))
                .hasMessageContaining("named person with a reason");
        assertThatThrownBy(() -> armings.arm(LIVE, "kim", "", NOW, UNTIL, MOST))
                .hasMessageContaining("named person with a reason");
        assertThatThrownBy(() -> armings.arm(LIVE, "kim", "why", NOW, NOW, MOST))
                .hasMessageContaining("is over");
        assertThatThrownBy(() -> armings.arm(LIVE, "kim", "why", NOW, UNTIL, BigDecimal.ZERO))
                .hasMessageContaining("above 0");
        assertThatThrownBy(() -> armings.disarm(LIVE, "", "why", NOW)).isInstanceOf(IllegalArgumentException.class);
        assertThat(armings.get(LIVE)).isEmpty();
        assertThat(new Outbox(store).pending()).isEmpty();
    }
}
