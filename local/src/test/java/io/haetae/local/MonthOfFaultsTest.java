package io.haetae.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.local.driver.Driver;
import io.haetae.local.http.Answer;
import io.haetae.local.http.LoopbackServer;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.local.schedule.Template;
import io.haetae.local.world.SimulatedWorld;
import io.haetae.market.Coverage;
import io.haetae.market.DailyRow;
import io.haetae.market.KrxMarket;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import io.haetae.market.Refusal;
import io.haetae.store.Action;
import io.haetae.store.GapMapper;
import io.haetae.store.IndicatorMapper;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.MarketDataMapper;
import io.haetae.store.MemoryStore;
import io.haetae.store.Outcome;
import io.haetae.store.Query;
import io.haetae.store.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * History is fetched, then a month is lived by the schedules with venues that fail and a process that dies. What is left
 * are exactly the sessions of the calendar, each as the Exchange published it or refused with a reason.
 */
class MonthOfFaultsTest {

    private static final int SYMBOLS = 40;
    private static final int DAYS = 30;
    private static final String TRADES = "/svc/apis/sto/";
    private static final String QUOTE = "/uapi/domestic-stock/v1/quotations/inquire-price";

    private final TradingCalendar calendar = XkrxCalendar.bundled();
    private final GeneratedMarket market = GeneratedMarket.small(SmallWorld.SEED, SYMBOLS);
    private final Store kept = new MemoryStore();
    private final MarketDataMapper data = new MarketDataMapper(kept);
    private final GapMapper gaps = new GapMapper(kept);
    private final List<String> story = new ArrayList<>();

    @TempDir
    Path folder;

    /** Here failures are what is asked for. */
    @BeforeAll
    static void quiet() {
        Configurator.setLevel("io.haetae", Level.OFF);
    }

    @AfterAll
    static void loud() {
        Configurator.setLevel("io.haetae", (Level) null);
    }

    @ParameterizedTest
    @ValueSource(longs = 1)
    void aMonthOfFaultsLeavesEachSessionCompleteOrRefused(long seed) throws Exception {
        live(SmallWorld.DAY.minusMonths(2), seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 11, 12})
    @Tag("long")
    void aMonthOfFaultsAfterThreeYearsLeavesEachSessionCompleteOrRefused(long seed) throws Exception {
        live(SmallWorld.DAY.minusYears(3), seed);
    }

    private void live(LocalDate from, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        LocalDate before =
                calendar.previous(calendar.previous(SmallWorld.DAY).date()).date();
        try (SimulatedWorld world = open(kept)) {
            assertThat(world.backfill().run(from, before, (_, _) -> {}).refused())
                    .isEmpty();
        }
        LocalDate day = SmallWorld.DAY;
        for (; day.isBefore(SmallWorld.DAY.plusDays(DAYS)); day = day.plusDays(1)) {
            boolean dies = random.nextInt(3) == 0;
            Store store = dies ? new Mortal(kept, 1 + random.nextInt(40), random.nextBoolean()) : kept;
            List<String> faults = new ArrayList<>();
            try (SimulatedWorld world = open(store)) {
                faults = faults(world, day, random);
                drive(world, store, day);
            } catch (Killed e) {
                faults.add("killed " + e.getMessage());
                try (SimulatedWorld world = open(kept)) {
                    drive(world, kept, day);
                }
            }
            story.add(day + " " + faults);
            check(from, day, seed);
        }
        try (SimulatedWorld world = open(kept)) {
            drive(world, kept, day);
            while (!calendar.isSession(day)) {
                day = day.plusDays(1);
                drive(world, kept, day);
            }
        }
        checkEnd(from, day, seed);
    }

    private SimulatedWorld open(Store store) {
        return SmallWorld.open(market, folder, SmallWorld.lasting(store));
    }

    /** Only the jobs that data go through. */
    private static void drive(SimulatedWorld world, Store store, LocalDate day) {
        List<Template.Function> collecting = new Template(SmallWorld.ROOT.resolve("template.yaml"), java.util.Map.of())
                .functions().stream()
                        .filter(function -> function.handler().contains("datacollection")
                                || function.handler().contains("indicatorcalculation")
                                || function.handler().contains("watchlistupdate"))
                        .toList();
        new Driver(collecting, world.functions(), world.followUps(), store, world.time(), (_, _, _, _) -> {})
                .drive(day);
    }

    /** What goes wrong this day: the four mornings' calls, and the evening's. */
    private List<String> faults(SimulatedWorld world, LocalDate day, SplittableRandom random) {
        List<String> planned = new ArrayList<>();
        if (!calendar.isSession(day)) {
            return planned;
        }
        LocalDate asked = calendar.previous(day).date();
        KrxMarket which = random.nextBoolean() ? KrxMarket.KOSPI : KrxMarket.KOSDAQ;
        String path = TRADES + (which == KrxMarket.KOSPI ? "stk_bydd_trd" : "ksq_bydd_trd");
        int times = 1 + random.nextInt(14);
        LoopbackServer krx = world.krxServer();
        switch (random.nextInt(10)) {
            case 0 -> plan(planned, "late", path, krx, times, Answer.json(200, "{\"OutBlock_1\":[]}"));
            case 1 -> plan(planned, "cut", path, krx, times, cut(rows(asked, asked, which, SYMBOLS), random));
            case 2 -> plan(planned, "half", path, krx, times, Answer.json(200, rows(asked, asked, which, 10)));
            case 3 -> plan(planned, "5xx", path, krx, times, Answer.json(503, "<html>later</html>"));
            case 4 -> plan(planned, "429", path, krx, times, Answer.json(429, "{}"));
            case 5 ->
                plan(
                        planned,
                        "of another date",
                        path,
                        krx,
                        times,
                        Answer.json(200, rows(asked, asked.minusDays(1), which, SYMBOLS)));
            case 6 -> {
                planned.add("dropped " + path + " " + times);
                krx.dropNext(path, times);
            }
            default -> {}
        }
        int quotes = 1 + random.nextInt(150);
        switch (random.nextInt(4)) {
            case 0 -> plan(planned, "busy", QUOTE, world.kisServer(), quotes, Answer.json(500, "{}"));
            case 1 -> {
                planned.add("dropped " + QUOTE + " " + quotes);
                world.kisServer().dropNext(QUOTE, quotes);
            }
            default -> {}
        }
        return planned;
    }

    private static void plan(
            List<String> planned, String what, String path, LoopbackServer server, int times, Answer answer) {
        planned.add(what + " " + path + " " + times);
        server.answerNext(path, times, answer);
    }

    private static Answer cut(String whole, SplittableRandom random) {
        byte[] bytes = whole.getBytes(StandardCharsets.UTF_8);
        return Answer.json(200, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
    }

    private String rows(LocalDate session, LocalDate written, KrxMarket which, int most) {
        String date = written.format(DateTimeFormatter.BASIC_ISO_DATE);
        return market.rows(session, which).stream()
                .limit(most)
                .map(row -> """
                        {"BAS_DD":"%s","ISU_CD":"%s","ISU_NM":"%s","TDD_CLSPRC":"%d","CMPPREVDD_PRC":"%d",\
                        "TDD_OPNPRC":"%d","TDD_HGPRC":"%d","TDD_LWPRC":"%d","ACC_TRDVOL":"%d","ACC_TRDVAL":"%d",\
                        "LIST_SHRS":"%d"}""".formatted(
                                date,
                                row.symbol(),
                                row.name(),
                                row.close(),
                                row.change(),
                                row.open(),
                                row.high(),
                                row.low(),
                                row.volume(),
                                row.value(),
                                row.shares()))
                .collect(Collectors.joining(",", "{\"OutBlock_1\":[", "]}"));
    }

    /** At every moment: no session that is none, and nothing complete that is not whole. */
    private void check(LocalDate from, LocalDate today, long seed) {
        for (Coverage coverage : data.coverage(LocalDate.of(2000, 1, 1), today.plusYears(1))) {
            String where = "seed %d, %s: %s".formatted(seed, coverage, String.join("; ", story));
            assertThat(calendar.isSession(coverage.session())).as(where).isTrue();
            assertThat(coverage.session()).as(where).isBetween(from, today);
            List<DailyRow> truth = truth(coverage.session());
            if (coverage.isOfficial() && !coverage.session().isBefore(today.minusDays(15))) {
                assertThat(data.day(coverage.session()).map(MarketDay::rows))
                        .as(where)
                        .contains(truth);
            } else if (coverage.complete()) {
                assertThat(coverage.rows() * 100).as(where).isGreaterThanOrEqualTo(truth.size() * 95);
            }
        }
    }

    private void checkEnd(LocalDate from, LocalDate today, long seed) {
        LocalDate newest = calendar.previous(today).date();
        List<LocalDate> refused = gaps.refusals(from, newest).stream()
                .filter(refusal -> !refusal.reason().isBlank())
                .map(Refusal::session)
                .toList();
        for (Session session : calendar.sessionsBetween(from, newest)) {
            Optional<Coverage> coverage = data.coverage(session.date());
            String where = "seed %d, %s %s: %s".formatted(seed, session.date(), coverage, String.join("; ", story));
            boolean official = coverage.filter(Coverage::isOfficial).isPresent();
            assertThat(official || refused.contains(session.date())).as(where).isTrue();
            if (official) {
                assertThat(refused).as(where).doesNotContain(session.date());
                assertThat(data.day(session.date()).orElseThrow().rows())
                        .as(where)
                        .isEqualTo(truth(session.date()));
            }
        }
        Coverage last = data.coverage(newest).orElseThrow();
        assertThat(last.source()).as("a morning without faults").isEqualTo(PriceSource.OFFICIAL);
        assertThat(new IndicatorMapper(kept).revision(newest)).contains(last.inputs());
        assertThat(gaps.settled()).contains(newest);
    }

    private List<DailyRow> truth(LocalDate session) {
        List<DailyRow> rows = new ArrayList<>(market.rows(session, KrxMarket.KOSPI));
        rows.addAll(market.rows(session, KrxMarket.KOSDAQ));
        rows.sort(Comparator.comparing(DailyRow::symbol));
        return rows;
    }

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed(String when) {
            super(when);
        }
    }

    /** A process that dies at one of its writes: before it, or after it and before the answer. */
    private static final class Mortal implements Store {
        private final Store store;
        private final int lastWrite;
        private final boolean after;
        private int writes;
        private boolean dead;

        Mortal(Store store, int lastWrite, boolean after) {
            this.store = store;
            this.lastWrite = lastWrite;
            this.after = after;
        }

        private <T> T alive(Supplier<T> effect) {
            if (dead) {
                throw new Killed("already");
            }
            return effect.get();
        }

        @Override
        public Optional<Item> get(Key key) {
            return alive(() -> store.get(key));
        }

        @Override
        public List<Item> getAll(List<Key> keys) {
            return alive(() -> store.getAll(keys));
        }

        @Override
        public List<Item> query(Query query) {
            return alive(() -> store.query(query));
        }

        @Override
        public Outcome commit(List<Action> actions) {
            return alive(() -> {
                dead = ++writes >= lastWrite;
                if (dead && !after) {
                    throw new Killed("before write " + writes);
                }
                Outcome outcome = store.commit(actions);
                if (dead) {
                    throw new Killed("after write " + writes);
                }
                return outcome;
            });
        }

        @Override
        public void close() {}
    }
}
