package io.haetae.order;

import io.haetae.market.InstrumentId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What a broker says of one order of the account, ours or a person's.
 *
 * @param brokerId the broker's own name of it
 * @param reference id of our intent; empty for a person's order and where the venue carries none
 * @param quantity ordered
 * @param limit empty for an order at the market
 * @param placedAt as the broker says
 * @param filled quantity traded so far
 * @param note the broker's words, such as why it rejected it; else empty
 */
public record BrokerOrder(
        String brokerId,
        Optional<String> reference,
        InstrumentId instrument,
        Side side,
        BigDecimal quantity,
        Optional<BigDecimal> limit,
        Instant placedAt,
        State state,
        BigDecimal filled,
        String note) {

    public enum State {
        WORKING,
        FILLED,
        CANCELLED,
        REJECTED,
        EXPIRED
    }
}
