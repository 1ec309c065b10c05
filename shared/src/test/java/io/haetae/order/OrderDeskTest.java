package io.haetae.order;

import static io.haetae.order.TradingWorld.ACCOUNT;
import static io.haetae.order.TradingWorld.ALPHA;
import static io.haetae.order.TradingWorld.BETA;
import static io.haetae.order.TradingWorld.CAPITAL;
import static io.haetae.order.TradingWorld.CLOSE;
import static io.haetae.order.TradingWorld.LIMITS;
import static io.haetae.order.TradingWorld.OPEN;
import static io.haetae.order.TradingWorld.SESSION;
import static io.haetae.order.TradingWorld.entry;
import static io.haetae.order.TradingWorld.exit;
import static io.haetae.order.TradingWorld.won;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.event.DomainEvent;
import io.haetae.job.LeaseLostException;
import io.haetae.market.InstrumentId;
import io.haetae.market.Venue;
import io.haetae.portfolio.Position;
import io.haetae.risk.TradingState;
import io.haetae.store.Outbox;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderDeskTest {

    private final TradingWorld world = new TradingWorld();
    private final FakeBroker broker = new FakeBroker();
    private final OrderDesk brokered = world.desk(broker);

    @Test
    void anEntryIsIntendedSentFilledAndBooked() throws InterruptedException {
        DeskResult result = world.desk.enter(entry(ALPHA, 10_000, 100), world.run());

        assertThat(result).isInstanceOfSatisfying(DeskResult.Carried.class, carried -> assertThat(
                        carried.order().state())
                .isEqualTo(OrderState.ACCEPTED));
        assertThat(world.cash().reserved()).isEqualByComparingTo("1001000");
        assertThat(world.portfolios.position(ACCOUNT, ALPHA)).isEmpty();

        world.time.advanceTo(OPEN);
        world.quotes.trade(ALPHA, 9_900, 9_900, 9_900, 9_900, 50_000, OPEN);
        AdvanceReport report = world.desk.advance(ACCOUNT, world.run());

        assertThat(report.fills()).hasSize(1);
        assertThat(report.problems()).isEmpty();
        assertThat(world.only().state()).isEqualTo(OrderState.FILLED);
        assertThat(world.cash().balance()).isEqualByComparingTo(CAPITAL.subtract(won(990_000 + 99)));
        assertThat(world.cash().reserved()).isZero();
        Position position = world.position(ALPHA);
        assertThat(position.quantity()).isEqualByComparingTo("100");
        assertThat(position.averageCost()).isEqualByComparingTo("9900");
        assertThat(position.stop()).isEqualByComparingTo("8910");
        assertThat(position.target()).isEqualByComparingTo("11880");
        assertThat(position.openedSession()).isEqualTo(SESSION);
        assertThat(world.orders.history(ACCOUNT, world.only().id()))
                .extracting(HistoryEntry::number)
                .containsExactly(1, 2, 3, 4, 5);
        assertThat(world.orders.history(ACCOUNT, world.only().id()))
                .extracting(HistoryEntry::event)
                .containsExactly(
                        OrderEvent.INTEND,
                        OrderEvent.PRECHECK_PASSED,
                        OrderEvent.SEND,
                        OrderEvent.ACCEPT,
                        OrderEvent.FILL);
        assertThat(new Outbox(world.store).pending())
                .extracting(DomainEvent::type)
                .containsExactly("OrderAccepted", "OrderFilled");
    }

    @Test
    void acceptedIsNotFilled() throws InterruptedException {
        var _ = brokered.enter(entry(ALPHA, 10_000, 100), world.run());

        var _ = brokered.advance(ACCOUNT, world.run());

        assertThat(world.only().state()).isEqualTo(OrderState.ACCEPTED);
        assertThat(world.cash().balance()).isEqualByComparingTo(CAPITAL);
        assertThat(world.portfolios.position(ACCOUNT, ALPHA)).isEmpty();
    }

    /** D4, D9. */
    @Test
    void theSameDecisionAgainPlacesNothing() throws InterruptedException {
        var _ = brokered.enter(entry(ALPHA, 10_000, 100), world.run());
        for (int i = 0; i < 5; i++) {
            assertThat(brokered.enter(entry(ALPHA, 10_000, 100), world.run())).isInstanceOf(DeskResult.Standing.class);
        }
        broker.trade(world.only(), 100, 10_000);
        var _ = brokered.advance(ACCOUNT, world.run());
        assertThat(brokered.enter(entry(ALPHA, 10_000, 100), world.run())).isInstanceOf(DeskResult.Standing.class);

        assertThat(broker.placed).hasSize(1);
    }

    /** D1, D3. */
    @Test
    void aLostAnswerIsUnknownAndNeverSentAgain() throws InterruptedException {
        broker.loseAnswers = true;
        broker.readsFailOncePlaced = true;
        var _ = brokered.enter(entry(ALPHA, 10_000, 100), world.run());
        assertThat(world.only().state()).isEqualTo(OrderState.UNKNOWN);
        assertThat(world.cash().reserved()).isEqualByComparingTo("1001000");
        for (int i = 0; i < 5; i++) {
            var _ = brokered.enter(entry(ALPHA, 10_000, 100), world.run());
        }
        assertThat(world.only().state()).isEqualTo(OrderState.UNKNOWN);

        broker.readsFail = false;
        broker.trade(world.only(), 100, 10_000);
        var _ = brokered.advance(ACCOUNT, world.run());

        assertThat(world.only().state()).isEqualTo(OrderState.FILLED);
        assertThat(broker.placed).hasSize(1);
    }

    @Test
    void unknownIsNotFailedAndNotEmpty() throws InterruptedException {
        broker.loseCalls = true;
        var _ = brokered.enter(entry(ALPHA, 10_000, 100), world.run());

        world.at("12:00");
        assertThat(brokered.advance(ACCOUNT, world.run()).problems()).hasSize(1);
        assertThat(world.only().state()).isEqualTo(OrderState.UNKNOWN);
        assertThat(world.cash().reserved()).isEqualByComparingTo("1001000");
        broker.readsFail = true;
        world.time.advanceTo(CLOSE.plusSeconds(600));
        var _ = brokered.advance(ACCOUNT, world.run());
        assertThat(world.only().state()).isEqualTo(OrderState.UNKNOWN);

        broker.readsFail = false;
        var _ = brokered.advance(ACCOUNT, world.run());
        assertThat(world.only().state()).isEqualTo(OrderState.NOT_PLACED);
        assertThat(world.cash().reserved()).isZero();
    }

    @Test
    void aRejectedEntryGivesEverythingBackAndIsNotRepeated() throws InterruptedException {
        broker.reject = true;
        var _ = brokered.enter(entry(ALPHA, 10_000, 100), world.run());
        var _ = brokered.enter(entry(ALPHA, 10_000, 100), world.run());

        assertThat(world.only().state()).isEqualTo(OrderState.REJECTED);
        assertThat(world.cash().reserved()).isZero();
        assertThat(broker.placed).hasSize(1);
    }

    /** D16. */
    @Test
    void aFillReplayedTwiceAndOutOfOrderChangesNothing() throws InterruptedException {
        var _ = brokered.enter(entry(ALPHA, 10_000, 100), world.run());
        Order order = world.only();
        Fill first = broker.trade(order, 40, 10_000);
        Fill second = broker.trade(order, 60, 9_900);
        broker.fills.clear();
        broker.fills.addAll(List.of(second, first, second, first));
        assertThat(brokered.advance(ACCOUNT, world.run()).fills()).hasSize(2);
        var cash = world.cash();
        var position = world.position(ALPHA);
        broker.taken.clear();
        for (int i = 0; i < 3; i++) {
            var _ = brokered.enter(entry(BETA, 10_000, 1), world.run());
            var _ = brokered.advance(ACCOUNT, world.run());
        }

        assertThat(world.cash().balance()).isEqualByComparingTo(cash.balance());
        assertThat(world.position(ALPHA)).isEqualTo(position);
        assertThat(position.quantity()).isEqualByComparingTo("100");
        assertThat(position.averageCost()).isEqualByComparingTo("9940");
        assertThat(cash.balance()).isEqualByComparingTo(CAPITAL.subtract(won(994_000 + 20)));
    }

    @Test
    void aHaltRefusesAnEntryAndLetsAStopPass() throws InterruptedException {
        Position position = world.bought(ALPHA, 10_000, 100);
        var _ = world.states.raise(ACCOUNT, TradingState.HALTED, "risk_checks", "daily loss", world.time.now());

        DeskResult denied = world.desk.enter(later(BETA), world.run());
        assertThat(denied).isEqualTo(new DeskResult.Denied(new Denial(DenialCode.TRADING_STATE, "ACTIVE", "HALTED")));
        assertThat(world.desk.exit(exit(position, ExitRule.TAKE_PROFIT, 100, 10_000), world.run()))
                .isEqualTo(new DeskResult.Denied(new Denial(DenialCode.TRADING_STATE, "REDUCING", "HALTED")));
        assertThat(world.desk.exit(exit(position, ExitRule.STOP, 100, 10_000), world.run()))
                .isInstanceOf(DeskResult.Carried.class);

        assertThat(world.position(ALPHA).quantity()).isZero();
        assertThat(world.position(ALPHA).reserved()).isZero();
    }

    @Test
    void aReducingAccountSellsByEveryRuleAndBuysNothing() throws InterruptedException {
        Position position = world.bought(ALPHA, 10_000, 100);
        var _ = world.states.raise(ACCOUNT, TradingState.REDUCING, "risk_checks", "drawdown", world.time.now());

        assertThat(world.desk.enter(later(BETA), world.run())).isInstanceOf(DeskResult.Denied.class);
        assertThat(world.desk.exit(exit(position, ExitRule.FUNDAMENTALS, 100, 10_000), world.run()))
                .isInstanceOf(DeskResult.Carried.class);
        assertThat(world.position(ALPHA).isOpen()).isFalse();
    }

    @Test
    void aHaltCancelsEveryWorkingEntryInTheNextPass() throws InterruptedException {
        var _ = world.desk.enter(entry(ALPHA, 10_000, 100), world.run());
        var _ = world.states.raise(ACCOUNT, TradingState.HALTED, "risk_checks", "daily loss", world.time.now());

        AdvanceReport report = world.desk.advance(ACCOUNT, world.run());

        assertThat(report.ended()).extracting(Order::state).containsExactly(OrderState.CANCELLED);
        assertThat(world.cash().reserved()).isZero();
        world.time.advanceTo(OPEN);
        world.quotes.trade(ALPHA, 9_000, 9_000, 9_000, 9_000, 50_000, OPEN);
        var _ = world.desk.advance(ACCOUNT, world.run());
        assertThat(world.portfolios.position(ACCOUNT, ALPHA)).isEmpty();
    }

    @Test
    void aHaltBetweenIntentAndSendingIsNotRaced() throws InterruptedException {
        broker.onPrecheck =
                () -> world.states.raise(ACCOUNT, TradingState.HALTED, "risk_checks", "loss", world.time.now());

        var _ = brokered.enter(entry(ALPHA, 10_000, 100), world.run());

        assertThat(world.only().state()).isEqualTo(OrderState.DENIED);
        assertThat(world.cash().reserved()).isZero();
        assertThat(broker.placed).isEmpty();
    }

    @Test
    void anIntentThatMissedItsWindowExpiresAndFreesItsCash() throws InterruptedException {
        broker.precheck = new Broker.Precheck.Failed("no answer");
        var _ = brokered.enter(entry(ALPHA, 10_000, 100), world.run());
        assertThat(world.only().state()).isEqualTo(OrderState.INTENDED);
        assertThat(world.cash().reserved()).isPositive();

        broker.precheck = new Broker.Precheck.Passed("fine");
        world.time.advanceTo(OPEN);
        var _ = brokered.advance(ACCOUNT, world.run());

        assertThat(world.only().state()).isEqualTo(OrderState.EXPIRED);
        assertThat(world.cash().reserved()).isZero();
        assertThat(broker.placed).isEmpty();
    }

    @Test
    void aLaterRunSendsAnIntentInsideItsWindow() throws InterruptedException {
        broker.precheck = new Broker.Precheck.Failed("no answer");
        var _ = brokered.enter(entry(ALPHA, 10_000, 100), world.run());
        broker.precheck = new Broker.Precheck.Passed("fine");
        world.at("08:50");

        var _ = brokered.enter(entry(ALPHA, 10_000, 100), world.run());

        assertThat(world.only().state()).isEqualTo(OrderState.ACCEPTED);
        assertThat(broker.placed).hasSize(1);
    }

    @Test
    void aDeniedEntryIsJudgedAgainUnderTheSameId() throws InterruptedException {
        var _ = world.states.raise(ACCOUNT, TradingState.HALTED, "risk_checks", "daily loss", world.time.now());
        var _ = world.desk.enter(entry(ALPHA, 10_000, 100), world.run());
        var _ = world.desk.enter(entry(ALPHA, 10_000, 100), world.run());
        assertThat(world.orders.history(ACCOUNT, world.only().id())).hasSize(1);
        var _ = world.states.set(ACCOUNT, TradingState.ACTIVE, "kim", "checked the book", world.time.now());

        var _ = world.desk.enter(entry(ALPHA, 10_000, 100), world.run());

        assertThat(world.only().state()).isEqualTo(OrderState.ACCEPTED);
        assertThat(world.only().denial()).isNull();
    }

    @Test
    void anInstrumentIsEnteredOnceWhileItIsHeldOrWanted() throws InterruptedException {
        var _ = world.desk.enter(entry(ALPHA, 10_000, 100), world.run());
        EntryRequest other =
                new EntryEdit(entry(ALPHA, 9_000, 10)).strategy("reversal").done();
        assertThat(denial(world.desk.enter(other, world.run())).code()).isEqualTo(DenialCode.SYMBOL_OPEN);
        world.time.advanceTo(OPEN.minusSeconds(1));
        world.quotes.trade(ALPHA, 10_000, 10_000, 10_000, 10_000, 50_000, OPEN);
        world.time.advanceTo(OPEN);
        var _ = world.desk.advance(ACCOUNT, world.run());

        assertThat(denial(world.desk.enter(
                                new EntryEdit(later(ALPHA)).strategy("reversal").done(), world.run()))
                        .code())
                .isEqualTo(DenialCode.SYMBOL_OPEN);
    }

    @Test
    void theDayAllowsSoManyEntriesAndNoMore() throws InterruptedException {
        DayLimits three = new DayLimits(3, won(100_000_000), 50, won(1));
        assertThat(entered(three, 10)).isEqualTo(3);
        assertThat(denial(world.desk.enter(entry(code(20), 1_000, 1, three), world.run())))
                .isEqualTo(new Denial(DenialCode.ORDERS_PER_DAY, "3", "3 and 1 more"));
    }

    @Test
    void theDayAllowsSoManyNewPositionsAndNoMore() throws InterruptedException {
        assertThat(entered(new DayLimits(20, won(100_000_000), 5, won(1)), 10)).isEqualTo(5);
    }

    @Test
    void theDayAllowsSoMuchNotionalAndNoMore() throws InterruptedException {
        assertThat(entered(new DayLimits(20, won(4_500_000), 20, won(1)), 10)).isEqualTo(4);
    }

    @Test
    void aDaysLossStopsEntries() throws InterruptedException {
        Position position = world.bought(ALPHA, 10_000, 100);
        world.quotes.trade(ALPHA, 10_000, 10_000, 5_000, 5_000, 1_000_000, OPEN);
        var _ = world.desk.exit(exit(position, ExitRule.STOP, 100, 5_000), world.run());

        Denial denial = denial(world.desk.enter(later(BETA), world.run()));

        assertThat(denial.code()).isEqualTo(DenialCode.DAILY_LOSS);
        assertThat(denial.limit()).isEqualTo("500000");
    }

    @Test
    void noMoreIsReservedThanTheBalance() throws InterruptedException {
        DayLimits wide = new DayLimits(100, won(1_000_000_000), 100, won(1));
        int entered = 0;
        for (int i = 0; i < 20; i++) {
            if (world.desk.enter(entry(code(i), 10_000, 150, wide), world.run()) instanceof DeskResult.Carried) {
                entered++;
            }
            assertThat(world.cash().free()).isNotNegative();
        }
        assertThat(entered).isEqualTo(6);
    }

    @Test
    void nothingIsSoldTwice() throws InterruptedException {
        Position position = boughtAt(broker);
        world.time.advanceTo(OPEN);

        var _ = brokered.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run());
        for (ExitRule rule : List.of(ExitRule.STOP, ExitRule.TRAILING, ExitRule.TECHNICAL)) {
            assertThat(brokered.exit(exit(world.position(ALPHA), rule, 100, 9_000), world.run()))
                    .isNotInstanceOf(DeskResult.Carried.class);
        }

        assertThat(broker.placed).hasSize(2);
        assertThat(world.position(ALPHA).reserved()).isEqualByComparingTo("100");
    }

    /** D11. */
    @Test
    void aMoreUrgentExitTakesOverWhatTheCancelConfirms() throws InterruptedException {
        Position position = boughtAt(broker);
        world.time.advanceTo(OPEN);
        var _ = brokered.exit(exit(position, ExitRule.TAKE_PROFIT, 100, 12_000), world.run());
        Order target = world.orders.open(ACCOUNT).getFirst();
        broker.trade(target, 30, 12_000);

        Position seen = world.position(ALPHA);
        DeskResult result = brokered.exit(exit(seen, ExitRule.STOP, 100, 9_000), world.run());

        Order stop = ((DeskResult.Carried) result).order();
        assertThat(stop.quantity()).isEqualByComparingTo("70");
        assertThat(world.orders.order(ACCOUNT, target.id()).orElseThrow().state())
                .isEqualTo(OrderState.CANCELLED);
        assertThat(world.position(ALPHA).quantity()).isEqualByComparingTo("70");
        assertThat(world.position(ALPHA).reserved()).isEqualByComparingTo("70");
    }

    @Test
    void anExitOfAPositionThatChangedIsDenied() throws InterruptedException {
        Position position = world.bought(ALPHA, 10_000, 100);
        var _ = world.portfolios.observe(position, won(11_000));

        assertThat(denial(world.desk.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run())))
                .isEqualTo(new Denial(
                        DenialCode.POSITION_CHANGED,
                        "version " + position.version(),
                        "version " + (position.version() + 1)));
    }

    @Test
    void aRejectedExitIsTriedTwiceMoreInASession() throws InterruptedException {
        Position position = boughtAt(broker);
        world.time.advanceTo(OPEN);
        broker.reject = true;
        for (int i = 0; i < 6; i++) {
            var _ = brokered.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run());
        }

        assertThat(broker.placed).hasSize(1 + 3).doesNotHaveDuplicates();
        assertThat(world.position(ALPHA).reserved()).isZero();
        assertThat(position.quantity()).isEqualByComparingTo("100");
    }

    /** What the venue has not judged does not use up the tries that its own rejections leave. */
    @Test
    void anExitThatWasNotSentIsTriedAgainForAsLongAsItTakes() throws InterruptedException {
        var _ = boughtAt(broker);
        world.time.advanceTo(OPEN);
        broker.unsent = true;
        for (int i = 0; i < 5; i++) {
            DeskResult tried = brokered.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run());
            Order order = ((DeskResult.Carried) tried).order();
            assertThat(order.state()).isEqualTo(OrderState.REJECTED);
            assertThat(order.intent().n()).isEqualTo(i);
            assertThat(world.orders.order(ACCOUNT, order.id())).contains(order);
            assertThat(world.alarms()).as("each try after the first tells").hasSize(i);
        }
        broker.unsent = false;
        broker.reject = true;
        for (int i = 0; i < 6; i++) {
            var _ = brokered.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run());
        }

        assertThat(broker.placed).hasSize(1 + 5 + 3).doesNotHaveDuplicates();
        assertThat(world.position(ALPHA).reserved()).isZero();
    }

    @Test
    void zeroMeansNoTrade() throws InterruptedException {
        assertThat(denial(world.desk.enter(entry(ALPHA, 10_000, 0), world.run()))
                        .code())
                .isEqualTo(DenialCode.ZERO_QUANTITY);
        assertThat(world.only().state()).isEqualTo(OrderState.DENIED);
    }

    @Test
    void aRunThatMayNotEnterIntendsNothing() throws InterruptedException {
        assertThat(denial(world.desk.enter(entry(ALPHA, 10_000, 100), world.run(false)))
                        .code())
                .isEqualTo(DenialCode.ENTRIES_NOT_ALLOWED);
        assertThat(world.orders.ofSession(ACCOUNT, SESSION)).isEmpty();
    }

    @Test
    void aRunWhoseLeaseWasTakenWritesNothing() {
        world.lease(8);

        assertThatThrownBy(() -> world.desk.enter(entry(ALPHA, 10_000, 100), world.run()))
                .isInstanceOf(LeaseLostException.class);
        assertThat(world.orders.ofSession(ACCOUNT, SESSION)).isEmpty();
        assertThat(world.cash().reserved()).isZero();
    }

    @Test
    void aFailedReadChangesNothing() throws InterruptedException {
        var _ = brokered.enter(entry(ALPHA, 10_000, 100), world.run());
        broker.readsFail = true;
        world.time.advanceTo(CLOSE.plusSeconds(3_600));

        assertThat(brokered.advance(ACCOUNT, world.run()).problems()).hasSize(1);

        assertThat(world.only().state()).isEqualTo(OrderState.ACCEPTED);
    }

    @Test
    void anUnfilledDayOrderEndsWithItsSession() throws InterruptedException {
        var _ = world.desk.enter(entry(ALPHA, 10_000, 100), world.run());
        world.time.advanceTo(CLOSE.plusSeconds(1_800));

        AdvanceReport report = world.desk.advance(ACCOUNT, world.run());

        assertThat(report.ended()).extracting(Order::state).containsExactly(OrderState.EXPIRED);
        assertThat(world.cash().reserved()).isZero();
        assertThat(world.orders.open(ACCOUNT)).isEmpty();
    }

    @Test
    void profitAndCostsAddUpToTheCash() throws InterruptedException {
        Position position = world.bought(ALPHA, 10_000, 100);
        world.quotes.trade(ALPHA, 10_000, 11_010, 10_000, 11_010, 1_000_000, OPEN);
        var _ = world.desk.exit(exit(position, ExitRule.TAKE_PROFIT, 60, 11_010), world.run());

        Position left = world.position(ALPHA);
        BigDecimal held = left.quantity().multiply(left.averageCost());
        assertThat(left.quantity()).isEqualByComparingTo("40");
        assertThat(world.cash().balance().add(held)).isEqualByComparingTo(CAPITAL.add(left.realised()));
    }

    @Test
    void twoRunsOfOneDecisionSendItOnce() throws InterruptedException {
        boolean[] other = {false};
        broker.onPrecheck = () -> {
            if (!other[0]) {
                other[0] = true;
                DeskResult faster = brokered.enter(entry(ALPHA, 10_000, 100), world.run());
                assertThat(faster).isInstanceOf(DeskResult.Carried.class);
            }
        };

        var _ = brokered.enter(entry(ALPHA, 10_000, 100), world.run());

        assertThat(broker.placed).hasSize(1);
        assertThat(world.only().state()).isEqualTo(OrderState.ACCEPTED);
        assertThat(world.cash().reserved()).isEqualByComparingTo("1001000");
    }

    @Test
    void anIntentOfADeadRunIsNotSentAfterAHalt() throws InterruptedException {
        broker.precheck = new Broker.Precheck.Failed("no answer");
        world.at("08:46");
        var _ = brokered.enter(entry(ALPHA, 10_000, 100), world.run());
        world.at("08:47");
        var _ = world.states.set(ACCOUNT, TradingState.HALTED, "kim", "looks odd", world.time.now());
        broker.precheck = new Broker.Precheck.Passed("fine");

        var _ = brokered.advance(ACCOUNT, world.run());

        assertThat(world.only().state()).isEqualTo(OrderState.CANCELLED);
        assertThat(world.cash().reserved()).isZero();
        assertThat(broker.placed).isEmpty();
    }

    @Test
    void anExitAfterTheCloseIsNotIntended() throws InterruptedException {
        Position position = world.bought(ALPHA, 10_000, 100);
        world.time.advanceTo(CLOSE);

        assertThat(denial(world.desk.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run()))
                        .code())
                .isEqualTo(DenialCode.EXIT_WINDOW);
        assertThat(world.position(ALPHA).reserved()).isZero();
    }

    private Position boughtAt(FakeBroker from) throws InterruptedException {
        var _ = brokered.enter(entry(ALPHA, 10_000, 100), world.run());
        from.trade(world.only(), 100, 10_000);
        var _ = brokered.advance(ACCOUNT, world.run());
        return world.position(ALPHA);
    }

    private int entered(DayLimits limits, int tries) throws InterruptedException {
        int count = 0;
        for (int i = 0; i < tries; i++) {
            if (world.desk.enter(entry(code(i), 10_000, 100, limits), world.run()) instanceof DeskResult.Carried) {
                count++;
            }
        }
        return count;
    }

    private static InstrumentId code(int i) {
        return new InstrumentId(Venue.KIS, String.format(java.util.Locale.ROOT, "1%04d0", i));
    }

    /** An entry whose window is still open after the open. */
    private static EntryRequest later(InstrumentId instrument) {
        return new EntryEdit(entry(instrument, 10_000, 10, LIMITS)).allDay().done();
    }

    private static Denial denial(DeskResult result) {
        return ((DeskResult.Denied) result).denial();
    }
}
