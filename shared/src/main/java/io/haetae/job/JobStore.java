package io.haetae.job;

import io.haetae.event.DomainEvent;
import io.haetae.portfolio.Mode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The port to the ledger of slots and to the leases. Each call is one transaction. */
public interface JobStore {

    /** The result of a slot that is filled; empty while it is open. */
    Optional<JobResult.Done> done(Slot slot);

    /**
     * Takes the job's lease and marks the slot as running, both or neither.
     *
     * @param lease see {@link Leases#name}
     * @param owner drawn at random for this invocation
     * @param until when the lease lapses if the run never ends
     * @param holderGone the standing holder is known to be dead, so its lease counts as lapsed
     */
    Claim claim(Slot slot, String lease, String owner, Instant now, Instant until, boolean holderGone);

    /** What a claim would meet, without claiming; empty when the slot and the lease are free. */
    Optional<Claim> standing(Slot slot, String lease, Instant now);

    /** What a claim met. */
    sealed interface Claim {

        record Taken(Fence fence) implements Claim {}

        /** The slot was filled before. */
        record Filled(JobResult.Done stored) implements Claim {}

        /** This very slot is running elsewhere. */
        record Running() implements Claim {}

        /** Another slot of the job is running elsewhere. */
        record Busy(String otherSlot, Instant until) implements Claim {}
    }

    /**
     * Ends a claimed run: result, log, what it owes, and events in one transaction; gives the lease back.
     *
     * @param followUps derived runs this result makes due; owed until their own slots have ended
     * @throws LeaseLostException when another invocation has taken the lease since
     */
    void end(Fence fence, RunRecord record, JobResult result, List<JobEvent> followUps, List<DomainEvent> events);

    /**
     * Logs a run that never claimed its slot. A slot that is filled or running keeps its record; an earlier log entry of
     * the same slot and trigger keeps standing.
     */
    void note(RunRecord record, List<DomainEvent> events);

    /** Derived runs that are still owed, in the order they became due. */
    List<JobEvent> owed(Mode mode);

    /**
     * Everything logged for a day, by {@link RunRecord#at}, then job.
     *
     * @param day in Korean time
     */
    List<RunRecord> runs(Mode mode, LocalDate day);
}
