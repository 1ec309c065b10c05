package io.haetae.order;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one pass over an account has seen and done so far. */
final class Pass {

    private final Map<String, Order> ended = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> failedReads = new ArrayList<>();

    /** Keeps the order if it came to its end. */
    Order noted(Order order) {
        if (order.state().isTerminal()) {
            ended.put(order.id(), order);
        }
        return order;
    }

    /** Once, however often it is seen. */
    void problem(String line) {
        if (!problems.contains(line)) {
            problems.add(line);
        }
    }

    void failedRead(String what, String cause) {
        String line = what + " could not be read: " + cause;
        failedReads.add(line);
        problem(line);
    }

    List<String> failedReads() {
        return List.copyOf(failedReads);
    }

    AdvanceReport report(int open, List<Fill> fills) {
        return new AdvanceReport(open, fills, List.copyOf(ended.values()), problems, failedReads);
    }
}
