package io.haetae.job;

/** What a job does once the runner has found it due and holds its lease. */
@FunctionalInterface
public interface JobBody {

    /**
     * Must be safe to run again after a crash at any point.
     *
     * @throws Exception when the run failed: recorded, counted, rethrown
     */
    JobResult run(Run run) throws Exception;
}
