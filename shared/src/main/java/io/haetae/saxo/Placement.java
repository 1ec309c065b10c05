package io.haetae.saxo;

import java.util.Optional;

/** What is known after one order POST. Accepted is not filled, and unknown is neither accepted nor rejected. */
public sealed interface Placement {

    record Accepted(String orderId) implements Placement {}

    /**
     * Nothing is live at the venue.
     *
     * @param judged false when the bank has not looked at the order: it was never sent, or turned away for the token or for
     *     too many calls
     */
    record Rejected(String code, String message, boolean judged) implements Placement {

        Rejected(String code, String message) {
            this(code, message, true);
        }

        static Rejected unjudged(String code, String message) {
            return new Rejected(code, message, false);
        }
    }

    /**
     * The order may be live: never sent again, only reconciled.
     *
     * @param orderId when the answer held one
     * @param why without any secret
     */
    record Unknown(Optional<String> orderId, String why) implements Placement {}
}
