package io.haetae.market;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All rows in force of one session, sorted by symbol.
 *
 * @param revision names the exact rows: two days with equal revisions hold equal rows
 */
public record MarketDay(LocalDate session, PriceSource source, String revision, List<DailyRow> rows) {

    public MarketDay {
        Map<String, DailyRow> sorted = new TreeMap<>();
        for (DailyRow row : rows) {
            if (sorted.put(row.symbol(), row) != null) {
                throw new IllegalArgumentException(session + ": " + row.symbol() + " stands twice");
            }
        }
        rows = List.copyOf(sorted.values());
    }

    public Optional<DailyRow> row(String symbol) {
        int low = 0;
        int high = rows.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = rows.get(middle).symbol().compareTo(symbol);
            if (order == 0) {
                return Optional.of(rows.get(middle));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }
}
