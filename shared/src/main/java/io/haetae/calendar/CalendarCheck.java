package io.haetae.calendar;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The calendar in force against what outside sources said last. While they disagree about any date, nothing is entered: it
 * is not known which of them is wrong. A later reading that agrees, a calendar mended to agree, or the end of that date ends
 * it; nothing else does. For a source that nobody can ask any more must not hold entries back for good.
 */
public final class CalendarCheck {

    private static final int MOST_DATES = 5;

    private final TradingCalendar calendar;
    private final CalendarChecks checks;

    public CalendarCheck(TradingCalendar calendar, CalendarChecks checks) {
        this.calendar = calendar;
        this.checks = checks;
    }

    /** A line for each source that disagrees about {@code today} or a later date, with the dates; by source. */
    public List<String> disagreements(LocalDate today) {
        List<String> lines = new ArrayList<>();
        for (CalendarSource source : checks.sources()) {
            source.newest().ifPresent(reading -> {
                List<LocalDate> dates = reading.differences(calendar).stream()
                        .filter(date -> !date.isBefore(today))
                        .toList();
                if (!dates.isEmpty()) {
                    lines.add("%s (read %s) says %s"
                            .formatted(source.name(), calendar.dateAt(reading.at()), told(reading, dates)));
                }
            });
        }
        return lines;
    }

    /** Why nothing may be entered today, and what to do about it. */
    public Optional<String> refusal(LocalDate today) {
        List<String> lines = disagreements(today);
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of("the calendar is in dispute: " + String.join(", ", lines)
                        + "; no entries until they agree: update the program or set CALENDAR_OVERRIDES");
    }

    /** Why what a broker quotes after a date's close may not be that date's prices: a source says the exchange was closed. */
    public Optional<String> priceRefusal(LocalDate session) {
        String sources = checks.sources().stream()
                .filter(source -> source.newest()
                        .filter(reading -> reading.differences(calendar).contains(session))
                        .isPresent())
                .map(CalendarSource::name)
                .collect(Collectors.joining(", "));
        return sources.isEmpty()
                ? Optional.empty()
                : Optional.of(("whether %s is a session is in dispute (%s): nothing is stored of it until they agree:"
                                + " update the program or set CALENDAR_OVERRIDES")
                        .formatted(session, sources));
    }

    /** Such as {@code 2026-03-25 closed (here open)}. */
    public static String told(CalendarReading reading, List<LocalDate> dates) {
        String first = dates.stream()
                .limit(MOST_DATES)
                .map(date ->
                        reading.closed().contains(date) ? date + " closed (here open)" : date + " open (here closed)")
                .collect(Collectors.joining(", "));
        return dates.size() <= MOST_DATES ? first : first + " and " + (dates.size() - MOST_DATES) + " more";
    }
}
