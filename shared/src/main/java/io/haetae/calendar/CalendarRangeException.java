package io.haetae.calendar;

import java.time.LocalDate;

/** The calendar does not know what was asked: the date lies outside the years it covers. Never to be guessed. */
public final class CalendarRangeException extends RuntimeException {

    /**
     * @param exchange code of the calendar
     * @param asked what it was asked for, such as {@code the session after 2026-12-30}
     */
    public CalendarRangeException(String exchange, String asked, LocalDate first, LocalDate last) {
        super("the calendar of %s ends %s (it begins %s) and does not know %s".formatted(exchange, last, first, asked)
                + ": update the program, or name the dates in CALENDAR_OVERRIDES");
    }
}
