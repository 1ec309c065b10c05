package io.haetae.order;

public enum OrderType {
    MARKET,
    LIMIT
}
