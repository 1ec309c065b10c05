package io.haetae.watchlist;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How a list has done as a whole.
 *
 * @param entries looked at
 * @param average of the returns since they were added, per cent; empty without entries
 * @param best the entry with the greatest return, as {@code worst} with the least; of equals the first symbol
 * @param score mean of the composite scores that are known
 * @param positive entries with a return above 0
 * @param negative entries with a return below 0
 */
public record Performance(
        int entries,
        OptionalDouble average,
        Optional<WatchlistEntry> best,
        Optional<WatchlistEntry> worst,
        OptionalDouble score,
        long positive,
        long negative) {

    private static final Comparator<WatchlistEntry> BY_RETURN = Comparator.comparingDouble(Performance::returned);

    private static final Comparator<WatchlistEntry> BY_SYMBOL = Comparator.comparing(WatchlistEntry::symbol);

    public static Performance of(List<WatchlistEntry> entries) {
        return new Performance(
                entries.size(),
                entries.stream().mapToDouble(Performance::returned).average(),
                entries.stream().min(BY_RETURN.reversed().thenComparing(BY_SYMBOL)),
                entries.stream().min(BY_RETURN.thenComparing(BY_SYMBOL)),
                entries.stream()
                        .map(WatchlistEntry::composite)
                        .filter(Objects::nonNull)
                        .mapToDouble(Double::doubleValue)
                        .average(),
                entries.stream().filter(entry -> returned(entry) > 0).count(),
                entries.stream().filter(entry -> returned(entry) < 0).count());
    }

    private static double returned(WatchlistEntry entry) {
        return entry.progress().changePct();
    }
}
