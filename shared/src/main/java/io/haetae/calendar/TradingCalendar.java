package io.haetae.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** The sessions of one exchange, over the range of dates it is known for. Safe for use by several threads. */
public interface TradingCalendar {

    /** From how many days before its end on a calendar warns: {@link #warning}. */
    int WARNING_DAYS = 60;

    /** The exchange, as ISO 10383 names it, or the name of the rule that the calendar follows. */
    String code();

    /** The exchange's own time zone, in which its dates are meant. */
    ZoneId zone();

    /** First date of the known range; not necessarily a session. */
    LocalDate firstKnown();

    /** Last date of the known range; not necessarily a session. */
    LocalDate lastKnown();

    /** Empty when the exchange is closed on that date, and outside the known range. */
    Optional<Session> session(LocalDate date);

    /**
     * Why the exchange is closed on that date or keeps other hours than on an ordinary day, as far as it is known; empty
     * text for an ordinary session.
     *
     * @throws CalendarRangeException outside the known range
     */
    String why(LocalDate date);

    /**
     * The newest session strictly before {@code date}.
     *
     * @throws CalendarRangeException when it would lie outside the known range, or {@code date} lies after it
     */
    Session previous(LocalDate date);

    /**
     * The oldest session strictly after {@code date}.
     *
     * @throws CalendarRangeException when it would lie outside the known range, or {@code date} lies before it
     */
    Session next(LocalDate date);

    /** The sessions from {@code from} to {@code to}, both included, oldest first; what lies outside the range is left out. */
    List<Session> sessionsBetween(LocalDate from, LocalDate to);

    /**
     * The newest session that has ended: its close is at or before {@code moment}.
     *
     * @throws CalendarRangeException when the moment's date, or the session, lies outside the known range
     */
    Session newestClosed(Instant moment);

    default boolean isSession(LocalDate date) {
        return session(date).isPresent();
    }

    /** Whether the date lies in the known range, so that a date without a session is a closed one. */
    default boolean isKnown(LocalDate date) {
        return !date.isBefore(firstKnown()) && !date.isAfter(lastKnown());
    }

    /** The session that is open at {@code moment}, both ends included; of two that meet there, the one that ends. */
    default Optional<Session> openAt(Instant moment) {
        LocalDate date = dateAt(moment);
        // A session may open on the evening before its date.
        return session(date).filter(session -> session.isOpen(moment)).or(() -> session(date.plusDays(1))
                .filter(session -> session.isOpen(moment)));
    }

    /** The date on the exchange's wall at {@code moment}. */
    default LocalDate dateAt(Instant moment) {
        return LocalDate.ofInstant(moment, zone());
    }

    /**
     * The {@code count}-th session strictly before {@code date}: 1 is {@link #previous}.
     *
     * @throws CalendarRangeException when it would lie outside the known range
     * @throws IllegalArgumentException when {@code count} is below 1
     */
    default Session back(LocalDate date, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("count must be at least 1, not " + count);
        }
        Session session = previous(date);
        for (int i = 1; i < count; i++) {
            session = previous(session.date());
        }
        return session;
    }

    /**
     * How old, in sessions, something of {@code date} is on {@code today}: the sessions after the one, up to and with the
     * other. Over a weekend nothing ages.
     *
     * @throws CalendarRangeException when either lies outside the known range: an unknown date ages nothing for certain
     * @throws IllegalArgumentException when {@code today} lies before {@code date}
     */
    default int age(LocalDate date, LocalDate today) {
        for (LocalDate end : List.of(date, today)) {
            if (!isKnown(end)) {
                throw new CalendarRangeException(code(), end.toString(), firstKnown(), lastKnown());
            }
        }
        if (today.isBefore(date)) {
            throw new IllegalArgumentException("%s lies before %s".formatted(today, date));
        }
        return sessionsBetween(date.plusDays(1), today).size();
    }

    /** What a person must be told from {@link #WARNING_DAYS} days before the calendar's end on; empty before. */
    default Optional<String> warning(LocalDate today) {
        long days = ChronoUnit.DAYS.between(today, lastKnown());
        if (days > WARNING_DAYS) {
            return Optional.empty();
        }
        String when = days < 0 ? "has ended" : days == 0 ? "ends today" : "ends in %d days".formatted(days);
        return Optional.of(
                "the calendar of %s %s, %s, and no job that needs a session runs after it: update the program, or name the dates in CALENDAR_OVERRIDES"
                        .formatted(code(), when, lastKnown()));
    }
}
