package io.haetae.order.paper;

import io.haetae.market.InstrumentId;
import io.haetae.order.BrokerOrder;
import io.haetae.order.Fill;
import io.haetae.order.Order;
import io.haetae.order.OrderType;
import io.haetae.order.Side;
import io.haetae.portfolio.AccountId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An order as the paper broker keeps it, which is all it knows.
 *
 * @param id of our intent
 * @param limit of a LIMIT order; not looked at for a MARKET order
 * @param opens when its market begins to match
 * @param ends after this moment it has expired
 * @param seen the market was looked at once since it was accepted and open
 * @param low session low when it was first looked at; null before, and where the venue tells none
 * @param high as {@code low}
 * @param note why it ended; else empty
 * @param version grows with every write
 */
public record PaperOrder(
        String id,
        AccountId account,
        LocalDate session,
        InstrumentId instrument,
        Side side,
        OrderType type,
        BigDecimal limit,
        BigDecimal quantity,
        BigDecimal conversion,
        Instant opens,
        Instant ends,
        Instant acceptedAt,
        BrokerOrder.State state,
        BigDecimal filled,
        boolean seen,
        @Nullable BigDecimal low,
        @Nullable BigDecimal high,
        String note,
        long version) {

    static PaperOrder accepted(Order order, Instant at) {
        return new PaperOrder(
                order.id(),
                order.account(),
                order.intent().session(),
                order.instrument(),
                order.side(),
                order.type(),
                order.price(),
                order.quantity(),
                order.conversion(),
                order.validity().opens(),
                order.validity().ends(),
                at,
                BrokerOrder.State.WORKING,
                BigDecimal.ZERO,
                false,
                null,
                null,
                "",
                1);
    }

    static String brokerId(String id) {
        return "paper-" + id;
    }

    BigDecimal remaining() {
        return quantity.subtract(filled);
    }

    /** It waited for the opening auction. */
    boolean restedBeforeOpen() {
        return acceptedAt.isBefore(opens);
    }

    boolean isWorking() {
        return state == BrokerOrder.State.WORKING;
    }

    PaperOrder ended(BrokerOrder.State end, String why) {
        return next(end, filled, seen, low, high, why);
    }

    PaperOrder looked(@Nullable BigDecimal sessionLow, @Nullable BigDecimal sessionHigh) {
        return next(state, filled, true, sessionLow, sessionHigh, note);
    }

    /** With a fill on top of this same version. */
    PaperOrder filled(Fill fill) {
        BigDecimal sum = filled.add(fill.quantity());
        BrokerOrder.State next = sum.compareTo(quantity) >= 0 ? BrokerOrder.State.FILLED : BrokerOrder.State.WORKING;
        return new PaperOrder(
                id,
                account,
                session,
                instrument,
                side,
                type,
                limit,
                quantity,
                conversion,
                opens,
                ends,
                acceptedAt,
                next,
                sum,
                seen,
                low,
                high,
                note,
                version);
    }

    BrokerOrder shown() {
        return new BrokerOrder(
                brokerId(id),
                Optional.of(id),
                instrument,
                side,
                quantity,
                type == OrderType.LIMIT ? Optional.of(limit) : Optional.empty(),
                acceptedAt,
                state,
                filled,
                note);
    }

    private PaperOrder next(
            BrokerOrder.State end,
            BigDecimal sum,
            boolean looked,
            @Nullable BigDecimal sessionLow,
            @Nullable BigDecimal sessionHigh,
            String why) {
        return new PaperOrder(
                id,
                account,
                session,
                instrument,
                side,
                type,
                limit,
                quantity,
                conversion,
                opens,
                ends,
                acceptedAt,
                end,
                sum,
                looked,
                sessionLow,
                sessionHigh,
                why,
                version + 1);
    }
}
