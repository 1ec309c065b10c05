package io.haetae.calendar;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A calendar whose sessions are all listed, from the first known date to the last without a gap. */
final class ListedCalendar implements TradingCalendar {

    /** Why a date differs that a person's override is about. */
    static final String BY_CONFIGURATION = "set by configuration";

    private final String code;
    private final ZoneId zone;
    private final Shape shape;
    private final LocalDate firstKnown;
    private final LocalDate lastKnown;
    private final NavigableMap<LocalDate, Session> sessions;
    private final Map<LocalDate, String> reasons;

    /**
     * @param sessions by date, all within the range
     * @param reasons why a date differs; a weekday without a session that is not there is closed by the exchange
     */
    ListedCalendar(
            String code,
            ZoneId zone,
            Shape shape,
            LocalDate firstKnown,
            LocalDate lastKnown,
            NavigableMap<LocalDate, Session> sessions,
            Map<LocalDate, String> reasons) {
        this.code = code;
        this.zone = zone;
        this.shape = shape;
        this.firstKnown = firstKnown;
        this.lastKnown = lastKnown;
        this.sessions = sessions;
        this.reasons = reasons;
    }

    /** A session on every weekday of the years, at the same hours on the wall. */
    static ListedCalendar weekdays(
            String code, ZoneId zone, Shape shape, int firstYear, int lastYear, LocalTime open, LocalTime close) {
        NavigableMap<LocalDate, Session> sessions = new TreeMap<>();
        LocalDate first = LocalDate.of(firstYear, 1, 1);
        LocalDate last = LocalDate.of(lastYear, 12, 31);
        for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
            if (!isWeekend(date)) {
                sessions.put(date, shape.session(date, open, close));
            }
        }
        return new ListedCalendar(code, zone, shape, first, last, sessions, Map.of());
    }

    static boolean isWeekend(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    /**
     * This calendar with some dates as a person knows them. An override after the calendar's end moves that end, but only
     * day by day: every weekday up to it must be named, so that what is the next session is never a guess.
     *
     * @param overrides of this exchange, no date twice
     * @param problems takes what is wrong with any
     */
    ListedCalendar with(List<CalendarOverride> overrides, List<String> problems) {
        NavigableMap<LocalDate, Session> changed = new TreeMap<>(sessions);
        Map<LocalDate, String> whys = new TreeMap<>(reasons);
        NavigableMap<LocalDate, CalendarOverride> byDate =
                new TreeMap<>(overrides.stream().collect(Collectors.toMap(CalendarOverride::date, each -> each)));
        LocalDate end = lastKnown;
        for (CalendarOverride override : byDate.values()) {
            LocalDate date = override.date();
            if (date.isBefore(firstKnown)) {
                problems.add("%s: the calendar begins %s".formatted(override.text(), firstKnown));
                continue;
            }
            List<LocalDate> unnamed = unnamed(end, date);
            if (!unnamed.isEmpty()) {
                problems.add("%s: the calendar ends %s, so %s must be named too"
                        .formatted(override.text(), lastKnown, listed(unnamed)));
            }
            end = date.isAfter(end) ? date : end;
            whys.put(date, BY_CONFIGURATION);
            override.hours()
                    .ifPresentOrElse(
                            hours -> changed.put(date, shape.session(date, hours.open(), hours.close())),
                            () -> changed.remove(date));
        }
        return new ListedCalendar(code, zone, shape, firstKnown, end, changed, whys);
    }

    /** The weekdays strictly between the two. */
    private static List<LocalDate> unnamed(LocalDate end, LocalDate date) {
        List<LocalDate> unnamed = new ArrayList<>();
        for (LocalDate between = end.plusDays(1); between.isBefore(date); between = between.plusDays(1)) {
            if (!isWeekend(between)) {
                unnamed.add(between);
            }
        }
        return unnamed;
    }

    private static String listed(List<LocalDate> dates) {
        return dates.size() <= 3
                ? dates.stream().map(LocalDate::toString).collect(Collectors.joining(", "))
                : "the %d weekdays from %s to %s".formatted(dates.size(), dates.getFirst(), dates.getLast());
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public ZoneId zone() {
        return zone;
    }

    @Override
    public LocalDate firstKnown() {
        return firstKnown;
    }

    @Override
    public LocalDate lastKnown() {
        return lastKnown;
    }

    @Override
    public Optional<Session> session(LocalDate date) {
        return Optional.ofNullable(sessions.get(date));
    }

    @Override
    public String why(LocalDate date) {
        if (!isKnown(date)) {
            throw outside(date.toString());
        }
        String reason = reasons.get(date);
        if (reason != null) {
            return reason;
        }
        return isSession(date) ? "" : isWeekend(date) ? "weekend" : "closed by the exchange";
    }

    @Override
    public Session previous(LocalDate date) {
        // The day after the last known one still has a certain answer; later days do not.
        if (date.isAfter(lastKnown.plusDays(1))) {
            throw outside("the session before " + date);
        }
        return found(sessions.lowerEntry(date), "the session before " + date);
    }

    @Override
    public Session next(LocalDate date) {
        if (date.isBefore(firstKnown.minusDays(1))) {
            throw outside("the session after " + date);
        }
        return found(sessions.higherEntry(date), "the session after " + date);
    }

    @Override
    public List<Session> sessionsBetween(LocalDate from, LocalDate to) {
        return from.isAfter(to)
                ? List.of()
                : List.copyOf(sessions.subMap(from, true, to, true).values());
    }

    @Override
    public Session newestClosed(Instant moment) {
        LocalDate date = dateAt(moment);
        if (date.isAfter(lastKnown)) {
            throw outside("the newest session at " + moment);
        }
        Optional<Session> today =
                session(date).filter(session -> !session.close().isAfter(moment));
        return today.orElseGet(() -> previous(date));
    }

    private Session found(Map.@Nullable Entry<LocalDate, Session> entry, String asked) {
        if (entry == null) {
            throw outside(asked);
        }
        return entry.getValue();
    }

    private CalendarRangeException outside(String asked) {
        return new CalendarRangeException(code, asked, firstKnown, lastKnown);
    }
}
