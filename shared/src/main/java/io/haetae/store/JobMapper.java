package io.haetae.store;

import io.haetae.event.DomainEvent;
import io.haetae.job.Fence;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.job.JobStore;
import io.haetae.job.LeaseLostException;
import io.haetae.job.Leases;
import io.haetae.job.RunRecord;
import io.haetae.job.Slot;
import io.haetae.portfolio.Mode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The ledger, the log of runs and the leases as items of the state table.
 *
 * <p>A slot item is the slot's present state; a log item is how one event fared, one for each slot and trigger; an owed
 * item is a derived run that must still happen; a lease item is who runs the job now.
 */
public final class JobMapper implements JobStore {

    private static final ZoneId KOREA = ZoneId.of("Asia/Seoul");
    private static final String RUNNING = "RUNNING";
    private static final String DONE = "DONE";
    private static final String VERSION = "version";
    private static final String NONE = "-";

    /** Lines beyond this many characters are left out of the ledger: an item holds 400 KB. */
    private static final int LONGEST_LINES = 60_000;

    /** A claim is contended by a handful of invocations at most; each round one of them gets on. */
    private static final int MOST_ROUNDS = 20;

    private final Store store;

    public JobMapper(Store store) {
        this.store = store;
    }

    @Override
    public Optional<JobResult.Done> done(Slot slot) {
        return store.get(slotKey(slot)).flatMap(JobMapper::filled);
    }

    @Override
    public Optional<Claim> standing(Slot slot, String lease, Instant now) {
        return met(slot, store.get(slotKey(slot)), store.get(leaseKey(lease)), now, false);
    }

    @Override
    public Claim claim(Slot slot, String lease, String owner, Instant now, Instant until, boolean holderGone) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Optional<Item> slotItem = store.get(slotKey(slot));
            Optional<Item> leaseItem = store.get(leaseKey(lease));
            if (leaseItem
                    .flatMap(item -> item.findText("owner"))
                    .filter(owner::equals)
                    .isPresent()) {
                // Our own commit, whose answer was lost.
                return new Claim.Taken(new Fence(lease, leaseItem.get().whole(Leases.FENCE)));
            }
            Optional<Claim> standing = met(slot, slotItem, leaseItem, now, holderGone);
            if (standing.isPresent()) {
                return standing.get();
            }
            long fence = leaseItem.map(item -> item.whole(Leases.FENCE)).orElse(0L) + 1;
            Item taken = Item.at(leaseKey(lease))
                    .with(Leases.FENCE, fence)
                    .with("owner", owner)
                    .with("until", until.toEpochMilli())
                    .with("slot", name(slot))
                    .build();
            Item running = start(slot, slotItem)
                    .with("state", RUNNING)
                    .with("started", now.toString())
                    .with(Leases.FENCE, fence)
                    .build();
            Outcome outcome = store.commit(List.of(
                    Action.put(taken, leaseItem.map(item -> fenceIs(fence - 1)).orElseGet(Condition::absent)),
                    Action.put(running, unchanged(slotItem))));
            if (outcome instanceof Outcome.Committed) {
                return new Claim.Taken(new Fence(lease, fence));
            }
        }
        throw new StoreUnavailableException(
                "could not claim %s in %d rounds".formatted(name(slot), MOST_ROUNDS),
                new IllegalStateException("contended"));
    }

    private static Optional<Claim> met(
            Slot slot, Optional<Item> slotItem, Optional<Item> leaseItem, Instant now, boolean holderGone) {
        Optional<JobResult.Done> filled = slotItem.flatMap(JobMapper::filled);
        if (filled.isPresent()) {
            return Optional.of(new Claim.Filled(filled.get()));
        }
        if (holderGone || leaseItem.isEmpty()) {
            return Optional.empty();
        }
        Instant until = Instant.ofEpochMilli(leaseItem.get().whole("until"));
        if (!until.isAfter(now)) {
            return Optional.empty();
        }
        String holder = leaseItem.get().text("slot");
        return Optional.of(holder.equals(name(slot)) ? new Claim.Running() : new Claim.Busy(holder, until));
    }

    @Override
    public void end(
            Fence fence, RunRecord record, JobResult result, List<JobEvent> followUps, List<DomainEvent> events) {
        Slot slot = record.slot();
        Optional<Item> slotItem = store.get(slotKey(slot));
        Item.Builder ended = start(slot, slotItem)
                .with("state", record.outcome())
                .with("reason", record.reason())
                .with("started", record.started().toString())
                .with("ended", record.ended().toString())
                .with(Leases.FENCE, fence.number());
        if (result instanceof JobResult.Done done) {
            ended.with("statistics", statistics(done.statistics()));
            ended.with("lines", lines(done.lines()));
            ended.with("followUps", followUps(followUps));
        }
        Item released = Item.at(new Key(Table.STATE, fence.lease(), Leases.SORT))
                .with(Leases.FENCE, fence.number())
                .with("owner", NONE)
                .with("until", 0)
                .with("slot", NONE)
                .build();
        List<Action> actions = new ArrayList<>();
        actions.add(Action.put(released, fenceIs(fence.number())));
        actions.add(Action.put(ended.build(), unchanged(slotItem)));
        actions.add(Action.put(log(record)));
        if (!slot.revision().isEmpty() && !(result instanceof JobResult.Failed)) {
            actions.add(Action.delete(owedKey(slot.mode(), slot.job(), slot.due(), slot.revision())));
        }
        for (JobEvent followUp : followUps) {
            actions.add(Action.put(owed(slot.mode(), followUp, record.ended())));
        }
        events.forEach(event -> actions.add(Outbox.put(event)));
        switch (store.commit(actions)) {
            case Outcome.Committed() -> {}
            case Outcome.Refused(int _, Optional<Item> _) -> throw new LeaseLostException(fence);
            case Outcome.Uncertain(String cause) -> throw uncertain(slot, cause);
        }
    }

    @Override
    public void note(RunRecord record, List<DomainEvent> events) {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            List<Action> actions = notes(record, events);
            if (actions.isEmpty()) {
                return;
            }
            switch (store.commit(actions)) {
                case Outcome.Committed() -> {
                    return;
                }
                // Another run moved the slot on between the reading and the writing: look again.
                case Outcome.Refused(int _, Optional<Item> _) -> {}
                case Outcome.Uncertain(String cause) -> throw uncertain(record.slot(), cause);
            }
        }
        throw uncertain(record.slot(), "contended");
    }

    private List<Action> notes(RunRecord record, List<DomainEvent> events) {
        Slot slot = record.slot();
        List<Action> actions = new ArrayList<>();
        Optional<Item> slotItem = store.get(slotKey(slot));
        Optional<String> state = slotItem.map(item -> item.text("state"));
        if (state.isEmpty() || !(state.get().equals(DONE) || state.get().equals(RUNNING))) {
            Item noted = start(slot, slotItem)
                    .with("state", record.outcome())
                    .with("reason", record.reason())
                    .with("started", record.started().toString())
                    .with("ended", record.ended().toString())
                    .build();
            actions.add(Action.put(noted, unchanged(slotItem)));
        }
        Item log = log(record);
        if (store.get(log.key()).isEmpty()) {
            actions.add(Action.put(log));
        }
        if (!slot.revision().isEmpty() && state.filter(DONE::equals).isPresent()) {
            // It became due again by a revision that it had served before: nothing more is owed.
            actions.add(Action.delete(owedKey(slot.mode(), slot.job(), slot.due(), slot.revision())));
        }
        events.forEach(event -> actions.add(Outbox.put(event)));
        return actions;
    }

    private static StoreUnavailableException uncertain(Slot slot, String cause) {
        return new StoreUnavailableException(
                "the end of %s may not be recorded: %s".formatted(name(slot), cause), new IllegalStateException(cause));
    }

    @Override
    public List<JobEvent> owed(Mode mode) {
        return store.query(Query.all(Table.STATE, "OWED#" + mode)).stream()
                .sorted(Comparator.comparingLong((Item item) -> item.whole("since"))
                        .thenComparing(item -> item.key().sort()))
                .map(item -> followUp(item.text("event")))
                .toList();
    }

    @Override
    public List<RunRecord> runs(Mode mode, LocalDate day) {
        return store.query(Query.all(Table.STATE, "RUN#" + mode + "#" + day)).stream()
                .map(item -> record(mode, item))
                .sorted(Comparator.comparing(RunRecord::at)
                        .thenComparing(record -> record.slot().job())
                        .thenComparing(RunRecord::started)
                        .thenComparing(record -> record.slot().due())
                        .thenComparing(record -> record.slot().revision()))
                .toList();
    }

    private static Key slotKey(Slot slot) {
        return Key.state(
                "SLOT#%s#%s#%s"
                        .formatted(slot.job().text(), slot.mode(), slot.user().orElse(NONE)),
                slot.due() + "#" + slot.revision());
    }

    private static Key leaseKey(String lease) {
        return Key.state(lease, Leases.SORT);
    }

    private static Key owedKey(Mode mode, JobName job, String session, String revision) {
        return Key.state("OWED#" + mode, session + "#" + job.text() + "#" + revision);
    }

    private static String name(Slot slot) {
        return slot.job().text() + " " + slot.due() + (slot.revision().isEmpty() ? "" : " " + slot.revision());
    }

    private static Item.Builder start(Slot slot, Optional<Item> standing) {
        return Item.at(slotKey(slot))
                .with(VERSION, standing.map(item -> item.whole(VERSION)).orElse(0L) + 1);
    }

    private static Condition unchanged(Optional<Item> standing) {
        return standing.map(item -> Condition.versionIs(item.whole(VERSION))).orElseGet(Condition::absent);
    }

    private static Condition fenceIs(long fence) {
        return new Condition.AttributeEquals(Leases.FENCE, Value.of(fence), false);
    }

    private static Optional<JobResult.Done> filled(Item slot) {
        if (!slot.text("state").equals(DONE)) {
            return Optional.empty();
        }
        return Optional.of(new JobResult.Done(
                slot.text("reason"),
                readStatistics(slot),
                split(slot, "followUps").stream().map(JobMapper::followUp).toList(),
                split(slot, "lines")));
    }

    private static Item log(RunRecord record) {
        Slot slot = record.slot();
        String trigger = record.scheduled()
                .map(Instant::toString)
                .orElseGet(() -> record.byHand() ? "hand " + record.started() : "derived");
        String sort = String.join(
                "#",
                slot.job().text(),
                slot.due(),
                slot.revision(),
                trigger,
                slot.user().orElse(NONE));
        LocalDate day = LocalDate.ofInstant(record.at(), KOREA);
        return Item.at(Key.state("RUN#" + slot.mode() + "#" + day, sort))
                .with("job", slot.job().text())
                .with("due", slot.due())
                .with("revision", slot.revision())
                .with("user", slot.user())
                .with("scheduled", record.scheduled().map(Instant::toString))
                .with("byHand", record.byHand())
                .with("started", record.started().toString())
                .with("ended", record.ended().toString())
                .with("outcome", record.outcome())
                .with("reason", record.reason())
                .with("statistics", statistics(record.statistics()))
                .with("lines", lines(record.lines()))
                .build();
    }

    private static RunRecord record(Mode mode, Item item) {
        JobName job = JobName.parse(item.text("job"))
                .orElseThrow(() -> new CorruptItemException(item.key(), "job", "a job's name"));
        return new RunRecord(
                new Slot(job, item.text("due"), item.text("revision"), mode, item.findText("user")),
                item.findText("scheduled").map(Instant::parse),
                item.flag("byHand"),
                Instant.parse(item.text("started")),
                Instant.parse(item.text("ended")),
                item.text("outcome"),
                item.text("reason"),
                readStatistics(item),
                split(item, "lines"));
    }

    private static Item owed(Mode mode, JobEvent followUp, Instant since) {
        return Item.at(owedKey(mode, job(followUp), String.valueOf(followUp.session()), revision(followUp)))
                .with("event", write(followUp))
                .with("since", since.toEpochMilli())
                .build();
    }

    private static JobName job(JobEvent followUp) {
        JobName job = followUp.job();
        if (job == null) {
            throw new IllegalArgumentException("a follow-up names its job");
        }
        return job;
    }

    private static String revision(JobEvent followUp) {
        String revision = followUp.revision();
        if (revision == null || followUp.session() == null) {
            throw new IllegalArgumentException("a follow-up carries its session and revision");
        }
        return revision;
    }

    private static String write(JobEvent followUp) {
        return job(followUp).text() + " " + followUp.session() + " " + revision(followUp);
    }

    private static JobEvent followUp(String text) {
        String[] parts = text.split(" ", 3);
        return JobEvent.derived(JobName.parse(parts[0]).orElseThrow(), LocalDate.parse(parts[1]), parts[2]);
    }

    private static Optional<String> followUps(List<JobEvent> followUps) {
        return joined(followUps.stream().map(JobMapper::write).toList());
    }

    private static Optional<String> statistics(Map<String, Long> statistics) {
        List<String> pairs = new ArrayList<>();
        new TreeMap<>(statistics).forEach((name, count) -> pairs.add(name + "=" + count));
        return joined(pairs);
    }

    private static Map<String, Long> readStatistics(Item item) {
        Map<String, Long> statistics = new TreeMap<>();
        for (String pair : split(item, "statistics")) {
            int equals = pair.lastIndexOf('=');
            statistics.put(pair.substring(0, equals), Long.valueOf(pair.substring(equals + 1)));
        }
        return statistics;
    }

    private static Optional<String> lines(List<String> lines) {
        List<String> kept = new ArrayList<>();
        int length = 0;
        for (String line : lines) {
            length += line.length() + 1;
            if (length > LONGEST_LINES) {
                kept.add("… and %d more lines".formatted(lines.size() - kept.size()));
                break;
            }
            kept.add(line.replace('\n', ' '));
        }
        return joined(kept);
    }

    private static Optional<String> joined(List<String> parts) {
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", parts));
    }

    private static List<String> split(Item item, String name) {
        return item.findText(name).map(text -> List.of(text.split("\n", -1))).orElseGet(List::of);
    }
}
