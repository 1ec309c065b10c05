package io.haetae.functions.datacollection;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.krx.KrxException;
import io.haetae.krx.KrxException.Kind;
import io.haetae.market.Coverage;
import io.haetae.market.Gaps;
import io.haetae.market.MarketData;
import io.haetae.market.Refusal;
import io.haetae.time.TimeSource;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The sessions of the calendar whose official rows are not stored, and the filling of them. What was looked at once is
 * remembered, so a long history costs no more than a short one.
 */
final class MissingSessions {

    /** The newest sessions, looked at every time. */
    static final int LOOK_BACK = 5;

    /** Older sessions asked for in one run: a machine that was off for long catches up over some days. */
    private static final int MOST_OLDER = 40;

    /** An older session is not asked for again after so many mornings; a backfill still does. */
    private static final int MOST_ATTEMPTS = 10;

    private final OfficialRows official;
    private final MarketData market;
    private final Gaps gaps;
    private final TradingCalendar calendar;
    private final TimeSource time;

    MissingSessions(OfficialRows official, MarketData market, Gaps gaps, TradingCalendar calendar, TimeSource time) {
        this.official = official;
        this.market = market;
        this.gaps = gaps;
        this.calendar = calendar;
        this.time = time;
    }

    /**
     * What is to be asked for, each list oldest first.
     *
     * @param recent of the look-back, the newest session among them when it is missing
     * @param older before it
     * @param refused before, by session
     */
    record Open(List<LocalDate> recent, List<LocalDate> older, Map<LocalDate, Refusal> refused) {
        boolean isNothing() {
            return recent.isEmpty() && older.isEmpty();
        }
    }

    /** What came of asking. */
    static final class Outcome {
        private final Set<LocalDate> asked = new TreeSet<>();
        private final List<String> lines = new ArrayList<>();
        private int filled;
        private boolean corrected;

        int filled() {
            return filled;
        }

        int left() {
            return asked.size() - filled;
        }

        /** Differences and refusals, for a person. */
        List<String> lines() {
            return lines;
        }
    }

    Open upTo(LocalDate newest) {
        LocalDate recentFrom = calendar.back(newest, LOOK_BACK - 1).date();
        LocalDate unsettled = gaps.settled()
                .map(settled -> settled.plusDays(1))
                .or(market::firstStored)
                .filter(from -> from.isBefore(recentFrom))
                .orElse(recentFrom);
        Set<LocalDate> present = market.coverage(unsettled, newest).stream()
                .filter(Coverage::isOfficial)
                .map(Coverage::session)
                .collect(Collectors.toSet());
        Map<LocalDate, Refusal> refusals = new HashMap<>();
        gaps.refusals(calendar.firstKnown(), newest).forEach(refusal -> refusals.put(refusal.session(), refusal));
        TreeSet<LocalDate> missing = new TreeSet<>(refusals.keySet());
        missing.removeIf(session -> !calendar.isSession(session));
        calendar.sessionsBetween(unsettled, newest).stream().map(Session::date).forEach(missing::add);
        missing.removeAll(present);
        List<LocalDate> older = missing.headSet(recentFrom).stream()
                .filter(session -> Optional.ofNullable(refusals.get(session))
                        .filter(refusal -> refusal.attempts() >= MOST_ATTEMPTS)
                        .isEmpty())
                .toList();
        return new Open(List.copyOf(missing.tailSet(recentFrom)), older, Map.copyOf(refusals));
    }

    /**
     * Asks for the recent sessions. One the Exchange has no usable rows for is refused and left. The newest one is asked
     * for first and decides: without its rows nothing is changed that its derived runs have read; it is stored last, for
     * the session before it is what it is held against.
     *
     * @throws KrxException why the newest session was not filled, or why none can be
     */
    void fillRecent(Open open, LocalDate newest, Outcome outcome) throws KrxException, InterruptedException {
        OfficialRows.Fetched newestRows = open.recent().contains(newest)
                ? fetch(newest, open, outcome)
                : new OfficialRows.Fetched(List.of(), List.of());
        for (LocalDate session : open.recent()) {
            if (session.equals(newest)) {
                store(session, newestRows, newest, open, outcome);
                continue;
            }
            try {
                store(session, fetch(session, open, outcome), newest, open, outcome);
            } catch (KrxException e) {
                if (!isOfOneSession(e)) {
                    throw e;
                }
            }
        }
    }

    /** As far as {@code until} and this run's share of sessions go; trouble is told and ends it. */
    void fillOlder(Open open, LocalDate newest, Instant until, Outcome outcome) throws InterruptedException {
        List<LocalDate> some =
                open.older().subList(0, Math.min(MOST_OLDER, open.older().size()));
        for (LocalDate session : some) {
            if (!time.now().isBefore(until)) {
                break;
            }
            try {
                store(session, fetch(session, open, outcome), newest, open, outcome);
            } catch (KrxException e) {
                if (!isOfOneSession(e)) {
                    break;
                }
            }
        }
        settle(open, newest, outcome);
    }

    static boolean isOfOneSession(KrxException e) {
        return e.kind() == Kind.NOT_PUBLISHED || e.kind() == Kind.MALFORMED;
    }

    private OfficialRows.Fetched fetch(LocalDate session, Open open, Outcome outcome)
            throws KrxException, InterruptedException {
        outcome.asked.add(session);
        try {
            return official.fetch(session);
        } catch (KrxException e) {
            refuse(session, e, open, outcome);
            throw e;
        }
    }

    private void store(LocalDate session, OfficialRows.Fetched rows, LocalDate newest, Open open, Outcome outcome)
            throws KrxException {
        if (!session.equals(newest)) {
            correct(newest, outcome);
        }
        try {
            Coverage stored = official.store(session, rows, time.now());
            outcome.filled++;
            stored.difference().ifPresent(found -> outcome.lines.add(session + ": " + found.text()));
            rows.dropped().forEach(reason -> outcome.lines.add(session + " " + reason));
        } catch (KrxException e) {
            refuse(session, e, open, outcome);
            throw e;
        }
        if (open.refused().containsKey(session)) {
            gaps.close(session);
        }
    }

    /** Once a run, and before the change itself: who dies in between leaves a run too many, not one too few. */
    private void correct(LocalDate newest, Outcome outcome) {
        if (!outcome.corrected) {
            market.corrected(newest);
            outcome.corrected = true;
        }
    }

    /** An outage, a used-up quota or a bad key is no fault of the session's, and four runs of a morning are one attempt. */
    private void refuse(LocalDate session, KrxException why, Open open, Outcome outcome) {
        String reason = String.valueOf(why.getMessage());
        Instant now = time.now();
        boolean triedToday = Optional.ofNullable(open.refused().get(session))
                .filter(before -> calendar.dateAt(before.lastTried()).equals(calendar.dateAt(now)))
                .isPresent();
        gaps.refuse(session, reason, now, isOfOneSession(why) && !triedToday);
        outcome.lines.add(session + " left open: " + reason);
    }

    /** Everything asked for has its rows or its refusal. */
    private void settle(Open open, LocalDate newest, Outcome outcome) {
        LocalDate through = open.older().stream()
                .filter(session ->
                        !outcome.asked.contains(session) && !open.refused().containsKey(session))
                .findFirst()
                .map(session -> session.minusDays(1))
                .orElse(newest);
        if (!gaps.settled().equals(Optional.of(through))) {
            gaps.settle(Optional.of(through));
        }
    }

    /**
     * Reads again what was fetched before this morning: the Exchange may have issued a file anew, and says so nowhere.
     * Rows that have changed since become the session's next revision. The sessions of the look-back, each on as many
     * mornings, eight calls a day of the ten thousand. Trouble is told and ends it: the rows stand as they are.
     */
    void readAgain(LocalDate newest, Instant morning, Outcome outcome) throws InterruptedException {
        LocalDate from = calendar.back(newest, LOOK_BACK - 1).date();
        for (Coverage stored : market.coverage(from, newest.minusDays(1))) {
            if (!stored.isOfficial() || !stored.fetchedAt().isBefore(morning)) {
                continue;
            }
            LocalDate session = stored.session();
            try {
                OfficialRows.Fetched rows = official.fetch(session);
                if (!OfficialRows.revision(session, rows.rows()).equals(stored.revision())) {
                    correct(newest, outcome);
                    Coverage issued = official.store(session, rows, time.now());
                    outcome.lines.add("%s was issued anew%s"
                            .formatted(
                                    session,
                                    issued.difference()
                                            .map(found -> ": " + found.text())
                                            .orElse("")));
                }
            } catch (KrxException e) {
                outcome.lines.add("%s was not read again: %s".formatted(session, e.getMessage()));
                return;
            }
        }
    }
}
