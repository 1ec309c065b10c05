package io.haetae.order;

import static io.haetae.order.TradingWorld.ALPHA;
import static io.haetae.order.TradingWorld.BETA;
import static io.haetae.order.TradingWorld.CAPITAL;
import static io.haetae.order.TradingWorld.CLOSE;
import static io.haetae.order.TradingWorld.OPEN;
import static io.haetae.order.TradingWorld.SESSION;
import static io.haetae.order.TradingWorld.SIGNALS;
import static io.haetae.order.TradingWorld.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.event.DomainEvent;
import io.haetae.market.InstrumentId;
import io.haetae.market.Venue;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.Position;
import io.haetae.store.Outbox;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The desk with real money, under the second key. */
class LiveDeskTest {

    private static final AccountId LIVE = new AccountId(Mode.LIVE, Venue.KIS, "someone", "KRW");

    private final TradingWorld world = new TradingWorld();
    private final FakeBroker broker = new FakeBroker();
    private final OrderDesk desk = world.desk(broker);

    LiveDeskTest() {
        var _ = world.portfolios.open(LIVE, CAPITAL);
        broker.clock = world.time::now;
    }

    @Test
    void withoutTheSecondKeyNothingIsEnteredAndTheDenialSaysHowToArm() throws InterruptedException {
        DeskResult result = desk.enter(entry(ALPHA, 100), world.run());

        Denial denial = ((DeskResult.Denied) result).denial();
        assertThat(denial.code()).isEqualTo(DenialCode.NOT_ARMED);
        assertThat(denial.limit()).contains("./haetae arm");
        assertThat(events()).containsExactly("OrderDenied");
        assertThat(broker.placed).isEmpty();
    }

    @Test
    void anArmingIsSpentOnlyAsFarAsItGoes() throws InterruptedException {
        arm(OPEN, 1_500_000);

        assertThat(desk.enter(entry(ALPHA, 100), world.run())).isInstanceOf(DeskResult.Carried.class);
        Denial denial = ((DeskResult.Denied) desk.enter(entry(BETA, 100), world.run())).denial();

        assertThat(denial.code()).isEqualTo(DenialCode.ARMED_NOTIONAL);
        assertThat(broker.placed).hasSize(1);
    }

    @Test
    void aPersonWhoDisarmsBetweenIntentAndSendingIsNotRaced() throws InterruptedException {
        arm(OPEN, 5_000_000);
        broker.onPrecheck = () -> world.armings.disarm(LIVE, "kim", "not today", world.time.now());

        DeskResult result = desk.enter(entry(ALPHA, 100), world.run());

        assertThat(((DeskResult.Carried) result).order().state()).isEqualTo(OrderState.DENIED);
        assertThat(broker.placed).isEmpty();
        assertThat(world.portfolios.cash(LIVE).orElseThrow().reserved()).isZero();
    }

    /** The lapse is crossed with a resting entry and an open position: the entry is cancelled, the stop sells. */
    @Test
    void whenTheArmingLapsesEntriesAreCancelledAndTheStopIsSold() throws InterruptedException {
        arm(OPEN.plusSeconds(1_800), 5_000_000);
        var _ = desk.enter(entry(ALPHA, 100), world.run());
        broker.trade(world.orders.open(LIVE).getFirst(), 100, 10_000);
        var _ = desk.advance(LIVE, world.run());
        var _ = desk.enter(entry(BETA, 100), world.run());
        Order resting = world.orders.open(LIVE).getFirst();
        Position position = world.portfolios.position(LIVE, ALPHA).orElseThrow();

        world.time.advanceTo(OPEN.plusSeconds(1_799));
        var _ = desk.advance(LIVE, world.run());
        assertThat(world.orders.open(LIVE)).containsExactly(resting);
        world.time.advanceTo(OPEN.plusSeconds(1_800));
        var _ = desk.advance(LIVE, world.run());
        DeskResult stop = desk.exit(stop(position), world.run());

        assertThat(world.orders.order(LIVE, resting.id()).orElseThrow().state()).isEqualTo(OrderState.CANCELLED);
        assertThat(((DeskResult.Carried) stop).order().state()).isEqualTo(OrderState.ACCEPTED);
        assertThat(events()).containsSubsequence("ArmingLapsing", "ArmingLapsed");
        assertThat(events()).filteredOn("ArmingLapsing"::equals).hasSize(1);
    }

    private void arm(Instant until, long notional) {
        var _ = world.armings.arm(LIVE, "kim", "a careful start", SIGNALS, until, won(notional));
    }

    private List<String> events() {
        return new Outbox(world.store).pending().stream().map(DomainEvent::type).toList();
    }

    private static EntryRequest entry(InstrumentId instrument, long quantity) {
        return new EntryEdit(TradingWorld.entry(instrument, 10_000, quantity))
                .account(LIVE)
                .done();
    }

    private static ExitRequest stop(Position position) {
        return new ExitRequest(
                SESSION,
                position,
                ExitRule.STOP,
                OrderType.MARKET,
                won(8_000),
                position.quantity(),
                BigDecimal.ONE,
                new Validity(OPEN, CLOSE, CLOSE),
                "stop");
    }
}
