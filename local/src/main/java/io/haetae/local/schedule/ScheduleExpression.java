package io.haetae.local.schedule;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * An EventBridge Scheduler expression: {@code cron(minutes hours day-of-month month day-of-week year)} with numbers,
 * names of days, lists, ranges, steps, {@code *} and {@code ?}; or {@code rate(N minutes)}, which here counts from
 * midnight.
 *
 * <p>As in Scheduler, a local time that a change to summer time leaves out is skipped, and one that occurs twice fires
 * once.
 */
public final class ScheduleExpression {

    private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
    private static final List<String> MONTHS =
            List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    private final SortedSet<Integer> minutes;
    private final SortedSet<Integer> hours;
    private final SortedSet<Integer> daysOfMonth;
    private final SortedSet<Integer> months;
    private final SortedSet<Integer> daysOfWeek;
    private final SortedSet<Integer> years;
    private final ZoneId zone;

    /** @throws IllegalArgumentException when the expression is not one of the forms above */
    public ScheduleExpression(String expression, ZoneId zone) {
        this.zone = zone;
        String text = expression.strip();
        String[] fields;
        if (text.startsWith("cron(") && text.endsWith(")")) {
            fields = text.substring(5, text.length() - 1).strip().split("\\s+", -1);
        } else if (text.startsWith("rate(") && text.endsWith(")")) {
            fields = ratedAs(text.substring(5, text.length() - 1).strip(), expression);
        } else {
            throw new IllegalArgumentException("not a schedule expression: " + expression);
        }
        if (fields.length != 6) {
            throw new IllegalArgumentException("a cron expression has six fields: " + expression);
        }
        minutes = field(fields[0], 0, 59, List.of(), 0);
        hours = field(fields[1], 0, 23, List.of(), 0);
        daysOfMonth = field(fields[2], 1, 31, List.of(), 0);
        months = field(fields[3], 1, 12, MONTHS, 1);
        daysOfWeek = field(fields[4], 1, 7, DAYS, 1);
        years = field(fields[5], 1970, 2199, List.of(), 0);
    }

    private static String[] ratedAs(String rate, String expression) {
        String[] words = rate.split("\\s+", -1);
        int every = Integer.parseInt(words[0]);
        if (words.length != 2 || !words[1].startsWith("minute") || every < 1 || 60 % every != 0) {
            throw new IllegalArgumentException("only rates of minutes that divide an hour are known: " + expression);
        }
        return new String[] {every == 60 ? "0" : "0/" + every, "*", "*", "*", "?", "*"};
    }

    private static SortedSet<Integer> field(String text, int low, int high, List<String> names, int firstName) {
        SortedSet<Integer> allowed = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            String[] stepped = part.split("/", -1);
            int step = stepped.length == 2 ? number(stepped[1], List.of(), 0) : 1;
            int from;
            int to;
            if (stepped[0].equals("*") || stepped[0].equals("?")) {
                from = low;
                to = high;
            } else {
                String[] range = stepped[0].split("-", -1);
                from = number(range[0], names, firstName);
                to = range.length == 2 ? number(range[1], names, firstName) : stepped.length == 2 ? high : from;
            }
            if (from < low || to > high || from > to || step < 1) {
                throw new IllegalArgumentException("'" + text + "' is not between " + low + " and " + high);
            }
            for (int value = from; value <= to; value += step) {
                allowed.add(value);
            }
        }
        return allowed;
    }

    private static int number(String text, List<String> names, int firstName) {
        int name = names.indexOf(text.toUpperCase(Locale.ROOT));
        return name >= 0 ? name + firstName : Integer.parseInt(text);
    }

    /** Every moment at which it fires from {@code from}, inclusive, to {@code to}, exclusive, in order. */
    public List<Instant> between(Instant from, Instant to) {
        SortedSet<Instant> moments = new TreeSet<>();
        LocalDateTime last = LocalDateTime.ofInstant(to, zone);
        LocalDateTime day = LocalDateTime.ofInstant(from, zone).truncatedTo(ChronoUnit.DAYS);
        for (; !day.isAfter(last); day = day.plusDays(1)) {
            if (!matches(day, LocalDateTime::getYear, years)
                    || !matches(day, LocalDateTime::getMonthValue, months)
                    || !matches(day, LocalDateTime::getDayOfMonth, daysOfMonth)
                    || !daysOfWeek.contains(sundayIsOne(day.getDayOfWeek()))) {
                continue;
            }
            for (int hour : hours) {
                for (int minute : minutes) {
                    LocalDateTime local = day.withHour(hour).withMinute(minute);
                    ZonedDateTime moment = local.atZone(zone).withEarlierOffsetAtOverlap();
                    Instant instant = moment.toInstant();
                    if (moment.toLocalDateTime().equals(local) && !instant.isBefore(from) && instant.isBefore(to)) {
                        moments.add(instant);
                    }
                }
            }
        }
        return List.copyOf(moments);
    }

    private static boolean matches(LocalDateTime day, ToIntFunction<LocalDateTime> part, SortedSet<Integer> allowed) {
        return allowed.contains(part.applyAsInt(day));
    }

    private static int sundayIsOne(DayOfWeek day) {
        return day.getValue() % 7 + 1;
    }
}
