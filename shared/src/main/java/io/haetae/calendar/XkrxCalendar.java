package io.haetae.calendar;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.Year;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of the Korea Exchange's share markets, 2010 to 2026.
 *
 * <p>Regular hours are 09:00 to 15:30 in Seoul, to 15:00 before 2016-08-01; orders are taken from half an hour before the
 * open. The first session of a year opens an hour later (KOSPI Enforcement Rules, article 8); on the day of the university
 * entrance examination everything is an hour later.
 */
public final class XkrxCalendar implements TradingCalendar {

    public static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private static final String RESOURCE = "xkrx.txt";
    private static final LocalTime OPEN = LocalTime.of(9, 0);
    private static final LocalTime CLOSE = LocalTime.of(15, 30);
    private static final LocalTime CLOSE_BEFORE_LONGER_HOURS = LocalTime.of(15, 0);
    private static final LocalDate LONGER_HOURS = LocalDate.of(2016, 8, 1);
    private static final int ACCEPTANCE_MINUTES = 30;

    private final NavigableMap<LocalDate, Session> sessions;
    private final LocalDate firstKnown;
    private final LocalDate lastKnown;

    private XkrxCalendar(NavigableMap<LocalDate, Session> sessions, LocalDate firstKnown, LocalDate lastKnown) {
        this.sessions = sessions;
        this.firstKnown = firstKnown;
        this.lastKnown = lastKnown;
    }

    /** The calendar that ships with the program. */
    public static XkrxCalendar bundled() {
        return Bundled.CALENDAR;
    }

    private static final class Bundled {
        private static final XkrxCalendar CALENDAR = load();
    }

    private static XkrxCalendar load() {
        try (InputStream in = Objects.requireNonNull(XkrxCalendar.class.getResourceAsStream(RESOURCE), RESOURCE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return parse(lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE, e);
        }
    }

    private static XkrxCalendar parse(List<String> lines) {
        NavigableMap<LocalDate, Session> sessions = new TreeMap<>();
        int firstYear = 0;
        int year = 0;
        for (String line : lines) {
            String[] halves = line.split("\\|", -1);
            int space = halves[0].indexOf(' ');
            int next = Integer.parseInt(halves[0].substring(0, space));
            if (year == 0) {
                firstYear = next;
            } else if (next != year + 1) {
                throw new IllegalStateException(RESOURCE + ": " + next + " does not follow " + year);
            }
            year = next;
            addYear(sessions, year, dates(year, halves[0].substring(space)), dates(year, halves[1]));
        }
        return new XkrxCalendar(sessions, LocalDate.of(firstYear, 1, 1), LocalDate.of(year, 12, 31));
    }

    private static Set<LocalDate> dates(int year, String monthDays) {
        Set<LocalDate> dates = new HashSet<>();
        for (String monthDay : monthDays.strip().split(" +", -1)) {
            if (!monthDay.isEmpty()) {
                dates.add(MonthDay.parse("--" + monthDay).atYear(year));
            }
        }
        return dates;
    }

    private static void addYear(
            NavigableMap<LocalDate, Session> sessions, int year, Set<LocalDate> closed, Set<LocalDate> late) {
        boolean firstOfYear = true;
        for (LocalDate date = Year.of(year).atDay(1); date.getYear() == year; date = date.plusDays(1)) {
            boolean weekend = date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
            if (weekend || closed.contains(date)) {
                continue;
            }
            boolean lateOpen = firstOfYear || late.contains(date);
            sessions.put(date, hours(date, lateOpen, late.contains(date)));
            firstOfYear = false;
        }
    }

    private static Session hours(LocalDate date, boolean lateOpen, boolean lateClose) {
        LocalTime open = lateOpen ? OPEN.plusHours(1) : OPEN;
        LocalTime regular = date.isBefore(LONGER_HOURS) ? CLOSE_BEFORE_LONGER_HOURS : CLOSE;
        LocalTime close = lateClose ? regular.plusHours(1) : regular;
        return new Session(
                date,
                date.atTime(open.minusMinutes(ACCEPTANCE_MINUTES)).atZone(SEOUL).toInstant(),
                date.atTime(open).atZone(SEOUL).toInstant(),
                date.atTime(close).atZone(SEOUL).toInstant());
    }

    @Override
    public ZoneId zone() {
        return SEOUL;
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
        return new CalendarRangeException("The Korea Exchange's calendar", asked, firstKnown, lastKnown);
    }
}
