package io.haetae.order;

import io.haetae.market.InstrumentId;
import io.haetae.portfolio.AccountId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An intent and what became of it.
 *
 * @param id {@link Intent#id()}
 * @param price the limit of a LIMIT order; for a MARKET order the price the decision saw
 * @param conversion account currency for one unit of the instrument's currency
 * @param reserved cash an entry still holds back; 0 for exits and ended orders
 * @param terms of the position an entry makes
 * @param rule of an exit; null for an entry
 * @param reason one line for people: why it was wanted
 * @param filled quantity booked
 * @param filledValue sum of price × quantity of the booked fills, in the instrument's currency
 * @param brokerId the broker's own name of it; null before it is known
 * @param denial why it is DENIED, or REJECTED without the venue having judged it; else null
 * @param note the last thing said about it: a rejection, why it was cancelled; else empty
 * @param sendBy its one sending happens before this moment; null before SENDING
 * @param version grows with every write
 * @param stories number of its history entries
 * @param disclaimed the broker's orders that were there when a person said that it never arrived: none of them is it by
 *     being like it
 */
public record Order(
        String id,
        Intent intent,
        OrderType type,
        TimeInForce timeInForce,
        BigDecimal price,
        BigDecimal quantity,
        BigDecimal conversion,
        BigDecimal reserved,
        Validity validity,
        ExitTerms terms,
        @Nullable ExitRule rule,
        String reason,
        OrderState state,
        BigDecimal filled,
        BigDecimal filledValue,
        @Nullable String brokerId,
        @Nullable Denial denial,
        String note,
        Instant intendedAt,
        @Nullable Instant sendBy,
        Instant changedAt,
        long version,
        int stories,
        Set<String> disclaimed) {

    public Order {
        disclaimed = Set.copyOf(disclaimed);
    }

    public AccountId account() {
        return intent.account();
    }

    public InstrumentId instrument() {
        return intent.instrument();
    }

    public Side side() {
        return intent.side();
    }

    public boolean isEntry() {
        return intent.purpose() == Purpose.ENTRY;
    }

    /**
     * {@code buys 10, FILLED, filled 10 at 9900}: the same whichever run made it, so a run that is repeated says what the
     * first one would have said.
     */
    public String told() {
        return switch (side()) {
                    case BUY -> "buys ";
                    case SELL -> "sells ";
                }
                + Plain.of(quantity) + ", " + state + (note.isEmpty() ? "" : ", " + note);
    }

    public BigDecimal remaining() {
        return quantity.subtract(filled);
    }

    /** What an entry's remaining quantity counts against the day's notional, in the account's currency. */
    public BigDecimal remainingNotional() {
        return remaining().multiply(price).multiply(conversion);
    }
}
