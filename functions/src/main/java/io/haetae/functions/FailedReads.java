package io.haetae.functions;

import io.haetae.job.JobResult;
import io.haetae.order.AdvanceReport;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Reads of the broker's books that failed during a run. What can be done without them, exits first, is done all the same; then
 * the invocation fails, so that somebody hears of it.
 */
public final class FailedReads {

    private final Set<String> causes = new LinkedHashSet<>();

    public void add(AdvanceReport report) {
        causes.addAll(report.failedReads());
    }

    /** The result, or the failure when a read failed. */
    public JobResult instead(JobResult result) {
        return causes.isEmpty()
                ? result
                : new JobResult.Failed("the broker's books were not read whole: %s (%s)"
                        .formatted(String.join("; ", causes), result.reason()));
    }
}
