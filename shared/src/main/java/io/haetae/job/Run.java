package io.haetae.job;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What a job's body is given: the slot it fills and the terms of this invocation.
 *
 * @param session the exchange session a daily job works for; for interval jobs the current or newest one
 * @param started when the run began
 * @param deadline when the invocation ends whether we are ready or not
 * @param byHand a person asked for it
 * @param entriesAllowed false: compute and show, but intend no entry (a run by hand outside the entry window, an event
 *     with {@code dryRun: true} where the mode is not DRY_RUN)
 */
public record Run(
        Slot slot,
        LocalDate session,
        Fence fence,
        Instant started,
        Instant deadline,
        boolean byHand,
        boolean entriesAllowed) {}
