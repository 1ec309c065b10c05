package io.haetae.order;

/** Something happened to an order that cannot happen in its state. */
public final class IllegalTransitionException extends RuntimeException {

    private final OrderState state;
    private final OrderEvent event;

    public IllegalTransitionException(OrderState state, OrderEvent event) {
        super(event + " cannot happen to an order that is " + state);
        this.state = state;
        this.event = event;
    }

    public OrderState state() {
        return state;
    }

    public OrderEvent event() {
        return event;
    }
}
