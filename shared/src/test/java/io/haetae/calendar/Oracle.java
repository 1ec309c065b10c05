package io.haetae.calendar;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sessions and hours as somebody else tells them: the files' first lines say who. */
final class Oracle {

    private Oracle() {}

    /** {@code 09:00-15:30} by date, in the exchange's own time. */
    static SortedMap<LocalDate, String> sessions(String resource) {
        SortedMap<LocalDate, String> sessions = new TreeMap<>();
        try (InputStream in = Objects.requireNonNull(Oracle.class.getResourceAsStream(resource), resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> line.startsWith("20"))
                    .map(line -> line.split(",", -1))
                    .forEach(fields -> sessions.put(LocalDate.parse(fields[0]), fields[1] + "-" + fields[2]));
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
        return sessions;
    }
}
