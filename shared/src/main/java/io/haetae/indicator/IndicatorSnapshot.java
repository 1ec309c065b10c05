package io.haetae.indicator;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The whole market's indicators after one session, by symbol.
 *
 * @param revision of the session's rows they were made of
 */
public record IndicatorSnapshot(LocalDate session, String revision, List<IndicatorSet> sets) {

    public IndicatorSnapshot {
        sets = sets.stream().sorted(Comparator.comparing(IndicatorSet::symbol)).toList();
    }

    public Optional<IndicatorSet> set(String symbol) {
        int low = 0;
        int high = sets.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = sets.get(middle).symbol().compareTo(symbol);
            if (order == 0) {
                return Optional.of(sets.get(middle));
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
