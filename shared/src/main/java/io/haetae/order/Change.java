package io.haetae.order;

import io.haetae.event.DomainEvent;
import io.haetae.job.Fence;
import io.haetae.market.InstrumentId;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.Position;
import io.haetae.risk.Arming;
import io.haetae.risk.TradingState;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One transaction about one order: all of it or nothing. The order is written over its version before ({@code
 * order.version() − 1}, absent when that is 0), and the fence must still be held.
 *
 * @param fence of the run; null for a person's word, which waits for no run
 * @param history lines to append
 * @param events to put in the outbox
 * @param parts what else must hold and change, checked in this order
 */
public record Change(
        @Nullable Fence fence, Order order, List<HistoryEntry> history, List<DomainEvent> events, List<Part> parts) {

    public Change {
        history = List.copyOf(history);
        events = List.copyOf(events);
        parts = List.copyOf(parts);
    }

    /** A condition, a write, or both, on one thing. */
    public sealed interface Part {}

    /** A part that an intent stands on. */
    public sealed interface Ground extends Part {}

    /** A ground that denies the order where it does not hold; under any other part something merely moved meanwhile. */
    public sealed interface Rule extends Ground {}

    /** The account's trading state is no more restricted than this. */
    public record StateAtMost(TradingState worst) implements Rule {}

    /** The arming stands: neither disarmed nor replaced. Whether it has lapsed the clock says, just before. */
    public record Armed(Arming arming) implements Rule {}

    /** Counts an entry's notional under the arming if the sum stays within what it allows. It is never given back. */
    public record SpendArmed(Arming arming, BigDecimal notional) implements Rule {}

    /** The order before this one of the same cause still stands at this version. */
    public record PreviousStands(Order previous) implements Ground {}

    /** No position of the instrument is open. */
    public record NotHeld(InstrumentId instrument) implements Rule {}

    /** No other entry of the instrument is before its end; from now on this one is. */
    public record ClaimSymbol(InstrumentId instrument) implements Rule {}

    public record FreeSymbol(InstrumentId instrument) implements Part {}

    /** Counts {@code amount} if the sum stays within {@code limit}. */
    public record Spend(Budget budget, BigDecimal amount, BigDecimal limit) implements Rule {}

    /** Counts whatever the sum; {@code amount} may be negative. */
    public record Count(Budget budget, BigDecimal amount) implements Part {}

    /** The count is at most {@code limit}, or nothing was counted. */
    public record AtMost(Budget budget, BigDecimal limit) implements Rule {}

    /** Writes the cash over the version before. */
    public record SaveCash(Cash cash) implements Ground {}

    /** Writes the position over the version before, absent when that is 0. */
    public record SavePosition(Position position) implements Ground {}

    /** The broker's order of this name is no other order's of the session; from now on it is this one's. */
    public record ClaimBrokerOrder(String brokerId) implements Part {}

    /** Lists the fill with those of the run's slot, whichever invocation of it books them. */
    public record ListFill(String slot, Fill fill) implements Part {}

    /** The fill was never booked. */
    public record BookFill(Fill fill) implements Part {}
}
