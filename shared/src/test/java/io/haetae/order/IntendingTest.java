package io.haetae.order;

import static io.haetae.order.TradingWorld.ACCOUNT;
import static io.haetae.order.TradingWorld.ALPHA;
import static io.haetae.order.TradingWorld.BETA;
import static io.haetae.order.TradingWorld.CAPITAL;
import static io.haetae.order.TradingWorld.OPEN;
import static io.haetae.order.TradingWorld.SESSION;
import static io.haetae.order.TradingWorld.entry;
import static io.haetae.order.TradingWorld.exit;
import static io.haetae.order.TradingWorld.won;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.market.Venue;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.Position;
import io.haetae.risk.TradingState;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What an intent stands on, to the last won, and what an order that ends gives back of it. */
class IntendingTest {

    private static final BigDecimal WIDE = won(1_000_000_000);

    private final TradingWorld world = new TradingWorld();
    private final FakeBroker broker = new FakeBroker();
    private final OrderDesk desk = world.desk(broker);

    @Test
    void anEntryMayReserveAllThatIsFreeAndNotAWonMore() throws InterruptedException {
        BigDecimal more = CAPITAL.add(BigDecimal.ONE);
        assertThat(enter(new EntryEdit(entry(ALPHA, 10_000, 100)).reserve(more)))
                .isEqualTo(denied(DenialCode.CASH, "10000000", "10000001"));

        assertThat(enter(new EntryEdit(entry(ALPHA, 10_000, 100)).reserve(CAPITAL)))
                .isInstanceOf(DeskResult.Carried.class);

        assertThat(world.cash().free()).isZero();
    }

    @Test
    void anAccountWithoutABookEntersNothing() throws InterruptedException {
        AccountId nobody = new AccountId(Mode.DRY_RUN, Venue.KIS, "nobody", "KRW");

        assertThat(enter(new EntryEdit(entry(ALPHA, 10_000, 100)).account(nobody)))
                .isEqualTo(denied(DenialCode.NO_BOOK, "an opened book", nobody.toString()));
        assertThat(broker.placed).isEmpty();
    }

    @Test
    void aDenialForAnotherReasonIsNewsAndTheSameOneIsNot() throws InterruptedException {
        var _ = world.states.raise(ACCOUNT, TradingState.HALTED, "risk_checks", "loss", world.time.now());
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        for (int i = 0; i < 2; i++) {
            var _ = enter(new EntryEdit(entry(ALPHA, 10_000, 100)).reserve(WIDE));
        }

        assertThat(world.only().denial()).isEqualTo(new Denial(DenialCode.CASH, "10000000", "1000000000"));
        assertThat(world.orders.history(ACCOUNT, world.only().id()))
                .extracting(HistoryEntry::detail)
                .containsExactly("TRADING_STATE limit=ACTIVE actual=HALTED", "CASH limit=10000000 actual=1000000000");
    }

    /** The first order of a decision never reached the broker; the second one follows it, or says why it does not. */
    @Test
    void theNextOrderOfADecisionSaysWhichOneItFollows() throws InterruptedException {
        broker.readsProve = true;
        broker.loseCalls = true;
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        String first = world.only().id();
        broker.loseCalls = false;
        var _ = world.states.raise(ACCOUNT, TradingState.HALTED, "risk_checks", "loss", world.time.now());
        assertThat(desk.enter(entry(ALPHA, 10_000, 100), world.run()))
                .isEqualTo(denied(DenialCode.TRADING_STATE, "ACTIVE", "HALTED"));
        assertThat(world.orders.ofSession(ACCOUNT, SESSION))
                .extracting(Order::state)
                .containsExactlyInAnyOrder(OrderState.NOT_PLACED, OrderState.DENIED);
        var _ = world.states.set(ACCOUNT, TradingState.ACTIVE, "kim", "looked at it", world.time.now());

        TradingWorld fresh = new TradingWorld();
        OrderDesk again = fresh.desk(broker);
        broker.loseCalls = true;
        var _ = again.enter(entry(ALPHA, 10_000, 100), fresh.run());
        broker.loseCalls = false;
        DeskResult second = again.enter(entry(ALPHA, 10_000, 100), fresh.run());

        assertThat(second).isInstanceOf(DeskResult.Carried.class);
        Order order = ((DeskResult.Carried) second).order();
        assertThat(order.intent().n()).isEqualTo(1);
        assertThat(fresh.orders.history(ACCOUNT, order.id()).getFirst().detail())
                .contains("order " + first + " ended NOT_PLACED");
    }

    @Test
    void anEntryThatEndsUnfilledGivesItsNotionalAndItsPlaceBackButNotItsOrder() throws InterruptedException {
        DayLimits one = new DayLimits(2, won(1_000_000), 1, WIDE);
        var _ = desk.enter(entry(ALPHA, 10_000, 100, one), world.run());
        assertThat(desk.enter(entry(BETA, 10_000, 100, one), world.run())).isInstanceOf(DeskResult.Denied.class);
        var _ = desk.cancel(world.orders.open(ACCOUNT).getFirst(), "enough", world.run());

        assertThat(desk.enter(entry(BETA, 10_000, 100, one), world.run())).isInstanceOf(DeskResult.Carried.class);
        var _ = desk.cancel(world.orders.open(ACCOUNT).getFirst(), "enough", world.run());
        assertThat(enter(new EntryEdit(entry(ALPHA, 10_000, 100, one)).cause("another")))
                .isEqualTo(denied(DenialCode.ORDERS_PER_DAY, "2", "2 and 1 more"));
    }

    @Test
    void anEntryCancelledAfterAPartOfItFilledGivesBackTheRestOfItsNotionalAndNotItsPlace() throws InterruptedException {
        DayLimits wide = new DayLimits(20, won(1_000_000), 2, WIDE);
        var _ = desk.enter(entry(ALPHA, 10_000, 100, wide), world.run());
        Order order = world.only();
        var _ = broker.trade(order, 40, 10_000);
        var _ = desk.advance(ACCOUNT, world.run());
        var _ = desk.cancel(world.only(), "enough", world.run());

        assertThat(desk.enter(entry(BETA, 10_000, 61, wide), world.run()))
                .isEqualTo(denied(DenialCode.ENTRY_NOTIONAL_PER_DAY, "1000000", "400000 and 610000 more"));
        DayLimits one = new DayLimits(20, won(1_000_000), 1, WIDE);
        assertThat(desk.enter(entry(BETA, 10_000, 60, one), world.run()))
                .isEqualTo(denied(DenialCode.NEW_POSITIONS_PER_DAY, "1", "1 and 1 more"));
        assertThat(desk.enter(entry(BETA, 10_000, 60, wide), world.run())).isInstanceOf(DeskResult.Carried.class);
    }

    @Test
    void whatAPurchaseCostsIsALossOfTheDay() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Fill fill = broker.trade(world.only(), 100, 10_000);
        var _ = desk.advance(ACCOUNT, world.run());
        assertThat(fill.commission()).isEqualByComparingTo("10");

        assertThat(desk.enter(entry(BETA, 10_000, 10, new DayLimits(20, WIDE, 5, won(9))), world.run()))
                .isEqualTo(denied(DenialCode.DAILY_LOSS, "9", "10"));
        assertThat(desk.enter(entry(BETA, 10_000, 10, new DayLimits(20, WIDE, 5, won(10))), world.run()))
                .isInstanceOf(DeskResult.Carried.class);
    }

    @Test
    void aSaleOfNothingIsToldFromASaleOfWhatCannotBeSold() throws InterruptedException {
        Position position = held();

        assertThat(desk.exit(exit(position, ExitRule.STOP, 0, 9_000), world.run()))
                .isEqualTo(denied(DenialCode.ZERO_QUANTITY, "above 0", "0"));
        broker.holdings.set(0, new Holding(ALPHA, won(100), won(0), Optional.empty()));
        assertThat(desk.exit(exit(position, ExitRule.TRAILING, 100, 9_000), world.run()))
                .isEqualTo(denied(DenialCode.NOTHING_TO_SELL, "0", "100"));
    }

    @Test
    void theHoldingOfAnotherInstrumentLimitsNoSale() throws InterruptedException {
        Position position = held();
        broker.holdings.addFirst(new Holding(BETA, won(7), won(7), Optional.empty()));

        DeskResult result = desk.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run());

        assertThat(((DeskResult.Carried) result).order().quantity()).isEqualByComparingTo("100");
    }

    @Test
    void whatAnotherRunSellsMeanwhileIsNotSoldTwice() throws InterruptedException {
        Position position = held();
        boolean[] other = {false};
        broker.onHoldings = () -> {
            if (!other[0]) {
                other[0] = true;
                assertThat(desk.exit(exit(position, ExitRule.TECHNICAL, 100, 9_000), world.run()))
                        .isInstanceOf(DeskResult.Carried.class);
            }
        };

        assertThat(desk.exit(exit(position, ExitRule.TAKE_PROFIT, 100, 12_000), world.run()))
                .isEqualTo(denied(DenialCode.NOTHING_TO_SELL, "0", "100"));

        assertThat(broker.placed).hasSize(2);
        assertThat(world.position(ALPHA).reserved()).isEqualByComparingTo("100");
    }

    @Test
    void aHaltWhileTheVenueIsAskedStopsATargetAndNoStop() throws InterruptedException {
        broker.onPrecheck =
                () -> world.states.raise(ACCOUNT, TradingState.HALTED, "risk_checks", "loss", world.time.now());
        DeskResult entry = desk.enter(entry(BETA, 10_000, 10), world.run());
        assertThat(((DeskResult.Carried) entry).order().state()).isEqualTo(OrderState.DENIED);
        broker.onPrecheck = () -> {};
        var _ = world.states.set(ACCOUNT, TradingState.ACTIVE, "kim", "looked at it", world.time.now());
        Position position = held();
        broker.onPrecheck =
                () -> world.states.raise(ACCOUNT, TradingState.HALTED, "risk_checks", "loss", world.time.now());

        DeskResult target = desk.exit(exit(position, ExitRule.TAKE_PROFIT, 100, 12_000), world.run());

        Order denied = ((DeskResult.Carried) target).order();
        assertThat(denied.state()).isEqualTo(OrderState.DENIED);
        assertThat(denied.denial()).isEqualTo(new Denial(DenialCode.TRADING_STATE, "REDUCING", "HALTED"));
        DeskResult stop = desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run());
        assertThat(((DeskResult.Carried) stop).order().state()).isEqualTo(OrderState.ACCEPTED);
    }

    @Test
    void whatIsNeverWrittenIsGivenUpAndWhatIsNotThereIsAnError() {
        int[] tries = {0};
        assertThatThrownBy(() -> Journal.insist("an-order", () -> {
                    tries[0]++;
                    return Optional.empty();
                }))
                .isInstanceOf(ContendedException.class)
                .hasMessageContaining("an-order");
        assertThat(tries[0]).isEqualTo(8);

        Order unwritten = new Edit(lostOrder()).done();
        TradingWorld empty = new TradingWorld(new io.haetae.store.MemoryStore(), world.time);
        Journal journal = new Journal(empty.orders, empty.portfolios, empty.time);
        assertThatThrownBy(() -> journal.reread(unwritten))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(unwritten.id());
        assertThatThrownBy(() -> journal.cash(unwritten))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no book");
    }

    private Order lostOrder() {
        try {
            var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return world.only();
    }

    /** 100 of it, one minute after the open, at a broker that keeps accounts. */
    private Position held() throws InterruptedException {
        broker.keepsAccounts = true;
        broker.cash = () -> world.cash().balance();
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Order order = world.orders.open(ACCOUNT).getFirst();
        var _ = broker.trade(order, 100, 10_000);
        broker.holdings.add(new Holding(ALPHA, won(100), won(100), Optional.empty()));
        world.time.advanceTo(OPEN.plusSeconds(60));
        var _ = desk.advance(ACCOUNT, world.run());
        return world.position(ALPHA);
    }

    private DeskResult enter(EntryEdit request) throws InterruptedException {
        return desk.enter(request.done(), world.run());
    }

    private static DeskResult denied(DenialCode code, String limit, String actual) {
        return new DeskResult.Denied(new Denial(code, limit, actual));
    }
}
