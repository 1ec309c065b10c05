package io.haetae.order;

import static io.haetae.order.TradingWorld.ACCOUNT;
import static io.haetae.order.TradingWorld.ALPHA;
import static io.haetae.order.TradingWorld.BETA;
import static io.haetae.order.TradingWorld.CAPITAL;
import static io.haetae.order.TradingWorld.CLOSE;
import static io.haetae.order.TradingWorld.OPEN;
import static io.haetae.order.TradingWorld.SESSION;
import static io.haetae.order.TradingWorld.entry;
import static io.haetae.order.TradingWorld.exit;
import static io.haetae.order.TradingWorld.won;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.event.DomainEvent;
import io.haetae.market.InstrumentId;
import io.haetae.market.Venue;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.Position;
import io.haetae.risk.TradingState;
import io.haetae.store.MemoryStore;
import io.haetae.store.Outbox;
import io.haetae.store.StoreUnavailableException;
import io.haetae.time.VirtualTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What went wrong in other programs, each as a scenario of this one's desk. */
class IncidentsTest {

    private static final InstrumentId GAMMA = new InstrumentId(Venue.KIS, "000330");

    private final TradingWorld world = new TradingWorld();
    private final FakeBroker broker = new FakeBroker();
    private final OrderDesk desk = world.desk(broker);

    /** D2, S5: its list does not show this kind of order. */
    @Test
    void anOrderThatTheListsHideIsNotTakenForAbsent() throws InterruptedException {
        broker.loseAnswers = true;
        broker.hidden = true;
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());

        for (Instant at = OPEN; at.isBefore(CLOSE); at = at.plus(Duration.ofMinutes(15))) {
            world.time.advanceTo(at);
            var _ = desk.advance(ACCOUNT, world.run());
            assertThat(world.only().state()).as("%s", at).isEqualTo(OrderState.UNKNOWN);
            assertThat(world.cash().reserved()).isPositive();
        }
        broker.hidden = false;
        broker.trade(world.only(), 100, 10_000);
        var _ = desk.advance(ACCOUNT, world.run());

        assertThat(world.only().state()).isEqualTo(OrderState.FILLED);
        assertThat(broker.placed).hasSize(1);
    }

    /** D7. */
    @Test
    void aJournalThatCannotBeReadSendsNothingThatItDoesNotHold() throws InterruptedException {
        MemoryStore durable = new MemoryStore();
        new TradingWorld(durable, new VirtualTime(TradingWorld.SIGNALS)).open();
        DeafStore deaf = new DeafStore(durable, 0);
        TradingWorld blind = new TradingWorld(deaf, world.time);
        assertThatThrownBy(() -> blind.desk(broker).enter(entry(ALPHA, 10_000, 100), blind.run()))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(broker.placed).isEmpty();

        for (int reads = 1; reads < 12; reads++) {
            TradingWorld again = new TradingWorld(new DeafStore(durable, reads), world.time);
            try {
                var _ = again.desk(broker).enter(entry(ALPHA, 10_000, 100), again.run());
            } catch (StoreUnavailableException _) {
                // The next run goes on from what was written.
            }
            List<String> journaled = new TradingWorld(durable, world.time)
                    .orders.ofSession(ACCOUNT, SESSION).stream().map(Order::id).toList();
            assertThat(journaled).as("after %d reads", reads).containsAll(broker.placed);
        }
        assertThat(broker.placed).hasSize(1);
    }

    /** D8. */
    @Test
    void aBatchRunAgainAfterARejectionSendsTheOthersNoSecondTime() throws InterruptedException {
        List<InstrumentId> batch = List.of(ALPHA, BETA, GAMMA);
        for (int run = 0; run < 3; run++) {
            for (InstrumentId instrument : batch) {
                broker.reject = instrument.equals(BETA);
                var _ = desk.enter(entry(instrument, 10_000, 100), world.run());
            }
        }

        assertThat(broker.placed).doesNotHaveDuplicates().hasSize(3);
        assertThat(world.orders.ofSession(ACCOUNT, SESSION))
                .extracting(Order::state)
                .containsExactlyInAnyOrder(OrderState.ACCEPTED, OrderState.REJECTED, OrderState.ACCEPTED);
    }

    /** D13. */
    @Test
    void yesterdaysUnfilledOrderIsOverBeforeTheNextOneIsSent() throws InterruptedException {
        var _ = world.desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Duration night = Duration.ofDays(1);
        world.time.advanceTo(TradingWorld.SIGNALS.plus(night));

        AdvanceReport report = world.desk.advance(ACCOUNT, world.run());
        DeskResult next = world.desk.enter(nextDay(entry(ALPHA, 10_000, 100), night), world.run());

        assertThat(report.ended()).extracting(Order::state).containsExactly(OrderState.EXPIRED);
        assertThat(next).isInstanceOf(DeskResult.Carried.class);
        assertThat(world.orders.open(ACCOUNT))
                .singleElement()
                .extracting(order -> order.intent().session())
                .isEqualTo(SESSION.plusDays(1));
        assertThat(world.cash().reserved()).isEqualByComparingTo("1001000");
    }

    /** D14: nothing that names an order was drawn before the run, so two copies of one process send one order. */
    @Test
    void twoRestoresOfOneSnapshotSendTheirDecisionOnce() throws InterruptedException {
        TradingWorld first = new TradingWorld(world.store, world.time);
        TradingWorld second = new TradingWorld(world.store, world.time);

        var _ = first.desk(broker).enter(entry(ALPHA, 10_000, 100), first.run());
        var _ = second.desk(broker).enter(entry(ALPHA, 10_000, 100), second.run());

        assertThat(broker.placed).hasSize(1);
    }

    /** S2: the stop is in the transaction of the fill, and nowhere else. */
    @Test
    void aProcessThatDiesRightAfterTheFillHasItsStop() throws InterruptedException {
        var _ = world.bought(ALPHA, 10_000, 100);

        TradingWorld restarted = new TradingWorld(world.store, world.time);
        Position position = restarted.position(ALPHA);
        assertThat(position.stop()).isEqualByComparingTo("9000");
        restarted.quotes.trade(ALPHA, 10_000, 10_000, 8_900, 8_900, 1_000_000, OPEN);
        var _ = restarted.desk.exit(exit(position, ExitRule.STOP, 100, 8_900), restarted.run());
        var _ = restarted.desk.advance(ACCOUNT, restarted.run());

        assertThat(restarted.position(ALPHA).quantity()).isZero();
    }

    /** S3. */
    @Test
    void aRestartGoesOnWithWorkingOrders() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());

        TradingWorld restarted = new TradingWorld(world.store, world.time);
        broker.trade(restarted.only(), 100, 10_000);
        AdvanceReport report = restarted.desk(broker).advance(ACCOUNT, restarted.run());

        assertThat(report.ended()).extracting(Order::state).containsExactly(OrderState.FILLED);
        assertThat(restarted.position(ALPHA).quantity()).isEqualByComparingTo("100");
        assertThat(restarted.cash().reserved()).isZero();
    }

    /** S13, S16: whatever call the process dies at, what is told is what was committed, each thing once. */
    @Test
    void eventsSayWhatTheJournalHolds() throws InterruptedException {
        for (int at = 1; at < 80; at++) {
            for (boolean afterEffect : new boolean[] {false, true}) {
                MemoryStore durable = new MemoryStore();
                VirtualTime time = new VirtualTime(TradingWorld.SIGNALS);
                new TradingWorld(durable, time).open();
                FakeBroker taking = new FakeBroker();
                try {
                    TradingWorld dying = new TradingWorld(new CrashingStore(durable, at, afterEffect), time);
                    var _ = dying.desk(taking).enter(entry(ALPHA, 10_000, 100), dying.run());
                    taking.trade(dying.only(), 100, 10_000);
                    var _ = dying.desk(taking).advance(ACCOUNT, dying.run());
                } catch (CrashingStore.ProcessDied _) {
                    // What it left is judged.
                }
                TradingWorld left = new TradingWorld(durable, time);
                List<OrderEvent> told = new Outbox(durable)
                        .pending().stream()
                                .map(DomainEvent::type)
                                .map(IncidentsTest::event)
                                .toList();
                List<OrderEvent> happened = left.orders.ofSession(ACCOUNT, SESSION).stream()
                        .flatMap(order -> left.orders.history(ACCOUNT, order.id()).stream())
                        .map(HistoryEntry::event)
                        .filter(event -> event == OrderEvent.ACCEPT || event == OrderEvent.FILL)
                        .toList();
                assertThat(told)
                        .as("call %d, after its effect: %s", at, afterEffect)
                        .isEqualTo(happened);
            }
        }
    }

    /** S18. */
    @Test
    void purchasesNeverExceedCashAndConfirmedSales() throws InterruptedException {
        DayLimits wide = new DayLimits(1_000, won(1_000_000_000), 1_000, won(1_000_000_000));
        for (long seed = 1; seed <= 8; seed++) {
            Random random = new Random(seed);
            TradingWorld drawn = new TradingWorld();
            drawn.time.advanceTo(OPEN);
            List<InstrumentId> symbols = IntStream.range(0, 12)
                    .mapToObj(i -> new InstrumentId(Venue.KIS, String.format(Locale.ROOT, "1%04d0", i)))
                    .toList();
            for (int step = 0; step < 40; step++) {
                drawn.time.advanceTo(drawn.time.now().plusSeconds(30));
                InstrumentId symbol = symbols.get(random.nextInt(symbols.size()));
                long price = 10L * (500 + random.nextInt(1_000));
                drawn.quotes.trade(symbol, price, price, price, price, 10_000_000, drawn.time.now());
                var held = drawn.portfolios
                        .position(ACCOUNT, symbol)
                        .filter(position -> position.free().signum() > 0);
                if (held.isPresent() && random.nextBoolean()) {
                    var _ = drawn.desk.exit(
                            exit(held.get(), ExitRule.STOP, held.get().free().longValueExact(), price), drawn.run());
                } else {
                    var _ = drawn.desk.enter(
                            windowed(entry(symbol, price, 1 + random.nextInt(900), wide), "cause " + step),
                            drawn.run());
                }
                if (random.nextInt(3) == 0) {
                    var _ = drawn.desk.advance(ACCOUNT, drawn.run());
                }
                Cash cash = drawn.cash();
                BigDecimal settled = drawn.orders.fills(ACCOUNT, SESSION).stream()
                        .map(Fill::cash)
                        .reduce(CAPITAL, BigDecimal::add);
                assertThat(cash.balance()).as("seed %d step %d", seed, step).isEqualByComparingTo(settled);
                assertThat(cash.free()).as("seed %d step %d", seed, step).isNotNegative();
            }
        }
    }

    /** S4: the venue carries no reference, and an older order looks just like the lost one. */
    @Test
    void anOlderOrdersTradesAreNeverALaterOrders() throws InterruptedException {
        broker.carriesReference = false;
        broker.clock = world.time::now;
        var _ = desk.enter(windowed(entry(ALPHA, 10_000, 100), "first"), world.run());
        Order first = world.only();
        broker.trade(first, 100, 10_000);
        var _ = desk.advance(ACCOUNT, world.run());
        var _ = desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 10_000), world.run());
        broker.trade(world.orders.open(ACCOUNT).getFirst(), 100, 10_000);
        var _ = desk.advance(ACCOUNT, world.run());
        broker.loseCalls = true;
        var _ = desk.enter(windowed(entry(ALPHA, 10_000, 100), "second"), world.run());

        world.at("10:00");
        var _ = desk.advance(ACCOUNT, world.run());

        Order second = world.orders.open(ACCOUNT).getFirst();
        assertThat(second.intent().cause()).isEqualTo("second");
        assertThat(second.state()).isEqualTo(OrderState.UNKNOWN);
        assertThat(second.brokerId()).isNull();
        assertThat(second.filled()).isZero();
        assertThat(world.position(ALPHA).quantity()).isZero();
    }

    /** S7: the broker has nothing of it any more. */
    @Test
    void aSaleRejectedBecauseNothingIsHeldIsNotSentAgain() throws InterruptedException {
        broker.keepsAccounts = true;
        Position position = bought(won(100));
        broker.reject = true;
        var _ = desk.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run());
        assertThat(broker.placed).hasSize(2);
        broker.holdings.clear();

        for (int pass = 0; pass < 5; pass++) {
            world.time.advanceTo(world.time.now().plusSeconds(900));
            var _ = desk.advance(ACCOUNT, world.run());
            var _ = desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run());
            var _ = desk.exit(exit(world.position(ALPHA), ExitRule.EMERGENCY, 100, 9_000), world.run());
        }

        assertThat(broker.placed).hasSize(2);
        assertThat(world.position(ALPHA).quantity()).isZero();
    }

    /** S17. */
    @Test
    void aSaleIsNeverMoreThanTheBrokerLetsBeSold() throws InterruptedException {
        for (long seed = 1; seed <= 10; seed++) {
            Random random = new Random(seed);
            BigDecimal ours = BigDecimal.valueOf(1 + random.nextLong(100_000_000), 7);
            BigDecimal theirs =
                    ours.add(BigDecimal.valueOf(random.nextLong(20) - 10, 7)).max(new BigDecimal("0.0000001"));
            IncidentsTest drawn = new IncidentsTest();
            drawn.broker.keepsAccounts = true;
            Position position = drawn.bought(ours);
            drawn.broker.holdings.set(0, new Holding(ALPHA, theirs, theirs, Optional.empty()));

            DeskResult result = drawn.desk.exit(
                    new ExitRequest(
                            SESSION,
                            position,
                            ExitRule.STOP,
                            OrderType.MARKET,
                            won(9_000),
                            ours,
                            BigDecimal.ONE,
                            new Validity(OPEN, CLOSE, CLOSE),
                            "stop"),
                    drawn.world.run());

            assertThat(result).as("seed %d", seed).isInstanceOf(DeskResult.Carried.class);
            assertThat(((DeskResult.Carried) result).order().quantity())
                    .as("seed %d", seed)
                    .isEqualByComparingTo(ours.min(theirs));
        }
    }

    /** G6: nothing is sold because a program starts, is restricted, or lost the key that lets it buy. */
    @Test
    void aStartSellsNothing() throws InterruptedException {
        broker.keepsAccounts = true;
        Position _ = bought(won(100));
        broker.holdings.add(new Holding(BETA, won(7), won(7), Optional.empty()));
        int placed = broker.placed.size();
        for (TradingState state : TradingState.values()) {
            var _ = world.states.set(ACCOUNT, state, "kim", "tried out", world.time.now());
            TradingWorld restarted = new TradingWorld(world.store, world.time);
            for (boolean entries : new boolean[] {true, false}) {
                world.time.advanceTo(world.time.now().plusSeconds(900));
                var _ = restarted.desk(broker).advance(ACCOUNT, restarted.run(entries));
            }
        }

        assertThat(broker.placed).hasSize(placed);
        assertThat(broker.cancelled).isEmpty();
        assertThat(world.position(ALPHA).quantity()).isEqualByComparingTo("100");
    }

    /** Held by us and at the broker, at the open. */
    private Position bought(BigDecimal quantity) throws InterruptedException {
        broker.clock = world.time::now;
        EntryRequest request = entry(ALPHA, 10_000, 100);
        var _ = desk.enter(new EntryEdit(request).quantity(quantity).done(), world.run());
        Order order = world.only();
        broker.totals.add(new Execution.Total(
                "b-" + order.id(),
                quantity,
                quantity.multiply(won(10_000)),
                BigDecimal.ONE,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                OPEN));
        broker.taken.put(order.id(), broker.row(order, BrokerOrder.State.FILLED, quantity));
        broker.holdings.add(new Holding(ALPHA, quantity, quantity, Optional.empty()));
        world.time.advanceTo(OPEN.plusSeconds(60));
        var _ = desk.advance(ACCOUNT, world.run());
        return world.position(ALPHA);
    }

    private static OrderEvent event(String type) {
        return switch (type) {
            case "OrderAccepted" -> OrderEvent.ACCEPT;
            case "OrderFilled" -> OrderEvent.FILL;
            default -> throw new AssertionError("an event of another kind: " + type);
        };
    }

    private static EntryRequest windowed(EntryRequest request, String cause) {
        return new EntryEdit(request).cause(cause).allDay().done();
    }

    private static EntryRequest nextDay(EntryRequest request, Duration later) {
        return new EntryEdit(request)
                .session(SESSION.plusDays(1))
                .cause(SESSION.toString())
                .validity(new Validity(OPEN.plus(later), OPEN.plus(later), CLOSE.plus(later)))
                .done();
    }

    /** Answers so many reads, and no more; what is written to it is kept. */
    private static final class DeafStore extends ForwardingStore {
        private int left;

        DeafStore(MemoryStore store, int reads) {
            super(store);
            left = reads;
        }

        @Override
        void beforeRead() {
            if (left-- <= 0) {
                throw new StoreUnavailableException("no answer", new IllegalStateException("down"));
            }
        }
    }
}
