package io.haetae.job;

/**
 * Starts another job without waiting for it: an asynchronous invocation on AWS, the driver's queue on one machine.
 *
 * <p>What was handed over stays owed in the ledger until the other job's slot has ended, so a hand-over that is lost
 * is made again by the next run that finds its own slot done.
 */
@FunctionalInterface
public interface JobInvoker {

    /** @throws RuntimeException when the event was not taken over */
    void invoke(JobEvent event);
}
