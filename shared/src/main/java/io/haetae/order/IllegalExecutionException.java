package io.haetae.order;

/** A broker reports a trade that cannot be: nothing or less than nothing was traded, or paid. */
public final class IllegalExecutionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    IllegalExecutionException(Order order, Execution execution) {
        super("order " + order.id() + ": the broker reports what cannot be: " + execution);
    }
}
