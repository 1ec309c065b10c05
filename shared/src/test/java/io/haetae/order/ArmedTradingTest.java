package io.haetae.order;

import static io.haetae.order.TradingWorld.ALPHA;
import static io.haetae.order.TradingWorld.BETA;
import static io.haetae.order.TradingWorld.CAPITAL;
import static io.haetae.order.TradingWorld.OPEN;
import static io.haetae.order.TradingWorld.exit;
import static io.haetae.order.TradingWorld.won;
import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.event.DomainEvent;
import io.haetae.market.InstrumentId;
import io.haetae.market.Venue;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.Position;
import io.haetae.risk.Arming;
import io.haetae.store.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The desk of a LIVE account, and the second key. */
class ArmedTradingTest {

    private static final AccountId LIVE = new AccountId(Mode.LIVE, Venue.KIS, "someone", "KRW");
    private static final InstrumentId GAMMA = new InstrumentId(Venue.KIS, "000330");

    private final TradingWorld world = new TradingWorld();
    private final FakeBroker broker = new FakeBroker();
    private final OrderDesk desk = world.desk(broker);

    @BeforeEach
    void openTheLiveBook() {
        var _ = world.portfolios.adopt(LIVE, CAPITAL, CAPITAL);
    }

    @Test
    void withOneKeyOnlyNothingIsEnteredAndItSaysHowToArm() throws InterruptedException {
        assertThat(desk.enter(entry(ALPHA, 100), world.run()))
                .isInstanceOfSatisfying(DeskResult.Denied.class, denied -> {
                    assertThat(denied.denial().code()).isEqualTo(DenialCode.NOT_ARMED);
                    assertThat(denied.denial().toString()).contains("./haetae arm");
                });
        assertThat(broker.placed).isEmpty();
        assertThat(events()).containsExactly("OrderDenied");
    }

    @Test
    void aDeniedEntryGoesThroughOnceArmed() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 100), world.run());
        var _ = arm(2, 5_000_000);

        assertThat(desk.enter(entry(ALPHA, 100), world.run())).isInstanceOf(DeskResult.Carried.class);

        assertThat(broker.placed).hasSize(1);
    }

    @Test
    void entriesTogetherStayWithinTheArmingEvenWhenTheyEndUnfilled() throws InterruptedException {
        Arming arming = arm(2, 1_500_000);
        var _ = desk.enter(entry(ALPHA, 100), world.run());
        var _ = desk.cancel(world.orders.open(LIVE).getFirst(), "enough", world.run());

        assertThat(desk.enter(entry(BETA, 51), world.run()))
                .isInstanceOfSatisfying(
                        DeskResult.Denied.class,
                        denied -> assertThat(denied.denial().code()).isEqualTo(DenialCode.ARMED_NOTIONAL));
        assertThat(desk.enter(entry(GAMMA, 50), world.run())).isInstanceOf(DeskResult.Carried.class);
        assertThat(world.armings.spent(arming)).isEqualByComparingTo("1500000");
    }

    /** Invariant 6: a lapse ends entries and nothing else. */
    @Test
    void aLapseCancelsTheRestingEntryAndTheStopStillSells() throws InterruptedException {
        Arming arming = arm(2, 5_000_000);
        var _ = desk.enter(entry(ALPHA, 100), world.run());
        var _ = desk.enter(entry(BETA, 100), world.run());
        world.time.advanceTo(OPEN);
        Order bought = order(ALPHA);
        var _ = broker.trade(bought, 100, 10_000);
        var _ = desk.advance(LIVE, world.run());
        assertThat(order(BETA).state()).isEqualTo(OrderState.ACCEPTED);

        world.time.advanceTo(arming.until());
        var _ = desk.advance(LIVE, world.run());

        assertThat(order(BETA).state()).isEqualTo(OrderState.CANCELLED);
        assertThat(world.orders.history(LIVE, order(BETA).id()))
                .anySatisfy(line -> assertThat(line.detail()).contains("not armed: lapsed at"));
        assertThat(events()).contains("ArmingLapsed");
        assertThat(desk.enter(entry(GAMMA, 10), world.run())).isInstanceOf(DeskResult.Denied.class);

        Position position = world.portfolios.position(LIVE, ALPHA).orElseThrow();
        assertThat(desk.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run()))
                .isInstanceOf(DeskResult.Carried.class);
        var _ = broker.trade(world.orders.open(LIVE).getFirst(), 100, 9_000);
        var _ = desk.advance(LIVE, world.run());
        assertThat(world.portfolios.position(LIVE, ALPHA).orElseThrow().isOpen())
                .isFalse();
        assertThat(broker.placed).hasSize(3);
    }

    @Test
    void disarmingWhileTheVenueIsAskedStopsTheSending() throws InterruptedException {
        var _ = arm(2, 5_000_000);
        broker.onPrecheck = () -> {
            var _ = world.armings.disarm(LIVE, "kim", "stop", world.time.now());
        };

        var _ = desk.enter(entry(ALPHA, 100), world.run());

        assertThat(order(ALPHA).state()).isEqualTo(OrderState.DENIED);
        assertThat(broker.placed).isEmpty();
        assertThat(world.portfolios.cash(LIVE).orElseThrow().reserved()).isZero();
    }

    /** S1, S8: what the broker's books say is ours to know before the next entry. */
    @Test
    void everyPassHoldsTheBooksAgainstTheBrokers() throws InterruptedException {
        broker.keepsAccounts = true;
        broker.cash = () -> won(9_000_000);
        broker.holdings.add(new Holding(ALPHA, won(12), won(12), Optional.empty()));
        var _ = arm(2, 5_000_000);

        AdvanceReport report = desk.advance(LIVE, world.run());

        assertThat(report.problems()).hasSize(2).allSatisfy(line -> assertThat(line)
                .startsWith("drift in "));
        assertThat(world.portfolios.cash(LIVE).orElseThrow().balance()).isEqualByComparingTo("9000000");
        assertThat(desk.enter(entry(ALPHA, 10), world.run()))
                .isInstanceOfSatisfying(
                        DeskResult.Denied.class,
                        denied -> assertThat(denied.denial().code()).isEqualTo(DenialCode.SYMBOL_OPEN));
        assertThat(desk.advance(LIVE, world.run()).problems()).isEmpty();

        broker.holdingsFail = true;
        assertThat(desk.enter(entry(BETA, 10), world.run(true))).isInstanceOf(DeskResult.Carried.class);
        world.time.advanceTo(OPEN);
        assertThat(desk.enter(entry(GAMMA, 10), world.run())).isInstanceOf(DeskResult.Denied.class);
    }

    private Arming arm(int hours, long notional) {
        return world.armings.arm(
                LIVE,
                "kim",
                "the first live week",
                world.time.now(),
                world.time.now().plus(Duration.ofHours(hours)),
                won(notional));
    }

    private List<String> events() {
        return new Outbox(world.store).pending().stream().map(DomainEvent::type).toList();
    }

    private Order order(InstrumentId instrument) {
        return world.orders.ofSession(LIVE, TradingWorld.SESSION).stream()
                .filter(order -> order.instrument().equals(instrument))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private static EntryRequest entry(InstrumentId instrument, long quantity) {
        return new EntryEdit(TradingWorld.entry(instrument, 10_000, quantity))
                .account(LIVE)
                .done();
    }
}
