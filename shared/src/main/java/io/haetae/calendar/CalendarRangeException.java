package io.haetae.calendar;

import java.time.LocalDate;

/** The calendar does not know what was asked: the date lies outside the years it covers. Never to be guessed. */
public final class CalendarRangeException extends RuntimeException {

    public CalendarRangeException(String calendar, String asked, LocalDate first, LocalDate last) {
        super("%s knows sessions from %s to %s, not %s".formatted(calendar, first, last, asked));
    }
}
