package io.haetae.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** The sessions of one exchange, over the range of dates it is known for. */
public interface TradingCalendar {

    /** The exchange's own time zone, in which its dates are meant. */
    ZoneId zone();

    /** First date of the known range; not necessarily a session. */
    LocalDate firstKnown();

    /** Last date of the known range; not necessarily a session. */
    LocalDate lastKnown();

    /** Empty when the exchange is closed on that date, and outside the known range. */
    Optional<Session> session(LocalDate date);

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

    /** The session that is open at {@code moment}, both ends included. */
    default Optional<Session> openAt(Instant moment) {
        return session(dateAt(moment)).filter(session -> session.isOpen(moment));
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
}
