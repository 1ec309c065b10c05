package io.haetae.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.event.DomainEvent;
import io.haetae.functions.KoreanDesk;
import io.haetae.job.Fence;
import io.haetae.job.JobName;
import io.haetae.job.Leases;
import io.haetae.local.home.Home;
import io.haetae.local.home.World;
import io.haetae.local.store.SqliteStore;
import io.haetae.local.world.WorldMark;
import io.haetae.market.InstrumentId;
import io.haetae.market.PriceSource;
import io.haetae.market.Venue;
import io.haetae.order.BrokerOrder;
import io.haetae.order.Order;
import io.haetae.order.Side;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.risk.TradingState;
import io.haetae.store.Action;
import io.haetae.store.AdoptionMapper;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Outbox;
import io.haetae.store.Outcome;
import io.haetae.store.TradingStateMapper;
import io.haetae.time.VirtualTime;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code halt}, {@code resume}, {@code arm}, {@code disarm} and {@code orders} in the venues' world, between runs of the trading jobs. */
class TradingCommandsTest {

    private static final World VENUES = World.venues("real", "SIM");

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void atQuarterToNine() {
        shell = new Shell(folder);
        shell.time = new VirtualTime(new KoreanDesk().at("08:45").now());
    }

    private <T> T inStore(Function<SqliteStore, T> use) {
        Path file = new Home(shell.home).folder(VENUES).resolve("haetae.db");
        try (SqliteStore store = SqliteStore.open(file)) {
            WorldMark.check(store, VENUES);
            return use.apply(store);
        }
    }

    /** Signals of one share at 08:45, and monitoring after the open when {@code filled}. */
    private List<Order> traded(boolean filled) {
        return inStore(store -> {
            KoreanDesk desk = new KoreanDesk(store).at("08:45").scored("005930", 71_000, 90);
            try {
                desk.published(PriceSource.OFFICIAL).run(JobName.SIGNAL_GENERATION);
                if (filled) {
                    desk.quotes.set("005930", "70000");
                    desk.at("09:15").run(JobName.POSITION_MONITORING);
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return desk.orders();
        });
    }

    private TradingState state(AccountId account) {
        return inStore(store -> new TradingStateMapper(store).get(account).state());
    }

    @Test
    void aHaltStandsBeforeAnythingWasEverStartedAndNamesWhoAndWhy() {
        Shell.Result halt = shell.at("halt", "--by", "Kim", "--reason", "news");

        assertThat(halt.err()).isEmpty();
        assertThat(halt.code()).isZero();
        assertThat(halt.out())
                .contains(
                        "world venues:kis=real,saxo=SIM",
                        "DRY_RUN/KIS/default_user/KRW: HALTED (Kim: news)",
                        "DRY_RUN/SAXO/default_user/USD: HALTED (Kim: news)");
        assertThat(shell.at("status").out()).contains("KRW: HALTED (Kim: news)");
        List<DomainEvent> events = inStore(store -> new Outbox(store).pending());
        assertThat(events)
                .extracting(event -> event.type() + " " + event.detail().get("by"))
                .containsExactly("TradingHalted Kim", "TradingHalted Kim");
    }

    @Test
    void aResumeSetsFreeWhatTheSettingsMeanAndSaysWhatItWas() {
        shell.at("halt", "--by", "Kim", "--reason", "news");

        Shell.Result one = shell.at("resume", "--venue", "KIS", "--by", "Lee", "--reason", "read it");
        Shell.Result again = shell.at("resume", "--venue", "KIS", "--by", "Lee", "--reason", "read it");

        assertThat(one.out())
                .contains(
                        "DRY_RUN/KIS/default_user/KRW: ACTIVE (Lee: read it), was HALTED (Kim: news)",
                        "not resumed: DRY_RUN/SAXO/default_user/USD: HALTED (Kim: news)");
        assertThat(again.out()).contains("ACTIVE (Lee: read it), as it was");
        assertThat(state(KoreanDesk.ACCOUNT)).isEqualTo(TradingState.ACTIVE);
    }

    @Test
    void reducingNeverLowersAHalt() {
        assertThat(shell.at("halt", "--reducing", "--by", "Kim", "--reason", "calm")
                        .out())
                .contains("KRW: REDUCING (Kim: calm)");
        shell.at("halt", "--by", "Kim", "--reason", "news");

        assertThat(shell.at("halt", "--reducing", "--by", "Kim", "--reason", "calm")
                        .out())
                .contains("KRW: HALTED (Kim: news)");
    }

    /** A word about money does not land in the simulation that happened to be looked at last. */
    @Test
    void aHaltWithoutAWorldMeansTheVenuesWhateverWasOpenedLast() {
        World simulated = World.simulated(7);
        Path file = new Home(shell.home).open(simulated).resolve("haetae.db");
        try (SqliteStore store = SqliteStore.open(file)) {
            WorldMark.check(store, simulated);
        }

        Shell.Result venues = shell.at("halt", "--by", "Kim", "--reason", "news");
        Shell.Result named = shell.at("halt", "--seed", "7", "--by", "Kim", "--reason", "news");

        assertThat(venues.out()).contains("world venues:kis=real,saxo=SIM (simulated:7, opened last, is not touched");
        assertThat(named.out()).startsWith("world simulated:7\n");
        assertThat(new Home(shell.home).lastOpened()).contains(simulated);
    }

    @Test
    void ordersAreListedAndOneTellsItsWholeStory() {
        Order order = traded(true).getFirst();

        Shell.Result list = shell.at("orders");
        Shell.Result story = shell.at("orders", order.id().substring(0, 13));
        Shell.Result json = shell.at("orders", order.id(), "--json");

        assertThat(list.out())
                .startsWith("world venues:kis=real,saxo=SIM\n")
                .contains(order.id() + "  DRY_RUN/KIS/default_user/KRW  BUY", "005930", "FILLED");
        assertThat(story.code()).isZero();
        assertThat(story.out())
                .startsWith(order.id() + "  BUY")
                .contains("mode", "DRY_RUN", order.reason(), "stop 10 %, target 20 %")
                .containsSubsequence(
                        "wanted", "INTENDED", "checked", "sent", "SENDING", "came back", "FILLED", "Fills");
        assertThat(json.out()).contains("\"mode\" : \"DRY_RUN\"", "\"event\" : \"SEND\"", "\"commission\" : ");
    }

    @Test
    void onlyWhatIsUnderWayIsOpenAndOnlyTheAskedSessionIsListed() {
        Order order = traded(false).getFirst();

        assertThat(shell.at("orders", "--open").out()).contains(order.id(), "ACCEPTED");
        assertThat(shell.at("orders", "--date", "2026-01-06").out()).contains(order.id());
        assertThat(shell.at("orders", "--date", "2026-01-07").out()).contains("no orders");
        Shell.Result unknown = shell.at("orders", "20260107-1");
        assertThat(unknown.code()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(unknown.err()).contains("no order begins with 20260107-1");
    }

    /** What people do in the same account is told beside what we do. */
    @Test
    void peoplesOrdersAreToldApart() {
        traded(false);
        BrokerOrder theirs = new BrokerOrder(
                "20260106-0000000007",
                Optional.empty(),
                new InstrumentId(Venue.KIS, "000660"),
                Side.SELL,
                BigDecimal.TEN,
                Optional.empty(),
                shell.time.now(),
                BrokerOrder.State.FILLED,
                BigDecimal.TEN,
                "");
        inStore(store -> {
            String lease = Leases.name(JobName.RISK_CHECKS, Mode.DRY_RUN, Optional.of("default_user"));
            Outcome _ = store.commit(List.of(Action.put(
                    Item.at(Key.state(lease, Leases.SORT)).with(Leases.FENCE, 9).build())));
            new AdoptionMapper(store)
                    .adopt(
                            new Fence(lease, 9),
                            KoreanDesk.ACCOUNT,
                            KoreanDesk.SESSION,
                            theirs,
                            new DomainEvent("found", "ExternalOrderFound", "x", shell.time.now(), Map.of()));
            return true;
        });

        assertThat(shell.at("orders").out())
                .containsSubsequence(
                        "005930", "placed by people", "20260106-0000000007", "SELL", "000660", "MARKET", "FILLED");
        assertThat(shell.at("orders", "--json").out()).contains("\"brokerId\" : \"20260106-0000000007\"");
    }

    /** An entry that rests at the broker when a person halts is cancelled by the next run, and its story says so. */
    @Test
    void aHaltCancelsWhatRestsInTheNextRun() {
        Order order = traded(false).getFirst();
        shell.at("halt", "--by", "Kim", "--reason", "news");

        inStore(store -> {
            try {
                return new KoreanDesk(store).at("08:50").run(JobName.RISK_CHECKS);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });

        assertThat(shell.at("orders", order.id()).out())
                .containsSubsequence("sent", "CANCELLING", "trading state HALTED", "came back", "CANCELLED");
    }

    private Shell.Result arm(String... more) {
        List<String> words = new ArrayList<>(List.of("arm", "--venue", "KIS", "--by", "Kim", "--reason", "first day"));
        words.addAll(List.of("--until", "15:30", "--max-notional", "5000000"));
        words.addAll(List.of(more));
        return shell.at(words.toArray(String[]::new));
    }

    /** One key alone sends nothing, and says which the other one is. */
    @Test
    void anArmingNamesWhoWhyUntilWhenAndHowMuchAndTheOtherKey() {
        Shell.Result dry = arm();
        Shell.Result live = arm("--no-dry-run");

        assertThat(dry.code()).isZero();
        assertThat(dry.out())
                .contains(
                        "LIVE/KIS/default_user/KRW: armed by Kim (first day) until 2026-01-06 15:30 (Asia/Seoul),"
                                + " entries of at most 5,000,000 KRW together, 0 used",
                        "these settings say mode DRY_RUN",
                        "ORCHESTRATOR_DRY_RUN=false");
        assertThat(live.out()).contains("armed by Kim").doesNotContain("note:");
        assertThat(shell.at("status", "--no-dry-run").out())
                .contains("mode LIVE at KIS, DRY_RUN at Saxo", "armed by Kim (first day) until 2026-01-06 15:30");
    }

    @Test
    void statusTellsALapsedArmingAndHowToArmWithoutOne() {
        arm();
        shell.time = new VirtualTime(Instant.parse("2026-01-06T06:30:00Z"));
        assertThat(shell.at("status", "--no-dry-run").out()).contains("armed by Kim (first day) but lapsed at");

        shell.at("disarm", "--by", "Lee", "--reason", "done");

        assertThat(shell.at("status", "--no-dry-run").out())
                .contains("LIVE/KIS/default_user/KRW: not armed, entries are denied: ./haetae arm --venue KIS");
    }

    @Test
    void aDisarmSaysWhatStoodAndIsHarmlessTwice() {
        arm();

        Shell.Result first = shell.at("disarm", "--by", "Lee", "--reason", "done");
        Shell.Result second = shell.at("disarm", "--venue", "KIS", "--by", "Lee", "--reason", "done");

        assertThat(first.out())
                .contains("KRW: disarmed by Lee (done), was armed by Kim until 2026-01-06 15:30", "exits go on");
        assertThat(second.out()).contains("LIVE/KIS/default_user/KRW: was not armed");
        List<DomainEvent> events = inStore(store -> new Outbox(store).pending());
        assertThat(events).extracting(DomainEvent::type).containsExactly("TradingArmed", "TradingDisarmed");
    }

    /** Invariant 6: a mode without its keys runs and is skipped; it never falls back to another. */
    @ParameterizedTest
    @ValueSource(strings = {"risk_checks", "position_monitoring", "signal_generation"})
    void liveWithoutTheBrokersKeyIsSkippedAndTradesNowhereElse(String job) {
        Shell.Result run = shell.at("run-job", job, "--no-dry-run");

        assertThat(run.out()).startsWith(job + " SKIPPED: NO_KEY kis/app-key");
        assertThat(run.code()).isZero();
        shell.environment.put("KIS_APP_KEY", "key");
        shell.environment.put("KIS_APP_SECRET", "secret");
        assertThat(shell.at("run-job", job, "--no-dry-run").out()).contains("NO_KEY kis/account");
    }
}
