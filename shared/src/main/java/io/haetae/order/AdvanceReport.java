package io.haetae.order;

import java.util.List;

/**
 * What a pass over an account's orders did.
 *
 * @param open orders looked at
 * @param fills booked in the run's slot so far, by this call, before it, and by an invocation of the slot that died
 * @param ended orders that came to their end
 * @param problems reads that failed and orders nobody can judge yet, one line each; those orders stay as they are
 * @param failedReads of the problems those that are reads that failed: what the account holds or owes is not known, and
 *     the invocation has failed once its exits were tried
 */
public record AdvanceReport(
        int open, List<Fill> fills, List<Order> ended, List<String> problems, List<String> failedReads) {

    public AdvanceReport {
        fills = List.copyOf(fills);
        ended = List.copyOf(ended);
        problems = List.copyOf(problems);
        failedReads = List.copyOf(failedReads);
    }
}
