package io.haetae.calendar;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Asks every calendar everything, and tells what it heard. Runs in a JVM of its own, in another zone and locale. */
final class CalendarProbe {

    /** Around the moments at which clocks change, years begin and New York trades over midnight in Seoul. */
    private static final List<String> WEEKS =
            List.of("2026-01-01", "2026-03-06", "2026-03-27", "2026-10-23", "2026-10-30", "2026-11-18", "2026-12-28");

    private CalendarProbe() {}

    public static void main(String[] arguments) {
        System.out.print(answers());
    }

    /** A line for each calendar, then one for each exchange's answers to {@link #WEEKS}. */
    static String answers() {
        List<String> lines = new ArrayList<>();
        for (String code : Calendars.codes()) {
            TradingCalendar calendar = Calendars.of(code);
            StringBuilder heard = new StringBuilder();
            for (Session session : calendar.sessionsBetween(calendar.firstKnown(), calendar.lastKnown())) {
                heard.append(session).append(calendar.why(session.date())).append('\n');
            }
            lines.add(code + " sessions " + digest(heard));
            StringBuilder moments = new StringBuilder();
            WEEKS.forEach(week -> ask(calendar, LocalDate.parse(week), moments));
            lines.add(code + " moments " + digest(moments));
        }
        return String.join("\n", lines) + "\n";
    }

    private static void ask(TradingCalendar calendar, LocalDate week, StringBuilder heard) {
        Instant start = Instant.parse(week + "T00:00:00Z");
        Instant end = start.plus(Duration.ofDays(4));
        for (Instant at = start; at.isBefore(end); at = at.plus(Duration.ofMinutes(10))) {
            heard.append(at)
                    .append(calendar.dateAt(at))
                    .append(calendar.openAt(at))
                    .append(
                            calendar.isKnown(calendar.dateAt(at))
                                    ? calendar.newestClosed(at).date()
                                    : "unknown")
                    .append('\n');
        }
    }

    private static String digest(StringBuilder text) {
        try {
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
