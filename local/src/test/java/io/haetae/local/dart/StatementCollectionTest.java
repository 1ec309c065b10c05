package io.haetae.local.dart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.dart.DartClient;
import io.haetae.dart.DartException;
import io.haetae.dart.DartException.Kind;
import io.haetae.functions.datacollection.StatementCollection;
import io.haetae.functions.datacollection.StatementCollection.Collected;
import io.haetae.local.http.Answer;
import io.haetae.local.market.CompanyReport;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.market.Report;
import io.haetae.market.Statement;
import io.haetae.market.StatementProgress;
import io.haetae.score.CompanyStanding;
import io.haetae.store.MemoryStore;
import io.haetae.store.StatementMapper;
import io.haetae.time.VirtualTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The collection of statements against the simulated service. */
class StatementCollectionTest {

    private static final GeneratedMarket MARKET = GeneratedMarket.small(1, 300);
    private static final TradingCalendar CALENDAR = XkrxCalendar.bundled();
    private static final LocalDate DAY = LocalDate.of(2026, 3, 17);

    private final VirtualTime time = new VirtualTime(evening(DAY));
    private final DartSimulator service =
            new DartSimulator(time, MARKET, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    private final StatementMapper statements = new StatementMapper(new MemoryStore());

    @AfterEach
    void stop() {
        service.close();
    }

    private static Instant evening(LocalDate day) {
        return day.atTime(19, 30).atZone(XkrxCalendar.SEOUL).toInstant();
    }

    private StatementCollection collection(StatementMapper into) {
        DartClient client =
                new DartClient(DartClient.http(), service.base().toString(), DartSimulator.API_KEY, () -> true, time);
        return new StatementCollection(Optional.of(client), into, CALENDAR, time);
    }

    private Collected collect(LocalDate today) throws Exception {
        time.advanceTo(evening(today));
        return collection(statements).collect(today, Instant.MAX);
    }

    private List<Statement> stored() {
        return statements.received(LocalDate.of(2020, 1, 1), LocalDate.of(2030, 1, 1));
    }

    private Statement stored(CompanyReport report) {
        return stored().stream()
                .filter(statement -> statement.receipt().equals(report.receipt()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("not stored: " + report.receipt()));
    }

    /** Filed within the history, and by the evening of {@link #DAY}. */
    private List<CompanyReport> filed() {
        return service.reports().stream()
                .filter(report -> !report.received().isBefore(DAY.minusMonths(CompanyStanding.MONTHS_BACK))
                        && !report.received().isAfter(DAY))
                .toList();
    }

    private Set<String> superseded() {
        Set<String> superseded = new HashSet<>();
        for (CompanyReport correction : filed()) {
            if (correction.correction()) {
                filed().stream()
                        .filter(report -> report.company().equals(correction.company())
                                && report.report() == correction.report()
                                && report.periodEnd().equals(correction.periodEnd())
                                && !report.correction())
                        .forEach(report -> superseded.add(report.receipt()));
            }
        }
        return superseded;
    }

    @Test
    void theHistoryIsEveryFilingButTheOriginalsOfCorrections() throws Exception {
        Collected collected = collect(DAY);

        assertThat(collected.through()).isEqualTo(DAY);
        assertThat(superseded()).isNotEmpty();
        assertThat(collected.lost()).isEqualTo(superseded().size());
        assertThat(collected.awaited()).isZero();
        assertThat(stored())
                .extracting(Statement::receipt)
                .containsExactlyElementsOf(filed().stream()
                        .map(CompanyReport::receipt)
                        .filter(receipt -> !superseded().contains(receipt))
                        .toList());
    }

    @Test
    void theFirstHistoryKnowsTheBalancesOfEightQuarters() throws Exception {
        collect(DAY);

        List<CompanyReport> filed = filed();
        long oldest = filed.stream()
                .filter(report ->
                        report.report() == Report.ANNUAL && report.periodEnd().equals(java.time.YearMonth.of(2023, 12)))
                .count();
        assertThat(oldest).isGreaterThan(200);
        assertThat(stored().stream()
                        .filter(report -> report.periodEnd().equals(java.time.YearMonth.of(2023, 12)))
                        .count())
                .isGreaterThan(200);
        assertThat(CompanyStanding.asOf(DAY.plusDays(1), stored()).values())
                .filteredOn(standing -> standing.history().quarters() == 8)
                .hasSizeGreaterThan(200);
    }

    /** Such as an earlier version left: of the last eighteen months, to the evening of {@link #DAY}. */
    private StatementMapper beginningLate(LocalDate late) throws Exception {
        collect(DAY);
        StatementMapper shorter = new StatementMapper(new MemoryStore());
        shorter.add(stored().stream()
                .filter(statement -> !statement.received().isBefore(late))
                .toList());
        SortedSet<String> lost = new TreeSet<>(superseded());
        filed().stream()
                .filter(report -> report.received().isBefore(late))
                .map(CompanyReport::receipt)
                .forEach(lost::remove);
        shorter.keep(new StatementProgress(late, DAY, List.of(), lost));
        return shorter;
    }

    @Test
    void aHistoryThatBeginsTooLateIsReadFromWhereScoresBegin() throws Exception {
        LocalDate late = DAY.minusMonths(18);
        StatementMapper shorter = beginningLate(late);

        Collected collected = collection(shorter).collect(DAY, Instant.MAX);

        assertThat(collected.through()).isEqualTo(DAY);
        assertThat(collected.whole()).isTrue();
        assertThat(collected.added())
                .isEqualTo((int) stored().stream()
                        .filter(statement -> statement.received().isBefore(late))
                        .count())
                .isPositive();
        assertThat(shorter.received(LocalDate.of(2020, 1, 1), DAY)).isEqualTo(stored());
        assertThat(shorter.progress()).isEqualTo(statements.progress());
    }

    /** Scores look at no statement unless filings are read to the present. */
    @Test
    void whatIsStoredStaysCurrentWhileItsOlderPartIsReadInPortions() throws Exception {
        LocalDate late = DAY.minusMonths(18);
        StatementMapper shorter = beginningLate(late);
        service.server()
                .answerNext("/api/fnlttSinglAcntAll", 1, Answer.json(200, "{\"status\":\"020\",\"message\":\"한도\"}"));
        DartException refused = catchThrowableOfType(
                DartException.class, () -> collection(shorter).collect(DAY, Instant.MAX));
        assertThat(refused.kind()).isEqualTo(Kind.QUOTA);
        assertThat(shorter.progress().orElseThrow().through()).isEqualTo(DAY);

        int runs = 0;
        Collected collected;
        do {
            // A minute of it is spare, so each run has a few seconds.
            collected = collection(shorter).collect(DAY, time.now().plus(Duration.ofSeconds(65)));
            StatementProgress progress = shorter.progress().orElseThrow();
            assertThat(progress.through()).isEqualTo(DAY);
            assertThat(progress.from()).isEqualTo(collected.from()).isBeforeOrEqualTo(late);
            runs++;
        } while (!collected.whole());

        assertThat(runs).isGreaterThan(1);
        assertThat(shorter.received(LocalDate.of(2020, 1, 1), DAY)).isEqualTo(stored());
        assertThat(shorter.progress()).isEqualTo(statements.progress());
    }

    /** Corrected figures at the first date would be knowledge that nobody had. */
    @Test
    void correctedFiguresStandAtTheCorrectionsDateAlone() throws Exception {
        collect(DAY);

        Map<String, CompanyReport> byReceipt = new java.util.HashMap<>();
        service.reports().forEach(report -> byReceipt.put(report.receipt(), report));
        for (Statement statement : stored()) {
            CompanyReport report = Objects.requireNonNull(byReceipt.get(statement.receipt()));
            assertThat(statement.received()).isEqualTo(report.received());
            assertThat(statement.periodEnd()).isEqualTo(report.periodEnd());
            assertThat(statement.report()).isEqualTo(report.report());
            assertThat(statement.symbol()).isEqualTo(report.share().symbol());
            assertThat(statement.consolidated()).isEqualTo(report.group() != null);
        }
    }

    @Test
    void aHistoryInPortionsComesToTheSame() throws Exception {
        StatementMapper inPortions = new StatementMapper(new MemoryStore());
        int runs = 0;
        LocalDate through;
        do {
            // A minute of it is spare, so each run has a few seconds.
            Instant deadline = time.now().plus(Duration.ofSeconds(65));
            through = collection(inPortions).collect(DAY, deadline).through();
            runs++;
        } while (through.isBefore(DAY));

        collect(DAY);
        assertThat(runs).isGreaterThan(3);
        assertThat(inPortions.received(LocalDate.of(2020, 1, 1), DAY)).isEqualTo(stored());
        assertThat(inPortions.progress()).isEqualTo(statements.progress());
    }

    @Test
    void anEveningAsksForTheNewFilersAlone() throws Exception {
        collect(DAY);
        long before = service.server().requests();

        Collected next = collect(DAY.plusDays(1));

        long filedThatDay = service.reports().stream()
                .filter(report -> report.received().equals(DAY.plusDays(1)) && !report.late())
                .count();
        assertThat(filedThatDay).isPositive();
        assertThat(next.added()).isEqualTo((int) filedThatDay);
        assertThat(service.server().requests() - before).isLessThanOrEqualTo(8);
        assertThat(collect(DAY.plusDays(1)).added())
                .as("the same evening again")
                .isZero();
    }

    @Test
    void figuresThatComeADayLaterAreAwaited() throws Exception {
        CompanyReport late = service.reports().stream()
                .filter(report -> report.late() && report.received().isAfter(DAY))
                .findFirst()
                .orElseThrow();
        collect(late.received().minusDays(1));

        Collected then = collect(late.received());
        assertThat(then.awaited()).isPositive();
        assertThat(stored()).extracting(Statement::receipt).doesNotContain(late.receipt());

        Collected after = collect(late.received().plusDays(1));
        assertThat(after.awaited()).isZero();
        assertThat(stored(late).received()).isEqualTo(late.received());
    }

    @Test
    void figuresThatNeverComeAreGivenUpAfterTenDays() throws Exception {
        collect(DAY);
        LocalDate next = DAY.plusDays(1);
        Answer none = Answer.json(200, "{\"status\":\"013\",\"message\":\"none\"}");
        service.server().answerNext("/api/fnltt", 1_000, none);

        int awaited = collect(next).awaited();
        assertThat(awaited).isPositive();
        assertThat(collect(next.plusDays(10)).awaited()).isGreaterThanOrEqualTo(awaited);
        Collected late = collect(next.plusDays(11));
        assertThat(late.absent()).isEqualTo(awaited);
    }

    /** What the broker shows in a quarter is what the statements of the quarter before say. */
    @Test
    void statementsFitWhatTheBrokerShows() throws Exception {
        collect(LocalDate.of(2025, 12, 30));

        Map<String, CompanyStanding> standings = CompanyStanding.asOf(LocalDate.of(2025, 12, 30), stored());
        int compared = 0;
        for (CompanyReport report : service.reports()) {
            var broker = MARKET.fundamentals(
                    LocalDate.of(2025, 12, 30), report.share().symbol());
            CompanyStanding standing =
                    standings.get(CompanyStanding.company(report.share().symbol()));
            boolean newest = report.periodEnd().equals(java.time.YearMonth.of(2025, 9))
                    && report.report() == Report.THIRD_QUARTER
                    && !report.correction();
            if (!newest || broker.isEmpty() || standing == null || standing.roe() == null) {
                continue;
            }
            Double eps = broker.get().eps();
            Double bps = broker.get().bps();
            if (eps != null && bps != null && Math.abs(eps) > 300) {
                assertThat(standing.roe())
                        .as(report.share().symbol())
                        .isCloseTo(eps / bps * 100, within(Math.abs(eps / bps) * 25));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(100);
    }

    @Test
    void kindsOfCompaniesHaveWhatTheirKindHas() throws Exception {
        collect(DAY);
        int banks = 0;
        int unnamed = 0;
        int marches = 0;
        for (CompanyReport report : filed()) {
            if (superseded().contains(report.receipt())) {
                continue;
            }
            Statement statement = stored(report);
            boolean bank = report.alone().currentAssets() == null;
            assertThat(statement.figures().currentAssets() == null).isEqualTo(bank);
            assertThat(statement.figures().revenue() == null)
                    .as(report.toString())
                    .isEqualTo(bank);
            banks += bank ? 1 : 0;
            unnamed += report.unnamed() ? 1 : 0;
            marches += report.report() == Report.ANNUAL && report.periodEnd().getMonthValue() == 3 ? 1 : 0;
        }
        assertThat(List.of(banks, unnamed, marches)).doesNotContain(0);
    }

    /** A quota is refused under HTTP 200; what was understood before stays, and nothing is taken for "no data". */
    @Test
    void aRefusalInTheMiddleLeavesWhatWasUnderstoodAndGoesOnLater() throws Exception {
        service.server()
                .answerNext("/api/fnlttSinglAcntAll", 1, Answer.json(200, "{\"status\":\"020\",\"message\":\"한도\"}"));

        DartException refused = catchThrowableOfType(DartException.class, () -> collect(DAY));

        assertThat(refused.kind()).isEqualTo(Kind.QUOTA);
        Collected later = collect(DAY);
        assertThat(later.through()).isEqualTo(DAY);
        assertThat(stored()).hasSize(filed().size() - superseded().size());
    }

    @Test
    void whoIsShutOutStopsAtOnce() {
        service.server().dropNext("/api/", 1_000);

        assertThatThrownBy(() -> collect(DAY))
                .isInstanceOf(DartException.class)
                .extracting(e -> ((DartException) e).kind())
                .isEqualTo(Kind.BLOCKED);
        assertThat(service.server().requests()).isEqualTo(3);
        assertThat(statements.progress()).isEmpty();
    }

    @Test
    void whoAsksTooFastIsLedAwayForADay() throws Exception {
        DartClient hasty = new DartClient(
                DartClient.http(),
                service.base().toString(),
                DartSimulator.API_KEY,
                () -> true,
                new VirtualTime(evening(DAY)));

        DartException led = catchThrowableOfType(DartException.class, () -> {
            for (int i = 0; i < 1_100; i++) {
                hasty.reports(DAY, DAY);
            }
        });
        assertThat(led.kind()).isEqualTo(Kind.NOT_DATA);

        time.advanceTo(time.now().plus(Duration.ofHours(25)));
        assertThat(hasty.reports(DAY, DAY)).isNotEmpty();
    }

    @Test
    void anotherKeyIsRefused() {
        DartClient other =
                new DartClient(DartClient.http(), service.base().toString(), "another-key", () -> true, time);

        assertThat(catchThrowableOfType(DartException.class, other::companies).kind())
                .isEqualTo(Kind.KEY);
        assertThat(catchThrowableOfType(DartException.class, () -> other.reports(DAY, DAY))
                        .kind())
                .isEqualTo(Kind.KEY);
    }

    @Test
    void theSameSeedFilesTheSameReports() {
        DartSimulator again = new DartSimulator(
                time, GeneratedMarket.small(1, 300), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        try {
            assertThat(again.reports()).isEqualTo(service.reports());
        } finally {
            again.close();
        }
    }
}
