package io.haetae.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.calendar.Session;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.functions.FakePlatform;
import io.haetae.functions.Graph;
import io.haetae.functions.Platform;
import io.haetae.job.Fence;
import io.haetae.job.JobName;
import io.haetae.job.Leases;
import io.haetae.job.Run;
import io.haetae.job.Slot;
import io.haetae.local.home.FileSecrets;
import io.haetae.local.home.Home;
import io.haetae.local.home.World;
import io.haetae.local.kis.KisSimulator;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.local.store.SqliteStore;
import io.haetae.local.world.WorldMark;
import io.haetae.market.DailyRow;
import io.haetae.market.InstrumentId;
import io.haetae.market.KrxMarket;
import io.haetae.market.Venue;
import io.haetae.order.DayLimits;
import io.haetae.order.EntryRequest;
import io.haetae.order.ExitTerms;
import io.haetae.order.Order;
import io.haetae.order.OrderState;
import io.haetae.order.OrderType;
import io.haetae.order.Validity;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.store.Action;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.OrderMapper;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.Store;
import io.haetae.time.VirtualTime;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An order that reads cannot judge, from its lost answer at the simulated Korean broker to the word of a person. */
class SettleCommandTest {

    private static final World VENUES = World.venues("paper", "SIM");
    private static final AccountId SIM = new AccountId(Mode.SIM, Venue.KIS, "default_user", "KRW");
    private static final LocalDate SESSION = GeneratedMarket.DEFAULT_DAY;
    private static final Session HOURS = XkrxCalendar.bundled().session(SESSION).orElseThrow();
    private static final GeneratedMarket MARKET = GeneratedMarket.small(5, 20);
    private static final String PLACING = "/uapi/domestic-stock/v1/trading/order-cash";
    private static final BigDecimal AMPLE = new BigDecimal("1000000000");
    private static final BigDecimal TEN = BigDecimal.TEN;

    @TempDir
    Path folder;

    private final VirtualTime time = new VirtualTime(HOURS.open().plusSeconds(5_400));
    private Shell shell;
    private KisSimulator kis;
    private DailyRow share;
    private BigDecimal limit;

    @BeforeEach
    void aBrokersPaperServer() {
        shell = new Shell(folder);
        shell.time = time;
        kis = new KisSimulator(
                time,
                MARKET,
                folder.resolve("kis.json"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                true);
        shell.environment.putAll(Map.of(
                "KIS_ENV",
                "paper",
                "KIS_REST_BASE",
                kis.base().toString(),
                "KIS_APP_KEY",
                KisSimulator.APP_KEY,
                "KIS_APP_SECRET",
                KisSimulator.APP_SECRET,
                "KIS_ACCOUNT",
                KisSimulator.ACCOUNT,
                "ORCHESTRATOR_DRY_RUN",
                "false"));
        share = MARKET.rows(SESSION, KrxMarket.KOSPI).getFirst();
        limit = BigDecimal.valueOf(
                MARKET.at(time.now(), share.symbol()).orElseThrow().lower());
    }

    @AfterEach
    void close() {
        kis.close();
    }

    private <T> T inStore(Function<Store, T> use) {
        Path file = new Home(shell.home).open(VENUES).resolve("haetae.db");
        try (SqliteStore store = SqliteStore.open(file)) {
            WorldMark.check(store, VENUES);
            return use.apply(store);
        }
    }

    /** One purchase of ten shares far below the market, as a run of the signals would send it. */
    private Order bought() {
        return inStore(store -> {
            var _ = new PortfolioMapper(store).open(SIM, AMPLE);
            Fence fence = new Fence(Leases.name(JobName.SIGNAL_GENERATION, Mode.SIM, Optional.of("default_user")), 1);
            var _ = store.commit(List.of(Action.put(Item.at(Key.state(fence.lease(), Leases.SORT))
                    .with(Leases.FENCE, fence.number())
                    .build())));
            Slot slot =
                    new Slot(JobName.SIGNAL_GENERATION, SESSION.toString(), "", Mode.SIM, Optional.of("default_user"));
            Instant now = time.now();
            Run run = new Run(slot, SESSION, fence, now, now.plus(Duration.ofMinutes(5)), false, true);
            EntryRequest wanted = new EntryRequest(
                    SIM,
                    SESSION,
                    "momentum",
                    new InstrumentId(Venue.KIS, share.symbol()),
                    "the day before",
                    OrderType.LIMIT,
                    limit,
                    TEN,
                    BigDecimal.ONE,
                    limit.multiply(TEN).multiply(new BigDecimal("1.05")),
                    new Validity(HOURS.open(), HOURS.close(), HOURS.close()),
                    new DayLimits(20, AMPLE, 5, AMPLE),
                    new ExitTerms(TEN, null, null),
                    "wanted");
            try {
                var _ = new Graph(platform(store)).koreanDesk().enter(wanted, run);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return only(store);
        });
    }

    private Platform platform(Store store) {
        return FakePlatform.of(
                shell.environment,
                new FileSecrets(new Home(shell.home).folder(VENUES).resolve("secrets"), shell.environment),
                store,
                time,
                _ -> {},
                _ -> {},
                _ -> {});
    }

    private static Order only(Store store) {
        List<Order> orders = new OrderMapper(store).ofSession(SIM, SESSION);
        assertThat(orders).hasSize(1);
        return orders.getFirst();
    }

    private Order only() {
        return inStore(SettleCommandTest::only);
    }

    private BigDecimal reserved() {
        return inStore(
                store -> new PortfolioMapper(store).cash(SIM).orElseThrow().reserved());
    }

    /** A purchase whose answer is lost, and beside it a person's that is like it in everything. */
    private Order ambiguous() {
        kis.server().loseAnswers(PLACING, 1);
        Order lost = bought();
        assertThat(lost.state()).isEqualTo(OrderState.UNKNOWN);
        var _ = kis.byHand(share.symbol(), true, 10, limit.longValueExact());
        return lost;
    }

    private void untilJudged(Order lost) {
        time.advanceTo(Objects.requireNonNull(lost.sendBy()).plusSeconds(46));
    }

    /** A run by hand has the minute as its slot. */
    private void aMinuteLater() {
        time.advanceTo(time.now().plusSeconds(60));
    }

    private Shell.Result settle(Order order, String... more) {
        List<String> words = new ArrayList<>(List.of("orders", "settle", order.id()));
        words.addAll(List.of(more));
        words.addAll(List.of("--by", "Kim", "--reason", "saw it on the screen"));
        return shell.at(words.toArray(String[]::new));
    }

    private String ours() {
        return SESSION.toString().replace("-", "") + "-" + kis.taken().getFirst();
    }

    /** The alarm tells what to type; who types it has the order followed from there on. */
    @Test
    void whatTheAlarmSaysIsTypedAndTheOrderIsFilled() {
        Order lost = ambiguous();
        untilJudged(lost);
        assertThat(shell.at("run-job", "risk_checks").out()).contains("orders settle");
        assertThat(only().state()).isEqualTo(OrderState.UNKNOWN);
        String story = shell.at("orders", lost.id()).out();
        Matcher told = Pattern.compile(
                        "\\./haetae (orders settle \\S+ --as placed --broker-id )\\S+ --by NAME --reason TEXT")
                .matcher(story);
        assertThat(told.find()).as(story).isTrue();

        kis.fill(kis.taken().getFirst(), 10);
        Shell.Result settled = shell.at((told.group(1) + ours() + " --by Kim --reason seen").split(" "));

        assertThat(settled.err()).isEmpty();
        assertThat(settled.out())
                .isEqualTo("world venues:kis=paper,saxo=SIM\nSIM/KIS/default_user/KRW: order " + lost.id()
                        + " buys 10, ACCEPTED, settled as the broker's order " + ours() + " by Kim: seen\n");
        aMinuteLater();
        assertThat(shell.at("run-job", "risk_checks").code()).isZero();
        assertThat(only().state()).isEqualTo(OrderState.FILLED);
        assertThat(reserved()).isZero();
        assertThat(shell.at("orders", lost.id()).out())
                .containsSubsequence(
                        "no answer",
                        "alarm",
                        "settled",
                        "ACCEPTED",
                        "by Kim: seen; there it is FILLED, 10 of 10 filled",
                        "came back");
        assertThat(shell.at("orders").out()).as("the person's").contains("placed by people");
        assertThat(kis.posts()).isEqualTo(1);
    }

    @Test
    void whatNeverArrivedGivesItsCashBackAndIsSaidTwiceWithoutHarm() {
        Order lost = ambiguous();
        untilJudged(lost);
        assertThat(reserved()).isPositive();

        Shell.Result first = settle(lost, "--as", "not-placed");
        Shell.Result second = settle(lost, "--as", "not-placed");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).contains("WRITTEN_OFF, settled as not placed by Kim: saw it on the screen\n");
        assertThat(second.code()).isZero();
        assertThat(second.out()).contains("WRITTEN_OFF", "; as it was\n");
        assertThat(reserved()).isZero();
        assertThat(shell.at("run-job", "risk_checks").code()).isZero();
        assertThat(only().state()).isEqualTo(OrderState.WRITTEN_OFF);
        assertThat(kis.posts()).isEqualTo(1);
    }

    /** A row that fits the order in all but its time is a person's, until a person says that it is not. */
    @Test
    void whatWasTakenForAPersonsIsListedOnceItIsOurs() {
        Order lost = ambiguous();
        untilJudged(lost);
        String late = SESSION.toString().replace("-", "") + "-"
                + kis.byHand(share.symbol(), true, 10, limit.longValueExact());
        assertThat(shell.at("run-job", "risk_checks").code()).isZero();
        assertThat(shell.at("orders").out()).containsSubsequence("placed by people", late);

        assertThat(settle(lost, "--as", "placed", "--broker-id", late).code()).isZero();

        assertThat(only().brokerId()).isEqualTo(late);
        assertThat(shell.at("orders").out()).contains(late).doesNotContain("placed by people");
    }

    @Test
    void whatMayNotBeSettledIsRefusedWithFourAndOneLine() {
        kis.server().loseAnswers(PLACING, 1);
        Order lost = bought();

        refused(
                settle(lost, "--as", "not-placed"),
                "it may still be on its way, and can be judged from 2026-03-18T01:31");
        untilJudged(lost);
        refused(settle(lost, "--as", "not-placed"), "the broker shows it as " + ours() + ", WORKING");
        refused(settle(lost, "--as", "placed", "--broker-id", "20260318-9"), "the broker shows it as " + ours());
        shell.environment.remove("KIS_ACCOUNT");
        refused(settle(lost, "--as", "not-placed"), "the broker cannot be asked, NO_KEY kis/account");

        assertThat(only()).isEqualTo(lost);
    }

    private static void refused(Shell.Result result, String... words) {
        assertThat(result.code()).as(result.err()).isEqualTo(ExitCode.REFUSED);
        assertThat(result.errLines()).hasSize(1);
        assertThat(result.err()).contains("is not settled: ").contains(words);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void anOrderThatIsNotThereIsNamed() {
        Order lost = bought();

        Shell.Result other = shell.at(
                ("orders settle 20260318-" + "0".repeat(32) + " --as not-placed --by Kim --reason x").split(" "));
        Shell.Result beginning = shell.at(
                ("orders settle " + lost.id().substring(0, 13) + " --as not-placed --by Kim --reason x").split(" "));

        assertThat(other.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(other.err()).contains("no order is named 20260318-000");
        assertThat(beginning.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(beginning.err()).contains("no order's whole name");
    }
}
