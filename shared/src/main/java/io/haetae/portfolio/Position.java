package io.haetae.portfolio;

import io.haetae.market.InstrumentId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What an account holds of one instrument: long, or nothing. A flat position keeps its realised profit and its version.
 *
 * @param quantity 0 when flat
 * @param reserved by exits that are not at their end, at most {@code quantity}
 * @param averageCost price a unit in the instrument's currency, without commission; 0 when flat
 * @param openedSession session of the first fill of the holding
 * @param openedBy order that opened the holding: the name of the holding in the causes of its exits
 * @param strategy that opened it
 * @param stop sell at or under this price; null without a stop
 * @param target sell at or over this price; null without a target
 * @param trailingPercent sell this far under {@code highest}; null without a trailing stop
 * @param highest highest price seen since it was opened
 * @param realised profit of all exits so far after commission and tax, in the account's currency
 * @param version grows with every write
 */
public record Position(
        AccountId account,
        InstrumentId instrument,
        BigDecimal quantity,
        BigDecimal reserved,
        BigDecimal averageCost,
        LocalDate openedSession,
        String openedBy,
        String strategy,
        @Nullable BigDecimal stop,
        @Nullable BigDecimal target,
        @Nullable BigDecimal trailingPercent,
        BigDecimal highest,
        BigDecimal realised,
        long version) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    public boolean isOpen() {
        return quantity.signum() > 0;
    }

    /** What no working exit sells yet. */
    public BigDecimal free() {
        return quantity.subtract(reserved);
    }

    /** The price at or under which the trailing stop sells; null without one. */
    public @Nullable BigDecimal trailingStop() {
        return trailingPercent == null
                ? null
                : highest.multiply(HUNDRED.subtract(trailingPercent)).divide(HUNDRED, 8, RoundingMode.HALF_EVEN);
    }

    /** The next version with {@code amount} more reserved (less when negative). */
    public Position reserve(BigDecimal amount) {
        return new Position(
                account,
                instrument,
                quantity,
                reserved.add(amount),
                averageCost,
                openedSession,
                openedBy,
                strategy,
                stop,
                target,
                trailingPercent,
                highest,
                realised,
                version + 1);
    }

    /** The next version after {@code price} was seen: the highest price never falls. */
    public Position seen(BigDecimal price) {
        return new Position(
                account,
                instrument,
                quantity,
                reserved,
                averageCost,
                openedSession,
                openedBy,
                strategy,
                stop,
                target,
                trailingPercent,
                highest.max(price),
                realised,
                version + 1);
    }
}
