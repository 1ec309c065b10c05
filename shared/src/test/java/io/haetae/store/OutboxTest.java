package io.haetae.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.haetae.event.DomainEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private static final Instant NINE = Instant.parse("2026-01-05T00:00:00Z");

    private final Store store = new MemoryStore();
    private final Outbox outbox = new Outbox(store);
    private final List<DomainEvent> published = new ArrayList<>();

    @Test
    void eventsArePublishedByTimeThenIdAndRemoved() {
        DomainEvent second = event("b", NINE.plusNanos(1));
        DomainEvent third = event("c", NINE.plusSeconds(1));
        DomainEvent fourth = event("d", NINE.plusSeconds(1));
        DomainEvent first = event("z", NINE);
        store.commit(List.of(Outbox.put(fourth), Outbox.put(second), Outbox.put(first), Outbox.put(third)));

        assertThat(outbox.publishPending(published::addAll)).isEqualTo(4);

        assertThat(published).containsExactly(first, second, third, fourth);
        assertThat(outbox.pending()).isEmpty();
        assertThat(outbox.publishPending(published::addAll)).isZero();
    }

    @Test
    void anEventRecordedTwiceIsPublishedOnce() {
        store.commit(List.of(Outbox.put(event("a", NINE))));
        store.commit(List.of(Outbox.put(event("a", NINE))));
        outbox.publishPending(published::addAll);
        assertThat(published).containsExactly(event("a", NINE));
    }

    @Test
    void whatThePublisherDidNotTakeStays() {
        store.commit(List.of(Outbox.put(event("a", NINE))));
        assertThatIllegalStateException()
                .isThrownBy(() -> outbox.publishPending(_ -> {
                    throw new IllegalStateException("bus is down");
                }));
        assertThat(outbox.pending()).containsExactly(event("a", NINE));
    }

    @Test
    void whatWasHandedOverBeforeAFailureIsNotHandedOverAgain() {
        for (int from = 0; from < 250; from += 50) {
            store.commit(IntStream.range(from, from + 50)
                    .mapToObj(i -> Outbox.put(event("e" + i, NINE.plusSeconds(i))))
                    .toList());
        }
        assertThatIllegalStateException()
                .isThrownBy(() -> outbox.publishPending(events -> {
                    if (!published.isEmpty()) {
                        throw new IllegalStateException("bus is down");
                    }
                    published.addAll(events);
                }));
        outbox.publishPending(published::addAll);
        assertThat(published)
                .isEqualTo(IntStream.range(0, 250)
                        .mapToObj(i -> event("e" + i, NINE.plusSeconds(i)))
                        .toList());
    }

    private static DomainEvent event(String id, Instant at) {
        return new DomainEvent(
                id, "OrderFilled", "DRY_RUN/KRX/default", at, Map.of("symbol", "000001", "quantity", "7"));
    }
}
