package io.haetae.order;

import java.time.Instant;

/** When an order whose answer never came may be judged. */
final class Lost {

    private Lost() {}

    static boolean is(Order order) {
        return order.state() == OrderState.SENDING || order.state() == OrderState.UNKNOWN;
    }

    /** From then on the one sending it had is over, and reads show what came of it. */
    static Instant judgement(Order order, Broker.Traits traits) {
        return sendBy(order).plus(traits.callTimeout()).plus(traits.lag());
    }

    /** The one sending it had was before then. */
    static Instant sendBy(Order order) {
        Instant sendBy = order.sendBy();
        if (sendBy == null) {
            throw new IllegalStateException("order " + order.id() + " was sent without a limit");
        }
        return sendBy;
    }

    /** After then a complete read that does not show a DAY order proves that it never was. */
    static Instant closed(Order order, Broker.Traits traits) {
        return order.validity().ends().plus(traits.lag());
    }
}
