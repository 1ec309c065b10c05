package io.haetae.watchlist;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * Marks as a person gave them.
 *
 * @param marks in won of the share as it was on {@code session}
 * @param session whose share the person meant
 * @param factor what one share of the session the entry was added is worth in shares of {@code session}, by price; 1 when
 *     they are the same
 * @param reached the alert price that the share's close stood beyond when it was given: no session up to {@code session} tells
 *     it; null when it stood beyond none
 */
public record SaidMarks(Marks marks, LocalDate session, BigDecimal factor, Marks.@Nullable Edge reached) {

    public SaidMarks {
        factor = factor.stripTrailingZeros();
    }

    /** Given when the entry was added. */
    public static SaidMarks of(Marks marks, LocalDate added) {
        return new SaidMarks(marks, added, BigDecimal.ONE, null);
    }

    /** In whole won of a share that {@code since} is the factor of, counted from the session the entry was added. */
    Marks at(BigDecimal since) {
        return marks.times(since.divide(factor, MathContext.DECIMAL128));
    }

    /** The same words of a share that stands there. */
    SaidMarks beside(Standpoint stands) {
        return new SaidMarks(marks, session, factor, at(stands.factor()).beyond(stands.price()));
    }

    /** Whether the share stood beyond it already when the marks were given, on that session or a later one. */
    boolean knew(Marks.Edge edge, LocalDate on) {
        return edge == reached && !on.isAfter(session);
    }

    /** The same words, when corrected rows tell another factor. */
    SaidMarks corrected(BigDecimal other) {
        return new SaidMarks(marks, session, other, reached);
    }
}
