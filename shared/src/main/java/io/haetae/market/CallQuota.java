package io.haetae.market;

import java.time.LocalDate;

/** Counts the calls that a source allows a day, over all processes that share its key. */
@FunctionalInterface
public interface CallQuota {

    /**
     * Takes calls from what is left of the day. What was taken is not given back.
     *
     * @param source whose calls they are
     * @param day in the source's own zone
     * @param limit calls the source allows a day
     * @return false when fewer are left; then none are taken
     */
    boolean take(String source, LocalDate day, int calls, int limit);
}
