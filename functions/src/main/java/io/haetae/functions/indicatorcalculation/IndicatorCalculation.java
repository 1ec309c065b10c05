package io.haetae.functions.indicatorcalculation;

import io.haetae.calendar.TradingCalendar;
import io.haetae.indicator.IndicatorSet;
import io.haetae.indicator.IndicatorSnapshot;
import io.haetae.indicator.IndicatorSnapshots;
import io.haetae.indicator.MarketState;
import io.haetae.indicator.MarketStates;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.job.Run;
import io.haetae.market.Coverage;
import io.haetae.market.Indices;
import io.haetae.market.MarketData;
import io.haetae.market.MarketDay;
import io.haetae.store.StoreUnavailableException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Computes every indicator of every symbol of a session and makes the watchlist's update due. It goes on from the newest kept
 * state whose inputs still stand and reads the sessions after it alone; without one, it takes the same way from the oldest
 * stored session on.
 */
public final class IndicatorCalculation implements JobBody {

    /** Sessions whose rows are in memory at one time. */
    private static final int SESSIONS_A_READ = 25;

    /** Sessions after which a long way says where it is. */
    private static final int SESSIONS_A_WORD = 500;

    /** Per cent of the previous session's rows: below it the session is not judged. */
    private static final int LEAST_COVERAGE_PCT = 95;

    private static final System.Logger LOG = System.getLogger(IndicatorCalculation.class.getName());

    private final MarketData market;
    private final Indices indices;
    private final TradingCalendar calendar;
    private final MarketStates states;
    private final IndicatorSnapshots snapshots;

    public IndicatorCalculation(
            MarketData market,
            Indices indices,
            TradingCalendar calendar,
            MarketStates states,
            IndicatorSnapshots snapshots) {
        this.market = market;
        this.indices = indices;
        this.calendar = calendar;
        this.states = states;
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
                    .formatted(LEAST_COVERAGE_PCT, coverage.share(), coverage.rows(), coverage.expected(), session));
        }
        return compute(coverage);
    }

    private JobResult compute(Coverage coverage) {
        LocalDate session = coverage.session();
        InputChain chain = InputChain.read(market, indices, calendar, session);
        if (!chain.revision(session).equals(Optional.of(coverage.revision()))) {
            return changed(session);
        }
        return compute(coverage, chain);
    }

    private static JobResult changed(LocalDate session) {
        return new JobResult.Refused("rows of %s changed while they were read".formatted(session));
    }

    private JobResult compute(Coverage coverage, InputChain chain) {
        MarketStates.Found found = states.newest(chain.links());
        MarketState state = found.state().orElseGet(MarketState::new);
        Way way = new Way(
                state.session(), chain.after(state.session()), found.damaged().size());
        long impossible = 0;
        List<String> troubles = new ArrayList<>();
        for (String damaged : found.damaged()) {
            LOG.log(System.Logger.Level.WARNING, "a damaged state is left aside: {0}", damaged);
            troubles.add("warning: a damaged state is left aside: " + damaged);
        }
        for (int at = 0; at < way.sessions().size(); at += SESSIONS_A_READ) {
            List<LocalDate> some =
                    way.sessions().subList(at, Math.min(way.sessions().size(), at + SESSIONS_A_READ));
            Map<LocalDate, MarketDay> days = market
                    .days(some.stream().filter(chain::isStored).toList())
                    .stream()
                    .collect(Collectors.toMap(MarketDay::session, Function.identity()));
            for (LocalDate session : some) {
                Optional<MarketDay> day = Optional.ofNullable(days.get(session));
                if (!day.map(MarketDay::revision).equals(chain.revision(session))) {
                    return changed(session);
                }
                impossible += step(state, session, day, chain);
                if (chain.links().tailMap(session, false).size() < MarketStates.KEPT) {
                    keep(state, chain, troubles);
                }
            }
            if (at > 0 && at % SESSIONS_A_WORD == 0) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "indicators: {0} of {1} sessions",
                        at,
                        way.sessions().size());
            }
        }
        return store(coverage, chain, state, way, impossible, troubles);
    }

    private static int step(MarketState state, LocalDate session, Optional<MarketDay> day, InputChain chain) {
        if (day.isEmpty()) {
            state.skip(session);
            return 0;
        }
        return state.next(day.get(), chain.indexClose(session));
    }

    /**
     * For later runs: rows of the newest sessions are those that get corrected, so a run over them goes on from before. Without a
     * state the next run takes a longer way, which is no reason to fail this one.
     */
    private void keep(MarketState state, InputChain chain, List<String> troubles) {
        try {
            states.put(state, chain.links());
        } catch (StoreUnavailableException e) {
            LOG.log(System.Logger.Level.WARNING, "a state is not kept", e);
            troubles.add("the state of %s is not kept: %s".formatted(state.session(), e.getMessage()));
        }
    }

    private JobResult store(
            Coverage coverage, InputChain chain, MarketState state, Way way, long impossible, List<String> troubles) {
        List<IndicatorSet> sets = state.sets();
        IndicatorSnapshot snapshot = new IndicatorSnapshot(coverage.session(), coverage.inputs(), sets);
        if (!snapshots.putIf(snapshot, () -> isInForce(coverage) && !isIndexNew(coverage.session(), chain))) {
            return isIndexNew(coverage.session(), chain) ? compute(coverage) : changed(coverage.session());
        }
        long bars = sets.stream().mapToLong(IndicatorSet::bars).sum();
        int skipped = state.listed() - sets.size();
        return new JobResult.Done(
                "%s, %s of %s; %s%s"
                        .formatted(
                                count(sets.size(), "symbol"),
                                count(bars, "bar"),
                                coverage.session(),
                                way.text(),
                                remarks(coverage, skipped, chain.missing(), impossible)),
                Map.of(
                        "symbols", (long) sets.size(),
                        "bars", bars,
                        "skipped", (long) skipped,
                        "sessions", (long) way.sessions().size(),
                        "missing_sessions", (long) chain.missing(),
                        "impossible_rows", impossible),
                List.of(JobEvent.derived(JobName.WATCHLIST_UPDATE, coverage.session(), coverage.inputs())),
                troubles);
    }

    /** An index that comes while indicators are computed makes none due: they are computed with it instead. */
    private boolean isIndexNew(LocalDate session, InputChain chain) {
        BigDecimal close = indices.closes(Indices.KOSPI, session, session).get(session);
        return close != null && close.doubleValue() != chain.indexClose(session);
    }

    private boolean isInForce(Coverage coverage) {
        return market.coverage(coverage.session())
                .filter(now -> now.inputs().equals(coverage.inputs()))
                .isPresent();
    }

    /**
     * Where a run went on from.
     *
     * @param from session of the state, null for none
     * @param sessions after it
     * @param damaged newer states that could not be read
     */
    private record Way(@Nullable LocalDate from, List<LocalDate> sessions, int damaged) {

        String text() {
            return (from == null ? "whole history" : "from " + from)
                    + ", "
                    + count(sessions.size(), "session")
                    + (damaged == 0 ? "" : "; " + count(damaged, "damaged state") + " left aside");
        }
    }

    private static String remarks(Coverage coverage, int skipped, int missing, long impossible) {
        StringBuilder remarks = new StringBuilder();
        if (coverage.rows() < coverage.expected()) {
            remarks.append("; %d of %d rows (%s)".formatted(coverage.rows(), coverage.expected(), coverage.share()));
        }
        if (!coverage.complete()) {
            remarks.append("; coverage incomplete");
        }
        if (skipped > 0) {
            remarks.append("; " + count(skipped, "symbol") + " never traded");
        }
        if (missing > 0) {
            remarks.append("; " + count(missing, "session") + " missing");
        }
        if (impossible > 0) {
            remarks.append("; " + count(impossible, "impossible row") + " left out");
        }
        return remarks.toString();
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
