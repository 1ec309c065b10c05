package io.haetae.watchlist;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry as one session left it; there is one a session and symbol.
 *
 * @param label {@code added} on the session it was put on the list, else {@code daily_update}
 * @param price won
 * @param changePct per cent since it was added
 * @param days calendar days on the list
 * @param violations of the removal criteria; empty when it meets them
 */
public record WatchlistSnapshot(
        String symbol,
        LocalDate session,
        String label,
        long price,
        double changePct,
        long days,
        @Nullable Double composite,
        @Nullable Double value,
        @Nullable Double growth,
        @Nullable Double quality,
        @Nullable Double momentum,
        @Nullable Double stability,
        @Nullable Double percentile,
        List<String> violations) {

    public WatchlistSnapshot {
        violations = List.copyOf(violations);
    }
}
