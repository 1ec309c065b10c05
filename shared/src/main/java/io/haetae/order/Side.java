package io.haetae.order;

public enum Side {
    BUY,
    SELL
}
