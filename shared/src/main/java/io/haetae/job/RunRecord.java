package io.haetae.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How one event fared: what the ledger keeps and what the invocation answers.
 *
 * @param scheduled the time its schedule meant; empty for a run by hand and for a derived one
 * @param byHand a person asked for it
 * @param outcome one of {@code DONE SKIPPED REFUSED ALREADY_DONE COALESCED FAILED}
 * @param statistics counts by name, in order of name
 * @param lines what a person wants to read
 */
public record RunRecord(
        Slot slot,
        Optional<Instant> scheduled,
        boolean byHand,
        Instant started,
        Instant ended,
        String outcome,
        String reason,
        Map<String, Long> statistics,
        List<String> lines) {

    public RunRecord {
        SortedMap<String, Long> sorted = new TreeMap<>(statistics);
        statistics = Collections.unmodifiableSortedMap(sorted);
        lines = List.copyOf(lines);
    }

    /** By the job's own clock, so it is the same in every run of one virtual day. */
    public Duration duration() {
        return Duration.between(started, ended);
    }

    /** The moment the run belongs to: its scheduled time, else when it began. */
    public Instant at() {
        return scheduled.orElse(started);
    }
}
