package io.haetae.watchlist;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;

/**
 * Marks as a person gave them.
 *
 * @param marks in won of the share as it was on {@code session}
 * @param session whose share the person meant
 * @param factor what one share of the session the entry was added is worth in shares of {@code session}, by price; 1 when
 *     they are the same
 */
public record SaidMarks(Marks marks, LocalDate session, BigDecimal factor) {

    public SaidMarks {
        factor = factor.stripTrailingZeros();
    }

    /** Given when the entry was added. */
    public static SaidMarks of(Marks marks, LocalDate added) {
        return new SaidMarks(marks, added, BigDecimal.ONE);
    }

    /** In whole won of a share that {@code since} is the factor of, counted from the session the entry was added. */
    Marks at(BigDecimal since) {
        return marks.times(since.divide(factor, MathContext.DECIMAL128));
    }

    /** The same words, when corrected rows tell another factor. */
    SaidMarks corrected(BigDecimal other) {
        return new SaidMarks(marks, session, other);
    }
}
