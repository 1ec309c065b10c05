package io.haetae.watchlist;

import io.haetae.score.Criteria;
import io.haetae.score.Score;
import io.haetae.score.ScoreSheet;
import io.haetae.score.Screener;
import io.haetae.score.Screening;
import io.haetae.watchlist.WatchlistEntry.Standing;
import io.haetae.watchlist.Watchlists.Change;
import io.haetae.watchlist.Watchlists.Listing;
import io.haetae.watchlist.Watchlists.Owner;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one session does to a watchlist: prices and scores are refreshed, a close that reaches an alert price is told, what
 * breaks a criterion is taken off with a dated reason, the best shares that pass the screen are put on. Doing it twice
 * changes nothing; an older session than an entry has seen leaves that entry alone.
 */
final class DailyUpdate {

    /** Lowest composite score that puts a share on the list by itself. */
    static final double MIN_COMPOSITE = 60;

    /** Greatest number of shares that one session considers for the list. */
    static final int TOP = 50;

    /** What marks a share that no person has put on the list. */
    static final List<String> AUTO_TAGS = List.of("top-scored", "auto-added");

    private static final String REMOVED = "removed: ";

    private static final Screener ADDING = new Screener(Criteria.WATCHLIST);

    /** Less than what puts it on, so nothing is taken off on the session that put it on. */
    private static final Screener REMOVING = new Screener(Criteria.REMOVAL);

    private final Owner owner;
    private final ScoreSheet sheet;
    private final Breaks breaks;
    private final Instant at;

    /**
     * @param missing active entries that the session's scores do not know
     * @param failed symbols whose figures could not be reckoned with, each with the reason
     */
    record Decision(List<Change> changes, List<String> missing, List<String> failed, Screening screening) {
        Decision {
            changes = List.copyOf(changes);
            missing = List.copyOf(missing);
            failed = List.copyOf(failed);
        }
    }

    /**
     * @param breaks from the session that the oldest entry was added on
     * @param at when what happened is said to have happened
     */
    DailyUpdate(Owner owner, ScoreSheet sheet, Breaks breaks, Instant at) {
        this.owner = owner;
        this.sheet = sheet;
        this.breaks = breaks;
        this.at = at;
    }

    /** Known figures of a share that break a criterion of the list. */
    static List<String> violations(Score score) {
        return REMOVING.violations(score);
    }

    /** The notes with the dated reason why it is taken off. */
    static String removed(String notes, LocalDate session, List<String> violations) {
        return Notes.add(notes, session, REMOVED + String.join(", ", violations));
    }

    /** Whether a criterion took it off on that session, and nothing has put it back since. */
    static boolean tookOff(WatchlistEntry entry, LocalDate session) {
        return entry.standing() == Standing.REMOVED_BY_CRITERIA
                && entry.lastNote().startsWith(session + " " + REMOVED);
    }

    /** @param delisted shares that have left the market, by symbol, and since when */
    Decision decide(Listing listing, Map<String, LocalDate> delisted) {
        List<WatchlistEntry> entries = listing.entries();
        Screening screening = ADDING.screen(sheet.scores());
        Map<String, WatchlistEntry> known = HashMap.newHashMap(entries.size());
        List<Change> changes = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (WatchlistEntry entry : entries) {
            known.put(entry.symbol(), entry);
            if (isRefreshed(entry)) {
                Optional<Score> score = sheet.score(entry.symbol());
                LocalDate left = delisted.get(entry.symbol());
                if (score.isPresent()) {
                    unlessItFails(entry.symbol(), () -> refresh(entry, score.get()), failed)
                            .ifPresent(changes::add);
                } else if (entry.active() && left != null) {
                    changes.add(Change.of(leaving(entry, left)));
                } else if (entry.active()) {
                    missing.add(entry.symbol());
                }
            }
        }
        screening.passed().stream()
                .filter(DailyUpdate::worthWatching)
                // What cannot be read may be anything, also what a person took off.
                .filter(score -> !listing.damaged().containsKey(score.symbol()))
                .sorted(Screener.BY_RANK)
                .limit(TOP)
                .forEach(score -> unlessItFails(score.symbol(), () -> add(known.get(score.symbol()), score), failed)
                        .ifPresent(changes::add));
        return new Decision(changes, missing, failed, screening);
    }

    private WatchlistEntry leaving(WatchlistEntry entry, LocalDate since) {
        return entry.standing(
                Standing.REMOVED_BY_CRITERIA,
                removed(entry.notes(), sheet.session(), List.of("delisted since " + since)));
    }

    /** What cannot be reckoned for one share is told, and stops none of the others. */
    private static Optional<Change> unlessItFails(
            String symbol, Supplier<Optional<Change>> change, List<String> failed) {
        try {
            return change.get();
        } catch (ArithmeticException | IllegalArgumentException e) {
            failed.add(symbol + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** What a criterion took off on this very session is judged again: its figures may have been corrected. */
    private boolean isRefreshed(WatchlistEntry entry) {
        return switch (entry.standing()) {
            case ACTIVE -> !entry.session().isAfter(sheet.session());
            case REMOVED_BY_CRITERIA -> entry.session().equals(sheet.session());
            case REMOVED_BY_PERSON -> false;
        };
    }

    private static boolean worthWatching(Score score) {
        Double composite = score.composite();
        return score.traded() && composite != null && composite >= MIN_COMPOSITE;
    }

    private Optional<Change> refresh(WatchlistEntry entry, Score score) {
        LocalDate session = sheet.session();
        List<String> violations = violations(score);
        String notes = Notes.without(entry.notes(), session, REMOVED);
        boolean first = entry.added().equals(session);
        WatchlistEntry refreshed = new WatchlistEntry(
                entry.symbol(),
                score.name(),
                score.market(),
                violations.isEmpty() ? Standing.ACTIVE : Standing.REMOVED_BY_CRITERIA,
                entry.added(),
                // The official close takes the place of a provisional one.
                first ? score.close() : entry.addedPrice(),
                entry.reason(),
                entry.tags(),
                violations.isEmpty() ? notes : removed(notes, session, violations),
                said(entry),
                new Standpoint(
                        session,
                        score.close(),
                        breaks.factor(entry.symbol(), entry.added(), session),
                        ScoreFigures.of(score)),
                entry.session().equals(session) ? entry.before() : entry.now(),
                entry.alerted(),
                entry.version());
        Change change = change(refreshed, score, violations);
        return change.entry().equals(entry) ? Optional.empty() : Optional.of(change);
    }

    /** What was said of a newer session's share than this one stays: its breaks are not looked at here. */
    private SaidMarks said(WatchlistEntry entry) {
        SaidMarks said = entry.said();
        return said.session().isAfter(sheet.session())
                ? said
                : said.corrected(breaks.factor(entry.symbol(), entry.added(), said.session()));
    }

    /** The entry with its alert, when one fires now. */
    private Change change(WatchlistEntry entry, Score score, List<String> violations) {
        Optional<PriceAlert> alert = newAlert(entry);
        WatchlistEntry updated = alert.map(entry::alerted).orElse(entry);
        return new Change(
                updated,
                Optional.of(snapshot(updated, score, violations)),
                alert.map(fired -> fired.event(owner, updated, at)).stream().toList());
    }

    /** The alert that fires now: each fires once a session, whatever corrections of the session's close follow. */
    private static Optional<PriceAlert> newAlert(WatchlistEntry entry) {
        PriceAlert told = entry.alerted();
        return Optional.ofNullable(entry.crossing())
                .filter(alert ->
                        told == null || !told.session().equals(alert.session()) || told.edge() != alert.edge());
    }

    private Optional<Change> add(@Nullable WatchlistEntry before, Score score) {
        LocalDate session = sheet.session();
        if (before != null
                && (before.standing() != Standing.REMOVED_BY_CRITERIA
                        || !before.session().isBefore(session))) {
            return Optional.empty();
        }
        BigDecimal since = before == null ? BigDecimal.ONE : breaks.factor(score.symbol(), before.added(), session);
        WatchlistEntry entry = new WatchlistEntry(
                score.symbol(),
                score.name(),
                score.market(),
                Standing.ACTIVE,
                session,
                score.close(),
                Reason.of(score),
                before == null ? AUTO_TAGS : before.tags(),
                before == null ? "" : Notes.add(before.notes(), session, "meets the criteria again"),
                SaidMarks.of(before == null ? Marks.NONE : before.said().at(since), session),
                new Standpoint(session, score.close(), BigDecimal.ONE, ScoreFigures.of(score)),
                // From where it left the list: what it crossed meanwhile is told.
                before == null ? null : before.now().over(since),
                null,
                before == null ? 0 : before.version());
        return Optional.of(change(entry, score, List.of()));
    }

    /** Of an entry that a person puts on the list. */
    WatchlistSnapshot snapshot(WatchlistEntry entry, Score score) {
        return snapshot(entry, score, violations(score));
    }

    private WatchlistSnapshot snapshot(WatchlistEntry entry, Score score, List<String> violations) {
        Standpoint earlier = entry.before();
        ScoreFigures scores = entry.now().scores();
        return new WatchlistSnapshot(
                entry.symbol(),
                entry.session(),
                entry.added().equals(entry.session()) ? "added" : "daily_update",
                entry.price(),
                entry.progress(),
                Facts.of(score),
                scores,
                earlier == null ? ScoreFigures.UNKNOWN : scores.since(earlier.scores()),
                violations);
    }
}
