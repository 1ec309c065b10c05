package io.haetae.order;

import java.math.BigDecimal;

/**
 * What a broker says of one of our orders.
 *
 * @param reference id of our intent, as the broker carried it
 * @param brokerId the broker's own name of it
 * @param filled quantity traded so far
 * @param note the broker's words, such as why it rejected it; else empty
 */
public record BrokerOrder(String reference, String brokerId, State state, BigDecimal filled, String note) {

    public enum State {
        WORKING,
        FILLED,
        CANCELLED,
        REJECTED,
        EXPIRED
    }
}
