package io.haetae.order;

public enum TimeInForce {
    /** Until the close of its session. */
    DAY
}
