package io.haetae.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.market.InstrumentId;
import io.haetae.market.Venue;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.OtherCapitalException;
import io.haetae.portfolio.Position;
import io.haetae.risk.TradingState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class BookMappersTest {

    private static final AccountId ACCOUNT = new AccountId(Mode.DRY_RUN, Venue.KIS, "someone", "KRW");
    private static final InstrumentId ALPHA = new InstrumentId(Venue.KIS, "000110");
    private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");

    private final Store store = new MemoryStore();
    private final PortfolioMapper portfolios = new PortfolioMapper(store);
    private final TradingStateMapper states = new TradingStateMapper(store);

    @Test
    void aBookIsOpenedOnceWithItsCapital() {
        assertThat(portfolios.account(ACCOUNT)).isEmpty();
        var first = portfolios.open(ACCOUNT, new BigDecimal("1000000"));
        assertThat(portfolios.open(ACCOUNT, new BigDecimal("1000000.00"))).isEqualTo(first);
        assertThat(first.cash().balance()).isEqualByComparingTo("1000000");
        assertThat(first.cash().currency()).isEqualTo("KRW");
    }

    @Test
    void anotherCapitalLaterIsRefusedWithWhatToDo() {
        var _ = portfolios.open(ACCOUNT, new BigDecimal("1000000"));
        assertThatThrownBy(() -> portfolios.open(ACCOUNT, new BigDecimal("2000000")))
                .isInstanceOf(OtherCapitalException.class)
                .hasMessageContaining("1000000")
                .hasMessageContaining("2000000")
                .hasMessageContaining("--user-id");
    }

    @Test
    void theHighestPriceOfAPositionNeverFalls() {
        Position position = Position.none(ACCOUNT, ALPHA, LocalDate.of(2026, 1, 5))
                .bought(
                        new BigDecimal("3"),
                        new BigDecimal("100"),
                        BigDecimal.ZERO,
                        LocalDate.of(2026, 1, 5),
                        "order",
                        "momentum",
                        null,
                        null,
                        BigDecimal.TEN);
        var _ = store.commit(List.of(Action.put(PortfolioMapper.item(position))));

        Position high = portfolios.observe(position, new BigDecimal("120"));
        assertThat(high.trailingStop()).isEqualByComparingTo("108");
        assertThat(portfolios.observe(high, new BigDecimal("110"))).isEqualTo(high);
        assertThat(portfolios.observe(position, new BigDecimal("130"))).isEqualTo(high);
        assertThat(portfolios.position(ACCOUNT, ALPHA)).contains(high);
    }

    @Test
    void aMachineOnlyRaisesTheTradingState() {
        assertThat(states.get(ACCOUNT).state()).isEqualTo(TradingState.ACTIVE);
        var _ = states.raise(ACCOUNT, TradingState.HALTED, "risk_checks", "loss 28 %", NOW);
        assertThat(states.raise(ACCOUNT, TradingState.REDUCING, "risk_checks", "loss 5 %", NOW)
                        .state())
                .isEqualTo(TradingState.HALTED);
        assertThat(states.raise(ACCOUNT, TradingState.ACTIVE, "risk_checks", "fine", NOW)
                        .state())
                .isEqualTo(TradingState.HALTED);
        assertThat(states.get(ACCOUNT).reason()).isEqualTo("loss 28 %");
    }

    @Test
    void onlyANamedPersonWithAReasonLowersTheTradingState() {
        var _ = states.raise(ACCOUNT, TradingState.HALTED, "risk_checks", "loss 28 %", NOW);
        assertThatThrownBy(() -> states.set(ACCOUNT, TradingState.ACTIVE, " ", "because", NOW))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> states.set(ACCOUNT, TradingState.ACTIVE, "kim", "", NOW))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(states.set(ACCOUNT, TradingState.ACTIVE, "kim", "looked at it", NOW)
                        .state())
                .isEqualTo(TradingState.ACTIVE);
        assertThat(new Outbox(store).pending())
                .extracting(event -> event.type())
                .containsExactlyInAnyOrder("TradingHalted", "TradingResumed");
    }

    /** S14. */
    @Test
    void booksOfDifferentModesNeverMix() {
        var _ = portfolios.open(ACCOUNT, new BigDecimal("1000000"));
        AccountId live = new AccountId(Mode.LIVE, Venue.KIS, "someone", "KRW");
        assertThat(portfolios.account(live)).isEmpty();
        var _ = states.raise(live, TradingState.HALTED, "risk_checks", "loss", NOW);
        assertThat(states.get(ACCOUNT).state()).isEqualTo(TradingState.ACTIVE);
    }
}
