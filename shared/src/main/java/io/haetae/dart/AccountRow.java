package io.haetae.dart;

import java.time.YearMonth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of a statement. Amounts in won; null is none.
 *
 * @param sheet {@code BS}, {@code IS}, {@code CIS}, {@code CF} or {@code SCE}
 * @param id of the account in the taxonomy, empty where the answer has none
 * @param name without blanks and numbering
 * @param whole not a part by segment, class or owner
 * @param amount of the three months, of the year in an annual report, or the balance
 * @param toDate from the start of the fiscal year
 * @param priorQuarter of the same three months a year before
 */
record AccountRow(
        String company,
        boolean consolidated,
        String receipt,
        Optional<YearMonth> periodEnd,
        String sheet,
        String id,
        String name,
        boolean whole,
        @Nullable Long amount,
        @Nullable Long toDate,
        @Nullable Long prior,
        @Nullable Long priorQuarter,
        @Nullable Long priorToDate) {}
