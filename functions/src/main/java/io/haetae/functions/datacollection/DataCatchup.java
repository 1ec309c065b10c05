package io.haetae.functions.datacollection;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.indicator.IndicatorSnapshots;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.job.Run;
import io.haetae.kis.KisClient;
import io.haetae.kis.KisException;
import io.haetae.krx.KrxClient;
import io.haetae.krx.KrxException;
import io.haetae.krx.KrxException.Kind;
import io.haetae.market.Coverage;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.Gaps;
import io.haetae.market.MarketData;
import io.haetae.market.MarketDay;
import io.haetae.market.TradingStatuses;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The morning after: the Exchange's own rows of the session before, in place of the broker's; gaps of the sessions shortly
 * before it are filled. An empty answer means not published yet, the calendar alone knows the sessions.
 */
public final class DataCatchup implements JobBody {

    private static final System.Logger LOG = System.getLogger(DataCatchup.class.getName());

    /** When the Exchange publishes. */
    private static final LocalTime PUBLICATION = LocalTime.of(8, 0);

    /** What a run may spend on sessions that no signal waits for. */
    private static final Duration FOR_OLDER = Duration.ofMinutes(5);

    /** From then on signals have to do with what there is. */
    private static final LocalTime LAST_CALL = LocalTime.of(8, 40);

    private final Optional<KrxClient> krx;
    private final Optional<BrokerPrices> broker;
    private final MarketData market;
    private final TradingStatuses statuses;
    private final Gaps gaps;
    private final IndicatorSnapshots indicators;
    private final TradingCalendar calendar;
    private final TimeSource time;

    /**
     * @param krx empty when no key is configured
     * @param kis empty when no keys are configured
     * @param callsPerSecond this function's share of the broker's rate
     */
    public DataCatchup(
            Optional<KrxClient> krx,
            Optional<KisClient> kis,
            BigDecimal callsPerSecond,
            MarketData market,
            TradingStatuses statuses,
            Gaps gaps,
            IndicatorSnapshots indicators,
            TradingCalendar calendar,
            TimeSource time) {
        this.krx = krx;
        this.broker = BrokerPrices.of(kis, callsPerSecond, time);
        this.market = market;
        this.statuses = statuses;
        this.gaps = gaps;
        this.indicators = indicators;
        this.calendar = calendar;
        this.time = time;
    }

    @Override
    public JobResult run(Run run) throws KrxException, InterruptedException {
        if (krx.isEmpty()) {
            return new JobResult.Skipped("NO_KEY krx/auth-key");
        }
        LocalDate newest = run.session();
        MissingSessions missing =
                new MissingSessions(new OfficialRows(krx.get(), market, calendar), market, gaps, calendar, time);
        MissingSessions.Open open = missing.upTo(newest);
        boolean fundamentalsWanted = fundamentalsWanted(newest);
        if (!fundamentalsWanted && (open.isNothing() || isSettled(newest))) {
            return complete(market.coverage(newest).orElseThrow());
        }
        MissingSessions.Outcome outcome = new MissingSessions.Outcome();
        try {
            missing.fillRecent(open, newest, outcome);
        } catch (KrxException e) {
            if (e.kind() != Kind.NOT_PUBLISHED) {
                throw e;
            }
            return absent(newest, outcome);
        }
        if (open.recent().contains(newest)) {
            missing.readAgain(newest, at(calendar.dateAt(time.now()), PUBLICATION), outcome);
        }
        if (fundamentalsWanted) {
            fundamentals(newest, run.deadline());
        }
        missing.fillOlder(open, newest, earlier(run.started().plus(FOR_OLDER), run.deadline()), outcome);
        Coverage coverage = market.coverage(newest).orElseThrow();
        return done(coverage, outcome, fundamentalsWanted);
    }

    /** Whether signals are about to be made of the newest session's official rows. Older sessions have the next morning. */
    private boolean isSettled(LocalDate newest) {
        return signalsWait(newest, calendar, time.now())
                && market.coverage(newest).filter(this::isComputed).isPresent();
    }

    private boolean isComputed(Coverage coverage) {
        return coverage.isOfficial()
                && indicators
                        .revision(coverage.session())
                        .filter(coverage.inputs()::equals)
                        .isPresent();
    }

    /** From the last call until the session after the newest one opens, what is made due comes too late for its entries. */
    static boolean signalsWait(LocalDate newest, TradingCalendar calendar, Instant now) {
        return calendar.sessionsBetween(newest.plusDays(1), calendar.dateAt(now)).stream()
                .findFirst()
                .filter(session -> now.isBefore(session.open())
                        && !now.isBefore(session.date()
                                .atTime(LAST_CALL)
                                .atZone(calendar.zone())
                                .toInstant()))
                .isPresent();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Rows are stored before their indicators are due: a run that died in between leaves that to the next one. */
    private JobResult complete(Coverage coverage) {
        return isComputed(coverage)
                ? new JobResult.Skipped("complete")
                : done(coverage, new MissingSessions.Outcome(), false);
    }

    private JobResult absent(LocalDate newest, MissingSessions.Outcome outcome) {
        boolean usable = market.coverage(newest).filter(Coverage::complete).isPresent();
        String what = "official rows of " + newest + " are not published yet";
        if (time.now().isBefore(lastCall(newest))) {
            return new JobResult.Skipped(what);
        }
        return new JobResult.Skipped(
                usable ? what + "; provisional rows are used" : what + "; no rows of that session are stored",
                outcome.lines());
    }

    /** 08:40 of the day on which the rows are due, whatever day a late run has. */
    private Instant lastCall(LocalDate newest) {
        return at(due(newest).orElse(newest.plusDays(1)), LAST_CALL);
    }

    /** The session after the newest one, when its day has come. */
    private Optional<LocalDate> due(LocalDate newest) {
        return calendar.sessionsBetween(newest.plusDays(1), calendar.dateAt(time.now())).stream()
                .map(Session::date)
                .findFirst();
    }

    private Instant at(LocalDate date, LocalTime wall) {
        return date.atTime(wall).atZone(calendar.zone()).toInstant();
    }

    /**
     * The broker knows only today's figures: they are the session's until the next one opens. From the last call on they
     * would come after the signals, and make the scores late that these need.
     */
    private boolean fundamentalsWanted(LocalDate newest) {
        Instant now = time.now();
        return broker.isPresent()
                && calendar.newestClosed(now).date().equals(newest)
                && fundamentalsUntil(newest).filter(end -> !now.isBefore(end)).isEmpty()
                && market.fundamentals(newest).isEmpty();
    }

    private Optional<Instant> fundamentalsUntil(LocalDate newest) {
        return due(newest).map(date -> at(date, LAST_CALL));
    }

    /** Rows do not wait for figures: trouble with the broker is told and left. */
    private void fundamentals(LocalDate newest, Instant deadline) throws InterruptedException {
        List<String> symbols = market.day(newest).map(MarketDay::rows).orElse(List.of()).stream()
                .map(DailyRow::symbol)
                .toList();
        try {
            Instant until =
                    fundamentalsUntil(newest).map(end -> earlier(deadline, end)).orElse(deadline);
            BrokerPrices.Sweep sweep = broker.orElseThrow().sweep(symbols, until);
            statuses.put(newest, sweep.statuses());
            List<Fundamentals> known = sweep.fundamentals();
            if (!known.isEmpty()) {
                market.putFundamentals(newest, known);
            }
        } catch (KisException e) {
            LOG.log(System.Logger.Level.WARNING, "no fundamentals of {0}: {1}", newest, e.getMessage());
        }
    }

    /** The fundamentals are those that are stored: a run that died after it had stored them has not told them. */
    private JobResult done(Coverage coverage, MissingSessions.Outcome outcome, boolean fundamentalsWanted) {
        int fundamentals = market.fundamentals(coverage.session()).size();
        StringBuilder reason =
                new StringBuilder("%d official rows of %s".formatted(coverage.rows(), coverage.session()));
        if (outcome.filled() > 1) {
            reason.append(", %d sessions filled".formatted(outcome.filled()));
        }
        if (outcome.left() > 0) {
            reason.append(", %d sessions without rows".formatted(outcome.left()));
        }
        if (fundamentals > 0 || fundamentalsWanted) {
            reason.append(", %d fundamentals".formatted(fundamentals));
        }
        return new JobResult.Done(
                reason.toString(),
                Map.of(
                        "rows",
                        (long) coverage.rows(),
                        "sessions",
                        (long) outcome.filled(),
                        "gaps",
                        (long) outcome.left(),
                        "fundamentals",
                        (long) fundamentals),
                List.of(JobEvent.derived(JobName.INDICATOR_CALCULATION, coverage.session(), coverage.inputs())),
                outcome.lines());
    }
}
