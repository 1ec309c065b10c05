package io.haetae.watchlist;

import java.time.LocalDate;
import java.util.List;

/**
 * An entry as one session left it; there is one a session and symbol.
 *
 * @param label {@code added} on the session it was put on the list, else {@code daily_update}
 * @param price won
 * @param changes of the scores since the session before
 * @param violations of the removal criteria
 */
public record WatchlistSnapshot(
        String symbol,
        LocalDate session,
        String label,
        long price,
        Progress progress,
        Facts facts,
        ScoreFigures scores,
        ScoreFigures changes,
        List<String> violations) {

    public WatchlistSnapshot {
        violations = List.copyOf(violations);
    }

    public boolean meetsCriteria() {
        return violations.isEmpty();
    }
}
