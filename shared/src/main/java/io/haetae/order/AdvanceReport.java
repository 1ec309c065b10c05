package io.haetae.order;

import java.util.List;

/**
 * What a pass over an account's orders did.
 *
 * @param open orders looked at
 * @param fills booked for the first time
 * @param ended orders that came to their end
 * @param problems reads that failed and orders nobody can judge yet, one line each; those orders stay as they are
 */
public record AdvanceReport(int open, List<Fill> fills, List<Order> ended, List<String> problems) {

    public AdvanceReport {
        fills = List.copyOf(fills);
        ended = List.copyOf(ended);
        problems = List.copyOf(problems);
    }
}
