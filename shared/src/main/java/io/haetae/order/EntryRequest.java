package io.haetae.order;

import io.haetae.market.InstrumentId;
import io.haetae.portfolio.AccountId;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A buy that opens a position.
 *
 * @param cause the decision: the signal's session, the bar's end
 * @param price the limit of a LIMIT order, obeying ticks and limits; for a MARKET order the price its notional is
 *     counted at
 * @param quantity floored to the venue's lots; 0 is denied
 * @param conversion account currency for one unit of the instrument's currency; 1 where they are the same
 * @param reserve cash to hold back, in the account's currency: notional and the highest costs it can have
 * @param reason one line for people: why it is wanted
 */
public record EntryRequest(
        AccountId account,
        LocalDate session,
        String strategy,
        InstrumentId instrument,
        String cause,
        OrderType type,
        BigDecimal price,
        BigDecimal quantity,
        BigDecimal conversion,
        BigDecimal reserve,
        Validity validity,
        DayLimits limits,
        ExitTerms terms,
        String reason) {

    /** In the account's currency. */
    public BigDecimal notional() {
        return price.multiply(quantity).multiply(conversion);
    }
}
