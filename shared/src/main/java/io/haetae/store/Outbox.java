package io.haetae.store;

import io.haetae.event.DomainEvent;
import io.haetae.event.EventPublisher;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What happened and is not yet published. An event is written in the transaction of its change; after commit, or by the
 * next run when that one died, it is published and removed. One may be published twice, none is lost.
 */
public final class Outbox {

    private static final String PARTITION = "OUTBOX";
    private static final String DETAIL = "detail.";

    /** Of fixed width, so keys order by time. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Store store;

    public Outbox(Store store) {
        this.store = store;
    }

    /** The part of a transaction that records the event. Recording one again changes nothing. */
    public static Action put(DomainEvent event) {
        Key key = Key.state(PARTITION, TIME.format(event.at()) + "#" + event.id());
        Item.Builder item = Item.at(key)
                .with("id", event.id())
                .with("type", event.type())
                .with("subject", event.subject())
                .with("at", event.at().toString());
        event.detail().forEach((name, value) -> item.with(DETAIL + name, value));
        return Action.put(item.build());
    }

    /** What waits to be published, by time, then id. */
    public List<DomainEvent> pending() {
        return store.query(Query.all(Table.STATE, PARTITION)).stream()
                .map(Outbox::event)
                .toList();
    }

    /**
     * Publishes what waits, by time, then id, and removes what was handed over. When a removal fails, its events are
     * published again next time.
     *
     * @return how many were published
     * @throws RuntimeException what the publisher throws; the events not handed over stay
     * @throws StoreUnavailableException when the store cannot answer
     */
    public int publishPending(EventPublisher publisher) {
        List<Item> waiting = store.query(Query.all(Table.STATE, PARTITION));
        for (int from = 0; from < waiting.size(); from += Limits.MAX_TRANSACTION_ACTIONS) {
            int to = Math.min(waiting.size(), from + Limits.MAX_TRANSACTION_ACTIONS);
            List<Item> batch = waiting.subList(from, to);
            publisher.publish(batch.stream().map(Outbox::event).toList());
            Outcome _ = store.commit(
                    batch.stream().map(item -> Action.delete(item.key())).toList());
        }
        return waiting.size();
    }

    private static DomainEvent event(Item item) {
        Map<String, String> detail = new TreeMap<>();
        for (String name : item.attributes().keySet()) {
            if (name.startsWith(DETAIL)) {
                detail.put(name.substring(DETAIL.length()), item.text(name));
            }
        }
        return new DomainEvent(
                item.text("id"), item.text("type"), item.text("subject"), Instant.parse(item.text("at")), detail);
    }
}
