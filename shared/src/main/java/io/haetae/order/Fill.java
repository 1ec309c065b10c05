package io.haetae.order;

import io.haetae.market.InstrumentId;
import io.haetae.portfolio.AccountId;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * What a broker says was traded. Only this moves a position or cash.
 *
 * @param id unique in the account; the same fill always has the same id
 * @param order id of our intent
 * @param amount sum of price × quantity, in the instrument's currency
 * @param conversion account currency for one unit of the instrument's currency
 * @param commission and {@code tax} in the account's currency, never negative
 */
public record Fill(
        String id,
        String order,
        AccountId account,
        Side side,
        InstrumentId instrument,
        BigDecimal quantity,
        BigDecimal amount,
        BigDecimal conversion,
        BigDecimal commission,
        BigDecimal tax,
        Instant at) {

    /** Of one unit, in the instrument's currency; rounded where trades at several prices make it no finite number. */
    public BigDecimal price() {
        return Plain.quotient(amount, quantity);
    }

    /** The amount in the account's currency. */
    public BigDecimal value() {
        return amount.multiply(conversion);
    }

    /** What it moves the account's cash by: negative for a buy. */
    public BigDecimal cash() {
        BigDecimal costs = commission.add(tax);
        return switch (side) {
            case BUY -> value().add(costs).negate();
            case SELL -> value().subtract(costs);
        };
    }
}
