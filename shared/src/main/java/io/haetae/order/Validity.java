package io.haetae.order;

import java.time.Instant;

/**
 * The times of an order.
 *
 * @param opens when its market matches: the session's open; for a market that never closes, any moment before now
 * @param sendUntil it is sent before this moment or not at all: an entry's window ends at the open of its session (or
 *     with the bar's life), an exit's at the close
 * @param ends a DAY order ends after this moment: the session's close
 */
public record Validity(Instant opens, Instant sendUntil, Instant ends) {

    public Validity {
        if (ends.isBefore(opens) || sendUntil.isAfter(ends)) {
            throw new IllegalArgumentException(
                    "an order that opens " + opens + ", is sent until " + sendUntil + " and ends " + ends);
        }
    }
}
