package io.haetae.calendar;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a person knows better than the calendar about one date: {@code XKRX/2026-11-19/10:00-16:30} or {@code
 * XKRX/2026-10-02/closed}.
 *
 * @param hours wall-clock time of the exchange; empty when it is closed
 */
record CalendarOverride(String exchange, LocalDate date, Optional<Hours> hours) {

    private static final Pattern FORM = Pattern.compile(
            "([A-Za-z0-9]+)/([0-9]{4}-[0-9]{2}-[0-9]{2})/(?:(closed)|([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2}))");

    /** The open lies before the close. */
    record Hours(LocalTime open, LocalTime close) {
        Hours {
            if (!open.isBefore(close)) {
                throw new IllegalArgumentException("it would close at %s, not after it opens".formatted(close));
            }
        }

        /** {@code 09:00-15:30}. */
        String text() {
            return open + "-" + close;
        }

        static Hours parse(String text) {
            String[] ends = text.split("-", -1);
            return new Hours(LocalTime.parse(ends[0]), LocalTime.parse(ends[1]));
        }
    }

    /** As a person wrote it. */
    String text() {
        return "%s/%s/%s".formatted(exchange, date, hours.map(Hours::text).orElse("closed"));
    }

    /** @throws IllegalArgumentException saying what is wrong with it */
    static CalendarOverride parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("EXCHANGE/DATE/HH:MM-HH:MM or EXCHANGE/DATE/closed is expected");
        }
        try {
            LocalDate date = LocalDate.parse(parts.group(2));
            Optional<Hours> hours = parts.group(3) == null
                    ? Optional.of(new Hours(LocalTime.parse(parts.group(4)), LocalTime.parse(parts.group(5))))
                    : Optional.empty();
            return new CalendarOverride(parts.group(1), date, hours);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("there is no such date or time", e);
        }
    }
}
