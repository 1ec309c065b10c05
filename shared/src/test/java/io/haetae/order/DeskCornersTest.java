package io.haetae.order;

import static io.haetae.order.TradingWorld.ACCOUNT;
import static io.haetae.order.TradingWorld.ALPHA;
import static io.haetae.order.TradingWorld.BETA;
import static io.haetae.order.TradingWorld.CLOSE;
import static io.haetae.order.TradingWorld.OPEN;
import static io.haetae.order.TradingWorld.SESSION;
import static io.haetae.order.TradingWorld.entry;
import static io.haetae.order.TradingWorld.exit;
import static io.haetae.order.TradingWorld.won;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.job.JobName;
import io.haetae.job.Run;
import io.haetae.job.Slot;
import io.haetae.portfolio.Mode;
import io.haetae.risk.TradingState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What small changes of the desk went unnoticed before these tests. */
class DeskCornersTest {

    private final TradingWorld world = new TradingWorld();
    private final FakeBroker broker = new FakeBroker();
    private final OrderDesk desk = world.desk(broker);

    @Test
    void anUnsentEntryWaitsForARunThatMayEnter() throws InterruptedException {
        intendedOnly();

        var _ = desk.advance(ACCOUNT, world.run(false));
        assertThat(world.only().state()).isEqualTo(OrderState.INTENDED);
        assertThat(broker.placed).isEmpty();

        var _ = desk.advance(ACCOUNT, world.run());
        assertThat(world.only().state()).isEqualTo(OrderState.ACCEPTED);
    }

    @Test
    void anUnsentEntryWaitsForACompleteReadOfTheAccount() throws InterruptedException {
        intendedOnly();
        broker.keepsAccounts = true;
        broker.holdingsFail = true;

        var _ = desk.advance(ACCOUNT, world.run());
        assertThat(world.only().state()).isEqualTo(OrderState.INTENDED);

        world.time.advanceTo(world.time.now().plusSeconds(60));
        broker.holdingsFail = false;
        var _ = desk.advance(ACCOUNT, world.run());
        assertThat(world.only().state()).isEqualTo(OrderState.ACCEPTED);
    }

    @Test
    void anUnsentEntryIsNotLookedForAndSaysWhatItWaitsFor() throws InterruptedException {
        broker.precheck = new Broker.Precheck.Failed("no answer");
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        int before = broker.reads;

        assertThat(desk.advance(ACCOUNT, world.run()).problems())
                .containsExactly("order " + world.only().id() + " waits: its precheck failed: no answer");

        assertThat(broker.reads).isEqualTo(before);
    }

    @Test
    void cancellingWhatWasNotSentReturnsItCancelled() throws InterruptedException {
        intendedOnly();

        Order cancelled = desk.cancel(world.only(), "enough", world.run());

        assertThat(cancelled.state()).isEqualTo(OrderState.CANCELLED);
        assertThat(cancelled).isEqualTo(world.only());
        assertThat(broker.cancelled).isEmpty();
    }

    @Test
    void fillsAreListedWithTheSlotThatBookedThem() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Fill fill = broker.trade(world.only(), 100, 10_000);
        Run run = world.run();
        Slot monitoring =
                new Slot(JobName.POSITION_MONITORING, "2026-01-05T00:15:00Z", "", Mode.DRY_RUN, Optional.of("someone"));
        Run other = new Run(monitoring, SESSION, run.fence(), run.started(), run.deadline(), false, true);

        assertThat(desk.advance(ACCOUNT, run).fills()).containsExactly(fill);
        assertThat(desk.advance(ACCOUNT, other).fills()).isEmpty();
        assertThat(desk.advance(ACCOUNT, run).fills()).containsExactly(fill);
    }

    /** A read that fails while the run goes on counts against its entries, whatever is read well afterwards. */
    @Test
    void aReadThatFailsLaterInTheRunEndsItsEntries() throws InterruptedException {
        hold();
        broker.keepsAccounts = true;
        broker.cash = () -> world.cash().balance();
        broker.holdings.add(new Holding(ALPHA, won(100), won(100), Optional.empty()));
        Run selling = world.run();
        assertThat(desk.advance(ACCOUNT, selling).failedReads()).isEmpty();
        broker.holdingsFail = true;
        assertThat(desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), selling))
                .isInstanceOf(DeskResult.Denied.class);
        broker.holdingsFail = false;
        unread(selling);

        world.time.advanceTo(world.time.now().plusSeconds(60));
        Run sending = world.run();
        assertThat(desk.advance(ACCOUNT, sending).failedReads()).isEmpty();
        broker.readsFailOncePlaced = true;
        assertThat(desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), sending))
                .isInstanceOf(DeskResult.Carried.class);
        broker.readsFailOncePlaced = false;
        broker.readsFail = false;
        unread(sending);
    }

    @Test
    void aReadThatFailsWhileALostEntryIsLookedForEndsTheEntriesOfTheRun() throws InterruptedException {
        broker.loseCalls = true;
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        broker.loseCalls = false;
        world.time.advanceTo(world.time.now().plusSeconds(1));
        Run judging = world.run();
        assertThat(desk.advance(ACCOUNT, judging).failedReads()).isEmpty();
        broker.readsFail = true;
        var _ = desk.enter(entry(ALPHA, 10_000, 100), judging);
        broker.readsFail = false;
        unread(judging);
    }

    @Test
    void aReadThatFailsWhilePollingEndsTheEntriesOfTheRun() throws InterruptedException {
        broker.loseCalls = true;
        Run run = world.run();
        var _ = desk.enter(entry(ALPHA, 10_000, 100), run);
        broker.loseCalls = false;
        broker.polls = List.of(Duration.ofSeconds(2));
        int before = broker.reads;
        broker.onRead = read -> broker.readsFail = read == before + 2;

        assertThat(desk.advance(ACCOUNT, run).failedReads()).hasSize(1);
        broker.onRead = _ -> {};
        broker.readsFail = false;
        unread(run);
    }

    private void unread(Run run) throws InterruptedException {
        assertThat(desk.enter(new EntryEdit(entry(BETA, 10_000, 10)).allDay().done(), run))
                .isInstanceOfSatisfying(
                        DeskResult.Denied.class,
                        denied -> assertThat(denied.denial().code()).isEqualTo(DenialCode.NOT_RECONCILED));
    }

    @Test
    void anUnsentEntryEndsWithItsWindowWhicheverRunSeesIt() throws InterruptedException {
        intendedOnly();
        world.time.advanceTo(OPEN);

        AdvanceReport report = desk.advance(ACCOUNT, world.run(false));

        assertThat(report.ended()).extracting(Order::state).containsExactly(OrderState.EXPIRED);
        assertThat(world.cash().reserved()).isZero();
        assertThat(broker.placed).isEmpty();
    }

    @Test
    void anUnsentEntryOfARestrictedAccountIsCancelledUnsent() throws InterruptedException {
        intendedOnly();
        var _ = world.states.raise(ACCOUNT, TradingState.REDUCING, "risk_checks", "drawdown", world.time.now());

        AdvanceReport report = desk.advance(ACCOUNT, world.run());

        assertThat(report.ended()).extracting(Order::state).containsExactly(OrderState.CANCELLED);
        assertThat(broker.cancelled).isEmpty();
        assertThat(broker.placed).isEmpty();
        assertThat(world.cash().reserved()).isZero();
    }

    @Test
    void cancellingWhatIsOverReturnsItAsItIs() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Order over = desk.cancel(world.only(), "enough", world.run());

        assertThat(desk.cancel(over, "again", world.run())).isEqualTo(over);
        assertThat(broker.cancelled).hasSize(1);
    }

    @Test
    void whatTheBrokerEndsEndsHereWithItsWords() throws InterruptedException {
        for (BrokerOrder.State state :
                List.of(BrokerOrder.State.CANCELLED, BrokerOrder.State.EXPIRED, BrokerOrder.State.REJECTED)) {
            TradingWorld fresh = new TradingWorld();
            FakeBroker ending = new FakeBroker();
            OrderDesk other = fresh.desk(ending);
            var _ = other.enter(entry(ALPHA, 10_000, 100), fresh.run());
            ending.show(fresh.only(), state, 0);

            AdvanceReport report = other.advance(ACCOUNT, fresh.run());

            assertThat(fresh.only().state().name()).isEqualTo(state.name());
            assertThat(fresh.only().note()).isEqualTo("the broker says " + state);
            assertThat(fresh.orders
                            .history(ACCOUNT, fresh.only().id())
                            .getLast()
                            .detail())
                    .isEqualTo("the broker says " + state + ", 0 of 100 filled");
            assertThat(report.ended()).hasSize(1);
            assertThat(fresh.cash().reserved()).isZero();
        }
    }

    @Test
    void aFilledOrderWhoseTradesAreNotShownIsNotFilledHere() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        broker.show(world.only(), BrokerOrder.State.WORKING, 40);
        assertThat(desk.advance(ACCOUNT, world.run()).problems())
                .containsExactly("order " + world.only().id() + ": the broker filled 40, its executions say 0");

        broker.show(world.only(), BrokerOrder.State.FILLED, 0);
        assertThat(desk.advance(ACCOUNT, world.run()).problems())
                .containsExactly(
                        "order " + world.only().id() + ": the broker says it is filled, its executions do not");
        assertThat(world.only().state()).isEqualTo(OrderState.ACCEPTED);
    }

    @Test
    void anAcceptedOrderThatIsNotShownStaysAndIsSaid() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        broker.hidden = true;

        for (Instant at : List.of(OPEN, CLOSE, CLOSE.plusSeconds(600), CLOSE.plusSeconds(1_200))) {
            world.time.advanceTo(at);
            assertThat(desk.advance(ACCOUNT, world.run()).problems())
                    .containsExactly("order " + world.only().id() + " is ACCEPTED here and not shown by the broker");
            assertThat(world.alarms()).as("%s", at).hasSize(at.isAfter(CLOSE) ? 1 : 0);
        }
        assertThat(world.only().state()).isEqualTo(OrderState.ACCEPTED);
    }

    @Test
    void aConfirmedCancelIsLookedForAsLongAsTheBrokerMayTake() throws InterruptedException {
        broker.polls = List.of(Duration.ofSeconds(2), Duration.ofSeconds(4));
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Order order = world.only();
        Broker slow = new ForwardingBroker(broker) {
            @Override
            public Cancellation cancel(Order asked) {
                broker.onRead = read -> {
                    if (world.time.now().isAfter(TradingWorld.SIGNALS.plusSeconds(5))) {
                        broker.show(asked, BrokerOrder.State.CANCELLED, 0);
                    }
                };
                return new Cancellation.Confirmed();
            }
        };

        Order after = world.desk(slow).cancel(order, "enough", world.run());

        assertThat(after.state()).isEqualTo(OrderState.CANCELLED);
        assertThat(world.time.now()).isEqualTo(TradingWorld.SIGNALS.plusSeconds(6));
    }

    @Test
    void aConfirmedCancelThatIsNotShownIsSaidAndStands() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        var _ = world.states.raise(ACCOUNT, TradingState.HALTED, "risk_checks", "loss", world.time.now());
        Broker silent = new ForwardingBroker(broker) {
            @Override
            public Cancellation cancel(Order asked) {
                return new Cancellation.Confirmed();
            }
        };

        assertThat(world.desk(silent).advance(ACCOUNT, world.run()).problems())
                .containsExactly("order " + world.only().id() + ": its cancel was confirmed and is not shown yet");
        assertThat(world.only().state()).isEqualTo(OrderState.CANCELLING);
    }

    @Test
    void aLostEntryIsNotWaitedForBeyondTheRun() throws InterruptedException {
        broker.readsProve = true;
        broker.loseCalls = true;
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        int before = broker.reads;
        Run brief = new Run(
                world.run().slot(),
                SESSION,
                world.run().fence(),
                world.time.now(),
                world.time.now().plusSeconds(1),
                false,
                true);

        assertThat(desk.enter(entry(ALPHA, 10_000, 100), brief)).isInstanceOf(DeskResult.Standing.class);

        assertThat(world.time.now()).isEqualTo(TradingWorld.SIGNALS);
        assertThat(world.only().state()).isEqualTo(OrderState.UNKNOWN);
        assertThat(broker.reads).isLessThanOrEqualTo(before + 1);
    }

    @Test
    void peoplesOrdersAndTheBrokersBooksAreTakenOverInEveryPass() throws InterruptedException {
        broker.keepsAccounts = true;
        broker.cash = () -> won(9_000_000);
        broker.holdings.add(new Holding(BETA, won(5), won(5), Optional.empty()));
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        broker.people.add(new BrokerOrder(
                "by hand",
                Optional.empty(),
                BETA,
                Side.BUY,
                won(5),
                Optional.empty(),
                OPEN,
                BrokerOrder.State.FILLED,
                won(5),
                ""));

        AdvanceReport report = desk.advance(ACCOUNT, world.run());

        assertThat(world.adoptions.foreign(ACCOUNT, SESSION))
                .extracting(BrokerOrder::brokerId)
                .containsExactly("by hand");
        assertThat(report.problems()).anyMatch(line -> line.contains("by hand"));
        assertThat(world.position(BETA).external()).isEqualByComparingTo("5");
    }

    @Test
    void aLessUrgentExitSellsOnlyWhatNoOtherSells() throws InterruptedException {
        hold();
        var _ = desk.exit(exit(world.position(ALPHA), ExitRule.TAKE_PROFIT, 60, 12_000), world.run());

        DeskResult rest = desk.exit(exit(world.position(ALPHA), ExitRule.TECHNICAL, 100, 9_000), world.run());
        assertThat(((DeskResult.Carried) rest).order().quantity()).isEqualByComparingTo("40");

        DeskResult none = desk.exit(exit(world.position(ALPHA), ExitRule.FUNDAMENTALS, 100, 9_000), world.run());
        assertThat(((DeskResult.Denied) none).denial().code()).isEqualTo(DenialCode.EXIT_WORKING);
        assertThat(world.position(ALPHA).free()).isZero();
    }

    @Test
    void aStopWaitsForTheCancelOfWhatItTakesOver() throws InterruptedException {
        hold();
        var _ = desk.exit(exit(world.position(ALPHA), ExitRule.TAKE_PROFIT, 100, 12_000), world.run());
        broker.onCancel = () -> new Broker.Cancellation.Refused("too late");
        DeskResult waits = desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run());
        assertThat(((DeskResult.Denied) waits).denial())
                .isEqualTo(new Denial(DenialCode.EXIT_WORKING, "a cancelled take_profit", "take_profit"));
        assertThat(broker.placed).hasSize(2);

        broker.onCancel = Broker.Cancellation.Confirmed::new;
        var _ = desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run());
        DeskResult sells = desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run());
        assertThat(sells).isNotInstanceOf(DeskResult.Denied.class);
        assertThat(broker.placed).hasSize(3);
    }

    @Test
    void aSenderThatDiedLeavesAnUnknownOrder() throws InterruptedException {
        Broker dying = new ForwardingBroker(broker) {
            @Override
            public Placement place(Order order) {
                throw new IllegalStateException("the process died");
            }
        };
        assertThatThrownBy(() -> world.desk(dying).enter(entry(ALPHA, 10_000, 100), world.run()))
                .isInstanceOf(IllegalStateException.class);
        assertThat(world.only().state()).isEqualTo(OrderState.SENDING);
        var _ = desk.advance(ACCOUNT, world.run());
        assertThat(world.only().state()).isEqualTo(OrderState.SENDING);

        world.time.advanceTo(Lost.judgement(world.only(), broker.traits()));
        assertThat(desk.advance(ACCOUNT, world.run()).problems())
                .containsExactly("order " + world.only().id() + " is UNKNOWN: the broker does not show it");

        assertThat(world.only().state()).isEqualTo(OrderState.UNKNOWN);
        assertThat(world.cash().reserved()).isEqualByComparingTo("1001000");
        assertThat(broker.placed).isEmpty();
    }

    @Test
    void aMarketOrderIsLookedAtUntilItFills() throws InterruptedException {
        hold();
        broker.polls = List.of(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
        Order[] sent = new Order[1];
        broker.onRead = _ -> {
            Order order = sent[0];
            if (order != null && broker.fills.size() == 1 && world.time.now().isAfter(OPEN.plusSeconds(65))) {
                var _ = broker.trade(order, 100, 9_000);
            }
        };
        Broker watched = new ForwardingBroker(broker) {
            @Override
            public Placement place(Order order) {
                sent[0] = order;
                return broker.place(order);
            }
        };
        var run = world.run();
        OrderDesk watching = world.desk(watched);
        var _ = watching.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), run);
        var _ = watching.advance(ACCOUNT, run);

        assertThat(world.position(ALPHA).isOpen()).isFalse();
        assertThat(world.time.now()).isEqualTo(OPEN.plusSeconds(66));
    }

    /** One minute after the open, with 100 bought at 10,000. */
    @Test
    void theStoryOfAnEntrySaysWhatWasCheckedWithTheNumbers() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());

        assertThat(intended(world.only()))
                .isEqualTo("conviction 72; checked: trading state ACTIVE, not held, no other entry of it,"
                        + " DAILY_LOSS at most 500000, ORDERS_PER_DAY 1 more, at most 20,"
                        + " NEW_POSITIONS_PER_DAY 1 more, at most 5,"
                        + " ENTRY_NOTIONAL_PER_DAY 1000000 more, at most 5000000,"
                        + " cash 1001000 reserved of 10000000 free");
    }

    @Test
    void theStoryOfAnExitSaysWhatOfThePositionItSellsAndWhichStatesItPasses() throws InterruptedException {
        hold();
        DeskResult target = desk.exit(exit(world.position(ALPHA), ExitRule.TAKE_PROFIT, 60, 12_000), world.run());
        assertThat(intended(((DeskResult.Carried) target).order()))
                .isEqualTo("take_profit; checked: trading state at most REDUCING, position 60 reserved of 100 free");
    }

    private String intended(Order order) {
        return world.orders.history(ACCOUNT, order.id()).getFirst().detail();
    }

    private void hold() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        world.time.advanceTo(OPEN.plusSeconds(60));
        var _ = broker.trade(world.only(), 100, 10_000);
        var _ = desk.advance(ACCOUNT, world.run());
        assertThat(world.position(ALPHA).quantity()).isEqualByComparingTo("100");
    }

    private void intendedOnly() throws InterruptedException {
        broker.precheck = new Broker.Precheck.Failed("no answer");
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        assertThat(world.only().state()).isEqualTo(OrderState.INTENDED);
        broker.precheck = new Broker.Precheck.Passed("fine");
        world.time.advanceTo(world.time.now().plusSeconds(1));
    }
}
