package io.haetae.local.saxo;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.config.KeptSecrets;
import io.haetae.config.Settings;
import io.haetae.functions.saxocycle.SaxoCycle;
import io.haetae.functions.saxotoken.SaxoTokenRefresh;
import io.haetae.job.Fence;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.job.Leases;
import io.haetae.job.Run;
import io.haetae.job.Slot;
import io.haetae.market.Venue;
import io.haetae.order.Order;
import io.haetae.order.OrderState;
import io.haetae.order.Side;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.Position;
import io.haetae.saxo.SaxoClient;
import io.haetae.saxo.SaxoToken;
import io.haetae.store.Action;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.MemoryStore;
import io.haetae.store.OrderMapper;
import io.haetae.store.Outcome;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.SecretLeases;
import io.haetae.store.Store;
import io.haetae.time.VirtualTime;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaxoCycleTest {

    /** Midnight in Seoul; the New York session of the day before is half over. */
    private static final Instant MIDNIGHT = Instant.parse("2026-01-06T15:00:00Z");

    private static final AccountId ACCOUNT = new AccountId(Mode.DRY_RUN, Venue.SAXO, "tester", "USD");
    private static final String LEASE = Leases.name(JobName.SAXO_CYCLE, Mode.DRY_RUN, Optional.of("tester"));

    @TempDir
    private Path folder;

    private static Settings.Saxo settings(String stop, String size, Settings.HoursMode hours) {
        return new Settings.Saxo(
                true,
                false,
                List.of(
                        new Settings.WatchedInstrument("AAPL", "Stock", 211),
                        new Settings.WatchedInstrument("MSFT", "Stock", 0),
                        new Settings.WatchedInstrument("GOOGL", "Stock", 0),
                        new Settings.WatchedInstrument("TSLA", "Stock", 0),
                        new Settings.WatchedInstrument("AMZN", "Stock", 0),
                        new Settings.WatchedInstrument("BTCUSD", "FxSpot", 21700189),
                        new Settings.WatchedInstrument("ETHUSD", "FxSpot", 21750301),
                        new Settings.WatchedInstrument("EURUSD", "FxSpot", 0),
                        new Settings.WatchedInstrument("NOSUCH", "Stock", 0)),
                5,
                new BigDecimal(stop),
                new BigDecimal("0.05"),
                new BigDecimal(size),
                new BigDecimal("500"),
                10,
                hours,
                LocalTime.of(9, 30),
                LocalTime.of(16, 0),
                ZoneId.of("America/New_York"),
                BigDecimal.ONE,
                new BigDecimal("10000"),
                true,
                true,
                true);
    }

    /** A simulated bank, a store in memory and the two bodies. */
    private final class World implements AutoCloseable {
        private final VirtualTime time = new VirtualTime(MIDNIGHT);
        private final Store store = new MemoryStore();
        private final KeptSecrets secrets = new KeptSecrets();
        private final SaxoSimulator simulator;
        private final SaxoCycle cycle;
        private final SaxoTokenRefresh refresh;
        private final List<String> story = new ArrayList<>();
        private final Mode mode;
        private final AccountId account;

        World(String name, long seed, Settings.Saxo settings) {
            this(name, seed, settings, Mode.DRY_RUN);
        }

        World(String name, long seed, Settings.Saxo settings, Mode mode) {
            this.mode = mode;
            this.account = new AccountId(mode, Venue.SAXO, "tester", "USD");
            simulator = new SaxoSimulator(
                    time, seed, folder.resolve(name), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            secrets.values.putAll(simulator.secrets());
            SaxoToken token = new SaxoToken(
                    true, secrets, new SecretLeases(store, time, () -> "owner"), simulator.authBase(), time);
            cycle = new SaxoCycle(
                    settings, secrets, token, new SaxoClient(simulator.restBase(), token, time), store, time);
            refresh = new SaxoTokenRefresh(token);
            Outcome _ = store.commit(List.of(Action.put(
                    Item.at(Key.state(LEASE, Leases.SORT)).with(Leases.FENCE, 1).build())));
        }

        JobResult run() throws InterruptedException {
            return cycle.run(new Run(
                    new Slot(JobName.SAXO_CYCLE, time.now().toString(), "", mode, Optional.of("tester")),
                    LocalDate.of(2026, 1, 6),
                    new Fence(LEASE, 1),
                    time.now(),
                    time.now().plusSeconds(210),
                    false,
                    true));
        }

        void day() throws InterruptedException {
            every(5, 24);
        }

        void every(int minutes, int hours) throws InterruptedException {
            for (int minute = 0; minute < hours * 60; minute += minutes) {
                time.advanceTo(MIDNIGHT.plus(Duration.ofMinutes(minute)));
                JobResult result = run();
                story.add(time.now() + " " + result);
            }
        }

        List<Order> orders() {
            List<Order> orders = new ArrayList<>();
            OrderMapper mapper = new OrderMapper(store);
            for (LocalDate date = LocalDate.of(2026, 1, 4); date.getDayOfMonth() < 10; date = date.plusDays(1)) {
                orders.addAll(mapper.ofSession(account, date));
            }
            return orders;
        }

        @Override
        public void close() {
            simulator.close();
            store.close();
        }
    }

    @Test
    void aDayActsOnCrossingsOnceABarAndTheSameDayTwiceIsTheSameDay() throws InterruptedException {
        Settings.Saxo settings = settings("0.02", "1000", Settings.HoursMode.ALWAYS);
        try (World first = new World("first", 42, settings);
                World second = new World("second", 42, settings)) {
            first.day();
            assertThat(first.orders()).as(() -> String.join("\n", first.story)).anySatisfy(order -> {
                assertThat(order.side()).isEqualTo(Side.BUY);
                assertThat(order.filled()).isEqualByComparingTo("1");
            });
            // One whole bitcoin is too much, so a part of it is bought.
            assertThat(first.orders()).as(() -> String.join("\n", first.story)).anySatisfy(order -> {
                assertThat(order.instrument().code()).isEqualTo("FxCrypto:21700189");
                assertThat(order.quantity()).isEqualByComparingTo("0.01");
                assertThat(order.reason()).contains("lowered from 1 for a position of at most 1000");
            });
            assertThat(first.orders().stream()
                            .filter(Order::isEntry)
                            .map(order -> order.intent().cause() + order.instrument()))
                    .doesNotHaveDuplicates();
            int before = first.orders().size();
            assertThat(first.run()).isInstanceOf(JobResult.Done.class);
            assertThat(first.orders()).hasSize(before);
            second.day();
            assertThat(second.story).isEqualTo(first.story);
            assertThat(new PortfolioMapper(second.store).account(ACCOUNT))
                    .isEqualTo(new PortfolioMapper(first.store).account(ACCOUNT));
        }
    }

    /** The process may die after the bar was noted as acted on, and before the run was. */
    @Test
    void aCycleThatIsTakenUpAgainSaysWhatItWouldHaveSaid() throws InterruptedException {
        try (World world = new World("again", 42, settings("0.02", "1000", Settings.HoursMode.ALWAYS))) {
            int entered = 0;
            for (int minute = 0; minute < 24 * 60; minute += 5) {
                world.time.advanceTo(MIDNIGHT.plus(Duration.ofMinutes(minute)));
                JobResult first = world.run();
                if (first instanceof JobResult.Done done && done.statistics().getOrDefault("entries", 0L) > 0) {
                    entered++;
                    assertThat(world.run()).isEqualTo(first);
                }
            }
            assertThat(entered).isPositive();
        }
    }

    @Test
    void aPositionUnderItsStopIsSoldWhole() throws InterruptedException {
        // So near that the spread alone reaches it.
        try (World world = new World("stop", 42, settings("0.00001", "1000", Settings.HoursMode.ALWAYS))) {
            world.day();
            assertThat(world.orders()).as(() -> String.join("\n", world.story)).anySatisfy(order -> {
                assertThat(order.side()).isEqualTo(Side.SELL);
                assertThat(order.rule()).isEqualTo(io.haetae.order.ExitRule.STOP);
                assertThat(order.filled()).isEqualByComparingTo("1");
            });
        }
    }

    @Test
    void aPositionAboveTheSizeLimitIsRefusedWithItsNumbers() throws InterruptedException {
        try (World world = new World("size", 42, settings("0.02", "1", Settings.HoursMode.INSTRUMENT))) {
            world.day();
            assertThat(world.orders()).isEmpty();
            assertThat(String.join("\n", world.story)).contains("POSITION_SIZE limit=1 actual=");
        }
    }

    @Test
    void fixedHoursKeepEntriesBackOutside() throws InterruptedException {
        try (World world = new World("hours", 42, settings("0.02", "1000", Settings.HoursMode.FIXED))) {
            world.time.advanceTo(Instant.parse("2026-01-06T21:00:59Z"));
            assertThat(world.run().reason()).doesNotContain("outside the hours");
            world.time.advanceTo(Instant.parse("2026-01-06T21:01:00Z"));
            assertThat(world.run().reason()).contains("outside the hours");
        }
    }

    @Test
    void whatCannotBeResolvedIsSkippedWithAReasonAndTheRestGoesOn() throws InterruptedException {
        try (World world = new World("skip", 42, settings("0.02", "1000", Settings.HoursMode.ALWAYS))) {
            JobResult result = world.run();
            assertThat(result).isInstanceOfSatisfying(JobResult.Done.class, done -> {
                assertThat(done.statistics()).containsEntry("skipped", 1L).containsEntry("fetched", 8L);
                assertThat(done.lines()).anyMatch(line -> line.startsWith("NOSUCH skipped: "));
            });
        }
    }

    @Test
    void withoutAKeyTheCycleAndTheTokenAreSkipped() throws InterruptedException {
        try (World world = new World("key", 42, settings("0.02", "1000", Settings.HoursMode.ALWAYS))) {
            world.secrets.values.remove("saxo/token");
            assertThat(world.run()).isEqualTo(new JobResult.Skipped("NO_KEY saxo/token"));
        }
    }

    @Test
    void theTokenJobRenewsBeforeTheTokenEnds() {
        try (World world = new World("token", 42, settings("0.02", "1000", Settings.HoursMode.ALWAYS))) {
            Run run = new Run(
                    new Slot(JobName.SAXO_TOKEN, "now", "", Mode.DRY_RUN, Optional.of("tester")),
                    LocalDate.of(2026, 1, 6),
                    new Fence(LEASE, 1),
                    MIDNIGHT,
                    MIDNIGHT,
                    false,
                    true);
            assertThat(world.refresh.run(run).reason()).startsWith("not due before 2026-01-06T15:18:00Z");
            world.time.advanceTo(MIDNIGHT.plus(Duration.ofMinutes(20)));
            assertThat(world.refresh.run(run).reason()).startsWith("renewed, valid until 2026-01-06T15:40:00Z");
        }
    }

    /** What the bank was asked for, by our own ids. */
    private static Map<String, Long> sent(World world) {
        return world.simulator.book().stream()
                .filter(order -> !order.reference().isEmpty())
                .collect(Collectors.groupingBy(
                        SaxoSimulator.BookedOrder::reference, TreeMap::new, Collectors.counting()));
    }

    private static Map<String, BigDecimal> ours(World world) {
        Map<String, BigDecimal> ours = new TreeMap<>();
        new PortfolioMapper(world.store)
                .positions(world.account).stream()
                        .filter(Position::isHeld)
                        .forEach(position -> ours.put(position.instrument().code(), position.held()));
        return ours;
    }

    private static void assertBooksAgree(World world) throws InterruptedException {
        // Long enough after the last fill for a difference to count.
        world.time.advanceTo(world.time.now().plus(Duration.ofMinutes(5)));
        JobResult last = world.run();
        String story = String.join("\n", world.story) + "\n" + last;
        assertThat(ours(world))
                .as(story)
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(world.simulator.held());
        assertThat(sent(world).values()).as(story).allMatch(count -> count == 1);
        assertThat(new PortfolioMapper(world.store)
                        .cash(world.account)
                        .orElseThrow()
                        .balance())
                .as(story)
                .isEqualByComparingTo(world.simulator.cash());
        assertThat(story).doesNotContain("drift in cash");
    }

    @Test
    void inTheBanksSimulationOrdersAreTheBanksAndBothBooksAgree() throws InterruptedException {
        try (World world = new World("sim", 42, settings("0.02", "1000", Settings.HoursMode.ALWAYS), Mode.SIM)) {
            world.every(20, 8);
            assertThat(world.orders()).as(() -> String.join("\n", world.story)).anySatisfy(order -> {
                assertThat(order.isEntry()).isTrue();
                assertThat(order.filled()).isPositive();
            });
            assertThat(sent(world)).isNotEmpty();
            assertBooksAgree(world);
        }
    }

    /** D1. */
    @Test
    void anOrderWhoseAnswerIsLostIsFoundAndNotSentAgain() throws InterruptedException {
        try (World world = new World("lost", 42, settings("0.02", "1000", Settings.HoursMode.ALWAYS), Mode.SIM)) {
            world.simulator.leaveNextOpen();
            world.simulator.refuseNextYetTakeIt();
            world.every(20, 8);
            assertThat(world.orders())
                    .as(() -> String.join("\n", world.story))
                    .noneMatch(order -> order.state() == OrderState.UNKNOWN);
            assertThat(sent(world)).hasSizeGreaterThan(1);
            assertBooksAgree(world);
        }
    }

    @Test
    void aDisclaimerStopsEntriesAndShowsItsTextUntilAPersonHasAcceptedIt() throws InterruptedException {
        try (World world = new World("text", 42, settings("0.02", "1000", Settings.HoursMode.ALWAYS), Mode.SIM)) {
            world.simulator.demandDisclaimer("Crypto", "You may lose all of it.");
            world.every(20, 8);
            assertThat(sent(world)).isEmpty();
            assertThat(String.join("\n", world.story)).contains("PreTradeDisclaimers", "You may lose all of it.");
            assertThat(world.orders()).isNotEmpty().allSatisfy(order -> {
                assertThat(order.state()).isEqualTo(OrderState.DENIED);
                assertThat(order.note()).contains("You may lose all of it.");
            });
        }
    }

    /** S9. */
    @Test
    void aFailedReadFailsTheRunAndEntersNothing() throws InterruptedException {
        try (World world = new World("down", 42, settings("0.02", "1000", Settings.HoursMode.ALWAYS), Mode.SIM)) {
            assertThat(world.run()).isInstanceOf(JobResult.Done.class);
            world.simulator
                    .server()
                    .answerNext("/sim/openapi/cs/", Integer.MAX_VALUE, io.haetae.local.http.Answer.empty(503));
            for (int minute = 5; minute < 120; minute += 30) {
                world.time.advanceTo(MIDNIGHT.plus(Duration.ofMinutes(minute)));
                assertThat(world.run())
                        .isInstanceOfSatisfying(JobResult.Failed.class, failed -> assertThat(failed.reason())
                                .contains("could not be read"));
            }
            assertThat(sent(world)).isEmpty();
        }
    }

    /** S1. */
    @Test
    void whatAPersonBoughtCountsAndIsNeverSold() throws InterruptedException {
        try (World world = new World("person", 42, settings("0.00001", "1000", Settings.HoursMode.ALWAYS), Mode.SIM)) {
            assertThat(world.run()).isInstanceOf(JobResult.Done.class);
            for (String code : List.of("Stock:211", "Stock:261", "Stock:307421", "Stock:47556", "Stock:112")) {
                world.simulator.orderByHand(code, true, BigDecimal.valueOf(3), Optional.empty());
            }
            world.every(20, 3);
            assertThat(ours(world)).containsKeys("Stock:211", "Stock:112");
            assertThat(world.simulator.held().get("Stock:211")).isEqualByComparingTo("3");
            assertThat(sent(world)).as(() -> String.join("\n", world.story)).isEmpty();
            assertBooksAgreeOnPositions(world);
        }
    }

    private static void assertBooksAgreeOnPositions(World world) {
        assertThat(ours(world))
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(world.simulator.held());
    }

    @Test
    void aTrialAccountIsNotTradedAsTheRealOne() throws InterruptedException {
        try (World world = new World("live", 42, settings("0.02", "1000", Settings.HoursMode.ALWAYS), Mode.LIVE)) {
            assertThat(world.run())
                    .isEqualTo(new JobResult.Refused("SAXO_ENV is LIVE, and the account is a trial account"));
        }
    }
}
