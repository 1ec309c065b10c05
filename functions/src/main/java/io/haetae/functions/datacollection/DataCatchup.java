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
import io.haetae.market.MarketData;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
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

    /** Sessions looked at for gaps, the newest included. */
    private static final int SESSIONS = 5;

    /** From then on signals have to do with what there is. */
    private static final LocalTime LAST_CALL = LocalTime.of(8, 40);

    private final Optional<KrxClient> krx;
    private final Optional<BrokerPrices> broker;
    private final MarketData market;
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
            IndicatorSnapshots indicators,
            TradingCalendar calendar,
            TimeSource time) {
        this.krx = krx;
        this.broker = BrokerPrices.of(kis, callsPerSecond, time);
        this.market = market;
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
        List<LocalDate> gaps = gaps(newest);
        boolean fundamentalsWanted = fundamentalsWanted(newest);
        if (gaps.isEmpty() && !fundamentalsWanted) {
            return complete(market.coverage(newest).orElseThrow());
        }
        int filled = fill(new OfficialRows(krx.get(), market), gaps);
        Optional<Coverage> standing = market.coverage(newest);
        if (!isOfficial(standing)) {
            return absent(newest, standing);
        }
        int fundamentals = fundamentalsWanted ? fundamentals(newest, run.deadline()) : 0;
        return done(standing.orElseThrow(), filled, gaps.size() - filled, fundamentals, fundamentalsWanted);
    }

    /** Rows are stored before their indicators are due: a run that died in between leaves that to the next one. */
    private JobResult complete(Coverage coverage) {
        return indicators
                        .revision(coverage.session())
                        .filter(coverage.revision()::equals)
                        .isPresent()
                ? new JobResult.Skipped("complete")
                : done(coverage, 0, 0, 0, false);
    }

    /** The newest sessions that lack complete official rows, oldest first. */
    private List<LocalDate> gaps(LocalDate newest) {
        LocalDate oldest = SESSIONS > 1 ? calendar.back(newest, SESSIONS - 1).date() : newest;
        return calendar.sessionsBetween(oldest, newest).stream()
                .map(Session::date)
                .filter(session -> !isOfficial(market.coverage(session)))
                .toList();
    }

    private static boolean isOfficial(Optional<Coverage> coverage) {
        return coverage.filter(found -> found.complete() && found.source() == PriceSource.OFFICIAL)
                .isPresent();
    }

    /** How many were filled. A session the Exchange has no rows for is left; the newest one decides the outcome. */
    private int fill(OfficialRows official, List<LocalDate> gaps) throws KrxException, InterruptedException {
        int filled = 0;
        for (LocalDate session : gaps) {
            try {
                official.store(session, official.fetch(session), time.now());
                filled++;
            } catch (KrxException e) {
                boolean ofThisSession = e.kind() == Kind.NOT_PUBLISHED || e.kind() == Kind.MALFORMED;
                boolean newest = session.equals(gaps.getLast());
                if (!ofThisSession || newest && e.kind() == Kind.MALFORMED) {
                    throw e;
                }
                LOG.log(System.Logger.Level.INFO, "{0}; left open", e.getMessage());
            }
        }
        return filled;
    }

    private JobResult absent(LocalDate newest, Optional<Coverage> standing) {
        boolean usable = standing.filter(Coverage::complete).isPresent();
        boolean lastCall = !time.now().isBefore(lastCall(newest));
        String what = "official rows of " + newest + " are not published yet";
        if (!lastCall) {
            return new JobResult.Skipped(what);
        }
        return new JobResult.Skipped(
                usable ? what + "; provisional rows are used" : what + "; no rows of that session are stored");
    }

    /** 08:40 of the day on which the rows are due, whatever day a late run has. */
    private Instant lastCall(LocalDate newest) {
        LocalDate today = calendar.dateAt(time.now());
        LocalDate due = calendar.sessionsBetween(newest.plusDays(1), today).stream()
                .map(Session::date)
                .findFirst()
                .orElse(newest.plusDays(1));
        return due.atTime(LAST_CALL).atZone(calendar.zone()).toInstant();
    }

    /** The broker knows only today's figures: they are the session's until the next one opens. */
    private boolean fundamentalsWanted(LocalDate newest) {
        Instant now = time.now();
        return broker.isPresent()
                && calendar.newestClosed(now).date().equals(newest)
                && calendar.openAt(now).isEmpty()
                && market.fundamentals(newest).isEmpty();
    }

    /** How many were stored. Rows do not wait for figures: trouble with the broker is told and left. */
    private int fundamentals(LocalDate newest, Instant deadline) throws InterruptedException {
        List<String> symbols = market.day(newest).map(MarketDay::rows).orElse(List.of()).stream()
                .map(DailyRow::symbol)
                .toList();
        try {
            List<Fundamentals> known =
                    broker.orElseThrow().sweep(symbols, deadline).fundamentals();
            if (!known.isEmpty()) {
                market.putFundamentals(newest, known);
            }
            return known.size();
        } catch (KisException e) {
            LOG.log(System.Logger.Level.WARNING, "no fundamentals of {0}: {1}", newest, e.getMessage());
            return 0;
        }
    }

    private static JobResult done(
            Coverage coverage, int filled, int left, int fundamentals, boolean fundamentalsWanted) {
        StringBuilder reason =
                new StringBuilder("%d official rows of %s".formatted(coverage.rows(), coverage.session()));
        if (filled > 1) {
            reason.append(", %d sessions filled".formatted(filled));
        }
        if (left > 0) {
            reason.append(", %d sessions without rows".formatted(left));
        }
        if (fundamentalsWanted) {
            reason.append(", %d fundamentals".formatted(fundamentals));
        }
        return new JobResult.Done(
                reason.toString(),
                Map.of(
                        "rows",
                        (long) coverage.rows(),
                        "sessions",
                        (long) filled,
                        "gaps",
                        (long) left,
                        "fundamentals",
                        (long) fundamentals),
                List.of(JobEvent.derived(JobName.INDICATOR_CALCULATION, coverage.session(), coverage.revision())),
                List.of());
    }
}
