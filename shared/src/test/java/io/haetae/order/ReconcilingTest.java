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

import io.haetae.job.Run;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Position;
import io.haetae.risk.TradingState;
import io.haetae.store.Action;
import io.haetae.store.Outcome;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The desk on a broker that keeps accounts, carries no reference of ours and tells totals: a Korean one. */
class ReconcilingTest {

    private final TradingWorld world = new TradingWorld();
    private final FakeBroker broker = new FakeBroker();
    private final OrderDesk desk;

    ReconcilingTest() {
        broker.carriesReference = false;
        broker.keepsAccounts = true;
        broker.clock = world.time::now;
        broker.cash = () -> world.cash().balance();
        desk = world.desk(broker);
    }

    @Test
    void aLostOrderIsFoundByWhatItIsOnceItIsNoLongerOnItsWay() throws InterruptedException {
        broker.loseAnswers = true;
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        assertThat(world.only().state()).isEqualTo(OrderState.UNKNOWN);

        world.time.advanceTo(judgement(world.only()).minusMillis(1));
        var _ = desk.advance(ACCOUNT, world.run());
        assertThat(world.only().state()).isEqualTo(OrderState.UNKNOWN);
        world.time.advanceTo(judgement(world.only()));
        var _ = desk.advance(ACCOUNT, world.run());

        assertThat(world.only().state()).isEqualTo(OrderState.ACCEPTED);
        assertThat(world.only().brokerId()).isEqualTo("b-" + world.only().id());
        assertThat(broker.placed).hasSize(1);
    }

    @Test
    void ambiguityStaysUnknownWithOneAlarmWhateverTheHour() throws InterruptedException {
        broker.loseAnswers = true;
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Order lost = world.only();
        broker.people.add(broker.row("person", lost, BrokerOrder.State.WORKING, BigDecimal.ZERO, lost.intendedAt()));

        for (var at : List.of(judgement(lost), OPEN, CLOSE, CLOSE.plusSeconds(3_600))) {
            world.time.advanceTo(at);
            assertThat(desk.advance(ACCOUNT, world.run()).problems())
                    .anyMatch(line -> line.contains("UNKNOWN") && line.contains("person"));
        }

        assertThat(world.only().state()).isEqualTo(OrderState.UNKNOWN);
        assertThat(world.only().brokerId()).isNull();
        assertThat(world.cash().reserved()).isEqualByComparingTo("1001000");
        assertThat(world.alarms()).singleElement().asString().contains("b-" + lost.id(), "person");
    }

    /** S4: a name of the broker's belongs to the order that has it. */
    @Test
    void anAnswerThatNamesAnotherOrderOfOursIsNoAcceptance() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Broker echoing = new EchoingBroker(broker, "b-" + world.only().id());

        DeskResult result = world.desk(echoing).enter(entry(BETA, 10_000, 100), world.run());

        Order second = ((DeskResult.Carried) result).order();
        assertThat(second.state()).isEqualTo(OrderState.UNKNOWN);
        assertThat(second.brokerId()).isNull();
        assertThat(second.note()).contains("another order of ours");
    }

    @Test
    void anAnswerThatProvesNothingAndNamesAnotherOrderOfOursNamesNothing() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        String taken = "b-" + world.only().id();
        Broker confused = new ForwardingBroker(broker) {
            @Override
            public Placement place(Order order) {
                return new Placement.Unknown("202", Optional.of(taken));
            }
        };

        DeskResult result = world.desk(confused).enter(entry(BETA, 10_000, 100), world.run());

        Order second = ((DeskResult.Carried) result).order();
        assertThat(second.state()).isEqualTo(OrderState.UNKNOWN);
        assertThat(second.brokerId()).isNull();
    }

    /** S4: between our look at the journal and what we write of it, another run takes the name. */
    @Test
    void aFoundOrderWhoseNameAnotherRunClaimsMeanwhileStaysUnknownWithAnAlarm() throws InterruptedException {
        broker.loseAnswers = true;
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Order lost = world.only();
        String name = "b-" + lost.id();
        world.time.advanceTo(judgement(lost));
        OrderDesk echoed = world.desk(new EchoingBroker(new FakeBroker(), name));
        // Its broker does not show the order either: what it says of that is said before the race.
        var _ = echoed.advance(ACCOUNT, world.run());
        TradingWorld racing = new TradingWorld(
                new ForwardingStore(world.store) {
                    private boolean raced;

                    @Override
                    public Outcome commit(List<Action> actions) {
                        if (!raced) {
                            raced = true;
                            entered(echoed);
                        }
                        return super.commit(actions);
                    }
                },
                world.time);

        AdvanceReport report = racing.desk(broker).advance(ACCOUNT, world.run());

        Order after = world.orders.order(ACCOUNT, lost.id()).orElseThrow();
        assertThat(after.state()).isEqualTo(OrderState.UNKNOWN);
        assertThat(after.brokerId()).isNull();
        assertThat(report.problems())
                .contains("order " + lost.id() + " and another order of ours claim the broker's order " + name)
                .anyMatch(line -> line.contains("UNKNOWN: it may be any of the broker's orders " + name));
        assertThat(world.alarms())
                .element(1)
                .asString()
                .isEqualTo("the broker's order " + name + " is another order of ours already");
    }

    private void entered(OrderDesk other) {
        try {
            assertThat(other.enter(entry(BETA, 10_000, 100), world.run())).isInstanceOf(DeskResult.Carried.class);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void peoplesOrdersOfAnotherSessionAreNotTakenForThisOnes() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        LocalDate next = SESSION.plusDays(1);
        BrokerOrder person =
                broker.row("person", world.only(), BrokerOrder.State.FILLED, won(100), OPEN.plusSeconds(600));
        Broker bySession = new ForwardingBroker(broker) {
            @Override
            public Read<BrokerOrder> orders(AccountId account, LocalDate session) {
                return session.equals(SESSION) ? super.orders(account, session) : new Read.Complete<>(List.of());
            }
        };
        broker.people.add(person);
        Run today = world.run();
        Run tomorrow = new Run(today.slot(), next, today.fence(), today.started(), today.deadline(), false, true);

        var _ = world.desk(bySession).advance(ACCOUNT, tomorrow);
        assertThat(world.adoptions.foreign(ACCOUNT, next)).isEmpty();
        var _ = world.desk(bySession).advance(ACCOUNT, today);
        assertThat(world.adoptions.foreign(ACCOUNT, SESSION)).containsExactly(person);
    }

    @Test
    void aTradeOfNothingOrForNothingIsNotBooked() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        String name = "b-" + world.only().id();
        for (Execution.Trade odd : List.of(
                trade(name, BigDecimal.ZERO, BigDecimal.TEN, BigDecimal.ONE),
                trade(name, BigDecimal.TEN, BigDecimal.ZERO, BigDecimal.ONE),
                trade(name, BigDecimal.TEN, BigDecimal.TEN, BigDecimal.ZERO))) {
            Broker telling = new ForwardingBroker(broker) {
                @Override
                public Read<Execution> executions(AccountId account, LocalDate session) {
                    return new Read.Complete<>(List.of(odd));
                }
            };

            assertThat(world.desk(telling).advance(ACCOUNT, world.run()).problems())
                    .as("%s", odd)
                    .anyMatch(line -> line.contains("cannot be"));
        }

        assertThat(world.only().filled()).isZero();
        assertThat(world.cash().balance()).isEqualByComparingTo(CAPITAL);
    }

    private static Execution.Trade trade(String name, BigDecimal quantity, BigDecimal price, BigDecimal conversion) {
        return new Execution.Trade(name, "t1", quantity, price, conversion, BigDecimal.ZERO, BigDecimal.ZERO, OPEN);
    }

    @Test
    void anAnswerThatProvesNothingButNamesTheOrderIsFoundByThatName() throws InterruptedException {
        Broker naming = new ForwardingBroker(broker) {
            @Override
            public Placement place(Order order) {
                Placement _ = broker.place(order);
                broker.hidden = true;
                return new Placement.Unknown("202", Optional.of("b-" + order.id()));
            }
        };
        OrderDesk named = world.desk(naming);
        var _ = named.enter(entry(ALPHA, 10_000, 100), world.run());
        assertThat(world.only().state()).isEqualTo(OrderState.UNKNOWN);

        broker.hidden = false;
        broker.total(world.only(), 100, 1_000_000);
        var _ = named.advance(ACCOUNT, world.run());

        assertThat(world.only().state()).isEqualTo(OrderState.FILLED);
    }

    /** D16 for a venue that does not tell trades apart: a total twice, an older one, one that shrank. */
    @Test
    void totalsAreBookedByTheirGrowthAndNothingElse() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Order order = world.only();
        broker.total(order, 40, 400_000);
        broker.total(order, 40, 400_000);
        var _ = desk.advance(ACCOUNT, world.run());
        assertThat(world.position(ALPHA).quantity()).isEqualByComparingTo("40");

        broker.total(order, 100, 994_000);
        broker.total(order, 40, 400_000);
        broker.show(order, BrokerOrder.State.FILLED, 100);
        for (int i = 0; i < 3; i++) {
            var _ = desk.advance(ACCOUNT, world.run());
        }

        assertThat(world.only().state()).isEqualTo(OrderState.FILLED);
        assertThat(world.position(ALPHA).quantity()).isEqualByComparingTo("100");
        assertThat(world.position(ALPHA).averageCost()).isEqualByComparingTo("9940");
        assertThat(world.orders.fillsOf(ACCOUNT, order.id()))
                .extracting(Fill::id)
                .containsExactlyInAnyOrder("b-" + order.id() + "#40", "b-" + order.id() + "#100");
        assertThat(world.cash().balance()).isEqualByComparingTo(CAPITAL.subtract(won(994_000 + 100)));
        assertThat(world.cash().reserved()).isZero();
    }

    @Test
    void aTotalThatCannotBeIsNotBooked() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        broker.total(world.only(), 40, 400_000);
        var _ = desk.advance(ACCOUNT, world.run());
        broker.total(world.only(), 60, 300_000);

        for (int i = 0; i < 2; i++) {
            assertThat(desk.advance(ACCOUNT, world.run()).problems()).anyMatch(line -> line.contains("cannot be"));
        }

        assertThat(world.position(ALPHA).quantity()).isEqualByComparingTo("40");
        assertThat(world.cash().balance()).isEqualByComparingTo(CAPITAL.subtract(won(400_000 + 40)));
        assertThat(world.alarms()).hasSize(1);
    }

    @Test
    void aTradeBeyondTheOrderIsBookedAllTheSame() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        broker.total(world.only(), 100, 1_000_000);
        var _ = desk.advance(ACCOUNT, world.run());

        broker.total(world.only(), 110, 1_100_000);
        var _ = desk.advance(ACCOUNT, world.run());

        assertThat(world.position(ALPHA).quantity()).isEqualByComparingTo("110");
        assertThat(world.cash().balance()).isEqualByComparingTo(CAPITAL.subtract(won(1_100_000 + 110)));
    }

    /** A stop UNKNOWN just before the next pass: that one waits, proves that nothing was sold, and sells. */
    @Test
    void aLostStopIsProvenNotPlacedWithinTheSessionAndSoldByTheNextTry() throws InterruptedException {
        Position position = held(100);
        world.at("09:14");
        broker.loseCalls = true;
        var _ = desk.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run());
        Order lost = world.orders.open(ACCOUNT).getFirst();
        assertThat(lost.state()).isEqualTo(OrderState.UNKNOWN);
        assertThat(world.position(ALPHA).reserved()).isEqualByComparingTo("100");

        broker.loseCalls = false;
        var _ = desk.advance(ACCOUNT, world.run());
        DeskResult again = desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run());

        Order proven = world.orders.order(ACCOUNT, lost.id()).orElseThrow();
        assertThat(proven.state()).isEqualTo(OrderState.NOT_PLACED);
        assertThat(world.orders.history(ACCOUNT, lost.id()).getLast().detail())
                .contains("two complete reads", "100 of 100 sellable");
        assertThat(((DeskResult.Denied) again).denial().code()).isEqualTo(DenialCode.POSITION_CHANGED);
        DeskResult sold = desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run());
        Order second = ((DeskResult.Carried) sold).order();
        assertThat(second.intent().n()).isEqualTo(1);
        assertThat(second.state()).isEqualTo(OrderState.ACCEPTED);
        assertThat(broker.placed).hasSize(3).doesNotHaveDuplicates();
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void aSaleThatWasNeverPlacedCountsForNoRejection() throws InterruptedException {
        Position position = held(100);
        world.at("09:14");
        broker.loseCalls = true;
        var _ = desk.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run());
        broker.loseCalls = false;
        var _ = desk.advance(ACCOUNT, world.run());
        broker.reject = true;

        for (int i = 0; i < 6; i++) {
            var _ = desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run());
        }

        assertThat(broker.placed).hasSize(1 + 1 + 3);
        assertThat(world.alarms())
                .anyMatch(line -> line.contains("1 of 2"))
                .anyMatch(line -> line.contains("2 of 2"))
                .anyMatch(line -> line.contains("given up after 3 rejections"));
    }

    @Test
    void twoLooksProveAtLeastTheBrokersLagApart() throws InterruptedException {
        for (Duration lag : List.of(Duration.ofSeconds(5), Duration.ofMillis(100))) {
            ReconcilingTest fresh = new ReconcilingTest();
            fresh.broker.lag = lag;
            Position position = fresh.held(100);
            fresh.world.at("09:14");
            fresh.broker.loseCalls = true;
            var _ = fresh.desk.exit(exit(position, ExitRule.STOP, 100, 9_000), fresh.world.run());
            fresh.world.at("09:20");
            Instant now = fresh.world.time.now();
            List<Instant> looks = new ArrayList<>();
            fresh.broker.onRead = _ -> looks.add(fresh.world.time.now());

            var _ = fresh.desk.advance(ACCOUNT, fresh.world.run());

            Duration apart = lag.toSeconds() < 1 ? Duration.ofSeconds(1) : lag;
            assertThat(looks).as("the pass and the proof, lag %s", lag).containsExactly(now, now, now.plus(apart));
            assertThat(fresh.world.orders.open(ACCOUNT)).isEmpty();
        }
    }

    @Test
    void aLostStopStandsWhereTheRunHasNoTimeToProveOrTheBrokerHoldsLess() throws InterruptedException {
        Position position = held(100);
        world.at("09:14");
        broker.loseCalls = true;
        var _ = desk.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run());
        Order lost = world.orders.open(ACCOUNT).getFirst();
        world.at("09:20");
        Instant now = world.time.now();
        Run whole = world.run();
        Run brief = new Run(whole.slot(), SESSION, whole.fence(), now, now.plusSeconds(12), false, true);

        assertThat(desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), brief))
                .isEqualTo(new DeskResult.Standing(lost));
        holds(holding(100, 99));
        assertThat(desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run()))
                .isEqualTo(new DeskResult.Standing(world.orders.open(ACCOUNT).getFirst()));
        assertThat(world.orders.open(ACCOUNT)).singleElement().satisfies(after -> {
            assertThat(after.id()).isEqualTo(lost.id());
            assertThat(after.state()).isEqualTo(OrderState.UNKNOWN);
        });

        assertThat(world.time.now()).isEqualTo(now);
    }

    @Test
    void aLostStopIsNotProvenWhileLessIsSellableThanWithoutIt() throws InterruptedException {
        Position position = held(100);
        world.at("09:14");
        broker.loseCalls = true;
        var _ = desk.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run());

        for (Holding holding : List.of(holding(100, 0), holding(0, 0), holding(100, 99), holding(200, 200))) {
            holds(holding);
            world.time.advanceTo(world.time.now().plusSeconds(120));
            var _ = desk.advance(ACCOUNT, world.run());
            assertThat(world.orders.open(ACCOUNT)).as("%s", holding).hasSize(1);
        }
        holds(holding(100, 100));
        broker.refusesOverselling = false;
        var _ = desk.advance(ACCOUNT, world.run());
        assertThat(world.orders.open(ACCOUNT)).hasSize(1);
        broker.refusesOverselling = true;
        broker.holdingsFail = true;
        var _ = desk.advance(ACCOUNT, world.run());
        assertThat(world.orders.open(ACCOUNT)).hasSize(1);
        broker.holdingsFail = false;
        var _ = desk.advance(ACCOUNT, world.run());
        assertThat(world.orders.open(ACCOUNT)).isEmpty();
    }

    /** The broker had it: that its lists do not show it says something about the lists. */
    @Test
    void aStopThatTheBrokerHasNamedIsNotProvenAbsentInItsSession() throws InterruptedException {
        Position position = held(100);
        world.at("09:14");
        OrderDesk named = world.desk(new ForwardingBroker(broker) {
            @Override
            public Placement place(Order order) {
                return new Placement.Unknown("202", Optional.of("b-named"));
            }
        });
        var _ = named.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run());
        world.at("09:20");

        var _ = named.advance(ACCOUNT, world.run());

        assertThat(world.orders.open(ACCOUNT)).singleElement().satisfies(lost -> {
            assertThat(lost.state()).isEqualTo(OrderState.UNKNOWN);
            assertThat(lost.brokerId()).isEqualTo("b-named");
        });
        assertThat(world.position(ALPHA).free()).isZero();
        assertThat(world.alarms())
                .singleElement()
                .asString()
                .contains("has named it b-named")
                .doesNotContain("settle");
    }

    /** A broker that holds a person's shares of the same kind would take the sale twice. */
    @Test
    void aLostStopIsNotProvenAbsentWhereAPersonHoldsAsManyShares() throws InterruptedException {
        var _ = held(100);
        holds(holding(200, 200));
        world.at("09:12");
        var _ = desk.advance(ACCOUNT, world.run());
        assertThat(world.position(ALPHA).external()).isEqualByComparingTo("100");
        world.at("09:14");
        broker.loseAnswers = true;
        broker.hidden = true;
        var _ = desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run());
        Order lost = world.orders.open(ACCOUNT).getFirst();
        broker.loseAnswers = false;
        int sent = broker.placed.size();
        for (int run = 0; run < 3; run++) {
            world.time.advanceTo(world.time.now().plusSeconds(120));
            var _ = desk.advance(ACCOUNT, world.run());
            assertThat(desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run()))
                    .isInstanceOf(DeskResult.Standing.class);
        }

        assertThat(broker.placed).hasSize(sent);
        assertThat(world.alarms())
                .singleElement()
                .asString()
                .contains("proves nothing in its session", Settling.command(lost));
    }

    @Test
    void aStopThatShowsItselfInTheSecondLookIsNotProvenAbsent() throws InterruptedException {
        Position position = held(100);
        world.at("09:14");
        broker.loseAnswers = true;
        broker.hidden = true;
        var _ = desk.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run());
        world.time.advanceTo(world.time.now().plusSeconds(120));
        int before = broker.reads;
        broker.onRead = read -> broker.hidden = read < before + 3;

        var _ = desk.advance(ACCOUNT, world.run());

        assertThat(world.orders.open(ACCOUNT)).extracting(Order::state).containsExactly(OrderState.ACCEPTED);
        assertThat(world.position(ALPHA).reserved()).isEqualByComparingTo("100");
    }

    @Test
    void withoutACompleteReadOfTheAccountNothingIsEnteredAndNothingSold() throws InterruptedException {
        Position position = held(100);
        world.at("09:15");
        broker.holdingsFail = true;

        AdvanceReport report = desk.advance(ACCOUNT, world.run());
        Denial entry = denial(
                desk.enter(new EntryEdit(entry(BETA, 10_000, 10)).allDay().done(), world.run()));
        Denial exit = denial(desk.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run()));

        assertThat(report.failedReads())
                .containsExactly("holdings could not be read: no holdings", "money could not be read: no funds");
        assertThat(entry.code()).isEqualTo(DenialCode.NOT_RECONCILED);
        assertThat(entry.actual()).contains("holdings could not be read");
        assertThat(exit.code()).isEqualTo(DenialCode.NOT_RECONCILED);
        assertThat(broker.placed).hasSize(1);
        assertThat(world.position(ALPHA).reserved()).isZero();
    }

    @Test
    void anEntryReadsTheAccountItselfWhenTheRunHasNot() throws InterruptedException {
        broker.readsFail = true;

        assertThat(denial(desk.enter(entry(ALPHA, 10_000, 100), world.run())).code())
                .isEqualTo(DenialCode.NOT_RECONCILED);
        assertThat(world.only().state()).isEqualTo(OrderState.DENIED);
        assertThat(broker.placed).isEmpty();
    }

    @Test
    void anExitSellsNoMoreThanTheBrokerLetsBeSold() throws InterruptedException {
        Position position = held(100);
        world.at("09:15");
        holds(holding(100, 60));

        DeskResult result = desk.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run());

        assertThat(((DeskResult.Carried) result).order().quantity()).isEqualByComparingTo("60");
        assertThat(world.position(ALPHA).reserved()).isEqualByComparingTo("60");
    }

    /** Shares that a person bought are never sold by a machine. */
    @Test
    void anExitSellsNoMoreThanIsOurs() throws InterruptedException {
        Position position = held(100);
        world.at("09:15");
        holds(holding(150, 150));

        DeskResult result = desk.exit(exit(position, ExitRule.STOP, 150, 9_000), world.run());

        assertThat(((DeskResult.Carried) result).order().quantity()).isEqualByComparingTo("100");
    }

    /** S7. */
    @Test
    void anExitRejectedBecauseNothingIsHeldIsNotTriedAgain() throws InterruptedException {
        Position position = held(100);
        world.at("09:15");
        broker.reject = true;
        var _ = desk.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run());
        broker.holdings.clear();

        for (int i = 0; i < 3; i++) {
            DeskResult again = desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run());
            assertThat(again).isInstanceOf(DeskResult.Denied.class);
        }

        assertThat(broker.placed).hasSize(2);
    }

    @Test
    void aRejectedExitIsTriedAgainAfterALookAndWithAnAlarm() throws InterruptedException {
        Position position = held(100);
        world.at("09:15");
        broker.reject = true;
        var _ = desk.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run());
        broker.readsFail = true;
        assertThat(denial(desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run()))
                        .code())
                .isEqualTo(DenialCode.NOT_RECONCILED);
        broker.readsFail = false;

        for (int i = 0; i < 5; i++) {
            var _ = desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 100, 9_000), world.run());
        }

        assertThat(broker.placed).hasSize(1 + 3);
        assertThat(world.alarms())
                .satisfiesExactly(
                        first -> assertThat(first).contains("1 of 2", "not today"),
                        second -> assertThat(second).contains("2 of 2"),
                        last -> assertThat(last).contains("given up after 3 rejections"));
    }

    @Test
    void aLostEntryIsLookedForAsOftenAsTheBrokerSays() throws InterruptedException {
        broker.carriesReference = true;
        broker.polls = List.of(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
        broker.loseAnswers = true;
        broker.hidden = true;
        broker.onRead = read -> broker.hidden = world.time.now().isBefore(TradingWorld.SIGNALS.plusSeconds(6));

        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());

        assertThat(world.only().state()).isEqualTo(OrderState.ACCEPTED);
        assertThat(world.time.now()).isEqualTo(TradingWorld.SIGNALS.plusSeconds(6));
    }

    @Test
    void pollingEndsWithTheRun() throws InterruptedException {
        broker.polls = List.of(Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofSeconds(1));
        broker.loseCalls = true;

        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());

        assertThat(world.only().state()).isEqualTo(OrderState.UNKNOWN);
        assertThat(world.time.now()).isEqualTo(TradingWorld.SIGNALS.plusSeconds(2));
    }

    @Test
    void aHaltCancelsAllWorkingEntriesWithOneLook() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        var _ = desk.enter(entry(BETA, 10_000, 100), world.run());
        var _ = world.states.raise(ACCOUNT, TradingState.REDUCING, "risk_checks", "drawdown", world.time.now());
        int before = broker.reads;

        AdvanceReport report = desk.advance(ACCOUNT, world.run());

        assertThat(report.ended()).hasSize(2).allMatch(order -> order.state() == OrderState.CANCELLED);
        assertThat(broker.cancelled).hasSize(2);
        assertThat(broker.reads).isEqualTo(before + 2);
    }

    @Test
    void aRefusedCancelLeavesTheOrderWorkingAndIsAskedAgain() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        var _ = world.states.raise(ACCOUNT, TradingState.HALTED, "risk_checks", "loss", world.time.now());
        broker.onCancel = () -> new Broker.Cancellation.Refused("too late");
        var _ = desk.advance(ACCOUNT, world.run());
        assertThat(world.only().state()).isEqualTo(OrderState.ACCEPTED);
        broker.onCancel = () -> new Broker.Cancellation.Unknown("no answer");
        assertThat(desk.advance(ACCOUNT, world.run()).problems()).anyMatch(line -> line.contains("perhaps not"));
        assertThat(world.only().state()).isEqualTo(OrderState.CANCELLING);
        broker.onCancel = Broker.Cancellation.Confirmed::new;

        var _ = desk.advance(ACCOUNT, world.run());

        assertThat(world.only().state()).isEqualTo(OrderState.CANCELLED);
        assertThat(world.cash().reserved()).isZero();
    }

    @Test
    void whatIsOverHereAndWorksThereIsCancelledThere() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Order order = desk.cancel(world.only(), "a person said so", world.run());
        assertThat(order.state()).isEqualTo(OrderState.CANCELLED);
        broker.show(order, BrokerOrder.State.WORKING, 0);
        world.at("09:15");

        assertThat(desk.advance(ACCOUNT, world.run()).problems())
                .anyMatch(line -> line.contains("works at the broker"));

        assertThat(broker.cancelled).hasSize(2);
        assertThat(Objects.requireNonNull(broker.taken.get(order.id())).state()).isEqualTo(BrokerOrder.State.CANCELLED);
        assertThat(desk.advance(ACCOUNT, world.run()).problems()).isEmpty();
        assertThat(world.alarms()).hasSize(1);
    }

    @Test
    void whatIsOverHereAndCannotBeCancelledThereIsSaidInEveryPass() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Order order = desk.cancel(world.only(), "a person said so", world.run());
        broker.show(order, BrokerOrder.State.WORKING, 0);
        world.at("09:15");

        broker.onCancel = () -> new Broker.Cancellation.Refused("too late");
        assertThat(desk.advance(ACCOUNT, world.run()).problems())
                .contains("order " + order.id() + " could not be cancelled at the broker: too late");
        world.at("09:30");
        broker.onCancel = () -> new Broker.Cancellation.Unknown("no answer");
        assertThat(desk.advance(ACCOUNT, world.run()).problems())
                .contains("order " + order.id() + " was perhaps not cancelled at the broker: no answer");
    }

    @Test
    void anOrderProvenAbsentThatShowsItselfLaterIsBookedAndStopped() throws InterruptedException {
        Position position = held(100);
        world.at("09:14");
        broker.loseCalls = true;
        var _ = desk.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run());
        Order lost = world.orders.open(ACCOUNT).getFirst();
        world.time.advanceTo(judgement(lost));
        var _ = desk.advance(ACCOUNT, world.run());
        assertThat(world.orders.open(ACCOUNT)).isEmpty();
        broker.total(lost, 30, 270_000);
        broker.taken.put(
                lost.id(),
                broker.row(
                        "b-" + lost.id(),
                        lost,
                        BrokerOrder.State.WORKING,
                        won(30),
                        Objects.requireNonNull(lost.sendBy())));
        world.time.advanceTo(world.time.now().plusSeconds(60));

        var _ = desk.advance(ACCOUNT, world.run());
        world.time.advanceTo(world.time.now().plusSeconds(60));
        var _ = desk.advance(ACCOUNT, world.run());

        Order late = world.orders.order(ACCOUNT, lost.id()).orElseThrow();
        assertThat(late.state()).isEqualTo(OrderState.CANCELLED);
        assertThat(late.filled()).isEqualByComparingTo("30");
        assertThat(world.position(ALPHA).quantity()).isEqualByComparingTo("70");
        assertThat(world.position(ALPHA).reserved()).isZero();
        assertThat(broker.cancelled).contains(lost.id());
    }

    @Test
    void anIntendedSaleOfWhatTheBrokerNoLongerHoldsIsNotSent() throws InterruptedException {
        intendedSale();
        holds(holding(40, 40));

        var _ = desk.advance(ACCOUNT, world.run());

        assertThat(broker.placed).hasSize(1);
        assertThat(world.position(ALPHA).reserved()).isZero();
    }

    @Test
    void anIntendedSaleIsSentOnceTheBrokerIsSeenToHoldAllOfIt() throws InterruptedException {
        intendedSale();
        broker.holdingsFail = true;
        var _ = desk.advance(ACCOUNT, world.run());
        assertThat(world.orders.open(ACCOUNT)).extracting(Order::state).containsExactly(OrderState.INTENDED);
        assertThat(broker.placed).hasSize(1);

        broker.holdingsFail = false;
        var _ = desk.advance(ACCOUNT, world.run());

        assertThat(world.orders.open(ACCOUNT)).extracting(Order::state).containsExactly(OrderState.ACCEPTED);
    }

    /** By a run that died before it asked the venue. */
    private void intendedSale() throws InterruptedException {
        Position position = held(100);
        world.at("09:15");
        Broker dying = new ForwardingBroker(broker) {
            @Override
            public Precheck precheck(Order order) {
                throw new IllegalStateException("the process died");
            }
        };
        assertThatThrownBy(() -> world.desk(dying).exit(exit(position, ExitRule.STOP, 100, 9_000), world.run()))
                .hasMessage("the process died");
        assertThat(world.orders.open(ACCOUNT)).extracting(Order::state).containsExactly(OrderState.INTENDED);
    }

    @Test
    void anExitDoesNotWaitForAPrecheckThatFails() throws InterruptedException {
        Position position = held(100);
        world.at("09:15");
        broker.precheck = new Broker.Precheck.Failed("no answer");

        DeskResult result = desk.exit(exit(position, ExitRule.STOP, 100, 9_000), world.run());

        assertThat(((DeskResult.Carried) result).order().state()).isEqualTo(OrderState.ACCEPTED);
    }

    @Test
    void oneOfOursThatTheBrokerShowsTwiceIsAnAlarm() throws InterruptedException {
        broker.carriesReference = true;
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        Order order = world.only();
        broker.people.add(broker.row("second", order, BrokerOrder.State.WORKING, BigDecimal.ZERO, world.time.now()));

        for (int i = 0; i < 3; i++) {
            assertThat(desk.advance(ACCOUNT, world.run()).problems())
                    .anyMatch(line -> line.contains("again as second"));
        }

        assertThat(world.only().state()).isEqualTo(OrderState.ACCEPTED);
        assertThat(world.alarms()).singleElement().asString().contains("second");
    }

    @Test
    void aRejectionThatTheBrokerShowsTooIsNoAlarm() throws InterruptedException {
        broker.carriesReference = true;
        broker.reject = true;
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        broker.show(world.only(), BrokerOrder.State.REJECTED, 0);

        assertThat(desk.advance(ACCOUNT, world.run()).problems()).isEmpty();

        assertThat(world.only().state()).isEqualTo(OrderState.REJECTED);
        assertThat(world.alarms()).isEmpty();
    }

    /** S1: what a person bought is not ours, and nothing of it is entered. */
    @Test
    void sharesThatAPersonBoughtAreToldOnceAndNotEntered() throws InterruptedException {
        holds(holding(30, 30));
        world.at("09:15");

        List<String> first = desk.advance(ACCOUNT, world.run()).problems();
        List<String> second = desk.advance(ACCOUNT, world.run()).problems();

        assertThat(first).anyMatch(line -> line.contains("the broker holds 30"));
        assertThat(second).isEmpty();
        assertThat(world.position(ALPHA).quantity()).isZero();
        assertThat(denial(desk.enter(
                                new EntryEdit(entry(ALPHA, 10_000, 10)).allDay().done(), world.run()))
                        .code())
                .isEqualTo(DenialCode.SYMBOL_OPEN);
    }

    @Test
    void theStoryOfAnOrderSaysWhatWasCheckedSentAndAnswered() throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        broker.total(world.only(), 100, 990_000);
        var _ = desk.advance(ACCOUNT, world.run());

        assertThat(world.orders.history(ACCOUNT, world.only().id()))
                .extracting(HistoryEntry::detail)
                .satisfiesExactly(
                        intended -> assertThat(intended)
                                .contains(
                                        "conviction 72",
                                        "trading state ACTIVE",
                                        "not held",
                                        "ORDERS_PER_DAY 1 more, at most 20",
                                        "cash 1001000 reserved of 10000000 free"),
                        checked -> assertThat(checked).isEqualTo("fine"),
                        sent -> assertThat(sent).contains("BUY 100 KIS:000110 at most 10000, before "),
                        accepted -> assertThat(accepted).contains("accepted as b-"),
                        filled -> assertThat(filled)
                                .contains("filled 100 at 9900", "100 of 100", "commission 100, tax 0"));
    }

    private Position held(long quantity) throws InterruptedException {
        var _ = desk.enter(entry(ALPHA, 10_000, quantity), world.run());
        broker.total(world.only(), quantity, 10_000 * quantity);
        holds(holding(quantity, quantity));
        world.time.advanceTo(OPEN);
        var _ = desk.advance(ACCOUNT, world.run());
        return world.position(ALPHA);
    }

    private void holds(Holding holding) {
        broker.holdings.clear();
        broker.holdings.add(holding);
    }

    private static Holding holding(long quantity, long sellable) {
        return new Holding(ALPHA, won(quantity), won(sellable), Optional.of(won(10_000)));
    }

    private Instant judgement(Order order) {
        return Lost.judgement(order, broker.traits());
    }

    private static Denial denial(DeskResult result) {
        return ((DeskResult.Denied) result).denial();
    }

    /** Accepts under a name that another order has. */
    private static final class EchoingBroker extends ForwardingBroker {
        private final String name;

        EchoingBroker(Broker broker, String name) {
            super(broker);
            this.name = name;
        }

        @Override
        public Placement place(Order order) {
            return new Placement.Accepted(name);
        }
    }
}
