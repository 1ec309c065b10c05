package io.haetae.calendar;

import java.time.Instant;

/**
 * A stretch of a session's day.
 *
 * @param start included
 * @param end excluded; an auction ends up to half a minute later, drawn at random (KOSPI Market Business Regulation,
 *     article 35)
 */
public record Phase(Kind kind, Instant start, Instant end) {

    public enum Kind {
        /** Before the open, at the previous session's close. */
        PREVIOUS_CLOSE,
        OPENING_AUCTION,
        CONTINUOUS,
        CLOSING_AUCTION,
        /** After the close, at that price. */
        CLOSING_PRICE,
        /** The evening market: prices of its own, which are not the session's. */
        AFTER_MARKET
    }

    public Phase {
        if (!start.isBefore(end)) {
            throw new IllegalArgumentException("%s ends %s before it starts %s".formatted(kind, end, start));
        }
    }

    public boolean contains(Instant moment) {
        return !moment.isBefore(start) && moment.isBefore(end);
    }
}
