package io.haetae.order;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The one table of (state, event) → state. What is not in it is an error. */
public final class OrderLife {

    private static final Map<OrderState, Map<OrderEvent, OrderState>> TABLE = new EnumMap<>(OrderState.class);

    static {
        for (OrderState state : OrderState.values()) {
            row(state, OrderEvent.ALARM, state);
        }

        row(OrderState.INTENDED, OrderEvent.DENY, OrderState.DENIED);
        row(OrderState.INTENDED, OrderEvent.PRECHECK_PASSED, OrderState.PRECHECKED);
        row(OrderState.INTENDED, OrderEvent.EXPIRE, OrderState.EXPIRED);
        // Nothing was sent, so our own word is enough to cancel.
        row(OrderState.INTENDED, OrderEvent.CANCEL_CONFIRMED, OrderState.CANCELLED);

        // A denial reserved and sent nothing: a later run of the same cause may be let through.
        row(OrderState.DENIED, OrderEvent.INTEND, OrderState.INTENDED);
        row(OrderState.DENIED, OrderEvent.DENY, OrderState.DENIED);

        row(OrderState.PRECHECKED, OrderEvent.SEND, OrderState.SENDING);
        // The trading state, or a later precheck, is asked again before the sending.
        row(OrderState.PRECHECKED, OrderEvent.DENY, OrderState.DENIED);
        row(OrderState.PRECHECKED, OrderEvent.PRECHECK_PASSED, OrderState.PRECHECKED);
        row(OrderState.PRECHECKED, OrderEvent.EXPIRE, OrderState.EXPIRED);
        row(OrderState.PRECHECKED, OrderEvent.CANCEL_CONFIRMED, OrderState.CANCELLED);

        row(OrderState.SENDING, OrderEvent.ACCEPT, OrderState.ACCEPTED);
        row(OrderState.SENDING, OrderEvent.REJECT, OrderState.REJECTED);
        row(OrderState.SENDING, OrderEvent.LOSE, OrderState.UNKNOWN);
        // Found at the broker, already filled or ended, before its sender wrote down the answer.
        row(OrderState.SENDING, OrderEvent.PARTIAL_FILL, OrderState.PARTIALLY_FILLED);
        row(OrderState.SENDING, OrderEvent.FILL, OrderState.FILLED);
        row(OrderState.SENDING, OrderEvent.CANCEL_CONFIRMED, OrderState.CANCELLED);
        row(OrderState.SENDING, OrderEvent.EXPIRE, OrderState.EXPIRED);

        row(OrderState.UNKNOWN, OrderEvent.ACCEPT, OrderState.ACCEPTED);
        row(OrderState.UNKNOWN, OrderEvent.REJECT, OrderState.REJECTED);
        row(OrderState.UNKNOWN, OrderEvent.PARTIAL_FILL, OrderState.PARTIALLY_FILLED);
        row(OrderState.UNKNOWN, OrderEvent.FILL, OrderState.FILLED);
        row(OrderState.UNKNOWN, OrderEvent.CANCEL_CONFIRMED, OrderState.CANCELLED);
        row(OrderState.UNKNOWN, OrderEvent.EXPIRE, OrderState.EXPIRED);
        row(OrderState.UNKNOWN, OrderEvent.PROVE_NOT_PLACED, OrderState.NOT_PLACED);
        // A person names the broker's order: from here on it is followed as if the lost answer had named it.
        row(OrderState.UNKNOWN, OrderEvent.SETTLE_PLACED, OrderState.ACCEPTED);
        // Not NOT_PLACED: a word is no proof, so it frees what was held back and lets no machine enter once more.
        row(OrderState.UNKNOWN, OrderEvent.SETTLE_NOT_PLACED, OrderState.WRITTEN_OFF);

        row(OrderState.ACCEPTED, OrderEvent.PARTIAL_FILL, OrderState.PARTIALLY_FILLED);
        row(OrderState.ACCEPTED, OrderEvent.FILL, OrderState.FILLED);
        row(OrderState.ACCEPTED, OrderEvent.CANCEL_REQUEST, OrderState.CANCELLING);
        // The venue, or a person at it, ended the order unasked.
        row(OrderState.ACCEPTED, OrderEvent.CANCEL_CONFIRMED, OrderState.CANCELLED);
        row(OrderState.ACCEPTED, OrderEvent.REJECT, OrderState.REJECTED);
        row(OrderState.ACCEPTED, OrderEvent.EXPIRE, OrderState.EXPIRED);

        row(OrderState.PARTIALLY_FILLED, OrderEvent.PARTIAL_FILL, OrderState.PARTIALLY_FILLED);
        row(OrderState.PARTIALLY_FILLED, OrderEvent.FILL, OrderState.FILLED);
        row(OrderState.PARTIALLY_FILLED, OrderEvent.CANCEL_REQUEST, OrderState.CANCELLING);
        row(OrderState.PARTIALLY_FILLED, OrderEvent.CANCEL_CONFIRMED, OrderState.CANCELLED);
        row(OrderState.PARTIALLY_FILLED, OrderEvent.EXPIRE, OrderState.EXPIRED);

        // The cancel and a fill crossed on the way.
        row(OrderState.CANCELLING, OrderEvent.PARTIAL_FILL, OrderState.CANCELLING);
        row(OrderState.CANCELLING, OrderEvent.FILL, OrderState.FILLED);
        row(OrderState.CANCELLING, OrderEvent.CANCEL_CONFIRMED, OrderState.CANCELLED);
        // What was filled before stays counted on the order; the state only says that it works on.
        row(OrderState.CANCELLING, OrderEvent.CANCEL_REFUSED, OrderState.ACCEPTED);
        // A run died between asking and the answer: asking again is harmless.
        row(OrderState.CANCELLING, OrderEvent.CANCEL_REQUEST, OrderState.CANCELLING);
        row(OrderState.CANCELLING, OrderEvent.EXPIRE, OrderState.EXPIRED);

        // The broker reports a fill of an order that we thought was over: the broker's truth wins. What it reserved was
        // given back, so it stays over; if it still works at the broker, it is cancelled there.
        row(OrderState.CANCELLED, OrderEvent.PARTIAL_FILL, OrderState.CANCELLED);
        row(OrderState.CANCELLED, OrderEvent.FILL, OrderState.FILLED);
        row(OrderState.EXPIRED, OrderEvent.PARTIAL_FILL, OrderState.EXPIRED);
        row(OrderState.EXPIRED, OrderEvent.FILL, OrderState.FILLED);
        row(OrderState.REJECTED, OrderEvent.PARTIAL_FILL, OrderState.CANCELLED);
        row(OrderState.REJECTED, OrderEvent.FILL, OrderState.FILLED);
        row(OrderState.NOT_PLACED, OrderEvent.PARTIAL_FILL, OrderState.CANCELLED);
        row(OrderState.NOT_PLACED, OrderEvent.FILL, OrderState.FILLED);
        // The person was wrong, and says so: it has a name and stays over, as what it held was given back.
        row(OrderState.WRITTEN_OFF, OrderEvent.SETTLE_PLACED, OrderState.WRITTEN_OFF);
        row(OrderState.WRITTEN_OFF, OrderEvent.PARTIAL_FILL, OrderState.CANCELLED);
        row(OrderState.WRITTEN_OFF, OrderEvent.FILL, OrderState.FILLED);
        // More than was ordered, or a correction with an id of its own: it moved money, so it is booked.
        row(OrderState.FILLED, OrderEvent.FILL, OrderState.FILLED);
    }

    private OrderLife() {}

    /** Empty when the event cannot happen in that state. */
    public static Optional<OrderState> find(OrderState state, OrderEvent event) {
        return Optional.ofNullable(TABLE.getOrDefault(state, Map.of()).get(event));
    }

    /** @throws IllegalTransitionException when the event cannot happen in that state */
    public static OrderState next(OrderState state, OrderEvent event) {
        return find(state, event).orElseThrow(() -> new IllegalTransitionException(state, event));
    }

    private static void row(OrderState state, OrderEvent event, OrderState next) {
        TABLE.computeIfAbsent(state, _ -> new EnumMap<>(OrderEvent.class)).put(event, next);
    }
}
