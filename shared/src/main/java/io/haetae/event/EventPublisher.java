package io.haetae.event;

import java.util.List;

/** Carries committed events out. May be called again with the same event: consumers drop repeats by id. */
public interface EventPublisher {

    /** @throws RuntimeException when not all were handed over; the events stay in the outbox and are tried again */
    void publish(List<DomainEvent> events);
}
