package io.haetae.watchlist;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;

/**
 * Where a watched share stood after a session.
 *
 * @param price close of the session, won, as traded
 * @param factor what one share of the session it was added is worth in shares of this one, by price: 0.5 after a split in
 *     two; 1 when the share is the same
 */
public record Standpoint(LocalDate session, long price, BigDecimal factor, ScoreFigures scores) {

    public Standpoint {
        factor = factor.stripTrailingZeros();
    }

    /** The same standpoint, counted in shares of a session on which {@code since} is the factor. */
    Standpoint over(BigDecimal since) {
        return new Standpoint(session, price, factor.divide(since, MathContext.DECIMAL128), scores);
    }
}
