package io.haetae.local.measure;

import io.haetae.job.JobName;
import io.haetae.job.Run;
import io.haetae.job.RunListener;
import io.haetae.job.RunRecord;
import io.haetae.job.Slot;
import io.haetae.local.measure.DynamoMeter.Reading;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Books what was asked since the run before to the job that just ended: in virtual time one runs after another. */
final class ByJob implements RunListener {

    /** What a job's runs cost together. */
    private record Cost(int runs, Map<String, Long> calls, Reading store) {

        Cost plus(Map<String, Long> moreCalls, Reading moreStore) {
            Map<String, Long> sum = new TreeMap<>(calls);
            moreCalls.forEach((venue, count) -> sum.merge(venue, count, Long::sum));
            return new Cost(runs + 1, sum, store.plus(moreStore));
        }

        long callsTo(String venue) {
            return calls.getOrDefault(venue, 0L);
        }
    }

    private final DynamoMeter meter;
    private final Map<JobName, Cost> costs = new EnumMap<>(JobName.class);
    private Supplier<Map<String, Long>> venues = Map::of;
    private Map<String, Long> callsBefore = Map.of();
    private Reading storeBefore = Reading.ZERO;

    ByJob(DynamoMeter meter) {
        this.meter = meter;
    }

    /** @param requests of each venue so far */
    void watch(Supplier<Map<String, Long>> requests) {
        venues = requests;
    }

    /** Counts from here. */
    void forget() {
        costs.clear();
        callsBefore = venues.get();
        storeBefore = meter.reading();
    }

    @Override
    public void started(Run run) {}

    @Override
    public void ended(RunRecord record) {
        Map<String, Long> calls = new TreeMap<>(venues.get());
        Reading store = meter.reading();
        Map<String, Long> more = new TreeMap<>();
        calls.forEach((venue, count) -> more.put(venue, count - callsBefore.getOrDefault(venue, 0L)));
        costs.merge(
                record.slot().job(),
                new Cost(1, more, store.minus(storeBefore)),
                (sum, one) -> sum.plus(one.calls(), one.store()));
        callsBefore = calls;
        storeBefore = store;
    }

    @Override
    public void troubled(Slot slot, String what, RuntimeException cause) {
        throw new IllegalStateException(slot + ": " + what, cause);
    }

    void print(LocalDate day) {
        System.out.println("| job, all runs of " + day + " | runs | KRX | KIS | Saxo | DynamoDB requests | read units |"
                + " write units | kB sent | kB received |");
        System.out.println("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        costs.forEach((job, cost) -> System.out.println("| %s | %,d | %,d | %,d | %,d | %s |"
                .formatted(
                        job.text(),
                        cost.runs(),
                        cost.callsTo("KRX"),
                        cost.callsTo("KIS"),
                        cost.callsTo("Saxo"),
                        cost.store().cells())));
    }

    boolean isEmpty() {
        return costs.isEmpty();
    }
}
