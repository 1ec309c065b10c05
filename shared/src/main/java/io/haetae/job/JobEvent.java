package io.haetae.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What asks for a run. All null is a run by hand of the function's own job.
 *
 * @param job null: the function's own (only {@code DataCollection} has two)
 * @param scheduledTime the slot's time; null for a run by hand
 * @param everyMinutes the interval of an interval job's schedule, a divisor of 60 from 5 up; null when not scheduled
 * @param userId null: the configured one
 * @param dryRun true makes the run safer than the configuration; false is needed to enter by hand in LIVE
 * @param session the session a derived run works for; null: what the job finds due
 * @param revision of the input a derived run works on; null when not derived
 */
public record JobEvent(
        @Nullable JobName job,
        @Nullable Instant scheduledTime,
        @Nullable Integer everyMinutes,
        @Nullable String userId,
        @Nullable Boolean dryRun,
        java.time.@Nullable LocalDate session,
        @Nullable String revision) {

    public static JobEvent byHand(JobName job) {
        return new JobEvent(job, null, null, null, null, null, null);
    }

    public static JobEvent derived(JobName job, java.time.LocalDate session, String revision) {
        return new JobEvent(job, null, null, null, null, session, revision);
    }

    /** A run by hand: neither a schedule nor another job asked for it. */
    public boolean isByHand() {
        return scheduledTime == null && revision == null;
    }
}
