package io.haetae.functions.indicatorcalculation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.indicator.Indicator;
import io.haetae.indicator.IndicatorSet;
import io.haetae.job.Fence;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.job.Run;
import io.haetae.job.Slot;
import io.haetae.market.DailyRow;
import io.haetae.market.IndexRow;
import io.haetae.market.Indices;
import io.haetae.market.KrxMarket;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import io.haetae.portfolio.Mode;
import io.haetae.store.IndexMapper;
import io.haetae.store.IndicatorMapper;
import io.haetae.store.MarketDataMapper;
import io.haetae.store.MarketStateMapper;
import io.haetae.store.MemoryStore;
import io.haetae.store.Query;
import io.haetae.store.Store;
import io.haetae.store.Table;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class IndicatorCalculationTest {

    private static final LocalDate SESSION = LocalDate.of(2025, 12, 29);

    private final MemoryStore store = new MemoryStore();
    private final MarketDataMapper market = new MarketDataMapper(store);
    private final TradingCalendar calendar = XkrxCalendar.bundled();
    private final IndicatorMapper snapshots = new IndicatorMapper(store);
    private final IndicatorCalculation job = job(store);
    private final List<LocalDate> sessions = calendar.sessionsBetween(SESSION.minusDays(100), SESSION).stream()
            .map(Session::date)
            .toList();

    @Test
    void withoutRowsItRefuses() {
        assertThat(job.run(run(""))).isInstanceOf(JobResult.Refused.class);
    }

    @Test
    void withThreePerCentMissingItSaysSoAndGoesOn() {
        put(SESSION, 100, rows(SESSION, 97));
        JobResult result = job.run(run(""));
        assertThat(result).isInstanceOf(JobResult.Done.class);
        assertThat(result.reason()).contains("97 of 100 rows (97.0 %)");
    }

    @Test
    void oneShareFewerIsNotAHundredPerCent() {
        put(SESSION, 2_000, rows(SESSION, 1_999));
        assertThat(job.run(run("")).reason()).contains("; 1999 of 2000 rows (99.9 %)");
    }

    @Test
    void withSixtyPerCentMissingItRefusesWithTheNumbers() {
        put(SESSION, 100, rows(SESSION, 40));
        assertThat(job.run(run("")))
                .isEqualTo(new JobResult.Refused("COVERAGE limit=95 % actual=40.0 %: 40 of 100 rows of 2025-12-29"));
        assertThat(snapshots.at(SESSION)).isEmpty();
    }

    @Test
    void aRevisionThatIsNoLongerInForceIsRefused() {
        put(SESSION, 1, rows(SESSION, 1));
        assertThat(job.run(run("older"))).isInstanceOf(JobResult.Refused.class);
    }

    @Test
    void itMakesTheWatchlistDueAtTheSameRevision() {
        put(SESSION, 1, rows(SESSION, 1));
        String revision = market.coverage(SESSION).orElseThrow().revision();
        JobResult.Done done = (JobResult.Done) job.run(run(revision));
        assertThat(done.followUps()).containsExactly(JobEvent.derived(JobName.WATCHLIST_UPDATE, SESSION, revision));
        assertThat(snapshots.revision(SESSION)).contains(revision);
    }

    /** Who stored it saw no indicators yet, and made none due. */
    @Test
    void anIndexThatComesWhileTheyAreComputedIsPartOfThem() {
        put(SESSION, 1, rows(SESSION, 1));
        IndexMapper stored = new IndexMapper(store);
        IndexRow row =
                new IndexRow("KOSPI", Indices.KOSPI, null, null, null, new BigDecimal("2500.10"), BigDecimal.ONE);
        Indices comingLate = new Indices() {
            @Override
            public void put(LocalDate session, List<IndexRow> rows) {
                stored.put(session, rows);
            }

            @Override
            public List<IndexRow> rows(LocalDate session) {
                return stored.rows(session);
            }

            @Override
            public SortedMap<LocalDate, BigDecimal> closes(String name, LocalDate from, LocalDate to) {
                SortedMap<LocalDate, BigDecimal> before = stored.closes(name, from, to);
                put(SESSION, List.of(row));
                return before;
            }
        };
        MarketStateMapper states = new MarketStateMapper(store);

        JobResult result = new IndicatorCalculation(market, comingLate, calendar, states, snapshots).run(run(""));

        assertThat(result).isInstanceOf(JobResult.Done.class);
        InputChain now = InputChain.read(market, stored, calendar, SESSION);
        assertThat(states.newest(now.links()).state().orElseThrow().session()).isEqualTo(SESSION);
    }

    @Test
    void aSplitChangesNoIndicatorButItsUnit() {
        int split = sessions.size() - 8;
        for (int i = 0; i < sessions.size(); i++) {
            long price = 50_000 + (i * 37 % 11) * 500L;
            long previous = 50_000 + ((i - 1) * 37 % 11) * 500L;
            boolean after = i >= split;
            put(
                    sessions.get(i),
                    0,
                    List.of(
                            row("000010", i == 0 ? price : previous, price, 1_000 + i),
                            after
                                    ? row("000020", previous / 5, price / 5, (1_000 + i) * 5L)
                                    : row("000020", i == 0 ? price : previous, price, 1_000 + i)));
        }
        job.run(run(""));
        IndicatorSet whole = set("000010");
        IndicatorSet split5 = set("000020");
        for (Indicator indicator :
                new Indicator[] {Indicator.SMA50, Indicator.EMA26, Indicator.ATR14, Indicator.MACD_HISTOGRAM}) {
            assertThat(split5.get(indicator) * 5).as(indicator.text()).isCloseTo(whole.get(indicator), within(1e-6));
        }
        for (Indicator indicator : new Indicator[] {
            Indicator.RSI14, Indicator.VOLATILITY, Indicator.VOLUME_VARIATION, Indicator.ADX14, Indicator.ROC20
        }) {
            assertThat(split5.get(indicator)).as(indicator.text()).isCloseTo(whole.get(indicator), within(1e-6));
        }
        assertThat(split5.get(Indicator.VOLUME_MA20) / 5).isCloseTo(whole.get(Indicator.VOLUME_MA20), within(1e-6));
    }

    @Test
    void aHaltedSessionIsNoBar() {
        for (int i = 0; i < sessions.size(); i++) {
            boolean halted = i == 20 || i == sessions.size() - 1;
            put(
                    sessions.get(i),
                    0,
                    List.of(
                            halted
                                    ? new DailyRow(
                                            "000010", "Halted", KrxMarket.KOSPI, 0, 0, 0, 10_000, 0, 0, 0, 1_000_000)
                                    : row("000010", 10_000, 10_000, 1_000)));
        }
        job.run(run(""));
        assertThat(set("000010").bars()).isEqualTo(sessions.size() - 2);
        assertThat(set("000010").lastBar()).isEqualTo(sessions.get(sessions.size() - 2));
        assertThat(set("000010").get(Indicator.VOLUME_MA20)).isEqualTo(1_000);
    }

    @Test
    void aMissingSessionIsNotTakenForASplit() {
        for (int i = 0; i < sessions.size(); i++) {
            if (i != sessions.size() - 3) {
                long price = i < sessions.size() - 3 ? 10_000 : 12_000;
                put(sessions.get(i), 0, List.of(row("000010", price, price, 1_000)));
            }
        }
        JobResult result = job.run(run(""));
        assertThat(set("000010").get(Indicator.ROC20)).isCloseTo(20, within(1e-9));
        assertThat(result.reason()).contains("; 1 session missing");
    }

    @Test
    void aSplitBehindAMissingSessionIsNotTakenForALoss() {
        int split = sessions.size() - 30;
        for (int i = 0; i < sessions.size(); i++) {
            if (i != split - 1) {
                long price = i < split ? 50_000 : 10_000;
                put(sessions.get(i), 0, List.of(row("000010", price, price, 1_000)));
            }
        }
        job.run(run(""));
        assertThat(set("000010").bars()).isEqualTo(30);
        assertThat(set("000010").get(Indicator.ROC20)).isZero();
        assertThat(set("000010").get(Indicator.VOLATILITY)).isZero();
    }

    @Test
    void theSameRowsMakeTheSameItems() {
        for (LocalDate session : sessions) {
            put(session, 0, rows(session, 20));
        }
        job.run(run(""));
        MemoryStore other = new MemoryStore();
        new IndicatorCalculation(
                        market,
                        new IndexMapper(store),
                        calendar,
                        new MarketStateMapper(other),
                        new IndicatorMapper(other))
                .run(run(""));
        String parts = "indicators/KRX/" + SESSION;
        assertThat(other.query(Query.all(Table.MARKET, parts)))
                .isNotEmpty()
                .isEqualTo(store.query(Query.all(Table.MARKET, parts)));
    }

    private static IndicatorCalculation job(Store store) {
        return new IndicatorCalculation(
                new MarketDataMapper(store),
                new IndexMapper(store),
                XkrxCalendar.bundled(),
                new MarketStateMapper(store),
                new IndicatorMapper(store));
    }

    private IndicatorSet set(String symbol) {
        return snapshots.at(SESSION).orElseThrow().set(symbol).orElseThrow();
    }

    private void put(LocalDate session, int expected, List<DailyRow> rows) {
        market.put(MarketDay.of(session, PriceSource.OFFICIAL, rows), expected, true, Instant.EPOCH);
    }

    private static List<DailyRow> rows(LocalDate session, int count) {
        List<DailyRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row("%06d".formatted(i), 10_000, 10_000 + (session.getDayOfYear() * 7 + i) % 50, 1_000 + i));
        }
        return rows;
    }

    private static DailyRow row(String symbol, long base, long close, long volume) {
        return new DailyRow(
                symbol,
                "Name of " + symbol,
                KrxMarket.KOSPI,
                close,
                close + close / 100,
                close - close / 100,
                close,
                close - base,
                volume,
                close * volume,
                1_000_000);
    }

    private static Run run(String revision) {
        return new Run(
                new Slot(JobName.INDICATOR_CALCULATION, SESSION.toString(), revision, Mode.DRY_RUN, Optional.empty()),
                SESSION,
                new Fence("lease", 1),
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(300),
                false,
                true);
    }
}
