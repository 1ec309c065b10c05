package io.haetae.functions.watchlistupdate;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.event.DomainEvent;
import io.haetae.indicator.Indicator;
import io.haetae.indicator.IndicatorSet;
import io.haetae.indicator.IndicatorSnapshot;
import io.haetae.job.Fence;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.job.Run;
import io.haetae.job.Slot;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.KrxMarket;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import io.haetae.market.Report;
import io.haetae.market.Statement;
import io.haetae.market.StatementFigures;
import io.haetae.market.StatementProgress;
import io.haetae.portfolio.Mode;
import io.haetae.score.Financials;
import io.haetae.score.Score;
import io.haetae.score.ScoreSheet;
import io.haetae.store.IndicatorMapper;
import io.haetae.store.MarketDataMapper;
import io.haetae.store.MemoryStore;
import io.haetae.store.Outbox;
import io.haetae.store.ScoreMapper;
import io.haetae.store.StatementMapper;
import io.haetae.store.SymbolRegisterMapper;
import io.haetae.store.WatchlistMapper;
import io.haetae.watchlist.Marks;
import io.haetae.watchlist.SaidMarks;
import io.haetae.watchlist.ScoreFigures;
import io.haetae.watchlist.Standpoint;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.Watchlists.Change;
import io.haetae.watchlist.Watchlists.Owner;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchlistUpdateTest {

    private static final LocalDate SESSION = LocalDate.of(2025, 12, 29);
    private static final Owner OWNER = new Owner(Mode.DRY_RUN, "default_user");

    private final MemoryStore store = new MemoryStore();
    private final MarketDataMapper market = new MarketDataMapper(store);
    private final IndicatorMapper indicators = new IndicatorMapper(store);
    private final StatementMapper statements = new StatementMapper(store);
    private final ScoreMapper scores = new ScoreMapper(store);
    private final WatchlistMapper watchlists = new WatchlistMapper(store);
    private final WatchlistUpdate job =
            new WatchlistUpdate(market, new SymbolRegisterMapper(store), indicators, statements, scores, watchlists);

    @Test
    void withoutIndicatorsItRefuses() {
        assertThat(job.run(run(""))).isInstanceOf(JobResult.Refused.class);
    }

    @Test
    void indicatorsOfOlderRowsAreRefused() {
        putRows();
        indicators.put(new IndicatorSnapshot(SESSION, "older", List.of()));
        assertThat(job.run(run("")))
                .isInstanceOf(JobResult.Refused.class)
                .extracting(JobResult::reason)
                .asString()
                .contains("revision older");
    }

    @Test
    void theBestSharesAreScoredScreenedAndWatched() {
        String revision = putRows();
        market.putFundamentals(
                SESSION,
                List.of(
                        new Fundamentals("000010", 8.0, 0.9, 1_250.0, 11_111.0),
                        new Fundamentals("000020", 90.0, 7.0, 111.0, 1_428.0)));
        indicators.put(new IndicatorSnapshot(SESSION, revision, List.of(strong("000010"), strong("000020"))));
        JobResult.Done done = (JobResult.Done) job.run(run(revision));
        assertThat(done.reason()).isEqualTo("2 scored; watchlist 1: 1 added, 0 removed");
        assertThat(watchlists.listing(OWNER).entries())
                .singleElement()
                .extracting(WatchlistEntry::symbol)
                .isEqualTo("000010");
        assertThat(scores.at(SESSION).orElseThrow().scores())
                .extracting(Score::symbol)
                .containsExactly("000010", "000020");
        assertThat(done.lines())
                .anyMatch(line -> line.startsWith("warning: screening criteria off"))
                .anyMatch(line -> line.startsWith("screen: 1 of 2 pass, 1 undervalued"))
                .anyMatch(line -> line.startsWith("000010 Name of 000010 score"));
        assertThat(done.statistics()).containsEntry("screenRejectedAll", 0L);
    }

    @Test
    void anAlertPriceThatIsReachedIsTold() {
        watchlists.save(OWNER, List.of(new Change(watched(), Optional.empty(), List.of())));

        assertThat(lines()).contains("alert: 000010 Name of 000010 close 10000 reached the upper alert price 9900");
        assertThat(new Outbox(store).pending())
                .singleElement()
                .extracting(DomainEvent::type)
                .isEqualTo("AlertPriceReached");
    }

    private static WatchlistEntry watched() {
        LocalDate before = SESSION.minusDays(3);
        return new WatchlistEntry(
                "000010",
                "Name of 000010",
                KrxMarket.KOSPI,
                WatchlistEntry.Standing.ACTIVE,
                before,
                9_500,
                "why",
                List.of(),
                "",
                SaidMarks.of(new Marks(null, true, 9_900L, null), before),
                new Standpoint(before, 9_500, BigDecimal.ONE, ScoreFigures.UNKNOWN),
                null,
                null,
                0);
    }

    @Test
    void runAgainItChangesNothingAndSaysTheSame() {
        String revision = putRows();
        indicators.put(new IndicatorSnapshot(SESSION, revision, List.of(strong("000010"), strong("000020"))));
        JobResult first = job.run(run(revision));
        List<WatchlistEntry> entries = watchlists.listing(OWNER).entries();
        assertThat(entries).hasSize(2);
        assertThat(first.reason()).isEqualTo("2 scored; watchlist 2: 2 added, 0 removed");
        assertThat(job.run(run(revision))).isEqualTo(first);
        assertThat(watchlists.listing(OWNER).entries()).isEqualTo(entries);
        assertThat(watchlists.history(OWNER, "000010")).hasSize(1);
    }

    @Test
    void withoutStatementsTheMetricsTheyFeedAreNamed() {
        assertThat(lines())
                .anyMatch(line -> line.startsWith("warning: left out of every score")
                        && line.contains("revenue_growth, earnings_growth, equity_growth")
                        && line.contains("operating_margin, net_margin, debt_ratio, current_ratio"));
    }

    @Test
    void statementsReceivedBeforeTheSessionFeedItsScores() {
        statements.add(List.of(annual(SESSION.minusDays(1))));
        statements.keep(readThrough(SESSION.minusDays(1)));

        assertThat(lines()).noneMatch(line -> line.contains("revenue_growth"));

        Financials known =
                scores.at(SESSION).orElseThrow().score("000010").orElseThrow().financials();
        assertThat(known.revenueGrowth()).isEqualTo(25);
        assertThat(known.debtRatio()).isEqualTo(40);
    }

    /** Nothing looks ahead: what was filed on the session, or later, is as if it were not there. */
    @Test
    void statementsReceivedOnTheSessionOrLaterChangeNothing() {
        lines();
        ScoreSheet without = scores.at(SESSION).orElseThrow();
        statements.add(List.of(annual(SESSION), annual(SESSION.plusDays(1))));
        statements.keep(readThrough(SESSION.plusDays(5)));

        lines();

        assertThat(scores.at(SESSION)).contains(without);
    }

    /** Companies whose filings have not been read yet would look like companies that never file. */
    @Test
    void aHistoryThatIsStillBeingReadIsNotLookedAt() {
        statements.add(List.of(annual(SESSION.minusDays(60))));
        statements.keep(readThrough(SESSION.minusDays(60)));

        assertThat(lines())
                .contains("warning: filings are read through %s only: no statement is looked at yet"
                        .formatted(SESSION.minusDays(60)))
                .anyMatch(line -> line.startsWith("warning: left out of every score") && line.contains("debt_ratio"));
    }

    @Test
    void withThreePerCentMissingItSaysSoAndGoesOn() {
        indicators.put(new IndicatorSnapshot(SESSION, putRows(97, 100), List.of(strong("000010"))));

        JobResult.Done done = (JobResult.Done) job.run(run(""));

        assertThat(done.lines()).contains("warning: 97 rows, 3 fewer than the session before (97.0 %)");
        assertThat(scores.at(SESSION).orElseThrow().scores()).hasSize(97);
    }

    @Test
    void oneShareFewerIsNotAHundredPerCent() {
        indicators.put(new IndicatorSnapshot(SESSION, putRows(1_999, 2_000), List.of(strong("000010"))));
        JobResult.Done done = (JobResult.Done) job.run(run(""));
        assertThat(done.lines()).contains("warning: 1999 rows, 1 fewer than the session before (99.9 %)");
    }

    /** Indicators are refused then, so there are none, or those of other rows: neither is scored. */
    @Test
    void withSixtyPerCentMissingNothingIsScored() {
        String whole = putRows(100, 100);
        indicators.put(new IndicatorSnapshot(SESSION, whole, List.of(strong("000010"))));
        String some = putRows(40, 100);

        assertThat(some).isNotEqualTo(whole);
        assertThat(job.run(run(some))).isInstanceOf(JobResult.Refused.class);
        assertThat(job.run(run(""))).isInstanceOf(JobResult.Refused.class);
        assertThat(scores.at(SESSION)).isEmpty();
    }

    @Test
    void aWholeSessionIsNotRemarkedOn() {
        indicators.put(new IndicatorSnapshot(SESSION, putRows(100, 100), List.of(strong("000010"))));

        assertThat(((JobResult.Done) job.run(run(""))).lines()).noneMatch(line -> line.contains("not scored"));
    }

    private String putRows(int count, int expected) {
        return market.put(
                        MarketDay.of(
                                SESSION,
                                PriceSource.OFFICIAL,
                                IntStream.rangeClosed(1, count)
                                        .mapToObj(i -> row("%05d0".formatted(i)))
                                        .toList()),
                        expected,
                        true,
                        Instant.EPOCH)
                .revision();
    }

    private List<String> lines() {
        String revision = putRows();
        indicators.put(new IndicatorSnapshot(SESSION, revision, List.of(strong("000010"), strong("000020"))));
        return ((JobResult.Done) job.run(run(revision))).lines();
    }

    private static StatementProgress readThrough(LocalDate date) {
        return new StatementProgress(SESSION.minusYears(1), date, List.of(), new TreeSet<>());
    }

    private static Statement annual(LocalDate received) {
        return new Statement(
                "00100000",
                "000010",
                Report.ANNUAL,
                YearMonth.from(SESSION.minusMonths(3)),
                true,
                received.toString().replace("-", "") + "000001",
                received,
                new StatementFigures(1_000L, 300L, 400L, 200L, 600L, null, 500L, 400L, 60L, 50L, 40L, 30L, null, null));
    }

    private String putRows() {
        return market.put(
                        MarketDay.of(SESSION, PriceSource.OFFICIAL, List.of(row("000010"), row("000020"))),
                        2,
                        true,
                        Instant.EPOCH)
                .revision();
    }

    private static DailyRow row(String symbol) {
        return new DailyRow(
                symbol,
                "Name of " + symbol,
                KrxMarket.KOSPI,
                10_000,
                10_100,
                9_900,
                10_000,
                0,
                500_000,
                5_000_000_000L,
                1_000_000);
    }

    private static IndicatorSet strong(String symbol) {
        double[] values = new double[Indicator.values().length];
        Arrays.fill(values, Double.NaN);
        Map.of(
                        Indicator.LAST_CLOSE, 10_000.0,
                        Indicator.RSI14, 60.0,
                        Indicator.MACD_HISTOGRAM, 50.0,
                        Indicator.PRICE_TREND, 0.4,
                        Indicator.VOLUME_TREND, 0.5,
                        Indicator.VOLATILITY, 0.25,
                        Indicator.VOLUME_MA20, 500_000.0,
                        Indicator.AVERAGE_VALUE20, 5e9)
                .forEach((indicator, value) -> values[indicator.ordinal()] = value);
        return new IndicatorSet(symbol, SESSION, 250, values);
    }

    private static Run run(String revision) {
        return new Run(
                new Slot(
                        JobName.WATCHLIST_UPDATE,
                        SESSION.toString(),
                        revision,
                        Mode.DRY_RUN,
                        Optional.of("default_user")),
                SESSION,
                new Fence("lease", 1),
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(300),
                false,
                true);
    }
}
