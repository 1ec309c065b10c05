package io.haetae.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a source says of the days from {@code from} to {@code to}: on which of them the exchange is closed. Hours are not
 * among it: that a session opens late, or closes late, no source of this kind tells.
 *
 * @param at when it was read
 * @param from first date it speaks of
 * @param to last date it speaks of, included
 * @param closed weekends too
 */
public record CalendarReading(Instant at, LocalDate from, LocalDate to, SortedSet<LocalDate> closed) {

    public CalendarReading {
        if (from.isAfter(to)) {
            throw new IllegalArgumentException("a reading from " + from + " to " + to);
        }
        closed = Collections.unmodifiableSortedSet(new TreeSet<>(closed));
    }

    /**
     * The dates on which this reading and a calendar say different things, oldest first. What the calendar does not reach is
     * no difference.
     */
    public List<LocalDate> differences(TradingCalendar calendar) {
        LocalDate last = to.isBefore(calendar.lastKnown()) ? to : calendar.lastKnown();
        return from.isAfter(last)
                ? List.of()
                : from.datesUntil(last.plusDays(1))
                        .filter(date -> calendar.isSession(date) == closed.contains(date))
                        .toList();
    }
}
