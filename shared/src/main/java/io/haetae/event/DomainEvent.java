package io.haetae.event;

import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that happened. Written as an item in the transaction of the change, published after commit.
 *
 * @param id deterministic, from the change itself, so a consumer can drop repeats
 * @param type name in the past tense, such as {@code OrderFilled}
 * @param subject what it is about: an account, a job
 * @param detail strings only, no secret
 */
public record DomainEvent(String id, String type, String subject, Instant at, Map<String, String> detail) {

    public DomainEvent {
        SortedMap<String, String> sorted = new TreeMap<>(detail);
        detail = java.util.Collections.unmodifiableSortedMap(sorted);
    }
}
