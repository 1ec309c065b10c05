package io.haetae.order;

/** What is counted of a session's entries, per account. */
public enum Budget {
    ORDERS,
    NOTIONAL,
    NEW_POSITIONS,
    /** Realised loss of the session; a profit counts negative. */
    LOSS
}
