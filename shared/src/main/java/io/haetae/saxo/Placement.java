package io.haetae.saxo;

import java.util.Optional;

/** What is known after one order POST. Accepted is not filled, and unknown is neither accepted nor rejected. */
public sealed interface Placement {

    record Accepted(String orderId) implements Placement {}

    /** Nothing is live at the venue. */
    record Rejected(String code, String message) implements Placement {}

    /**
     * The order may be live: never sent again, only reconciled.
     *
     * @param orderId when the answer held one
     * @param why without any secret
     */
    record Unknown(Optional<String> orderId, String why) implements Placement {}
}
