package io.haetae.job;

import java.time.LocalDate;

/** What the rules say about an event before anything is claimed. */
sealed interface Verdict {

    Slot slot();

    /** The slot is due now. */
    record Due(Slot slot, LocalDate session, boolean entriesAllowed) implements Verdict {}

    /** There is nothing to run. */
    record Leave(Slot slot, JobResult result) implements Verdict {}
}
