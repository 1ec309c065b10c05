package io.haetae.calendar;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The calendars there are, by code, with a person's overrides of single dates applied.
 *
 * <ul>
 *   <li>{@code XKRX}: {@link XkrxCalendar}.
 *   <li>{@code XNYS}, {@code XNAS}: the New York Stock Exchange and Nasdaq, 2010 to 2028, 09:30 to 16:00 in New York, to
 *       13:00 on half days. Source: NYSE Rule 7.2 and the exchanges' yearly announcements, the newest of 2025-12-23.
 *   <li>{@code WEEKDAYS}: Monday to Friday from midnight to midnight, UTC, without a holiday.
 *   <li>{@code 24X5}: foreign exchange, Sunday 17:00 to Friday 17:00 in New York. The session of a date opens at 17:00 on the
 *       evening before and closes at 17:00, both on New York's wall, so it lasts 23 or 25 hours when the clocks change.
 * </ul>
 *
 * <p>An override corrects a date of the first three, or adds one after the calendar's end, where every weekday up to it must
 * be named: a gap would make the next and the previous session a guess.
 */
public final class Calendars {

    public static final String XKRX = "XKRX";
    public static final String XNYS = "XNYS";
    public static final String XNAS = "XNAS";
    public static final String WEEKDAYS = "WEEKDAYS";
    public static final String FX = "24X5";

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    /** The rule calendars end somewhere, as the rules of time zones may be other ones by then. */
    private static final int FIRST_YEAR = 2010;

    private static final int LAST_YEAR = 2040;
    private static final LocalTime FX_CHANGE = LocalTime.of(17, 0);

    private static final Calendars BUNDLED = new Calendars(Map.of());

    private final Map<String, ListedCalendar> overridden;

    private Calendars(Map<String, ListedCalendar> overridden) {
        this.overridden = Map.copyOf(overridden);
    }

    /** The calendars as they ship with the program. */
    public static Calendars bundled() {
        return BUNDLED;
    }

    /**
     * The calendar of that code as it ships with the program.
     *
     * @throws IllegalArgumentException when there is none; the message names those there are
     */
    public static TradingCalendar of(String code) {
        return BUNDLED.find(code)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no calendar is called '%s': there are %s".formatted(code, String.join(", ", codes()))));
    }

    /** All codes, in order. */
    public static List<String> codes() {
        return List.of(XKRX, XNYS, XNAS, WEEKDAYS, FX);
    }

    /**
     * The calendars with some dates as a person knows them.
     *
     * @param text {@code EXCHANGE/DATE/HH:MM-HH:MM} or {@code EXCHANGE/DATE/closed}, comma between, such as {@code
     *     XKRX/2026-11-19/10:00-16:30,XKRX/2026-12-24/closed}; blank for none
     * @throws InvalidOverridesException naming everything that is wrong
     */
    public static Calendars overridden(String text) {
        if (text.isBlank()) {
            return BUNDLED;
        }
        List<String> problems = new ArrayList<>();
        Map<String, ListedCalendar> overridden = new TreeMap<>();
        byExchange(text, problems)
                .forEach((code, overrides) ->
                        overridden.put(code, listed(code).orElseThrow().with(overrides, problems)));
        if (!problems.isEmpty()) {
            throw new InvalidOverridesException(problems);
        }
        return new Calendars(overridden);
    }

    private static SortedMap<String, List<CalendarOverride>> byExchange(String text, List<String> problems) {
        SortedMap<String, List<CalendarOverride>> byExchange = new TreeMap<>();
        Set<String> dates = new HashSet<>();
        for (String part : text.split(",", -1)) {
            String written = part.strip();
            try {
                CalendarOverride override = CalendarOverride.parse(written);
                if (!List.of(XKRX, XNYS, XNAS).contains(override.exchange())) {
                    problems.add(written + ": XKRX, XNYS and XNAS have dates to override");
                } else if (!dates.add(override.exchange() + override.date())) {
                    problems.add(written + ": this date is named twice");
                } else {
                    byExchange
                            .computeIfAbsent(override.exchange(), _ -> new ArrayList<>())
                            .add(override);
                }
            } catch (IllegalArgumentException e) {
                problems.add("%s: %s".formatted(written.isEmpty() ? "''" : written, e.getMessage()));
            }
        }
        return byExchange;
    }

    /** The calendar of that code, if there is one. */
    public Optional<TradingCalendar> find(String code) {
        return Optional.ofNullable(overridden.get(code)).or(() -> listed(code)).map(calendar -> calendar);
    }

    /** The Korea Exchange's. */
    public TradingCalendar xkrx() {
        return find(XKRX).orElseThrow();
    }

    /** Each is read when it is first asked for. */
    private static Optional<ListedCalendar> listed(String code) {
        return switch (code) {
            case XKRX -> Optional.of(XkrxCalendar.listed());
            case XNYS -> Optional.of(NewYork.XNYS_CALENDAR);
            case XNAS -> Optional.of(NewYork.XNAS_CALENDAR);
            case WEEKDAYS -> Optional.of(Weekdays.CALENDAR);
            case FX -> Optional.of(ForeignExchange.CALENDAR);
            default -> Optional.empty();
        };
    }

    private static final class NewYork {
        private static final ListedCalendar XNYS_CALENDAR = read(XNYS);
        private static final ListedCalendar XNAS_CALENDAR = read(XNAS);

        private static ListedCalendar read(String code) {
            return CalendarFile.read(
                    "xnys.txt",
                    code,
                    NEW_YORK,
                    (date, open, close) -> session(date, date, open, date, close, NEW_YORK));
        }
    }

    private static final class Weekdays {
        private static final ListedCalendar CALENDAR = ListedCalendar.weekdays(
                WEEKDAYS,
                ZoneOffset.UTC,
                (date, open, close) -> session(date, date, open, date.plusDays(1), close, ZoneOffset.UTC),
                FIRST_YEAR,
                LAST_YEAR,
                LocalTime.MIDNIGHT,
                LocalTime.MIDNIGHT);
    }

    private static final class ForeignExchange {
        private static final ListedCalendar CALENDAR = ListedCalendar.weekdays(
                FX,
                NEW_YORK,
                (date, open, close) -> session(date, date.minusDays(1), open, date, close, NEW_YORK),
                FIRST_YEAR,
                LAST_YEAR,
                FX_CHANGE,
                FX_CHANGE);
    }

    /** One phase from open to close; whoever takes orders before the open is not the exchange's calendar's to know. */
    private static Session session(
            LocalDate date, LocalDate openDate, LocalTime open, LocalDate closeDate, LocalTime close, ZoneId zone) {
        var opens = openDate.atTime(open).atZone(zone).toInstant();
        var closes = closeDate.atTime(close).atZone(zone).toInstant();
        return new Session(date, opens, opens, closes, List.of(new Phase(Phase.Kind.CONTINUOUS, opens, closes)));
    }
}
