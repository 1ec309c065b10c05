package io.haetae.functions.indicatorcalculation;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.indicator.Bars;
import io.haetae.indicator.IndicatorSet;
import io.haetae.indicator.IndicatorSnapshot;
import io.haetae.indicator.IndicatorSnapshots;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.job.Run;
import io.haetae.market.Coverage;
import io.haetae.market.MarketData;
import io.haetae.market.MarketDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Computes every indicator of every symbol of a session in one pass over the market's rows, and makes the watchlist's
 * update due.
 */
public final class IndicatorCalculation implements JobBody {

    /** Sessions looked at: the longest window is 252 returns, the rest lets recursive averages settle. */
    static final int SESSIONS = 300;

    /** Calendar days that surely hold them, long holidays and all. */
    private static final int DAYS = SESSIONS * 8 / 5;

    /** Per cent of the previous session's rows: below it the session is not judged. */
    private static final int LEAST_COVERAGE_PCT = 95;

    private final MarketData market;
    private final TradingCalendar calendar;
    private final IndicatorSnapshots snapshots;

    public IndicatorCalculation(MarketData market, TradingCalendar calendar, IndicatorSnapshots snapshots) {
        this.market = market;
        this.calendar = calendar;
        this.snapshots = snapshots;
    }

    @Override
    public JobResult run(Run run) {
        LocalDate session = run.session();
        Optional<Coverage> stored = market.coverage(session);
        if (stored.isEmpty()) {
            return new JobResult.Refused("no rows are stored for " + session);
        }
        Coverage coverage = stored.get();
        String asked = run.slot().revision();
        if (!asked.isEmpty() && !asked.equals(coverage.inputs())) {
            return new JobResult.Refused("rows of %s stand at revision %s, revision %s was asked for"
                    .formatted(session, coverage.inputs(), asked));
        }
        if (coverage.rows() == 0 || coverage.rows() * 100L < (long) coverage.expected() * LEAST_COVERAGE_PCT) {
            return new JobResult.Refused("COVERAGE limit=%d %% actual=%s: %d of %d rows of %s"
                    .formatted(LEAST_COVERAGE_PCT, percent(coverage), coverage.rows(), coverage.expected(), session));
        }
        Optional<MarketDay> day = market.day(session);
        if (day.isEmpty() || !day.get().revision().equals(coverage.revision())) {
            return new JobResult.Refused("rows of %s changed while they were read".formatted(session));
        }
        return compute(day.get(), coverage);
    }

    private JobResult compute(MarketDay day, Coverage coverage) {
        MarketHistory history = MarketHistory.read(market, sessionsTo(day.session()), day);
        List<IndicatorSet> sets = new ArrayList<>(history.symbols().size());
        long bars = 0;
        for (int symbol = 0; symbol < history.symbols().size(); symbol++) {
            Optional<Bars> traded = history.bars(symbol);
            if (traded.isPresent()) {
                bars += traded.get().size();
                sets.add(IndicatorSet.of(history.symbols().get(symbol), traded.get()));
            }
        }
        snapshots.put(new IndicatorSnapshot(day.session(), coverage.inputs(), sets));
        int skipped = history.symbols().size() - sets.size();
        return new JobResult.Done(
                "%d symbols, %d bars of %s%s"
                        .formatted(sets.size(), bars, day.session(), remarks(coverage, history, skipped)),
                Map.of(
                        "symbols", (long) sets.size(),
                        "bars", bars,
                        "skipped", (long) skipped,
                        "missing_sessions", (long) history.missingSessions(),
                        "impossible_rows", history.impossibleRows()),
                List.of(JobEvent.derived(JobName.WATCHLIST_UPDATE, day.session(), coverage.inputs())),
                List.of());
    }

    private List<LocalDate> sessionsTo(LocalDate newest) {
        List<LocalDate> sessions = new ArrayList<>(calendar.sessionsBetween(newest.minusDays(DAYS), newest).stream()
                .map(Session::date)
                .toList());
        // Rows are stored, so it is a session, whatever the calendar was told.
        if (sessions.isEmpty() || !sessions.getLast().equals(newest)) {
            sessions.add(newest);
        }
        List<LocalDate> recent = sessions.subList(Math.max(0, sessions.size() - SESSIONS), sessions.size());
        Optional<LocalDate> oldest = market.coverage(recent.getFirst(), newest).stream()
                .map(Coverage::session)
                .findFirst();
        return recent.stream()
                .dropWhile(session -> oldest.isPresent() && session.isBefore(oldest.get()))
                .toList();
    }

    private static String remarks(Coverage coverage, MarketHistory history, int skipped) {
        StringBuilder remarks = new StringBuilder();
        if (coverage.rows() < coverage.expected()) {
            remarks.append("; %d of %d rows (%s)".formatted(coverage.rows(), coverage.expected(), percent(coverage)));
        }
        if (!coverage.complete()) {
            remarks.append("; coverage incomplete");
        }
        if (skipped > 0) {
            remarks.append("; %d symbols never traded".formatted(skipped));
        }
        if (history.missingSessions() > 0) {
            remarks.append("; %d sessions missing".formatted(history.missingSessions()));
        }
        if (history.impossibleRows() > 0) {
            remarks.append("; %d impossible rows left out".formatted(history.impossibleRows()));
        }
        return remarks.toString();
    }

    private static String percent(Coverage coverage) {
        return coverage.expected() == 0
                ? "unknown"
                : String.format(Locale.ROOT, "%.1f %%", coverage.rows() * 100.0 / coverage.expected());
    }
}
