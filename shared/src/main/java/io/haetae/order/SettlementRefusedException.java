package io.haetae.order;

/** A person's judgement of an order that may not stand. One line says why; nothing was changed. */
public final class SettlementRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SettlementRefusedException(String order, String why) {
        super("order " + order + " is not settled: " + why);
    }
}
