package io.haetae.order;

/** What the desk did with a request. */
public sealed interface DeskResult {

    /** This call carried the order on (intended, perhaps sent); it stands as given, which is not always ACCEPTED. */
    record Carried(Order order) implements DeskResult {}

    /** The decision has its order already; nothing was intended or sent by this call. */
    record Standing(Order order) implements DeskResult {}

    /** Nothing was sent. */
    record Denied(Denial denial) implements DeskResult {}
}
