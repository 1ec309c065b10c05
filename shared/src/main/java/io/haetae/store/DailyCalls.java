package io.haetae.store;

import java.time.LocalDate;
import java.util.List;

/** Counts the calls to a venue that allows so many a day, over all functions and runs. */
public final class DailyCalls {

    /** Calls taken from the store at once: a run that dies leaves at most so many unused. */
    private static final int BLOCK = 50;

    private final Store store;
    private final String venue;
    private final int limit;
    private LocalDate day = LocalDate.MIN;
    private int left;

    /** @param limit calls a day */
    public DailyCalls(Store store, String venue, int limit) {
        this.store = store;
        this.venue = venue;
        this.limit = limit;
    }

    /**
     * Takes one call of {@code today}; false when none is left.
     *
     * @throws StoreUnavailableException when the engine cannot answer
     */
    public synchronized boolean take(LocalDate today) {
        if (!today.equals(day)) {
            day = today;
            left = 0;
        }
        if (left == 0) {
            // An uncertain outcome may have taken a block: it counts as taken, and this call is let go.
            Action block = Action.addUpTo(Key.state("CALLS#" + venue, today.toString()), "calls", BLOCK, limit);
            if (!(store.commit(List.of(block)) instanceof Outcome.Committed)) {
                return false;
            }
            left = BLOCK;
        }
        left--;
        return true;
    }
}
