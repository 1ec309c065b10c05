package io.haetae.order;

/** The store did not say whether a change of an order was written. The next run reads what stands. */
public final class JournalUncertainException extends RuntimeException {

    public JournalUncertainException(String order, String cause) {
        super("it is not known whether a change of order " + order + " was written: " + cause);
    }
}
