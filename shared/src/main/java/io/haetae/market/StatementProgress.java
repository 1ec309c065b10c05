package io.haetae.market;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How far the collection of statements has come.
 *
 * @param from the first receipt date that was read
 * @param through the last receipt date that was read; later filings of that date may still follow
 * @param awaited filings that were announced, and whose figures the service did not have yet
 * @param lost receipts whose original figures the service no longer gives, having only those of a later correction; they
 *     are a gap, and the later figures stand under the later receipt alone
 */
public record StatementProgress(LocalDate from, LocalDate through, List<Filing> awaited, SortedSet<String> lost) {

    public StatementProgress {
        awaited = List.copyOf(awaited);
        lost = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(lost));
    }

    /** A filing that was announced and has to be asked for. */
    public record Filing(
            String company,
            String symbol,
            Report report,
            java.time.YearMonth periodEnd,
            String receipt,
            LocalDate received) {}
}
