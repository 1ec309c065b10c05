package io.haetae.portfolio;

import io.haetae.market.InstrumentId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an account holds of one instrument. {@code quantity} is ours: long, or nothing, and what machines may sell. A flat
 * position keeps its realised profit and its version.
 *
 * @param quantity 0 when flat
 * @param reserved by exits that are not at their end, at most {@code quantity}
 * @param external what the broker holds for the account beyond ours: a person's, negative for a person's short sale. It
 *     counts in limits and no machine sells it
 * @param averageCost price a unit in the instrument's currency, without commission; of ours, or of the external units
 *     when nothing is ours; 0 when nothing is held, or the cost is not known
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
        BigDecimal external,
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
    private static final int PRICE_SCALE = 8;

    /** Where the first position of an instrument begins: flat, and never written (version 0). */
    public static Position none(AccountId account, InstrumentId instrument, LocalDate session) {
        return new Position(
                account,
                instrument,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                session,
                "",
                "",
                null,
                null,
                null,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                0);
    }

    /** Something of it is ours. */
    public boolean isOpen() {
        return quantity.signum() > 0;
    }

    /** The account holds something, ours or not. */
    public boolean isHeld() {
        return isOpen() || external.signum() != 0;
    }

    /** Ours and external together: what the broker holds for the account, and what limits count. */
    public BigDecimal held() {
        return quantity.add(external);
    }

    /** What no working exit sells yet. */
    public BigDecimal free() {
        return quantity.subtract(reserved);
    }

    /** The price at or under which the trailing stop sells; null without one. */
    public @Nullable BigDecimal trailingStop() {
        return trailingPercent == null ? null : percentOf(highest, HUNDRED.subtract(trailingPercent));
    }

    /**
     * The next version after a purchase. The first one of a holding names who opened it; a further one averages in, and
     * stop and target move with the average.
     *
     * @param order that bought
     * @param stopPercent under the average cost, {@code targetPercent} over it, {@code trailing} under the highest price;
     *     null without that exit
     * @param costs in the account's currency, realised at once
     */
    public Position bought(
            BigDecimal amount,
            BigDecimal price,
            BigDecimal costs,
            LocalDate session,
            String order,
            String by,
            @Nullable BigDecimal stopPercent,
            @Nullable BigDecimal targetPercent,
            @Nullable BigDecimal trailing) {
        boolean opens = !isOpen();
        BigDecimal held = quantity.add(amount);
        BigDecimal average = divided(quantity.multiply(averageCost).add(amount.multiply(price)), held);
        return new Position(
                account,
                instrument,
                held,
                reserved,
                external,
                average,
                opens ? session : openedSession,
                opens ? order : openedBy,
                opens ? by : strategy,
                stopPercent == null ? null : percentOf(average, HUNDRED.subtract(stopPercent)),
                targetPercent == null ? null : percentOf(average, HUNDRED.add(targetPercent)),
                trailing,
                opens ? price : highest.max(price),
                realised.subtract(costs),
                version + 1);
    }

    /**
     * The next version after a sale.
     *
     * @param released quantity no longer reserved
     * @param profit after costs, in the account's currency
     */
    public Position sold(BigDecimal amount, BigDecimal released, BigDecimal profit) {
        BigDecimal held = quantity.subtract(amount);
        return new Position(
                account,
                instrument,
                held,
                reserved.subtract(released),
                external,
                held.signum() == 0 && external.signum() == 0 ? BigDecimal.ZERO : averageCost,
                openedSession,
                openedBy,
                strategy,
                stop,
                target,
                trailingPercent,
                highest,
                realised.add(profit),
                version + 1);
    }

    private static BigDecimal percentOf(BigDecimal price, BigDecimal percent) {
        return divided(price.multiply(percent), HUNDRED);
    }

    /** Without trailing zeros, as it is stored: a position read back equals the one written. */
    private static BigDecimal divided(BigDecimal dividend, BigDecimal divisor) {
        BigDecimal quotient =
                dividend.divide(divisor, PRICE_SCALE, RoundingMode.HALF_EVEN).stripTrailingZeros();
        return quotient.scale() < 0 ? quotient.setScale(0) : quotient;
    }

    /** The next version with {@code amount} more reserved (less when negative). */
    public Position reserve(BigDecimal amount) {
        return new Position(
                account,
                instrument,
                quantity,
                reserved.add(amount),
                external,
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

    /**
     * The next version when the broker holds {@code broker} for the account: less than ours takes from ours, more is
     * external. What was ours keeps its cost; what is external alone has the broker's.
     *
     * @param cost a unit, as the broker knows it; empty when it does not say
     */
    public Position corrected(BigDecimal broker, Optional<BigDecimal> cost) {
        BigDecimal ours = quantity.min(broker.max(BigDecimal.ZERO));
        BigDecimal others = broker.subtract(ours);
        BigDecimal ofOthers = others.signum() == 0 ? BigDecimal.ZERO : cost.orElse(BigDecimal.ZERO);
        return new Position(
                account,
                instrument,
                ours,
                reserved.min(ours),
                others,
                ours.signum() > 0 ? averageCost : ofOthers,
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
                external,
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
