package io.haetae.functions.datacollection;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.krx.KrxClient;
import io.haetae.krx.KrxException;
import io.haetae.krx.KrxException.Kind;
import io.haetae.market.Coverage;
import io.haetae.market.DailyRow;
import io.haetae.market.Gaps;
import io.haetae.market.MarketData;
import io.haetae.time.TimeSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Fills the store with the Exchange's rows of past sessions, oldest first and one call after another: nobody knows how many
 * calls a second the service bears, and a backfill that is stopped goes on where it was. Sessions that are complete
 * already are left alone.
 */
public final class Backfill {

    /** So many unusable files on end are no matter of single sessions. */
    private static final int REFUSED_ON_END = 10;

    /** Sessions after the first one that are asked for one to hold it against. */
    private static final int NEIGHBOURS = 3;

    private final OfficialRows official;
    private final MarketData market;
    private final Gaps gaps;
    private final TradingCalendar calendar;
    private final TimeSource time;

    /** Fetched ahead of their turn. */
    private final Map<LocalDate, OfficialRows.Fetched> ahead = new HashMap<>();

    public Backfill(KrxClient client, MarketData market, Gaps gaps, TradingCalendar calendar, TimeSource time) {
        this.official = new OfficialRows(client, market, calendar);
        this.market = market;
        this.gaps = gaps;
        this.calendar = calendar;
        this.time = time;
    }

    /** Told after each session. */
    @FunctionalInterface
    public interface Progress {
        void at(int done, int total);
    }

    /**
     * What a backfill did.
     *
     * @param stored sessions fetched and stored
     * @param present sessions that were complete before
     * @param refused sessions without usable rows; the reasons are kept
     * @param stopped asked to end before the last session
     */
    public record Report(int stored, int present, List<LocalDate> refused, boolean stopped) {
        public Report {
            refused = List.copyOf(refused);
        }
    }

    /** As below, to the end. */
    public Report run(LocalDate from, LocalDate to, Progress progress) throws KrxException, InterruptedException {
        return run(from, to, progress, () -> false);
    }

    /**
     * Stores the sessions from {@code from} to {@code to}, both included.
     *
     * @param stop asked before each session
     * @throws KrxException when the service cannot be used; what was stored before stays
     */
    public Report run(LocalDate from, LocalDate to, Progress progress, BooleanSupplier stop)
            throws KrxException, InterruptedException {
        List<LocalDate> missing = new ArrayList<>(
                calendar.sessionsBetween(from, to).stream().map(Session::date).toList());
        int total = missing.size();
        Set<LocalDate> complete = new HashSet<>();
        for (Coverage coverage : market.coverage(from, to)) {
            if (coverage.isOfficial()) {
                complete.add(coverage.session());
            }
        }
        missing.removeAll(complete);
        int present = total - missing.size();
        if (missing.isEmpty()) {
            return new Report(0, present, List.of(), false);
        }
        // If this ends early, the catch-up must look at what is left.
        Optional<LocalDate> settled = gaps.settled().filter(date -> !date.isBefore(missing.getFirst()));
        if (settled.isPresent()) {
            gaps.settle(Optional.of(missing.getFirst().minusDays(1)));
        }
        Report report = fill(missing, present, progress, stop);
        if (settled.isPresent() && !report.stopped()) {
            gaps.settle(settled);
        }
        return report;
    }

    private Report fill(List<LocalDate> missing, int present, Progress progress, BooleanSupplier stop)
            throws KrxException, InterruptedException {
        Set<LocalDate> refusedBefore = new HashSet<>();
        gaps.refusals(missing.getFirst(), missing.getLast()).forEach(refusal -> refusedBefore.add(refusal.session()));
        List<LocalDate> refused = new ArrayList<>();
        int stored = 0;
        int onEnd = 0;
        for (LocalDate session : missing) {
            if (stop.getAsBoolean()) {
                return new Report(stored, present, refused, true);
            }
            try {
                store(session, missing);
                stored++;
                onEnd = 0;
                if (refusedBefore.contains(session)) {
                    gaps.close(session);
                }
            } catch (KrxException e) {
                if (!MissingSessions.isOfOneSession(e) || ++onEnd >= REFUSED_ON_END && e.kind() == Kind.MALFORMED) {
                    throw e;
                }
                gaps.refuse(session, String.valueOf(e.getMessage()), time.now(), true);
                refused.add(session);
            }
            progress.at(present + stored + refused.size(), present + missing.size());
        }
        return new Report(stored, present, refused, false);
    }

    private void store(LocalDate session, List<LocalDate> missing) throws KrxException, InterruptedException {
        OfficialRows.Fetched rows = fetch(session);
        if (session.equals(missing.getFirst()) && market.completeBefore(session).isEmpty()) {
            holdAgainstNext(session, rows.rows(), missing);
        }
        official.store(session, rows, time.now());
    }

    private OfficialRows.Fetched fetch(LocalDate session) throws KrxException, InterruptedException {
        OfficialRows.Fetched fetched = ahead.remove(session);
        return fetched == null ? official.fetch(session) : fetched;
    }

    /** Nothing lies before the first session that would show a file cut short, so the one after it must. */
    private void holdAgainstNext(LocalDate first, List<DailyRow> rows, List<LocalDate> missing)
            throws KrxException, InterruptedException {
        for (LocalDate next : missing.subList(1, Math.min(missing.size(), 1 + NEIGHBOURS))) {
            OfficialRows.Fetched found;
            try {
                found = official.fetch(next);
            } catch (KrxException e) {
                if (!MissingSessions.isOfOneSession(e)) {
                    throw e;
                }
                continue;
            }
            ahead.put(next, found);
            official.check(first, rows, next, found.rows());
            return;
        }
    }
}
