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
import io.haetae.job.Fence;
import io.haetae.job.LeaseLostException;
import io.haetae.market.InstrumentId;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.Position;
import io.haetae.risk.Books;
import io.haetae.signal.ExitRules;
import io.haetae.store.AdoptionMapper;
import io.haetae.store.Item;
import io.haetae.store.MemoryStore;
import io.haetae.store.Outbox;
import io.haetae.store.Query;
import io.haetae.store.Table;
import io.haetae.time.VirtualTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AccountComparisonTest {

    private static final Broker.Traits TRAITS =
            new Broker.Traits(Duration.ofSeconds(10), Duration.ofSeconds(5), false, false, true, List.of());

    private final TradingWorld world = new TradingWorld();
    private final AdoptionMapper adoptions = new AdoptionMapper(world.store);
    private final AccountComparison comparison =
            new AccountComparison(world.orders, world.portfolios, adoptions, world.time);

    /** S1: the broker is long, we are flat. */
    @Test
    void whatOnlyTheBrokerHoldsIsExternalAndBlocksEntriesOfThatSymbol() throws InterruptedException {
        List<String> lines = compare(CAPITAL, holding(ALPHA, 12, "9500"));

        assertThat(lines).singleElement().asString().contains("000110", "holds 12", "had 0", "12 external");
        Position position = world.position(ALPHA);
        assertThat(position.quantity()).isZero();
        assertThat(position.external()).isEqualByComparingTo("12");
        assertThat(position.averageCost()).isEqualByComparingTo("9500");
        assertThat(drifts()).hasSize(1);
        assertThat(world.desk.enter(entry(ALPHA, 10_000, 10), world.run()))
                .isInstanceOfSatisfying(DeskResult.Denied.class, denied -> {
                    assertThat(denied.denial().code()).isEqualTo(DenialCode.SYMBOL_OPEN);
                    assertThat(denied.denial().actual()).contains("12 external");
                });
        assertThat(world.desk.enter(entry(BETA, 10_000, 10), world.run())).isInstanceOf(DeskResult.Carried.class);
    }

    @Test
    void externalSharesCountInLimitsAndAreSoldByNoMachine() {
        var _ = compare(CAPITAL, holding(ALPHA, 12, "9500"));

        var account = world.portfolios.account(ACCOUNT).orElseThrow();
        assertThat(Books.held(account)).hasSize(1);
        assertThat(Books.ours(account)).isEmpty();
        assertThat(world.position(ALPHA).held()).isEqualByComparingTo("12");
        assertThat(world.position(ALPHA).free()).isZero();
    }

    /** S1, the other way round; S8: what the broker sold is gone. */
    @Test
    void whatTheBrokerNoLongerHoldsIsTakenFromOurs() throws InterruptedException {
        hold(ALPHA, 100);
        assertThat(compare(balance(), holding(ALPHA, 60, "10000"))).hasSize(1);
        assertThat(world.position(ALPHA).quantity()).isEqualByComparingTo("60");
        assertThat(world.position(ALPHA).averageCost()).isEqualByComparingTo("9900");

        assertThat(compare(balance())).hasSize(1);
        assertThat(world.position(ALPHA).isHeld()).isFalse();
        assertThat(world.position(ALPHA).averageCost()).isZero();
        assertThat(world.desk.exit(exit(world.position(ALPHA), ExitRule.STOP, 10, 8_000), world.run()))
                .isInstanceOfSatisfying(DeskResult.Denied.class, denied -> assertThat(
                                denied.denial().code())
                        .isIn(DenialCode.NOTHING_TO_SELL, DenialCode.ZERO_QUANTITY));
    }

    @Test
    void whatPeopleHoldBesideOursIsTakenFirstWhenLessIsLeft() throws InterruptedException {
        hold(ALPHA, 100);
        var _ = compare(balance(), holding(ALPHA, 130, "10000"));
        assertThat(world.position(ALPHA).quantity()).isEqualByComparingTo("100");
        assertThat(world.position(ALPHA).external()).isEqualByComparingTo("30");
        assertThat(world.position(ALPHA).averageCost()).isEqualByComparingTo("9900");

        var _ = compare(balance(), holding(ALPHA, 110, "10000"));
        assertThat(world.position(ALPHA).quantity()).isEqualByComparingTo("100");
        assertThat(world.position(ALPHA).external()).isEqualByComparingTo("10");

        var _ = compare(balance(), holding(ALPHA, 90, "10000"));
        assertThat(world.position(ALPHA).quantity()).isEqualByComparingTo("90");
        assertThat(world.position(ALPHA).external()).isZero();
    }

    @Test
    void rowsOfOneInstrumentAreOneHolding() {
        var _ = compare(CAPITAL, holding(ALPHA, 5, "9000"), holding(ALPHA, 7, "9500"));

        assertThat(world.position(ALPHA).external()).isEqualByComparingTo("12");
        assertThat(world.position(ALPHA).averageCost()).isZero();
    }

    @Test
    void aPersonsShortSaleTakesOursAndIsNotCovered() throws InterruptedException {
        hold(ALPHA, 100);
        var _ = compare(balance(), holding(ALPHA, -20, "10000"));

        assertThat(world.position(ALPHA).quantity()).isZero();
        assertThat(world.position(ALPHA).external()).isEqualByComparingTo("-20");
        assertThat(world.position(ALPHA).isHeld()).isTrue();
    }

    @Test
    void theBrokersCashWins() {
        assertThat(compare(CAPITAL.subtract(won(1_234))))
                .singleElement()
                .asString()
                .contains("cash", "9998766");

        assertThat(world.cash().balance()).isEqualByComparingTo("9998766");
        assertThat(world.cash().initialCapital()).isEqualByComparingTo(CAPITAL);
        assertThat(drifts()).hasSize(1);
    }

    @Test
    void nothingIsConcludedWhileSomethingIsUnderWay() throws InterruptedException {
        var _ = world.desk.enter(entry(ALPHA, 10_000, 100), world.run());

        assertThat(compare(won(1), holding(ALPHA, 40, "9900"))).isEmpty();
        assertThat(world.portfolios.position(ACCOUNT, ALPHA)).isEmpty();
        assertThat(world.cash().balance()).isEqualByComparingTo(CAPITAL);
        // Another instrument is not concerned.
        assertThat(compare(won(1), holding(BETA, 40, "9900"))).hasSize(1);
    }

    @Test
    void nothingIsConcludedUntilTheBrokersBooksCanShowTheLastFill() throws InterruptedException {
        fill(ALPHA, 100);
        Instant shown = world.time.now().plus(TRAITS.lag()).plus(TRAITS.callTimeout());

        world.time.advanceTo(shown.minusMillis(1));
        assertThat(compare(CAPITAL)).isEmpty();
        assertThat(world.position(ALPHA).quantity()).isEqualByComparingTo("100");
        world.time.advanceTo(shown);
        assertThat(compare(CAPITAL)).hasSize(2);
        assertThat(world.position(ALPHA).isHeld()).isFalse();
        assertThat(world.cash().balance()).isEqualByComparingTo(CAPITAL);
    }

    @Test
    void aFillOfTheDayBeforeIsWaitedForAcrossMidnight() throws InterruptedException {
        fill(ALPHA, 100);

        assertThat(comparison.compare(
                        ACCOUNT,
                        SESSION.plusDays(1),
                        List.of(),
                        List.of(),
                        new Funds(balance(), balance(), balance()),
                        TRAITS,
                        world.run()))
                .isEmpty();
    }

    /** D10. */
    @Test
    void reconcilingTwiceIsReconcilingOnce() throws InterruptedException {
        hold(ALPHA, 100);
        List<BrokerOrder> people = List.of(byHand("7001", BrokerOrder.State.FILLED, 25));
        List<Holding> holdings = List.of(holding(ALPHA, 90, "9900"), holding(BETA, 25, "500"));
        var _ = compare(won(8_000_000), people, holdings);
        var once = everything();

        assertThat(compare(won(8_000_000), people, holdings)).isEmpty();

        assertThat(everything()).isEqualTo(once);
    }

    /** D10, over random books. */
    @Test
    void reconcilingIsIdempotentWhateverTheBrokerHolds() throws InterruptedException {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            TradingWorld other = new TradingWorld(new MemoryStore(), new VirtualTime(TradingWorld.SIGNALS));
            other.open();
            AccountComparison compared =
                    new AccountComparison(other.orders, other.portfolios, new AdoptionMapper(other.store), other.time);
            for (int step = 0; step < 6; step++) {
                List<Holding> holdings = new ArrayList<>();
                for (InstrumentId id : List.of(ALPHA, BETA)) {
                    if (random.nextBoolean()) {
                        holdings.add(holding(id, random.nextInt(-5, 50), "100"));
                    }
                }
                Funds funds = new Funds(won(random.nextInt(1_000)), won(0), won(0));
                var _ = compared.compare(ACCOUNT, SESSION, List.of(), holdings, funds, TRAITS, other.run());
                var once = everything(other);
                assertThat(compared.compare(ACCOUNT, SESSION, List.of(), holdings, funds, TRAITS, other.run()))
                        .as("seed %d step %d", seed, step)
                        .isEmpty();
                assertThat(everything(other)).as("seed %d step %d", seed, step).isEqualTo(once);
                assertThat(other.cash().balance()).as("seed %d", seed).isEqualByComparingTo(funds.balance());
            }
        }
    }

    @Test
    void aPersonsOrderIsKeptOnceAndFollowed() {
        BrokerOrder working = byHand("7001", BrokerOrder.State.WORKING, 0);
        assertThat(compare(CAPITAL, List.of(working), List.of()))
                .singleElement()
                .asString()
                .contains("7001", "25");
        assertThat(compare(CAPITAL, List.of(working), List.of())).isEmpty();
        assertThat(adoptions.foreign(ACCOUNT, SESSION)).containsExactly(working);

        BrokerOrder half = byHand("7001", BrokerOrder.State.WORKING, 10);
        assertThat(compare(CAPITAL, List.of(half), List.of())).isEmpty();
        assertThat(adoptions.foreign(ACCOUNT, SESSION)).containsExactly(half);
        BrokerOrder ended = byHand("7001", BrokerOrder.State.CANCELLED, 10);
        var _ = compare(CAPITAL, List.of(ended), List.of());
        assertThat(adoptions.foreign(ACCOUNT, SESSION)).containsExactly(ended);

        assertThat(events("ExternalOrderFound")).hasSize(1);
        assertThat(adoptions.foreign(ACCOUNT, SESSION.plusDays(1))).isEmpty();
    }

    @Test
    void moneyIsComparedWhileAnEntryOnlyWaitsToBeSent() throws InterruptedException {
        FakeBroker broker = new FakeBroker();
        broker.precheck = new Broker.Precheck.Failed("no answer");
        var _ = world.desk(broker).enter(entry(ALPHA, 10_000, 100), world.run());
        assertThat(world.only().state()).isEqualTo(OrderState.INTENDED);

        assertThat(compare(won(9_000_000), holding(ALPHA, 5, "9900"))).hasSize(1);

        assertThat(world.cash().balance()).isEqualByComparingTo("9000000");
        assertThat(world.cash().reserved()).isEqualByComparingTo("1001000");
        assertThat(world.portfolios.position(ACCOUNT, ALPHA)).isEmpty();
    }

    @Test
    void anOrderThatEndedUnfilledDelaysNothing() throws InterruptedException {
        OrderDesk desk = world.desk(new FakeBroker());
        var _ = desk.enter(entry(ALPHA, 10_000, 100), world.run());
        var _ = desk.cancel(world.only(), "enough", world.run());

        assertThat(compare(won(9_000_000), holding(ALPHA, 5, "9900"))).hasSize(2);
    }

    @Test
    void aCorrectionThatLostItsRaceIsLeftToTheNextRun() {
        AccountComparison beaten = new AccountComparison(
                world.orders,
                world.portfolios,
                new Adoptions() {
                    @Override
                    public List<BrokerOrder> foreign(AccountId account, LocalDate session) {
                        return List.of();
                    }

                    @Override
                    public void adopt(
                            Fence fence, AccountId account, LocalDate session, BrokerOrder order, DomainEvent found) {}

                    @Override
                    public boolean correct(Fence fence, Position position, DomainEvent drift) {
                        return false;
                    }

                    @Override
                    public boolean correct(Fence fence, Cash cash, DomainEvent drift) {
                        return false;
                    }
                },
                world.time);

        assertThat(beaten.compare(
                        ACCOUNT,
                        SESSION,
                        List.of(),
                        List.of(holding(ALPHA, 5, "1")),
                        new Funds(won(1), won(1), won(1)),
                        TRAITS,
                        world.run()))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).endsWith("; it changed meanwhile, the next run looks again"));
        assertThat(compare(won(1), holding(ALPHA, 5, "1"))).hasSize(2).allSatisfy(line -> assertThat(line)
                .doesNotContain("meanwhile"));
    }

    @Test
    void aRunThatLostItsLeaseCorrectsNothing() {
        world.lease(99);

        assertThatThrownBy(() -> compare(won(1))).isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> compare(CAPITAL, holding(ALPHA, 1, "1"))).isInstanceOf(LeaseLostException.class);
        assertThat(world.cash().balance()).isEqualByComparingTo(CAPITAL);
        assertThat(world.portfolios.position(ACCOUNT, ALPHA)).isEmpty();
    }

    /** S6. */
    @Test
    void withoutACostBasisNothingIsDecidedByProfitOrLoss() {
        Position bare = Position.none(ACCOUNT, ALPHA, SESSION)
                .bought(
                        won(10),
                        BigDecimal.ZERO,
                        BigDecimal.ZERO,
                        SESSION,
                        "order",
                        "momentum",
                        won(10),
                        won(20),
                        won(10));

        assertThat(ExitRules.onPrice(bare, false, won(1))).isEmpty();
        assertThat(ExitRules.onPrice(bare, false, won(1_000_000))).isEmpty();
        assertThat(ExitRules.onPrice(bare, true, won(1)))
                .hasValueSatisfying(exit -> assertThat(exit.rule()).isEqualTo(ExitRule.EMERGENCY));
    }

    private void hold(InstrumentId id, long quantity) throws InterruptedException {
        fill(id, quantity);
        world.time.advanceTo(world.time.now().plusSeconds(600));
    }

    private void fill(InstrumentId id, long quantity) throws InterruptedException {
        var _ = world.desk.enter(entry(id, 10_000, quantity), world.run());
        world.time.advanceTo(OPEN);
        world.quotes.trade(id, 9_900, 9_900, 9_900, 9_900, 50_000, OPEN);
        AdvanceReport report = world.desk.advance(ACCOUNT, world.run());
        assertThat(report.fills()).hasSize(1);
    }

    private BigDecimal balance() {
        return world.cash().balance();
    }

    private List<String> compare(BigDecimal balance, Holding... holdings) {
        return compare(balance, List.of(), List.of(holdings));
    }

    private List<String> compare(BigDecimal balance, List<BrokerOrder> foreign, List<Holding> holdings) {
        return comparison.compare(
                ACCOUNT, SESSION, foreign, holdings, new Funds(balance, balance, balance), TRAITS, world.run());
    }

    private static Holding holding(InstrumentId id, long quantity, String cost) {
        return new Holding(id, won(quantity), won(quantity), Optional.of(new BigDecimal(cost)));
    }

    private static BrokerOrder byHand(String id, BrokerOrder.State state, long filled) {
        return new BrokerOrder(
                id, Optional.empty(), BETA, Side.BUY, won(25), Optional.of(won(500)), OPEN, state, won(filled), "");
    }

    private List<DomainEvent> drifts() {
        return events("BooksDrifted");
    }

    private List<DomainEvent> events(String type) {
        return new Outbox(world.store)
                .pending().stream().filter(event -> event.type().equals(type)).toList();
    }

    private Map<String, List<Item>> everything() {
        return everything(world);
    }

    private static Map<String, List<Item>> everything(TradingWorld world) {
        Map<String, List<Item>> all = new TreeMap<>();
        for (String partition : List.of("POSITIONS#", "CASH#", "EXTERNAL_ORDERS#")) {
            all.put(partition, world.store.query(Query.all(Table.STATE, partition + ACCOUNT)));
        }
        all.put("OUTBOX", world.store.query(Query.all(Table.STATE, "OUTBOX")));
        return all;
    }
}
