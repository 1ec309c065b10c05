package io.haetae.job;

import java.time.LocalDate;
import java.util.Optional;

/** What the derived jobs work on, as it stands now: a scheduled or manual run of them fills the slot of that revision. */
public interface InputRevisions {

    /** Revision of what {@code job} would read for that session; empty when there is none yet. */
    Optional<String> revision(JobName job, LocalDate session);

    /** The newest session with complete rows, not after {@code date}. */
    Optional<LocalDate> newestComplete(LocalDate date);
}
