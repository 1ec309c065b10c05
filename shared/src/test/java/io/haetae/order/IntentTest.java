package io.haetae.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.market.InstrumentId;
import io.haetae.market.Venue;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IntentTest {

    private static final Intent INTENT = new Intent(
            TradingWorld.ACCOUNT,
            TradingWorld.SESSION,
            "momentum",
            TradingWorld.ALPHA,
            Side.BUY,
            Purpose.ENTRY,
            "2026-01-02",
            0);

    @Test
    void equalDecisionsHaveEqualIdsInEveryProcess() {
        assertThat(INTENT.id()).isEqualTo("20260105-698001e22f4d4ec5326743276ad4b9ce");
    }

    @Test
    void everyPartOfTheDecisionIsInTheId() {
        Set<String> ids = new HashSet<>();
        List<Intent> all = List.of(
                INTENT,
                with(new AccountId(Mode.SIM, Venue.KIS, "someone", "KRW"), INTENT.instrument(), "momentum", 0),
                with(new AccountId(Mode.DRY_RUN, Venue.SAXO, "someone", "KRW"), INTENT.instrument(), "momentum", 0),
                with(new AccountId(Mode.DRY_RUN, Venue.KIS, "else", "KRW"), INTENT.instrument(), "momentum", 0),
                with(new AccountId(Mode.DRY_RUN, Venue.KIS, "someone", "USD"), INTENT.instrument(), "momentum", 0),
                with(INTENT.account(), TradingWorld.BETA, "momentum", 0),
                with(INTENT.account(), new InstrumentId(Venue.SAXO, "000110"), "momentum", 0),
                with(INTENT.account(), INTENT.instrument(), "reversal", 0),
                with(INTENT.account(), INTENT.instrument(), "momentum", 1),
                new Intent(
                        INTENT.account(),
                        LocalDate.of(2026, 1, 6),
                        "momentum",
                        INTENT.instrument(),
                        Side.BUY,
                        Purpose.ENTRY,
                        "2026-01-02",
                        0),
                new Intent(
                        INTENT.account(),
                        INTENT.session(),
                        "momentum",
                        INTENT.instrument(),
                        Side.SELL,
                        Purpose.ENTRY,
                        "2026-01-02",
                        0),
                new Intent(
                        INTENT.account(),
                        INTENT.session(),
                        "momentum",
                        INTENT.instrument(),
                        Side.BUY,
                        Purpose.EXIT,
                        "2026-01-02",
                        0),
                new Intent(
                        INTENT.account(),
                        INTENT.session(),
                        "momentum",
                        INTENT.instrument(),
                        Side.BUY,
                        Purpose.ENTRY,
                        "2026-01-05",
                        0));
        all.forEach(intent -> ids.add(intent.id()));
        assertThat(ids).hasSameSizeAs(all);
    }

    @Test
    void fieldsDoNotRunIntoEachOther() {
        AccountId one = new AccountId(Mode.DRY_RUN, Venue.KIS, "ab", "KRW");
        assertThat(with(one, INTENT.instrument(), "c", 0).id())
                .isNotEqualTo(with(new AccountId(Mode.DRY_RUN, Venue.KIS, "a", "KRW"), INTENT.instrument(), "bc", 0)
                        .id());
    }

    /** D15. */
    @Test
    void aHundredThousandDecisionsHaveAsManyIds() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            String id = with(INTENT.account(), INTENT.instrument(), "strategy" + i, 0)
                    .id();
            assertThat(id).hasSizeLessThanOrEqualTo(50).startsWith("20260105-");
            ids.add(id);
        }
        assertThat(ids).hasSize(100_000);
    }

    @Test
    void aCauseHasNoEndlessTries() {
        assertThat(with(INTENT.account(), INTENT.instrument(), "momentum", 99).id())
                .isNotEqualTo(INTENT.id());
        assertThatThrownBy(() -> with(INTENT.account(), INTENT.instrument(), "momentum", 100))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Intent with(AccountId account, InstrumentId instrument, String strategy, int n) {
        return new Intent(account, INTENT.session(), strategy, instrument, Side.BUY, Purpose.ENTRY, INTENT.cause(), n);
    }
}
