package io.haetae.functions.datacollection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.haetae.calendar.CalendarReading;
import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.config.KeptSecrets;
import io.haetae.functions.indicatorcalculation.IndicatorCalculation;
import io.haetae.indicator.Indicator;
import io.haetae.indicator.IndicatorSnapshot;
import io.haetae.job.Fence;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.job.Run;
import io.haetae.job.Slot;
import io.haetae.kis.KisClient;
import io.haetae.kis.KisKeys;
import io.haetae.kis.KisRateLimiter;
import io.haetae.kis.KisToken;
import io.haetae.krx.KrxClient;
import io.haetae.krx.KrxException;
import io.haetae.market.Adjustment;
import io.haetae.market.Coverage;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.IndexRow;
import io.haetae.market.Indices;
import io.haetae.market.KrxMarket;
import io.haetae.market.ListedShare;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import io.haetae.market.RowDifference;
import io.haetae.market.TradingStatus;
import io.haetae.portfolio.Mode;
import io.haetae.store.Action;
import io.haetae.store.CalendarCheckMapper;
import io.haetae.store.CallQuotaMapper;
import io.haetae.store.GapMapper;
import io.haetae.store.IndexMapper;
import io.haetae.store.IndicatorMapper;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.MarketDataMapper;
import io.haetae.store.MarketStateMapper;
import io.haetae.store.MemoryStore;
import io.haetae.store.Outcome;
import io.haetae.store.Query;
import io.haetae.store.SecretLeases;
import io.haetae.store.Store;
import io.haetae.store.SymbolRegisterMapper;
import io.haetae.store.TradingStatusMapper;
import io.haetae.time.VirtualTime;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The data jobs against a small venue of forty shares on a real server. */
class DataJobsTest {

    private static final int SHARES = 40;
    private static final LocalDate FRIDAY = LocalDate.of(2026, 3, 6);
    private static final LocalDate THURSDAY = LocalDate.of(2026, 3, 5);
    private static final Instant MONDAY_MORNING = Instant.parse("2026-03-08T23:10:00Z");
    private static final Instant FRIDAY_EVENING = Instant.parse("2026-03-06T07:00:00Z");

    /** Counts what a job asks of its store. */
    private static final class CountingStore implements Store {
        private Store inner;
        private int requests;

        CountingStore(Store inner) {
            this.inner = inner;
        }

        @FunctionalInterface
        interface Work {
            Object run() throws Exception;
        }

        int requestsOf(Work work) throws Exception {
            int before = requests;
            work.run();
            return requests - before;
        }

        void clear() {
            inner = new MemoryStore();
        }

        @Override
        public Optional<Item> get(Key key) {
            requests++;
            return inner.get(key);
        }

        @Override
        public List<Item> getAll(List<Key> keys) {
            requests++;
            return inner.getAll(keys);
        }

        @Override
        public List<Item> query(Query query) {
            requests++;
            return inner.query(query);
        }

        @Override
        public Outcome commit(List<Action> actions) {
            requests++;
            return inner.commit(actions);
        }

        @Override
        public void close() {}
    }

    private final TradingCalendar calendar = XkrxCalendar.bundled();
    private final CountingStore store = new CountingStore(new MemoryStore());
    private final MarketDataMapper market = new MarketDataMapper(store);
    private final GapMapper gaps = new GapMapper(store);
    private final CalendarCheckMapper checks = new CalendarCheckMapper(store);
    private final TradingStatusMapper statuses = new TradingStatusMapper(store);
    private final Set<String> published = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> dearer = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> shortened = new ConcurrentSkipListMap<>();
    private final Map<String, Integer> calls = new ConcurrentSkipListMap<>();
    private final Set<String> unpriced = new TreeSet<>();
    private boolean kisDown;
    private boolean indexServed;
    private boolean kosdaqServed;
    private boolean indexRefused;
    private String kospi = "코스피";
    private VirtualTime time = new VirtualTime(MONDAY_MORNING);
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            calls.merge(path.substring(path.lastIndexOf('/') + 1), 1, Integer::sum);
            boolean down = kisDown && path.contains("uapi");
            byte[] body = (down ? "busy" : answer(path, query)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(down ? 503 : 200, body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String answer(String path, String query) {
        String last = query.substring(query.lastIndexOf('=') + 1);
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "stk_bydd_trd" -> krx(last, 0);
            case "ksq_bydd_trd" -> krx(last, SHARES / 2);
            case "tokenP" -> "{\"access_token\":\"t\",\"expires_in\":86400}";
            case "inquire-price" -> kis(last);
            case "kospi_dd_trd" ->
                indexRefused
                        ? "{\"respCode\":\"401\",\"respMsg\":\"Unauthorized API Call\"}"
                        : indexServed ? index(last, "KOSPI", kospi) : "{}";
            case "kosdaq_dd_trd" -> kosdaqServed ? index(last, "KOSDAQ", "코스닥") : "{}";
            default -> "{}";
        };
    }

    private String krx(String date, int from) {
        List<String> rows = new ArrayList<>();
        int count = shortened.getOrDefault(date, SHARES / 2);
        for (int i = from; published.contains(date) && i < from + count; i++) {
            rows.add("""
                    {"BAS_DD":"%s","ISU_CD":"%s","ISU_NM":"시험%d","MKT_NM":"x","TDD_CLSPRC":"%d","CMPPREVDD_PRC":"-5",\
                    "TDD_OPNPRC":"1000","TDD_HGPRC":"1100","TDD_LWPRC":"990","ACC_TRDVOL":"500","ACC_TRDVAL":"500000",\
                    "LIST_SHRS":"1000000"}""".formatted(date, symbol(i), i, 1000 + i + dearer.getOrDefault(date, 0)));
        }
        return "{\"OutBlock_1\":[" + String.join(",", rows) + "]}";
    }

    private static String index(String date, String family, String name) {
        return """
                {"OutBlock_1":[{"BAS_DD":"%s","IDX_CLSS":"%s","IDX_NM":"%s","CLSPRC_IDX":"25%s.10","CMPPREVDD_IDX":"1.00",\
                "FLUC_RT":"0.04","OPNPRC_IDX":"2500.00","HGPRC_IDX":"2600.00","LWPRC_IDX":"2400.00"}]}""".formatted(date, family, name, date.substring(6));
    }

    private String kis(String symbol) {
        if (unpriced.contains(symbol)) {
            return "{\"rt_cd\":\"1\",\"msg_cd\":\"MCA00124\",\"msg1\":\"unknown\"}";
        }
        return """
                {"rt_cd":"0","msg_cd":"MCA00000","msg1":"","output":{"iscd_stat_cls_code":"%s","temp_stop_yn":"N",\
                "stck_prpr":"1200","stck_oprc":"1100","stck_hgpr":"1250","stck_lwpr":"1090","stck_sdpr":"1150",\
                "acml_vol":"70","acml_tr_pbmn":"84000","lstn_stcn":"1000000","per":"9.50","pbr":"","eps":"0.00",\
                "bps":"800.00"}}""".formatted(symbol.equals(symbol(3)) ? "51" : "55");
    }

    private static String symbol(int i) {
        return "%05dK".formatted(i * 10);
    }

    @Test
    void theCatchUpPutsOfficialRowsInForceAndMakesIndicatorsDue() throws Exception {
        publishUpTo(FRIDAY);
        JobResult.Done done = (JobResult.Done) catchup(true).run(run(JobName.DATA_CATCHUP, FRIDAY));
        Coverage coverage = market.coverage(FRIDAY).orElseThrow();
        assertThat(coverage.source()).isEqualTo(PriceSource.OFFICIAL);
        assertThat(coverage.complete()).isTrue();
        assertThat(coverage.rows()).isEqualTo(SHARES);
        assertThat(done.followUps())
                .containsExactly(JobEvent.derived(JobName.INDICATOR_CALCULATION, FRIDAY, coverage.inputs()));
        assertThat(done.statistics()).containsEntry("sessions", 5L).containsEntry("fundamentals", (long) SHARES);
        assertThat(market.fundamentals(FRIDAY))
                .hasSize(SHARES)
                .contains(new Fundamentals(symbol(3), 9.5, null, null, 800.0));
        assertThat(statuses.of(FRIDAY))
                .containsOnlyKeys(symbol(3))
                .allSatisfy((_, status) -> assertThat(status.entryBar()).contains(TradingStatus.Mark.ADMINISTRATIVE));
    }

    /** A run that died after it had stored the rows handed nothing over, and its slot is open. */
    @Test
    void theIndicatorsOfStoredRowsAreDueUntilTheyAreThere() throws Exception {
        publishUpTo(FRIDAY);
        catchup(true).run(run(JobName.DATA_CATCHUP, FRIDAY));

        JobResult.Done again = (JobResult.Done) catchup(true).run(run(JobName.DATA_CATCHUP, FRIDAY));

        assertThat(again.followUps())
                .containsExactly(JobEvent.derived(
                        JobName.INDICATOR_CALCULATION,
                        FRIDAY,
                        market.coverage(FRIDAY).orElseThrow().inputs()));
        assertThat(again.reason())
                .as("what the other one stored is told by this one")
                .isEqualTo("%d official rows of %s, %d fundamentals".formatted(SHARES, FRIDAY, SHARES));
        assertThat(again.statistics()).containsEntry("fundamentals", (long) SHARES);
    }

    @Test
    void aSecondCatchUpHasNothingToDo() throws Exception {
        publishUpTo(FRIDAY);
        catchup(true).run(run(JobName.DATA_CATCHUP, FRIDAY));
        calls.clear();
        String revision = market.coverage(FRIDAY).orElseThrow().inputs();
        new IndicatorMapper(store).put(new IndicatorSnapshot(FRIDAY, revision, List.of()));
        assertThat(catchup(true).run(run(JobName.DATA_CATCHUP, FRIDAY))).isEqualTo(new JobResult.Skipped("complete"));
        assertThat(calls).isEmpty();
    }

    @Test
    void rowsThatAreNotPublishedAreNoHolidayAndAtLastCallProvisionalOnesAreUsed() throws Exception {
        publishUpTo(THURSDAY);
        backfill().run(LocalDate.of(2026, 3, 3), THURSDAY, (_, _) -> {});
        time = new VirtualTime(FRIDAY_EVENING);
        collection(true).run(run(JobName.DATA_COLLECTION, FRIDAY));
        time = new VirtualTime(MONDAY_MORNING);
        assertThat(catchup(true).run(run(JobName.DATA_CATCHUP, FRIDAY)))
                .isEqualTo(new JobResult.Skipped("official rows of 2026-03-06 are not published yet"));
        time = new VirtualTime(MONDAY_MORNING.plus(Duration.ofMinutes(30)));
        assertThat(catchup(true).run(run(JobName.DATA_CATCHUP, FRIDAY)).reason())
                .endsWith("provisional rows are used");
        assertThat(market.coverage(FRIDAY).orElseThrow().source()).isEqualTo(PriceSource.PROVISIONAL);
    }

    @Test
    void officialRowsTakeThePlaceOfProvisionalOnes() throws Exception {
        publishUpTo(THURSDAY);
        backfill().run(LocalDate.of(2026, 3, 3), THURSDAY, (_, _) -> {});
        time = new VirtualTime(FRIDAY_EVENING);
        JobResult.Done evening = (JobResult.Done) collection(true).run(run(JobName.DATA_COLLECTION, FRIDAY));
        assertThat(market.day(FRIDAY).orElseThrow().row(symbol(1)))
                .contains(new DailyRow(
                        symbol(1), "시험1", KrxMarket.KOSPI, 1100, 1250, 1090, 1200, 50, 70, 84_000, 1_000_000));
        publishUpTo(FRIDAY);
        time = new VirtualTime(MONDAY_MORNING);
        calls.clear();
        JobResult.Done morning = (JobResult.Done) catchup(true).run(run(JobName.DATA_CATCHUP, FRIDAY));
        assertThat(morning.followUps()).hasSize(1).isNotEqualTo(evening.followUps());
        assertThat(market.day(FRIDAY).orElseThrow().source()).isEqualTo(PriceSource.OFFICIAL);
        assertThat(calls).as("the evening's fundamentals are kept").doesNotContainKey("inquire-price");
    }

    @Test
    void aFileFarShorterThanTheDayBeforeIsRefusedAndNothingOfItStored() throws Exception {
        publishUpTo(FRIDAY);
        shortened.put("20260306", SHARES / 2 - 2);
        assertThatThrownBy(() -> catchup(true).run(run(JobName.DATA_CATCHUP, FRIDAY)))
                .isInstanceOf(KrxException.class)
                .hasMessageContaining("18, less than 95 % of the 20");
        assertThat(market.coverage(FRIDAY)).isEmpty();
        assertThat(market.coverage(THURSDAY)).isPresent();
    }

    @Test
    void troubleWithTheBrokerDoesNotKeepOfficialRowsBack() throws Exception {
        publishUpTo(FRIDAY);
        kisDown = true;
        JobResult result = catchup(true).run(run(JobName.DATA_CATCHUP, FRIDAY));
        assertThat(result).isInstanceOf(JobResult.Done.class);
        assertThat(market.coverage(FRIDAY)).isPresent();
        assertThat(market.fundamentals(FRIDAY)).isEmpty();
    }

    @Test
    void withoutKeysTheJobsAreSkippedByName() throws Exception {
        DataCatchup catchup = new DataCatchup(
                Optional.empty(),
                Optional.empty(),
                BigDecimal.TEN,
                market,
                statuses,
                gaps,
                new IndicatorMapper(store),
                calendar,
                time);
        assertThat(catchup.run(run(JobName.DATA_CATCHUP, FRIDAY)))
                .isEqualTo(new JobResult.Skipped("NO_KEY krx/auth-key"));
        assertThat(collection(false).run(run(JobName.DATA_COLLECTION, FRIDAY)))
                .isEqualTo(new JobResult.Skipped("official rows due 08:10"));
        DataCollection slow = new DataCollection(
                Optional.of(kis()),
                new BigDecimal("4.9"),
                market,
                new SymbolRegisterMapper(store),
                statuses,
                calendar,
                checks,
                time);
        assertThat(slow.run(run(JobName.DATA_COLLECTION, FRIDAY)))
                .isEqualTo(new JobResult.Skipped("official rows due 08:10"));
    }

    @Test
    void oneShareWithoutAPriceIsSkippedAndCounted() throws Exception {
        publishUpTo(THURSDAY);
        backfill().run(LocalDate.of(2026, 3, 3), THURSDAY, (_, _) -> {});
        time = new VirtualTime(FRIDAY_EVENING);
        unpriced.add(symbol(7));
        JobResult.Done done = (JobResult.Done) collection(true).run(run(JobName.DATA_COLLECTION, FRIDAY));
        assertThat(done.statistics()).containsEntry("rows", SHARES - 1L).containsEntry("skipped", 1L);
        assertThat(time.now()).isAfterOrEqualTo(FRIDAY_EVENING.plusMillis(3_900));
    }

    @Test
    void tooFewPricesAreIncompleteAndStartNothing() throws Exception {
        publishUpTo(THURSDAY);
        backfill().run(LocalDate.of(2026, 3, 3), THURSDAY, (_, _) -> {});
        time = new VirtualTime(FRIDAY_EVENING);
        for (int i = 0; i < 3; i++) {
            unpriced.add(symbol(i * 5));
        }
        JobResult result = collection(true).run(run(JobName.DATA_COLLECTION, FRIDAY));
        assertThat(result).isInstanceOf(JobResult.Refused.class);
        assertThat(result.reason()).contains("limit=95 %").contains("37 of 40 rows");
        assertThat(market.coverage(FRIDAY).orElseThrow().complete()).isFalse();
    }

    @Test
    void thePricesOfTheMomentAreNeverStoredAsThoseOfAnotherSession() throws Exception {
        publishUpTo(THURSDAY);
        backfill().run(LocalDate.of(2026, 3, 3), THURSDAY, (_, _) -> {});
        time = new VirtualTime(MONDAY_MORNING);
        assertThat(collection(true).run(run(JobName.DATA_COLLECTION, FRIDAY))).isInstanceOf(JobResult.Skipped.class);
        time = new VirtualTime(FRIDAY_EVENING.minus(Duration.ofHours(1)));
        assertThat(collection(true).run(run(JobName.DATA_COLLECTION, FRIDAY))).isInstanceOf(JobResult.Refused.class);
        assertThat(market.coverage(FRIDAY)).isEmpty();
    }

    @Test
    void theBrokersPricesOfADateThatASourceCallsClosedAreNotStored() throws Exception {
        publishUpTo(THURSDAY);
        backfill().run(LocalDate.of(2026, 3, 3), THURSDAY, (_, _) -> {});
        time = new VirtualTime(FRIDAY_EVENING);
        checks.read("closure page", reading(FRIDAY, FRIDAY), Optional.empty());
        JobResult result = collection(true).run(run(JobName.DATA_COLLECTION, FRIDAY));
        assertThat(result).isInstanceOf(JobResult.Refused.class);
        assertThat(result.reason()).contains("2026-03-06", "in dispute", "closure page", "CALENDAR_OVERRIDES");
        assertThat(market.coverage(FRIDAY)).isEmpty();
        checks.read("closure page", reading(FRIDAY, FRIDAY.plusDays(3)), Optional.empty());
        assertThat(collection(true).run(run(JobName.DATA_COLLECTION, FRIDAY)))
                .describedAs("Monday is in dispute, Friday is not")
                .isInstanceOf(JobResult.Done.class);
    }

    private CalendarReading reading(LocalDate from, LocalDate closed) {
        return new CalendarReading(
                time.now(),
                from,
                from.plusDays(3),
                new TreeSet<>(Set.of(LocalDate.of(2026, 3, 7), LocalDate.of(2026, 3, 8), closed)));
    }

    @Test
    void aBackfillGoesOnWhereItWasStopped() throws Exception {
        publishUpTo(THURSDAY);
        LocalDate from = LocalDate.of(2026, 2, 19);
        Backfill.Report first = backfill().run(from, THURSDAY.minusDays(2), (_, _) -> {});
        calls.clear();
        List<String> progress = new ArrayList<>();
        Backfill.Report second = backfill().run(from, FRIDAY, (done, total) -> progress.add(done + "/" + total));
        assertThat(first.stored()).isEqualTo(8);
        assertThat(second).isEqualTo(new Backfill.Report(2, 8, List.of(FRIDAY), false));
        assertThat(progress).containsExactly("9/11", "10/11", "11/11");
        assertThat(calls).containsEntry("stk_bydd_trd", 3);
        List<MarketDay> days = market.days(List.of(from, THURSDAY));
        assertThat(days).hasSize(2).allSatisfy(day -> assertThat(day.rows()).hasSize(SHARES));
    }

    /** The Exchange says nowhere that a file was issued anew. */
    @Test
    void aFileIssuedAnewIsNoticedTheNextMorningAndItsDifferenceTold() throws Exception {
        publishUpTo(THURSDAY);
        time = new VirtualTime(MONDAY_MORNING.minus(Duration.ofDays(3)));
        catchup(false).run(run(JobName.DATA_CATCHUP, THURSDAY));
        String before = market.coverage(THURSDAY).orElseThrow().revision();
        publishUpTo(FRIDAY);
        dearer.put("20260305", 7);
        time = new VirtualTime(MONDAY_MORNING);

        JobResult.Done done = (JobResult.Done) catchup(false).run(run(JobName.DATA_CATCHUP, FRIDAY));

        Coverage after = market.coverage(THURSDAY).orElseThrow();
        assertThat(after.revision()).isNotEqualTo(before);
        assertThat(after.difference().orElseThrow())
                .isEqualTo(new RowDifference(
                        PriceSource.OFFICIAL,
                        before,
                        SHARES,
                        0,
                        0,
                        Optional.of(new RowDifference.Move(symbol(0), "close", 1000, 1007))));
        assertThat(market.day(THURSDAY, PriceSource.OFFICIAL, before)).isPresent();
        assertThat(market.replaced(THURSDAY)).extracting(Coverage::revision).containsExactly(before);
        assertThat(done.lines()).singleElement().asString().contains("2026-03-05 was issued anew: 40 rows changed");
    }

    @Test
    void figuresThatComeLateMakeTheDerivedRunsDueAgainUnderAnotherName() throws Exception {
        publishUpTo(FRIDAY);
        kisDown = true;
        JobResult.Done without = (JobResult.Done) catchup(true).run(run(JobName.DATA_CATCHUP, FRIDAY));
        kisDown = false;

        JobResult.Done with = (JobResult.Done) catchup(true).run(run(JobName.DATA_CATCHUP, FRIDAY));

        assertThat(market.fundamentals(FRIDAY)).hasSize(SHARES);
        assertThat(with.followUps()).hasSize(1).isNotEqualTo(without.followUps());
        assertThat(with.followUps().getFirst().revision())
                .isEqualTo(market.coverage(FRIDAY).orElseThrow().inputs());
    }

    @Test
    void anOldGapIsFoundFilledAndWhatRestsOnItRunsAgain() throws Exception {
        publishUpTo(FRIDAY);
        LocalDate lost = LocalDate.of(2026, 2, 10);
        backfill().run(LocalDate.of(2026, 2, 3), LocalDate.of(2026, 2, 9), (_, _) -> {});
        backfill().run(LocalDate.of(2026, 2, 11), FRIDAY, (_, _) -> {});
        Coverage before = market.coverage(FRIDAY).orElseThrow();

        JobResult.Done done = (JobResult.Done) catchup(false).run(run(JobName.DATA_CATCHUP, FRIDAY));

        assertThat(market.coverage(lost).orElseThrow().isOfficial()).isTrue();
        assertThat(gaps.settled()).contains(FRIDAY);
        assertThat(done.followUps())
                .containsExactly(JobEvent.derived(
                        JobName.INDICATOR_CALCULATION,
                        FRIDAY,
                        market.coverage(FRIDAY).orElseThrow().inputs()));
        assertThat(market.coverage(FRIDAY).orElseThrow().inputs()).isNotEqualTo(before.inputs());
    }

    @Test
    void aSessionWithoutRowsIsRefusedWithItsReasonAndAskedForSomeMorningsOnly() throws Exception {
        publishUpTo(FRIDAY);
        published.remove("20260210");
        backfill().run(LocalDate.of(2026, 2, 3), FRIDAY, (_, _) -> {});
        new IndicatorMapper(store)
                .put(new IndicatorSnapshot(
                        FRIDAY, market.coverage(FRIDAY).orElseThrow().inputs(), List.of()));

        assertThat(gaps.refusals(LocalDate.of(2026, 2, 1), FRIDAY))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason()).contains("2026-02-10", "no rows"));
        for (int again = 0; again < 20; again++) {
            catchup(false).run(run(JobName.DATA_CATCHUP, FRIDAY));
        }
        assertThat(gaps.refusals(LocalDate.of(2026, 2, 1), FRIDAY).getFirst().attempts())
                .as("all of one morning")
                .isEqualTo(1);
        for (int morning = 0; morning < 20; morning++) {
            time.advanceTo(time.now().plus(Duration.ofDays(1)));
            catchup(false).run(run(JobName.DATA_CATCHUP, FRIDAY));
        }
        assertThat(gaps.refusals(LocalDate.of(2026, 2, 1), FRIDAY).getFirst().attempts())
                .isEqualTo(10);
        assertThat(catchup(false).run(run(JobName.DATA_CATCHUP, FRIDAY))).isEqualTo(new JobResult.Skipped("complete"));
        published.add("20260210");
        assertThat(backfill()
                        .run(LocalDate.of(2026, 2, 3), FRIDAY, (_, _) -> {})
                        .stored())
                .isEqualTo(1);
        assertThat(gaps.refusals(LocalDate.of(2026, 2, 1), FRIDAY)).isEmpty();
    }

    /** Nothing lies before it that would show that half of it is missing. */
    @Test
    void theVeryFirstFileIsHeldAgainstTheOneAfterIt() throws Exception {
        publishUpTo(FRIDAY);
        LocalDate first = LocalDate.of(2026, 2, 3);
        shortened.put("20260203", 5);

        Backfill.Report report = backfill().run(first, LocalDate.of(2026, 2, 5), (_, _) -> {});

        assertThat(report).isEqualTo(new Backfill.Report(2, 0, List.of(first), false));
        assertThat(market.coverage(first)).isEmpty();
        assertThat(gaps.refusals(first, first).getFirst().reason()).contains("5, less than 95 % of the 20");
    }

    @Test
    void aStoppedBackfillLeavesTheRestToTheNextOneAndToTheCatchUp() throws Exception {
        publishUpTo(FRIDAY);
        gaps.settle(Optional.of(FRIDAY));
        int[] asked = {0};

        Backfill.Report report =
                backfill().run(LocalDate.of(2026, 2, 3), THURSDAY, (_, _) -> {}, () -> asked[0]++ == 3);

        assertThat(report).isEqualTo(new Backfill.Report(3, 0, List.of(), true));
        assertThat(gaps.settled()).contains(LocalDate.of(2026, 2, 2));
        catchup(false).run(run(JobName.DATA_CATCHUP, FRIDAY));
        assertThat(market.coverage(LocalDate.of(2026, 2, 3), FRIDAY))
                .hasSize(20)
                .allMatch(Coverage::isOfficial);
    }

    /** A split, seen from the Exchange's own fields. */
    @Test
    void breaksOfTheBasePriceAreKeptAsExactRatiosAlsoAcrossARefilledGap() throws Exception {
        publishUpTo(FRIDAY);
        dearer.put("20260304", 500);
        backfill().run(LocalDate.of(2026, 3, 3), LocalDate.of(2026, 3, 3), (_, _) -> {});
        backfill().run(THURSDAY, FRIDAY, (_, _) -> {});
        assertThat(market.adjustments(THURSDAY, THURSDAY)).isEmpty();

        backfill().run(LocalDate.of(2026, 3, 4), LocalDate.of(2026, 3, 4), (_, _) -> {});

        assertThat(market.adjustments(THURSDAY, THURSDAY))
                .hasSize(SHARES)
                .contains(new Adjustment(symbol(0), THURSDAY, 1005, 1500));
        assertThat(market.adjustments(THURSDAY, THURSDAY).getFirst().factor())
                .isEqualByComparingTo(new BigDecimal("0.67"));
    }

    @Test
    void tenTimesTheHistoryCostsTheDailyJobsNothing() throws Exception {
        publishUpTo(FRIDAY);
        List<Integer> requests = new ArrayList<>();
        for (int sessions : List.of(100, 1_000)) {
            store.clear();
            fill(sessions);
            time = new VirtualTime(FRIDAY_EVENING);
            requests.add(store.requestsOf(() -> collection(true).run(run(JobName.DATA_COLLECTION, FRIDAY))));
            time = new VirtualTime(MONDAY_MORNING);
            requests.add(store.requestsOf(() -> catchup(true).run(run(JobName.DATA_CATCHUP, FRIDAY))));
        }
        assertThat(requests.subList(2, 4)).isEqualTo(requests.subList(0, 2));
    }

    @Test
    void aSessionsPricesTakeAtMostTenRequests() throws Exception {
        publishUpTo(FRIDAY);
        fill(10);
        time = new VirtualTime(FRIDAY_EVENING);
        collection(true).run(run(JobName.DATA_COLLECTION, FRIDAY));
        OfficialRows official = new OfficialRows(krx(), market, calendar);

        int requests = store.requestsOf(() -> official.store(FRIDAY, official.fetch(FRIDAY), time.now()));

        assertThat(market.coverage(FRIDAY).orElseThrow().isOfficial()).isTrue();
        assertThat(requests).isLessThanOrEqualTo(10);
    }

    /** So many official sessions up to Thursday, known to be all there. */
    private void fill(int sessions) {
        List<DailyRow> rows = new ArrayList<>();
        for (int i = 0; i < SHARES; i++) {
            KrxMarket listed = i < SHARES / 2 ? KrxMarket.KOSPI : KrxMarket.KOSDAQ;
            rows.add(new DailyRow(symbol(i), "시험" + i, listed, 1000, 1100, 990, 1000, 0, 500, 500_000, 1_000_000));
        }
        LocalDate session = THURSDAY;
        for (int i = 0; i < sessions; i++) {
            market.put(MarketDay.of(session, PriceSource.OFFICIAL, rows), SHARES, true, FRIDAY_EVENING);
            session = calendar.previous(session).date();
        }
        gaps.settle(Optional.of(THURSDAY));
    }

    private void publishUpTo(LocalDate last) {
        LocalDate.of(2026, 2, 1).datesUntil(last.plusDays(1)).forEach(date -> {
            if (calendar.isSession(date)) {
                published.add(date.toString().replace("-", ""));
            }
        });
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private KrxClient krx() {
        return new KrxClient(KrxClient.http(), base(), "key", KrxMarket.MAIN, new CallQuotaMapper(store), time);
    }

    private KisClient kis() {
        KisKeys keys = new KisKeys("key", "secret");
        KisToken token = new KisToken(
                KisClient.http(), base(), keys, new KeptSecrets(), new SecretLeases(store, time, () -> "run"), time);
        return new KisClient(KisClient.http(), base(), keys, token, new KisRateLimiter(time, BigDecimal.TEN), time);
    }

    private Backfill backfill() {
        return new Backfill(krx(), market, gaps, calendar, time);
    }

    private DataCatchup catchup(boolean withBroker) {
        Optional<KisClient> kis = withBroker ? Optional.of(kis()) : Optional.empty();
        return new DataCatchup(
                Optional.of(krx()),
                kis,
                BigDecimal.TEN,
                market,
                statuses,
                gaps,
                new IndicatorMapper(store),
                calendar,
                time);
    }

    @Test
    void aShareListedTodayIsCollectedWhenItsBaseInformationIsKnown() throws Exception {
        publishUpTo(THURSDAY);
        backfill().run(LocalDate.of(2026, 3, 3), THURSDAY, (_, _) -> {});
        ListedShare today = new ListedShare(
                "0099K0", "KR70099K0003", KrxMarket.KOSDAQ, "새얼굴", "새얼굴보통주", "NEW", FRIDAY, "주권", "", "보통주", null, 9);
        new SymbolRegisterMapper(store).update(register -> register.told(THURSDAY, List.of(today)));
        time = new VirtualTime(FRIDAY_EVENING);
        assertThat(collection(true).run(run(JobName.DATA_COLLECTION, FRIDAY))).isInstanceOf(JobResult.Done.class);
        assertThat(market.day(FRIDAY).orElseThrow().row("0099K0").orElseThrow().name())
                .isEqualTo("새얼굴");
    }

    @Test
    void whatStandsBesideTheRowsIsFetchedOnceAndHoldsNothingUp() throws Exception {
        publishUpTo(FRIDAY);
        backfill().run(LocalDate.of(2026, 3, 3), THURSDAY, (_, _) -> {});
        SymbolRegisterMapper symbols = new SymbolRegisterMapper(store);
        indexServed = true;
        ReferenceData reference = reference(symbols);
        JobResult result = reference.following(catchup(false)).run(run(JobName.DATA_CATCHUP, FRIDAY));
        assertThat(result).isInstanceOf(JobResult.Done.class);
        assertThat(((JobResult.Done) result).lines())
                .anySatisfy(line -> assertThat(line).contains("stk_isu_base_info for 2026-03-06"))
                .anySatisfy(line -> assertThat(line).contains("kosdaq_dd_trd for 2026-03-06"));
        assertThat(symbols.read().lives()).hasSize(SHARES);
        assertThat(symbols.read().newest()).containsEntry(KrxMarket.KOSPI, FRIDAY);
        assertThat(symbols.read().oldest()).as("history counts").contains(LocalDate.of(2026, 2, 27));
        backfill().run(LocalDate.of(2026, 2, 26), THURSDAY, (_, _) -> {});
        reference.collect(FRIDAY);
        assertThat(symbols.read().oldest()).as("older history later too").contains(LocalDate.of(2026, 2, 26));
    }

    @Test
    void theIndexOfSessionsThatABackfillStoredIsReadLaterAndOnce() throws Exception {
        publishUpTo(FRIDAY);
        backfill().run(LocalDate.of(2026, 3, 3), THURSDAY, (_, _) -> {});
        IndexMapper indices = new IndexMapper(store);
        ReferenceData reference = reference(new SymbolRegisterMapper(store));
        reference.following(catchup(false)).run(run(JobName.DATA_CATCHUP, FRIDAY));
        assertThat(indices.closes(Indices.KOSPI, LocalDate.of(2026, 2, 1), FRIDAY))
                .isEmpty();

        indexServed = true;
        reference.following(catchup(false)).run(run(JobName.DATA_CATCHUP, FRIDAY));
        int asked = calls.getOrDefault("kospi_dd_trd", 0);
        reference.following(catchup(false)).run(run(JobName.DATA_CATCHUP, FRIDAY));

        assertThat(indices.closes(Indices.KOSPI, LocalDate.of(2026, 2, 1), FRIDAY))
                .containsKeys(LocalDate.of(2026, 3, 3), THURSDAY, FRIDAY)
                .hasSize(market.coverage(LocalDate.of(2026, 2, 1), FRIDAY).size());
        assertThat(calls).containsEntry("kospi_dd_trd", asked);
    }

    private ReferenceData reference(SymbolRegisterMapper symbols) {
        return new ReferenceData(
                krx(), symbols, new IndexMapper(store), market, new IndicatorMapper(store), calendar, time);
    }

    private JobResult morning() throws Exception {
        return reference(new SymbolRegisterMapper(store))
                .following(catchup(false))
                .run(run(JobName.DATA_CATCHUP, FRIDAY));
    }

    private double betaAfter(JobEvent due) {
        IndicatorMapper indicators = new IndicatorMapper(store);
        String revision = String.valueOf(due.revision());
        Slot slot =
                new Slot(JobName.INDICATOR_CALCULATION, FRIDAY.toString(), revision, Mode.DRY_RUN, Optional.empty());
        Run run = new Run(slot, FRIDAY, new Fence("lease", 1), time.now(), Instant.MAX, false, false);
        JobResult result = new IndicatorCalculation(
                        market, new IndexMapper(store), calendar, new MarketStateMapper(store), indicators)
                .run(run);
        assertThat(result).isInstanceOf(JobResult.Done.class);
        assertThat(indicators.revision(FRIDAY)).contains(revision);
        return indicators.at(FRIDAY).orElseThrow().set(symbol(0)).orElseThrow().get(Indicator.BETA);
    }

    /** With all of the past's, as after a backfill; the rows do not wait for it. */
    @Test
    void anIndexThatComesAfterTheIndicatorsMakesThemDueAgainOnceAndBetaIsThere() throws Exception {
        int day = 0;
        for (LocalDate date = LocalDate.of(2026, 1, 5); !date.isAfter(FRIDAY); date = date.plusDays(1)) {
            if (calendar.isSession(date)) {
                String basic = date.toString().replace("-", "");
                published.add(basic);
                dearer.put(basic, 7 * day++ % 50);
            }
        }
        backfill().run(LocalDate.of(2026, 1, 5), THURSDAY, (_, _) -> {});

        JobResult.Skipped open = (JobResult.Skipped) morning();
        assertThat(open.reason())
                .isEqualTo("40 official rows of 2026-03-06; the index is not there yet and is asked for again");
        assertThat(open.lines()).anyMatch(line -> line.contains("kospi_dd_trd for 2026-03-06"));
        assertThat(open.followUps()).hasSize(1);
        assertThat(betaAfter(open.followUps().getFirst())).isNaN();
        assertThat(morning().reason()).as("still without it").isEqualTo("complete");

        indexServed = true;
        JobResult.Done late = (JobResult.Done) morning();
        assertThat(late.followUps()).hasSize(1).doesNotContainAnyElementsOf(open.followUps());
        assertThat(betaAfter(late.followUps().getFirst())).isNotNaN();
        assertThat(morning()).as("once").isInstanceOf(JobResult.Skipped.class);
        assertThat(market.coverage(FRIDAY).orElseThrow().corrections()).isEqualTo(1);
    }

    @Test
    void anIndexThatComesBeforeTheIndicatorsMakesThemDueOnce() throws Exception {
        publishUpTo(FRIDAY);
        JobResult.Skipped open = (JobResult.Skipped) morning();
        indexServed = true;

        JobResult.Done done = (JobResult.Done) morning();

        assertThat(done.followUps()).isEqualTo(open.followUps());
        assertThat(market.coverage(FRIDAY).orElseThrow().corrections()).isZero();
    }

    /** The broker's rows and the Exchange's may be the same to the last won: then the index alone is new. */
    @Test
    void theIndexIsWhatEqualOfficialRowsBring() throws Exception {
        publishUpTo(FRIDAY);
        catchup(false).run(run(JobName.DATA_CATCHUP, FRIDAY));
        List<DailyRow> rows = market.day(FRIDAY).orElseThrow().rows();
        store.clear();
        market.put(MarketDay.of(FRIDAY, PriceSource.PROVISIONAL, rows), SHARES, true, FRIDAY_EVENING);
        String inputs = market.coverage(FRIDAY).orElseThrow().inputs();
        new IndicatorMapper(store).put(new IndicatorSnapshot(FRIDAY, inputs, List.of()));
        indexServed = true;

        JobResult.Done done = (JobResult.Done) morning();

        assertThat(market.coverage(FRIDAY).orElseThrow().isOfficial()).isTrue();
        assertThat(done.followUps())
                .containsExactly(JobEvent.derived(JobName.INDICATOR_CALCULATION, FRIDAY, inputs + ".1"));
    }

    /** Indicators that came due again so late would leave the day's signals without scores. */
    @Test
    void fromTheLastCallToTheOpenNothingMakesIndicatorsDueAgain() throws Exception {
        LocalDate gap = LocalDate.of(2026, 2, 20);
        publishUpTo(FRIDAY);
        morning();
        String inputs = market.coverage(FRIDAY).orElseThrow().inputs();
        new IndicatorMapper(store).put(new IndicatorSnapshot(FRIDAY, inputs, List.of()));
        gaps.refuse(gap, "cut off", time.now(), true);
        gaps.refuse(THURSDAY, "cut off", time.now(), true);
        indexServed = true;
        int asked = calls.getOrDefault("kospi_dd_trd", 0);

        for (String instant : List.of("2026-03-08T23:40:00Z", "2026-03-08T23:55:00Z")) {
            time = new VirtualTime(Instant.parse(instant));
            JobResult.Skipped left = (JobResult.Skipped) morning();
            assertThat(left.reason()).as(instant).isEqualTo("complete");
            assertThat(left.followUps()).as(instant).isEmpty();
        }
        assertThat(calls).containsEntry("kospi_dd_trd", asked);
        assertThat(market.coverage(gap)).isEmpty();
        assertThat(market.coverage(FRIDAY).orElseThrow().inputs()).isEqualTo(inputs);

        time = new VirtualTime(Instant.parse("2026-03-09T00:00:00Z"));
        morning();
        assertThat(new IndexMapper(store).closes(Indices.KOSPI, FRIDAY, FRIDAY)).hasSize(1);
        assertThat(market.coverage(FRIDAY).orElseThrow().inputs()).isNotEqualTo(inputs);
    }

    @Test
    void anAnswerWithoutTheMainIndexIsToldAndEndsTheAsking() throws Exception {
        publishUpTo(FRIDAY);
        fill(50);
        indexServed = true;
        kospi = "코스피 200";

        JobResult.Skipped open = (JobResult.Skipped) morning();

        assertThat(open.lines()).contains("KRX indices KOSPI for 2026-03-06: no row of 코스피");
        assertThat(calls).as("three of the past, one of the newest").containsEntry("kospi_dd_trd", 4);
        assertThat(new IndexMapper(store).rows(FRIDAY)).isEmpty();
    }

    @Test
    void anIndexThatIsNotApprovedIsNotWaitedFor() throws Exception {
        publishUpTo(FRIDAY);
        indexRefused = true;

        JobResult.Done done = (JobResult.Done) morning();

        assertThat(done.lines()).anyMatch(line -> line.contains("kospi_dd_trd for 2026-03-06"));
    }

    @Test
    void oneFamilyOfIndicesDoesNotPassForAll() throws Exception {
        publishUpTo(FRIDAY);
        kosdaqServed = true;
        morning();
        IndexMapper indices = new IndexMapper(store);
        assertThat(indices.rows(FRIDAY)).extracting(IndexRow::name).containsExactly(Indices.KOSDAQ);
        indexServed = true;

        morning();
        int asked = calls.getOrDefault("kospi_dd_trd", 0);
        morning();

        assertThat(indices.rows(FRIDAY))
                .extracting(IndexRow::name)
                .containsExactlyInAnyOrder(Indices.KOSDAQ, Indices.KOSPI);
        assertThat(calls).containsEntry("kosdaq_dd_trd", 1).containsEntry("kospi_dd_trd", asked);
    }

    /** A year of closes and a few more; the rest of a long history is neither asked for nor looked at. */
    @Test
    void theIndexIsWantedOfTheNewestSessionsAlone() throws Exception {
        publishUpTo(FRIDAY);
        fill(500);
        indexServed = true;

        morning();

        assertThat(new IndexMapper(store).closes(Indices.KOSPI, LocalDate.of(2020, 1, 1), FRIDAY))
                .hasSize(280);
    }

    private DataCollection collection(boolean withBroker) {
        Optional<KisClient> kis = withBroker ? Optional.of(kis()) : Optional.empty();
        return new DataCollection(
                kis, BigDecimal.TEN, market, new SymbolRegisterMapper(store), statuses, calendar, checks, time);
    }

    private Run run(JobName job, LocalDate session) {
        Slot slot = new Slot(job, session.toString(), "", Mode.DRY_RUN, Optional.empty());
        Instant now = time.now();
        return new Run(slot, session, new Fence("lease", 1), now, now.plus(Duration.ofMinutes(15)), false, false);
    }
}
