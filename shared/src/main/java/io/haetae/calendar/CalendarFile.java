package io.haetae.calendar;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A list of dates that ships with the program. Its lines: {@code years FIRST LAST}; {@code hours DATE HH:MM-HH:MM}, the
 * ordinary hours from a date on; {@code DATE closed WHY} and {@code DATE HH:MM-HH:MM WHY} for a weekday that differs.
 */
final class CalendarFile {

    private final String resource;
    private final NavigableMap<LocalDate, CalendarOverride.Hours> ordinary = new TreeMap<>();
    private final Map<LocalDate, String> differing = new HashMap<>();
    private final Map<LocalDate, String> reasons = new HashMap<>();
    private int firstYear;
    private int lastYear;

    private CalendarFile(String resource) {
        this.resource = resource;
    }

    /** @throws IllegalStateException when a line is not of its form: the program is not whole */
    static ListedCalendar read(String resource, String code, ZoneId zone, Shape shape) {
        CalendarFile file = new CalendarFile(resource);
        try (InputStream in = Objects.requireNonNull(CalendarFile.class.getResourceAsStream(resource), resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(file::line);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
        return file.calendar(code, zone, shape);
    }

    private void line(String line) {
        List<String> words = List.of(line.split(" ", 3));
        if (words.size() < 3) {
            throw new IllegalStateException(resource + ": " + line);
        }
        switch (words.getFirst()) {
            case "years" -> {
                firstYear = Integer.parseInt(words.get(1));
                lastYear = Integer.parseInt(words.get(2));
            }
            case "hours" -> ordinary.put(LocalDate.parse(words.get(1)), CalendarOverride.Hours.parse(words.get(2)));
            default -> {
                LocalDate date = LocalDate.parse(words.getFirst());
                if (ListedCalendar.isWeekend(date) || differing.put(date, words.get(1)) != null) {
                    throw new IllegalStateException(resource + ", a weekend or twice: " + line);
                }
                reasons.put(date, words.get(2));
            }
        }
    }

    private ListedCalendar calendar(String code, ZoneId zone, Shape shape) {
        NavigableMap<LocalDate, Session> sessions = new TreeMap<>();
        LocalDate first = LocalDate.of(firstYear, 1, 1);
        LocalDate last = LocalDate.of(lastYear, 12, 31);
        for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
            String hours = differing.getOrDefault(date, "");
            if (!ListedCalendar.isWeekend(date) && !hours.equals("closed")) {
                CalendarOverride.Hours kept =
                        hours.isEmpty() ? ordinary.floorEntry(date).getValue() : CalendarOverride.Hours.parse(hours);
                sessions.put(date, shape.session(date, kept.open(), kept.close()));
            }
        }
        return new ListedCalendar(code, zone, shape, first, last, sessions, Map.copyOf(reasons));
    }
}
