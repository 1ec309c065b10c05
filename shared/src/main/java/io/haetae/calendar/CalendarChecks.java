package io.haetae.calendar;

import io.haetae.event.DomainEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What outside sources were found to say of the exchange's closures. */
public interface CalendarChecks {

    /** By name. */
    List<CalendarSource> sources();

    /** Keeps what a source says now, and that it can be read, together with what happened by it. */
    void read(String source, CalendarReading reading, Optional<DomainEvent> event);

    /** Keeps that a source could not be read. What it said before stands. */
    void unread(String source, Instant at, String what);
}
