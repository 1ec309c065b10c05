package io.haetae.job;

import io.haetae.portfolio.Mode;
import java.util.Optional;

/**
 * One due run of a job.
 *
 * @param due the session's date for daily jobs ({@code 2026-01-05}), the scheduled instant for interval jobs
 *     ({@code 2026-01-05T00:15:00Z}); the minute and {@code by hand} for an interval job's run by hand
 * @param revision of the input, for derived jobs; else empty
 * @param user absent for data and indicators, which serve everyone
 */
public record Slot(JobName job, String due, String revision, Mode mode, Optional<String> user) {}
