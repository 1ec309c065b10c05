package io.haetae.order;

/** Other runs changed the same cash or position again and again. The next run goes on from what stands. */
public final class ContendedException extends RuntimeException {

    public ContendedException(String order) {
        super("order " + order + " could not be written: its account kept changing");
    }
}
