package io.haetae.market;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Prices of one stretch of time.
 *
 * @param start inclusive
 * @param end exclusive; the bar is closed from this moment on, before it the bar still forms
 */
public record Bar(Instant start, Instant end, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close) {

    public Bar {
        if (!end.isAfter(start)) {
            throw new IllegalArgumentException("a bar must end after it starts: " + start + " to " + end);
        }
    }

    /** Nothing that happens after {@code moment} can change it any more. */
    public boolean closedAt(Instant moment) {
        return !end.isAfter(moment);
    }
}
