package io.haetae.job;

import io.haetae.calendar.TradingCalendar;
import io.haetae.event.DomainEvent;
import io.haetae.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The way every job runs: is it due, has it run, may it run now; then its body; then what came of it, recorded before
 * anyone hears of it. A failure is recorded and rethrown, so the invocation fails too.
 */
public final class JobRunner {

    private static final Duration LEASE_BEYOND_DEADLINE = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final Duration WAIT_STEP = Duration.ofSeconds(5);
    private static final int LONGEST_REASON = 500;

    private final JobStore store;
    private final TimeSource time;
    private final TradingCalendar calendar;
    private final SlotRules rules;
    private final JobInvoker invoker;
    private final RunListener listener;
    private final Runnable publishPending;
    private final Supplier<String> ownerIds;
    private final Optional<MachineLocks> locks;

    /**
     * @param publishPending hands committed events out; may throw, then they wait for the next run
     * @param ownerIds a fresh random name per call
     * @param locks empty where the lease alone must do, as on Lambda
     */
    public JobRunner(
            JobStore store,
            TimeSource time,
            TradingCalendar calendar,
            InputRevisions inputs,
            JobInvoker invoker,
            RunListener listener,
            Runnable publishPending,
            Supplier<String> ownerIds,
            Optional<MachineLocks> locks) {
        this.store = store;
        this.time = time;
        this.calendar = calendar;
        this.rules = new SlotRules(calendar, inputs);
        this.invoker = invoker;
        this.listener = listener;
        this.publishPending = publishPending;
        this.ownerIds = ownerIds;
        this.locks = locks;
    }

    /**
     * Runs the job once, or says why not.
     *
     * @param body called at most once, only while the job's lease is held
     * @throws InvalidEventException when the event makes no sense; nothing is recorded
     * @throws JobBusyException when another slot of the job did not end in time; recorded as FAILED
     * @throws Exception what the body threw; recorded as FAILED
     */
    public RunRecord run(JobEvent event, JobPolicy policy, JobBody body) throws Exception {
        Instant started = time.now();
        return switch (rules.judge(event, policy, started)) {
            case Verdict.Leave(Slot slot, JobResult result) -> {
                RunRecord record = record(slot, event, started, result);
                boolean refused = result instanceof JobResult.Refused;
                store.note(record, refused ? List.of(noted("JobRefused", record, started)) : List.of());
                if (refused) {
                    publish(slot);
                }
                yield ended(record);
            }
            case Verdict.Due due -> claimAndRun(due, event, policy, started, body);
        };
    }

    private RunRecord claimAndRun(Verdict.Due due, JobEvent event, JobPolicy policy, Instant started, JobBody body)
            throws Exception {
        Slot slot = due.slot();
        String lease = Leases.name(slot.job(), slot.mode(), slot.user());
        Instant patience = started.plus(LONGEST_WAIT);
        // The invocation's time has run since it began, also while it waited for another run.
        Instant deadline = started.plus(policy.longest());
        while (true) {
            try (Attempt attempt = attempt(slot, lease, deadline)) {
                switch (attempt.claim()) {
                    case JobStore.Claim.Taken(Fence fence) -> {
                        return runClaimed(due, event, deadline, fence, body);
                    }
                    case JobStore.Claim.Filled(JobResult.Done stored) -> {
                        return filled(slot, event, started, stored);
                    }
                    case JobStore.Claim.Running() -> {
                        JobResult skipped = new JobResult.Skipped("RUNNING: this slot is running elsewhere");
                        RunRecord record = record(slot, event, started, skipped);
                        store.note(record, List.of());
                        return ended(record);
                    }
                    case JobStore.Claim.Busy(String other, Instant until) -> {
                        if (!time.now().isBefore(patience)) {
                            throw busy(slot, event, started, other, until);
                        }
                    }
                }
            }
            Instant next = time.now().plus(WAIT_STEP);
            time.sleepUntil(next.isAfter(patience) ? patience : next);
        }
    }

    /** A claim and, on one machine, the lock that was needed for it. */
    private record Attempt(JobStore.Claim claim, Optional<MachineLocks.Lock> lock) implements AutoCloseable {
        @Override
        public void close() {
            lock.ifPresent(MachineLocks.Lock::close);
        }
    }

    private Attempt attempt(Slot slot, String lease, Instant deadline) {
        Optional<MachineLocks.Lock> lock = locks.flatMap(machine -> machine.tryLock(lease));
        Instant now = time.now();
        if (locks.isPresent() && lock.isEmpty()) {
            JobStore.Claim standing = store.standing(slot, lease, now)
                    .orElseGet(() -> new JobStore.Claim.Busy("a run of another process", now));
            return new Attempt(standing, lock);
        }
        try {
            Instant until = deadline.plus(LEASE_BEYOND_DEADLINE);
            // Who holds the lock and finds a lease looks at a dead process's: its lock was freed, its lease was not.
            JobStore.Claim claim = store.claim(slot, lease, ownerIds.get(), now, until, lock.isPresent());
            return new Attempt(claim, lock);
        } catch (RuntimeException | Error e) {
            lock.ifPresent(MachineLocks.Lock::close);
            throw e;
        }
    }

    private RunRecord runClaimed(Verdict.Due due, JobEvent event, Instant deadline, Fence fence, JobBody body)
            throws Exception {
        Instant started = time.now();
        Slot slot = due.slot();
        Run run = new Run(slot, due.session(), fence, started, deadline, event.isByHand(), due.entriesAllowed());
        listener.started(run);
        JobResult result;
        try {
            result = body.run(run);
            if (result instanceof JobResult.Failed(String reason)) {
                throw new JobFailedException(reason);
            }
        } catch (Exception | Error failure) {
            JobResult.Failed failed = new JobResult.Failed(describe(failure));
            RunRecord record = record(slot, event, started, failed);
            try {
                store.end(fence, record, failed, List.of(), List.of(event("JobFailed", fence, record)));
            } catch (RuntimeException recording) {
                failure.addSuppressed(recording);
            }
            publish(slot);
            ended(record);
            throw failure;
        }
        Optional<String> warning = calendarWarning(slot.job());
        result = warning.isPresent() ? withWarning(result, warning.get()) : result;
        List<JobEvent> followUps =
                switch (result) {
                    case JobResult.Done done -> done.followUps();
                    case JobResult.Skipped skipped -> skipped.followUps();
                    case JobResult.Refused _, JobResult.AlreadyDone _, JobResult.Coalesced _, JobResult.Failed _ ->
                        List.of();
                };
        RunRecord record = record(slot, event, started, result);
        List<DomainEvent> events = new ArrayList<>(events(result, fence, record));
        warning.ifPresent(text -> events.add(new DomainEvent(
                "CalendarEnding#%s#%s".formatted(calendar.code(), slot.due()),
                "CalendarEnding",
                calendar.code(),
                record.ended(),
                Map.of("reason", text, "last", calendar.lastKnown().toString()))));
        store.end(fence, record, result, followUps, events);
        followUps.forEach(followUp -> handOver(slot, followUp));
        publish(slot);
        return ended(record);
    }

    /** Once a day is enough, and one job runs once a day with keys or without. */
    private Optional<String> calendarWarning(JobName job) {
        return job == JobName.DATA_COLLECTION ? calendar.warning(calendar.dateAt(time.now())) : Optional.empty();
    }

    private static JobResult withWarning(JobResult result, String warning) {
        String line = "warning: " + warning;
        return switch (result) {
            case JobResult.Done done ->
                new JobResult.Done(done.reason(), done.statistics(), done.followUps(), with(done.lines(), line));
            case JobResult.Skipped skipped ->
                new JobResult.Skipped(skipped.reason(), with(skipped.lines(), line), skipped.followUps());
            case JobResult.Refused refused -> new JobResult.Refused(refused.reason(), with(refused.lines(), line));
            case JobResult.AlreadyDone _, JobResult.Coalesced _, JobResult.Failed _ -> result;
        };
    }

    private static List<String> with(List<String> lines, String line) {
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        return more;
    }

    /**
     * What is due and nobody has run yet is handed over again, for the first hand-over may have been lost: what this slot
     * made due, and what that made due in its turn.
     */
    private RunRecord filled(Slot slot, JobEvent event, Instant started, JobResult.Done stored) {
        RunRecord record = record(slot, event, started, new JobResult.AlreadyDone(stored));
        store.note(record, List.of());
        if (!stored.followUps().isEmpty()) {
            store.owed(slot.mode()).forEach(followUp -> handOver(slot, followUp));
        }
        publish(slot);
        return ended(record);
    }

    private JobBusyException busy(Slot slot, JobEvent event, Instant started, String other, Instant until) {
        String reason = "BUSY: %s is still running, its lease ends %s".formatted(other, until);
        RunRecord record = record(slot, event, started, new JobResult.Failed(reason));
        store.note(record, List.of(noted("JobFailed", record, started)));
        publish(slot);
        ended(record);
        return new JobBusyException(reason);
    }

    private void handOver(Slot slot, JobEvent followUp) {
        try {
            invoker.invoke(followUp);
        } catch (RuntimeException e) {
            listener.troubled(slot, "a follow-up was not handed over and stays owed", e);
        }
    }

    private void publish(Slot slot) {
        try {
            publishPending.run();
        } catch (RuntimeException e) {
            listener.troubled(slot, "events were not published and wait for the next run", e);
        }
    }

    private RunRecord ended(RunRecord record) {
        listener.ended(record);
        return record;
    }

    private static List<DomainEvent> events(JobResult result, Fence fence, RunRecord record) {
        return switch (result) {
            case JobResult.Refused _ -> List.of(event("JobRefused", fence, record));
            case JobResult.Failed _ -> List.of(event("JobFailed", fence, record));
            case JobResult.Done _, JobResult.Skipped _, JobResult.AlreadyDone _, JobResult.Coalesced _ -> List.of();
        };
    }

    /** Of a run that never held the lease. */
    private static DomainEvent noted(String type, RunRecord record, Instant started) {
        Slot slot = record.slot();
        String id = "%s#%s#%s#%s".formatted(type, slot.job().text(), slot.due(), started);
        return new DomainEvent(id, type, slot.job().text(), record.ended(), detail(record));
    }

    private static DomainEvent event(String type, Fence fence, RunRecord record) {
        return new DomainEvent(
                type + "#" + fence.lease() + "#" + fence.number(),
                type,
                record.slot().job().text(),
                record.ended(),
                detail(record));
    }

    private static Map<String, String> detail(RunRecord record) {
        return Map.of(
                "slot", record.slot().due(),
                "mode", record.slot().mode().toString(),
                "reason", record.reason());
    }

    private RunRecord record(Slot slot, JobEvent event, Instant started, JobResult result) {
        Map<String, Long> statistics = Map.of();
        List<String> lines = List.of();
        switch (result) {
            case JobResult.Done done -> {
                statistics = done.statistics();
                lines = done.lines();
            }
            case JobResult.AlreadyDone(JobResult.Done stored) -> {
                statistics = stored.statistics();
                lines = stored.lines();
            }
            case JobResult.Skipped skipped -> lines = skipped.lines();
            case JobResult.Refused refused -> lines = refused.lines();
            case JobResult.Coalesced _, JobResult.Failed _ -> {}
        }
        return new RunRecord(
                slot,
                Optional.ofNullable(event.scheduledTime()),
                event.isByHand(),
                started,
                time.now(),
                result.outcome(),
                result.reason(),
                statistics,
                lines);
    }

    private static String describe(Throwable failure) {
        String message = failure.getMessage();
        String name = failure.getClass().getSimpleName();
        String line = (message == null ? name : name + ": " + message).replaceAll("\\s+", " ");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "…";
    }
}
