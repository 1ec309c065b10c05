package io.haetae.functions.datacollection;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.krx.KrxClient;
import io.haetae.krx.KrxException;
import io.haetae.krx.KrxException.Kind;
import io.haetae.market.Coverage;
import io.haetae.market.DailyRow;
import io.haetae.market.MarketData;
import io.haetae.market.PriceSource;
import io.haetae.time.TimeSource;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Fills the store with the Exchange's rows of past sessions, oldest first. Sessions that are complete already are left alone,
 * so a backfill that was stopped goes on where it was.
 */
public final class Backfill {

    /** Sessions fetched ahead of the one that is being stored. */
    private static final int AHEAD = 4;

    private static final int FETCHERS = 2;

    private final OfficialRows official;
    private final MarketData market;
    private final TradingCalendar calendar;
    private final TimeSource time;

    public Backfill(KrxClient client, MarketData market, TradingCalendar calendar, TimeSource time) {
        this.official = new OfficialRows(client, market);
        this.market = market;
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
     * @param absent sessions for which the Exchange has no rows
     */
    public record Report(int stored, int present, List<LocalDate> absent) {
        public Report {
            absent = List.copyOf(absent);
        }
    }

    private record Fetch(LocalDate session, Future<List<DailyRow>> rows) {}

    /**
     * Stores the sessions from {@code from} to {@code to}, both included.
     *
     * @throws KrxException on the first answer that cannot be used; what was stored before stays
     */
    public Report run(LocalDate from, LocalDate to, Progress progress) throws KrxException, InterruptedException {
        List<LocalDate> sessions =
                calendar.sessionsBetween(from, to).stream().map(Session::date).toList();
        Set<LocalDate> complete = new HashSet<>();
        for (Coverage coverage : market.coverage(from, to)) {
            if (coverage.complete() && coverage.source() == PriceSource.OFFICIAL) {
                complete.add(coverage.session());
            }
        }
        List<LocalDate> missing =
                sessions.stream().filter(session -> !complete.contains(session)).toList();
        int present = sessions.size() - missing.size();
        ExecutorService fetchers = Executors.newFixedThreadPool(
                FETCHERS, Thread.ofPlatform().daemon().name("backfill-", 0).factory());
        try {
            return fill(missing, present, fetchers, progress);
        } finally {
            fetchers.shutdownNow();
        }
    }

    private Report fill(List<LocalDate> missing, int present, ExecutorService fetchers, Progress progress)
            throws KrxException, InterruptedException {
        Deque<Fetch> ahead = new ArrayDeque<>();
        List<LocalDate> absent = new ArrayList<>();
        int next = 0;
        int done = 0;
        while (done < missing.size()) {
            for (; next < missing.size() && ahead.size() < AHEAD; next++) {
                LocalDate session = missing.get(next);
                ahead.add(new Fetch(session, fetchers.submit(() -> official.fetch(session))));
            }
            Fetch oldest = ahead.remove();
            try {
                official.store(oldest.session(), await(oldest.rows()), time.now());
            } catch (KrxException e) {
                if (e.kind() != Kind.NOT_PUBLISHED) {
                    throw e;
                }
                absent.add(oldest.session());
            }
            done++;
            progress.at(present + done, present + missing.size());
        }
        return new Report(missing.size() - absent.size(), present, absent);
    }

    private static List<DailyRow> await(Future<List<DailyRow>> rows) throws KrxException, InterruptedException {
        try {
            return rows.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case KrxException trouble -> throw trouble;
                case InterruptedException interrupted -> throw interrupted;
                case RuntimeException bug -> throw bug;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
