package io.haetae.order;

/** What can happen to an order. */
public enum OrderEvent {
    INTEND,
    DENY,
    PRECHECK_PASSED,
    SEND,
    ACCEPT,
    REJECT,
    /** The answer to the sending was lost, or the sender was. */
    LOSE,
    /** A fill that leaves quantity open. */
    PARTIAL_FILL,
    /** The fill that completes it. */
    FILL,
    CANCEL_REQUEST,
    CANCEL_CONFIRMED,
    /** The broker goes on with the order. */
    CANCEL_REFUSED,
    EXPIRE,
    /** Complete reads prove that it never reached the broker. */
    PROVE_NOT_PLACED,
    /** A person names the broker's order that it is. */
    SETTLE_PLACED,
    /** A person says that it never reached the broker; nothing proves it. */
    SETTLE_NOT_PLACED,
    /** Something a person must know of; it moves nothing. */
    ALARM
}
