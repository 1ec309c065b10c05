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

import io.haetae.event.DomainEvent;
import io.haetae.market.InstrumentId;
import io.haetae.portfolio.Position;
import io.haetae.store.Action;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.OrderMapper;
import io.haetae.store.Outbox;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.Store;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person's judgement of an order that reads cannot judge, at a broker that carries no reference of ours. */
class SettlingTest {

    private static final Verdict NOT_PLACED = new Verdict.NotPlaced();

    private final TradingWorld world = new TradingWorld();
    private final FakeBroker broker = new FakeBroker();
    private final OrderDesk desk;

    SettlingTest() {
        broker.carriesReference = false;
        broker.keepsAccounts = true;
        broker.clock = world.time::now;
        broker.cash = () -> world.cash().balance();
        desk = world.desk(broker);
    }

    /** An entry that was taken, whose answer was lost, beside one of a person's that is like it in everything. */
    private Order ambiguous() throws InterruptedException {
        broker.loseAnswers = true;
        broker.hidden = true;
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        broker.hidden = false;
        Order lost = world.only();
        broker.people.add(row("person", lost));
        world.time.advanceTo(judgement(lost));
        var _ = desk.advance(ACCOUNT, world.run());
        broker.loseAnswers = false;
        assertThat(world.only().state()).isEqualTo(OrderState.UNKNOWN);
        return world.only();
    }

    /** An entry that never arrived, and that no complete read shows. */
    private Order unseen() throws InterruptedException {
        broker.loseCalls = true;
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        broker.loseCalls = false;
        world.time.advanceTo(judgement(world.only()));
        return world.only();
    }

    private BrokerOrder row(String name, Order like) {
        return broker.row(name, like, BrokerOrder.State.WORKING, BigDecimal.ZERO, like.intendedAt());
    }

    private void filled(Order order, long quantity, long amount, BrokerOrder.State state) {
        broker.total(order, quantity, amount);
        broker.taken.put(order.id(), broker.row("b-" + order.id(), order, state, won(quantity), order.intendedAt()));
    }

    private Instant judgement(Order order) {
        return Lost.judgement(order, broker.traits());
    }

    private Settling.Settled settle(Verdict verdict) {
        return settle(world.only(), verdict);
    }

    private Settling.Settled settle(Order order, Verdict verdict) {
        return new Settling(world.orders, world.portfolios, broker, world.time)
                .settle(ACCOUNT, order.id(), verdict, "Kim", "saw it");
    }

    private static Verdict placed(String brokerId) {
        return new Verdict.Placed(brokerId);
    }

    private void refused(Order order, Verdict verdict, String... words) {
        Order before = world.orders.order(ACCOUNT, order.id()).orElseThrow();
        assertThatThrownBy(() -> settle(order, verdict))
                .isInstanceOf(SettlementRefusedException.class)
                .message()
                .startsWith("order " + order.id() + " is not settled: ")
                .contains(words)
                .doesNotContain("\n");
        assertThat(world.orders.order(ACCOUNT, order.id())).contains(before);
    }

    private List<DomainEvent> events(String type) {
        return new Outbox(world.store)
                .pending().stream().filter(event -> event.type().equals(type)).toList();
    }

    @Test
    void theAlarmOfAnAmbiguousOrderTellsWhatToType() throws InterruptedException {
        Order lost = ambiguous();

        assertThat(events("OrderAlarm"))
                .singleElement()
                .satisfies(
                        alarm -> assertThat(alarm.detail())
                                .hasEntrySatisfying(
                                        "detail",
                                        text -> assertThat(text)
                                                .contains(
                                                        "may be any of the broker's orders b-" + lost.id() + ", person",
                                                        "./haetae orders settle " + lost.id()
                                                                + " --as placed --broker-id ID --by NAME --reason TEXT (or --as not-placed)",
                                                        "{\"command\":\"settle\",\"order\":\"" + lost.id()
                                                                + "\",\"as\":\"placed\",\"brokerId\":\"ID\",\"by\":\"NAME\",\"reason\":\"TEXT\"}")));
    }

    @Test
    void aNamedOrderIsFollowedFromThereOnAndItsFillsAreBookedOnce() throws InterruptedException {
        Order lost = ambiguous();
        filled(lost, 100, 990_000, BrokerOrder.State.FILLED);

        Settling.Settled settled = settle(placed("b-" + lost.id()));

        assertThat(settled.news()).isTrue();
        assertThat(settled.order().state()).isEqualTo(OrderState.ACCEPTED);
        assertThat(settled.order().brokerId()).isEqualTo("b-" + lost.id());
        assertThat(world.cash().reserved()).as("until its fills are booked").isEqualByComparingTo("1001000");
        assertThat(world.orders.history(ACCOUNT, lost.id()).getLast().detail())
                .isEqualTo("settled as the broker's order b-" + lost.id()
                        + " by Kim: saw it; there it is FILLED, 100 of 100 filled");
        assertThat(events("OrderSettled")).singleElement().satisfies(event -> assertThat(event.detail())
                .containsEntry("state", "ACCEPTED")
                .containsEntry("detail", "settled as the broker's order b-" + lost.id() + " by Kim: saw it"));
        for (int i = 0; i < 2; i++) {
            var _ = desk.advance(ACCOUNT, world.run());
        }
        assertThat(world.only().state()).isEqualTo(OrderState.FILLED);
        assertThat(world.position(ALPHA).quantity()).isEqualByComparingTo("100");
        assertThat(world.cash().reserved()).isZero();
        assertThat(world.adoptions.foreign(ACCOUNT, SESSION))
                .extracting(BrokerOrder::brokerId)
                .containsExactly("person");
        assertThat(broker.placed).hasSize(1);
    }

    @Test
    void anOrderThatNeverArrivedGivesBackWhatItHeld() throws InterruptedException {
        Order lost = ambiguous();

        Settling.Settled settled = settle(NOT_PLACED);

        assertThat(settled.order().state()).isEqualTo(OrderState.WRITTEN_OFF);
        assertThat(world.only()).isEqualTo(settled.order());
        assertThat(world.cash().reserved()).isZero();
        assertThat(world.orders.open(ACCOUNT)).isEmpty();
        assertThat(world.orders.history(ACCOUNT, lost.id()).getLast().detail())
                .isEqualTo("settled as not placed by Kim: saw it");
        assertThat(events("OrderSettled")).singleElement().satisfies(event -> assertThat(event.detail())
                .containsEntry("state", "WRITTEN_OFF")
                .containsEntry("detail", "settled as not placed by Kim: saw it"));
        var _ = desk.advance(ACCOUNT, world.run());
        assertThat(world.adoptions.foreign(ACCOUNT, SESSION))
                .as("none of them is ours")
                .extracting(BrokerOrder::brokerId)
                .containsExactlyInAnyOrder("b-" + lost.id(), "person");
        assertThat(world.only().state()).isEqualTo(OrderState.WRITTEN_OFF);
    }

    /** Invariant 1: a word is no proof, so the machine does not buy for the same decision again; another decision may. */
    @Test
    void noMachineEntersAgainWhatOnlyAPersonSaysNeverArrived() throws InterruptedException {
        Order lost = unseen();
        settle(NOT_PLACED);

        DeskResult again = desk.enter(entry(ALPHA, 10_000, 100), world.run());

        assertThat(again).isEqualTo(new DeskResult.Standing(world.only()));
        assertThat(broker.placed).containsExactly(lost.id());
        DeskResult other = desk.enter(
                new EntryEdit(entry(ALPHA, 10_000, 100)).strategy("value").done(), world.run());
        assertThat(((DeskResult.Carried) other).order().state()).isEqualTo(OrderState.ACCEPTED);
    }

    @Test
    void anExitThatNeverArrivedIsSoldByTheNextTry() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        broker.total(world.only(), 100, 1_000_000);
        broker.holdings.add(new Holding(ALPHA, won(100), won(100), Optional.empty()));
        var _ = desk.advance(ACCOUNT, world.run());
        world.at("09:14");
        broker.loseCalls = true;
        var _ = desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run());
        broker.loseCalls = false;
        Order lost = world.orders.open(ACCOUNT).getFirst();
        world.time.advanceTo(judgement(lost));

        settle(lost, NOT_PLACED);

        Position free = world.position(ALPHA);
        assertThat(free.reserved()).isZero();
        DeskResult sold = desk.exit(exit(free, ExitRule.STOP, 100, 9_000), world.run());
        assertThat(((DeskResult.Carried) sold).order().intent().n()).isEqualTo(1);
    }

    @Test
    void theSameWordAgainChangesNothing() throws InterruptedException {
        Order lost = ambiguous();
        settle(placed("b-" + lost.id()));
        Order settled = world.only();

        assertThat(settle(placed("b-" + lost.id()))).isEqualTo(new Settling.Settled(settled, false));

        refused(lost, placed("person"), "it is ACCEPTED", "only what is UNKNOWN");
        refused(lost, NOT_PLACED, "it is ACCEPTED");
        assertThat(events("OrderSettled")).hasSize(1);
    }

    @Test
    void whatIsWrittenOffOrProvenAbsentStaysSo() throws InterruptedException {
        Order lost = unseen();
        settle(NOT_PLACED);
        assertThat(settle(NOT_PLACED)).isEqualTo(new Settling.Settled(world.only(), false));
        refused(lost, placed("person"), "does not show person");

        var _ = desk.enter(entry(BETA, 10_000, 100), world.run());
        Order other = world.orders.open(ACCOUNT).getFirst();
        refused(other, NOT_PLACED, "it is ACCEPTED");
        Order proven = new Edit(other)
                .state(OrderState.UNKNOWN)
                .version(other.version() + 1)
                .done();
        var _ = world.orders.write(new Change(null, proven, List.of(), List.of(), List.of()));
        Order absent = new Edit(proven)
                .state(OrderState.NOT_PLACED)
                .version(proven.version() + 1)
                .done();
        var _ = world.orders.write(new Change(null, absent, List.of(), List.of(), List.of()));
        assertThat(settle(absent, NOT_PLACED)).isEqualTo(new Settling.Settled(absent, false));

        world.time.advanceTo(lost.validity().ends());
        refused(lost, placed("person"), "it is WRITTEN_OFF and its session is over");
    }

    @Test
    void whatMayStillBeOnItsWayIsNotSettledAndTheLineSaysWhen() throws InterruptedException {
        broker.loseAnswers = true;
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Order lost = world.only();
        world.time.advanceTo(judgement(lost).minusMillis(1));

        refused(lost, NOT_PLACED, "can be judged from " + judgement(lost));
        refused(lost, placed("b-" + lost.id()), "can be judged from " + judgement(lost));

        world.time.advanceTo(judgement(lost));
        assertThat(settle(placed("b-" + lost.id())).news()).isTrue();
    }

    /** Evidence wins over a person: the one row that fits is the order's. */
    @Test
    void whatTheBrokerShowsIsNotWrittenOffNorGivenAnotherName() throws InterruptedException {
        broker.loseAnswers = true;
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Order lost = world.only();
        world.time.advanceTo(judgement(lost));
        BrokerOrder other = broker.row(
                "older",
                lost,
                BrokerOrder.State.FILLED,
                lost.quantity(),
                lost.intendedAt().minusSeconds(600));
        broker.people.add(other);

        refused(lost, NOT_PLACED, "the broker shows it as b-" + lost.id() + ", WORKING");
        refused(lost, placed("older"), "the broker shows it as b-" + lost.id() + ", WORKING");

        assertThat(settle(placed("b-" + lost.id())).news()).isTrue();
    }

    @Test
    void anOrderThatTheBrokerShowsTwiceUnderOurReferenceIsNotWrittenOff() throws InterruptedException {
        broker.carriesReference = true;
        Order lost = ambiguous();

        refused(lost, NOT_PLACED, "the broker shows it as b-" + lost.id());

        assertThat(settle(placed("person")).order().brokerId()).isEqualTo("person");
    }

    @Test
    void withoutACompleteReadNothingIsSettled() throws InterruptedException {
        Order lost = ambiguous();
        broker.readsFail = true;

        refused(lost, NOT_PLACED, "the broker's orders could not be read: 503");
        refused(lost, placed("person"), "the broker's orders could not be read: 503");
    }

    @Test
    void aNameThatTheBrokerDoesNotShowIsRefusedAndTheLikeAreTold() throws InterruptedException {
        Order lost = ambiguous();
        broker.people.add(new BrokerOrder(
                "sale",
                Optional.empty(),
                ALPHA,
                Side.SELL,
                won(100),
                Optional.empty(),
                OPEN,
                BrokerOrder.State.WORKING,
                won(0),
                ""));

        refused(
                lost,
                placed("b-2"),
                "a complete read of the broker's orders of 2026-01-05 does not show b-2; of that instrument and side it"
                        + " shows b-" + lost.id() + ", person");

        broker.people.clear();
        broker.taken.clear();
        assertThatThrownBy(() -> settle(placed("b-2"))).hasMessageEndingWith("does not show b-2");
    }

    @ParameterizedTest
    @CsvSource({"000220, BUY, 100", "000110, SELL, 100", "000110, BUY, 99"})
    void anOrderOfOtherTermsIsNotOurs(String code, Side side, BigDecimal quantity) throws InterruptedException {
        Order lost = ambiguous();
        InstrumentId instrument = new InstrumentId(ALPHA.venue(), code);
        broker.people.add(new BrokerOrder(
                "other",
                Optional.empty(),
                instrument,
                side,
                quantity,
                Optional.of(lost.price()),
                lost.intendedAt(),
                BrokerOrder.State.WORKING,
                won(0),
                ""));

        refused(
                lost,
                placed("other"),
                "it is BUY 100 KIS:000110, and other is " + side + " " + quantity + " " + instrument);
    }

    /** A person's, which was there before the order was wanted, or which asks for another price. */
    @ParameterizedTest
    @CsvSource({"-3, 10000", "-600, 10000", "0, 9990", "0,"})
    void whatWasThereBeforeOrAsksForAnotherPriceIsNotTheOrder(long seconds, @Nullable BigDecimal limit)
            throws InterruptedException {
        Order lost = ambiguous();
        broker.people.add(new BrokerOrder(
                "older",
                Optional.empty(),
                ALPHA,
                Side.BUY,
                won(100),
                Optional.ofNullable(limit),
                lost.intendedAt().plusSeconds(seconds),
                BrokerOrder.State.FILLED,
                won(100),
                ""));

        refused(lost, placed("older"), "it was sent at a limit of 10000 and not before ", "older was placed at ");
    }

    @Test
    void anotherIntentsOrderIsNotTaken() throws InterruptedException {
        var _ = desk.enter(entry(BETA, 10_000, 100), world.run());
        Order owner = world.only();
        broker.loseCalls = true;
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Order lost = world.orders.open(ACCOUNT).stream()
                .filter(order -> order.instrument().equals(ALPHA))
                .findFirst()
                .orElseThrow();
        world.time.advanceTo(judgement(lost));

        refused(lost, placed("b-" + owner.id()), "b-" + owner.id() + " is order " + owner.id());

        broker.people.add(new BrokerOrder(
                "tagged",
                Optional.of("of-another-intent"),
                ALPHA,
                Side.BUY,
                won(100),
                Optional.of(won(10_000)),
                lost.intendedAt(),
                BrokerOrder.State.WORKING,
                won(0),
                ""));
        refused(lost, placed("tagged"), "tagged carries the reference of-another-intent");
    }

    /** S4: the claim of another order, which came after the journal was read, is a condition of the write. */
    @Test
    void aNameThatAnotherOrderHasClaimedIsRefused() throws InterruptedException {
        Order lost = ambiguous();
        var _ = world.store.commit(
                List.of(Action.put(Item.at(Key.state("BROKER_ORDERS#" + ACCOUNT, SESSION + "#person"))
                        .with("order", "rival")
                        .build())));

        refused(lost, placed("person"), "that name is taken: order rival has it");
    }

    @Test
    void aNameThatTheBrokerItselfSaidIsNotReplaced() throws InterruptedException {
        Broker naming = new ForwardingBroker(broker) {
            @Override
            public Placement place(Order order) {
                Placement _ = broker.place(order);
                return new Placement.Unknown("202", Optional.of("b-named"));
            }
        };
        broker.hidden = true;
        var _ = world.desk(naming).enter(entry(ALPHA, 10_000, 100), world.run());
        Order lost = world.only();
        broker.hidden = false;
        world.time.advanceTo(judgement(lost));

        refused(lost, placed("b-" + lost.id()), "the broker itself has named it b-named");
        refused(lost, NOT_PLACED, "the broker itself has named it b-named");
        broker.people.add(row("b-named", lost));
        assertThat(settle(placed("b-named")).order().brokerId()).isEqualTo("b-named");
    }

    /** What the person wrote off has turned up and works there: the broker's truth wins, and it is cancelled. */
    @Test
    void aWrittenOffOrderThatTurnsUpIsFoundWithAnAlarmAndBookedAndCancelled() throws InterruptedException {
        Order lost = unseen();
        settle(NOT_PLACED);
        world.time.advanceTo(OPEN.plusSeconds(60));
        filled(lost, 40, 400_000, BrokerOrder.State.WORKING);
        broker.holdings.add(new Holding(ALPHA, won(40), won(40), Optional.empty()));

        AdvanceReport report = desk.advance(ACCOUNT, world.run());
        world.time.advanceTo(world.time.now().plusSeconds(60));
        var _ = desk.advance(ACCOUNT, world.run());

        assertThat(report.problems()).anyMatch(line -> line.contains("it is cancelled there"));
        assertThat(events("OrderAlarm"))
                .extracting(event -> event.detail().get("detail"))
                .anyMatch(text -> text.startsWith("the broker shows it after all: found at the broker as b-"));
        assertThat(world.only().state()).isEqualTo(OrderState.CANCELLED);
        assertThat(world.only().brokerId()).isEqualTo("b-" + lost.id());
        assertThat(world.position(ALPHA).quantity()).isEqualByComparingTo("40");
        assertThat(world.position(ALPHA).external()).isZero();
        assertThat(world.cash().balance()).isEqualByComparingTo(CAPITAL.subtract(won(400_000 + 40)));
        assertThat(world.cash().reserved()).isZero();
        assertThat(broker.cancelled).containsExactly(lost.id());
        assertThat(broker.placed).hasSize(1);
    }

    @Test
    void aWrittenOffOrderThatTurnsUpFilledIsFilled() throws InterruptedException {
        Order lost = unseen();
        settle(NOT_PLACED);
        world.time.advanceTo(OPEN.plusSeconds(60));
        filled(lost, 100, 1_000_000, BrokerOrder.State.FILLED);
        broker.holdings.add(new Holding(ALPHA, won(100), won(100), Optional.empty()));

        var _ = desk.advance(ACCOUNT, world.run());

        assertThat(world.only().state()).isEqualTo(OrderState.FILLED);
        assertThat(world.position(ALPHA).quantity()).isEqualByComparingTo("100");
        assertThat(broker.cancelled).isEmpty();
    }

    /** The person was wrong and says so: it stays over, what it filled is ours, and what works of it is cancelled. */
    @Test
    void aWrongNotPlacedIsCorrectedByNamingTheOrder() throws InterruptedException {
        Order lost = ambiguous();
        settle(NOT_PLACED);
        world.time.advanceTo(OPEN.plusSeconds(60));
        filled(lost, 40, 400_000, BrokerOrder.State.WORKING);
        broker.holdings.add(new Holding(ALPHA, won(40), won(40), Optional.empty()));
        var _ = desk.advance(ACCOUNT, world.run());
        assertThat(world.position(ALPHA).external()).as("a person's so far").isEqualByComparingTo("40");
        assertThat(broker.cancelled).isEmpty();

        Settling.Settled settled = settle(placed("b-" + lost.id()));
        assertThat(settle(placed("b-" + lost.id()))).isEqualTo(new Settling.Settled(settled.order(), false));
        refused(lost, placed("person"), "it is WRITTEN_OFF");

        assertThat(settled.news()).isTrue();
        assertThat(settled.order().state()).isEqualTo(OrderState.WRITTEN_OFF);
        assertThat(events("OrderSettled")).hasSize(2);
        assertThat(events("OrderAlarm"))
                .extracting(event -> event.detail().get("detail"))
                .contains("it was written off and is the broker's order b-" + lost.id()
                        + " after all: its fills are booked, and what works of it is cancelled");
        for (int i = 0; i < 3; i++) {
            world.time.advanceTo(world.time.now().plusSeconds(60));
            var _ = desk.advance(ACCOUNT, world.run());
        }
        assertThat(world.only().state()).isEqualTo(OrderState.CANCELLED);
        assertThat(world.only().filled()).isEqualByComparingTo("40");
        assertThat(world.position(ALPHA).quantity()).isEqualByComparingTo("40");
        assertThat(world.position(ALPHA).external()).isZero();
        assertThat(world.cash().reserved()).isZero();
        assertThat(broker.cancelled).containsExactly(lost.id());
        assertThat(broker.placed).hasSize(1);
    }

    /** Of two equal sales in doubt one is said to be absent, the other is named: the row that is left is a person's. */
    @Test
    void aRowThatWasThereWhenAnOrderWasWrittenOffIsNotTakenForIt() throws InterruptedException {
        broker.loseCalls = true;
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Order written = world.only();
        Order other = OwnershipTest.again(written);
        var _ = world.orders.write(
                new Change(null, new Edit(other).version(1).done(), List.of(), List.of(), List.of()));
        broker.people.add(row("first", written));
        broker.people.add(row("second", written));
        world.time.advanceTo(judgement(written));

        Order off = settle(written, NOT_PLACED).order();
        settle(other, placed("first"));
        world.time.advanceTo(world.time.now().plusSeconds(60));
        for (int i = 0; i < 2; i++) {
            var _ = desk.advance(ACCOUNT, world.run());
        }

        assertThat(world.orders.order(ACCOUNT, written.id())).contains(off);
        assertThat(off.disclaimed()).containsExactlyInAnyOrder("first", "second");
        assertThat(broker.cancelled).isEmpty();
        assertThat(world.adoptions.foreign(ACCOUNT, SESSION))
                .extracting(BrokerOrder::brokerId)
                .containsExactly("second");
        broker.people.add(row("third", written));
        Ownership later = Ownership.of(List.of(off), broker.people.subList(1, 3), broker.traits(), judgement(written));
        assertThat(later.owners()).as("what came later").containsOnlyKeys("third");
    }

    /** The broker shows it twice: the one that a person named ends it, the other stays an alarm. */
    @Test
    void anOrderThatIsShownTwiceEndsWithTheOneThatWasNamed() throws InterruptedException {
        broker.carriesReference = true;
        Order lost = ambiguous();
        settle(placed("b-" + lost.id()));
        broker.show(lost, BrokerOrder.State.CANCELLED, 0);

        AdvanceReport report = desk.advance(ACCOUNT, world.run());

        assertThat(report.problems()).anyMatch(line -> line.contains("the broker shows it again as person"));
        assertThat(world.only().state()).isEqualTo(OrderState.CANCELLED);
        assertThat(world.cash().reserved()).isZero();
    }

    /** Of two lost orders that one row fits, the person wrote one off: the row is the other's. */
    @Test
    void aWrittenOffOrderKeepsNoRowFromAnother() throws InterruptedException {
        Order lost = unseen();
        settle(NOT_PLACED);
        Order gone = world.only();
        Order other = OwnershipTest.again(lost);
        BrokerOrder row = row("0001", lost);
        Instant asked = judgement(lost);

        Ownership found = Ownership.of(List.of(gone, other), List.of(row), broker.traits(), asked);
        assertThat(found.owners()).containsOnlyKeys("0001").containsValue(other);
        assertThat(found.doubtful()).isEmpty();

        Ownership both = Ownership.of(
                List.of(gone, new Edit(other).state(OrderState.WRITTEN_OFF).done()),
                List.of(row),
                broker.traits(),
                asked);
        assertThat(both.owners()).isEmpty();
        assertThat(both.foreign()).containsExactly(row);

        Ownership alone = Ownership.of(List.of(gone), List.of(row), broker.traits(), asked);
        assertThat(alone.rows()).containsExactlyEntriesOf(Map.of(gone.id(), row));
        assertThat(alone.foreign()).isEmpty();
    }

    /** A run changed the order while the broker was asked: the word is held against what stands now. */
    @Test
    void aWordThatARunWasFasterThanIsHeldAgainstWhatStands() throws InterruptedException {
        Order lost = ambiguous();
        int before = broker.reads;
        broker.onRead = read -> {
            if (read == before + 1) {
                broker.onRead = _ -> {};
                settle(placed("b-" + lost.id()));
            }
        };

        assertThatThrownBy(() -> settle(NOT_PLACED))
                .isInstanceOf(SettlementRefusedException.class)
                .hasMessageContaining("it is ACCEPTED");
        assertThat(world.only().state()).isEqualTo(OrderState.ACCEPTED);
    }

    @Test
    void aWriteThatCameBetweenIsReadAndTheWordSaidAgain() throws InterruptedException {
        Order lost = ambiguous();
        Store racing = new ForwardingStore(world.store) {
            private int reads;

            @Override
            void beforeRead() {
                reads++;
                // The last read before the write: that of the cash which is given back.
                if (reads == 4) {
                    Order changed = new Edit(lost).version(lost.version() + 1).done();
                    var _ = world.orders.write(new Change(null, changed, List.of(), List.of(), List.of()));
                }
            }
        };

        Settling.Settled settled = new Settling(
                        new OrderMapper(racing), new PortfolioMapper(racing), broker, world.time)
                .settle(ACCOUNT, lost.id(), NOT_PLACED, "Kim", "saw it");

        assertThat(settled).isEqualTo(new Settling.Settled(world.only(), true));
        assertThat(world.only().state()).isEqualTo(OrderState.WRITTEN_OFF);
        assertThat(world.only().version()).isEqualTo(lost.version() + 2);
        assertThat(world.cash().reserved()).isZero();
    }

    @Test
    void anOrderThatIsNotThereIsNotSettled() {
        assertThatThrownBy(() -> new Settling(world.orders, world.portfolios, broker, world.time)
                        .settle(ACCOUNT, "20260105-00", NOT_PLACED, "Kim", "saw it"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("DRY_RUN/KIS/someone/KRW has no order 20260105-00");
    }

    @Test
    void aVerdictIsOneOfTwo() {
        assertThat(Verdict.of("not-placed", Optional.empty())).isEqualTo(NOT_PLACED);
        assertThat(Verdict.of("placed", Optional.of("b-1"))).isEqualTo(placed("b-1"));
        assertThatThrownBy(() -> Verdict.of("NOT_PLACED", Optional.empty())).hasMessageContaining("not-placed");
        assertThatThrownBy(() -> Verdict.of("placed", Optional.empty()))
                .hasMessageContaining("needs the broker's name");
        assertThatThrownBy(() -> Verdict.of("not-placed", Optional.of("b-1"))).hasMessageContaining("takes no name");
        for (String name : List.of("", "a b", "a\nb", "x".repeat(65))) {
            assertThatThrownBy(() -> placed(name)).hasMessageContaining("one word");
        }
        assertThat(placed("x".repeat(64))).isNotNull();
    }
}
