package io.haetae.order;

import java.math.BigDecimal;
import java.time.Instant;

/** What a broker says was traded of one order. Commission and tax are in the account's currency, never negative. */
public sealed interface Execution {

    /** The broker's own name of the order. */
    String brokerId();

    Instant at();

    /**
     * One trade.
     *
     * @param id unique in the account; the same trade always has the same id
     * @param price in the instrument's currency
     * @param conversion account currency for one unit of the instrument's currency
     */
    record Trade(
            String brokerId,
            String id,
            BigDecimal quantity,
            BigDecimal price,
            BigDecimal conversion,
            BigDecimal commission,
            BigDecimal tax,
            Instant at)
            implements Execution {}

    /**
     * All that was traded so far, from a broker that does not tell trades apart. It only grows: a smaller one is older.
     *
     * @param quantity above 0
     * @param amount sum of price × quantity, in the instrument's currency
     * @param conversion account currency for one unit of the instrument's currency
     */
    record Total(
            String brokerId,
            BigDecimal quantity,
            BigDecimal amount,
            BigDecimal conversion,
            BigDecimal commission,
            BigDecimal tax,
            Instant at)
            implements Execution {}
}
