package io.haetae.watchlist;

import io.haetae.score.Criteria;
import io.haetae.score.Score;
import io.haetae.score.ScoreSheet;
import io.haetae.score.Screener;
import io.haetae.score.Screening;
import io.haetae.watchlist.WatchlistEntry.Standing;
import io.haetae.watchlist.Watchlists.Change;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one session does to a watchlist: scores are refreshed, what breaks a criterion is taken off with a dated reason,
 * the best shares that pass the screen are put on. Doing it twice changes nothing; an older session than an entry has
 * seen leaves that entry alone.
 */
public final class DailyUpdate {

    /** Lowest composite score that puts a share on the list by itself. */
    public static final double MIN_COMPOSITE = 60;

    /** Greatest number of shares that one session considers for the list. */
    public static final int TOP = 50;

    private final Screener screener = new Screener(Criteria.WATCHLIST);

    /** @param missing active entries that the session's scores do not know */
    public record Decision(List<Change> changes, List<String> missing, List<String> warnings) {
        public Decision {
            changes = List.copyOf(changes);
            missing = List.copyOf(missing);
            warnings = List.copyOf(warnings);
        }
    }

    /** @param entries of one list, the inactive too */
    public Decision decide(List<WatchlistEntry> entries, ScoreSheet sheet) {
        Screening screening = screener.screen(sheet.scores());
        Map<String, WatchlistEntry> known = HashMap.newHashMap(entries.size());
        List<Change> changes = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (WatchlistEntry entry : entries) {
            known.put(entry.symbol(), entry);
            if (!entry.active() || entry.session().isAfter(sheet.session())) {
                continue;
            }
            Optional<Score> score = sheet.score(entry.symbol());
            if (score.isEmpty()) {
                missing.add(entry.symbol());
            } else {
                refresh(entry, score.get(), sheet.session()).ifPresent(changes::add);
            }
        }
        screening.passed().stream()
                .filter(DailyUpdate::worthWatching)
                .sorted(Screener.BY_RANK)
                .limit(TOP)
                .forEach(score ->
                        add(known.get(score.symbol()), score, sheet.session()).ifPresent(changes::add));
        return new Decision(changes, missing, screening.warnings());
    }

    private static boolean worthWatching(Score score) {
        Double composite = score.composite();
        return score.traded() && composite != null && composite >= MIN_COMPOSITE;
    }

    private Optional<Change> refresh(WatchlistEntry entry, Score score, LocalDate session) {
        List<String> violations = screener.violations(score);
        WatchlistEntry updated = new WatchlistEntry(
                entry.symbol(),
                score.name(),
                score.market(),
                violations.isEmpty() ? Standing.ACTIVE : Standing.REMOVED_BY_CRITERIA,
                entry.added(),
                // The official close takes the place of a provisional one.
                entry.added().equals(session) ? score.close() : entry.addedPrice(),
                entry.reason(),
                violations.isEmpty()
                        ? entry.notes()
                        : note(entry.notes(), session, "removed: " + String.join(", ", violations)),
                session,
                score.close(),
                score.composite(),
                score.percentile(),
                entry.version());
        return updated.equals(entry)
                ? Optional.empty()
                : Optional.of(new Change(updated, Optional.of(snapshot(updated, score, violations))));
    }

    private Optional<Change> add(@Nullable WatchlistEntry before, Score score, LocalDate session) {
        if (before != null
                && (before.standing() != Standing.REMOVED_BY_CRITERIA
                        || before.session().isAfter(session))) {
            return Optional.empty();
        }
        WatchlistEntry entry = new WatchlistEntry(
                score.symbol(),
                score.name(),
                score.market(),
                Standing.ACTIVE,
                session,
                score.close(),
                Reason.of(score),
                before == null ? "" : note(before.notes(), session, "meets the criteria again"),
                session,
                score.close(),
                score.composite(),
                score.percentile(),
                before == null ? 0 : before.version());
        return Optional.of(new Change(entry, Optional.of(snapshot(entry, score, List.of()))));
    }

    private static String note(String notes, LocalDate session, String text) {
        String line = String.format(Locale.ROOT, "%s %s", session, text);
        return notes.isEmpty() ? line : notes + "\n" + line;
    }

    private static WatchlistSnapshot snapshot(WatchlistEntry entry, Score score, List<String> violations) {
        return new WatchlistSnapshot(
                entry.symbol(),
                entry.session(),
                entry.added().equals(entry.session()) ? "added" : "daily_update",
                entry.price(),
                (entry.price() - entry.addedPrice()) * 100.0 / entry.addedPrice(),
                ChronoUnit.DAYS.between(entry.added(), entry.session()),
                score.composite(),
                score.value(),
                score.growth(),
                score.quality(),
                score.momentum(),
                score.stability(),
                score.percentile(),
                violations);
    }
}
