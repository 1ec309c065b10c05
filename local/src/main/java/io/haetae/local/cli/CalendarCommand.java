package io.haetae.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.calendar.Calendars;
import io.haetae.calendar.Phase;
import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import java.io.PrintStream;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The sessions of an exchange. Needs no data folder and no account. */
@Command(
        name = "calendar",
        mixinStandardHelpOptions = true,
        description = "Tells the sessions of an exchange, their hours, and why a day differs or is closed.")
final class CalendarCommand implements Callable<Integer> {

    private static final int DAYS = 14;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuu-MM-dd EEE", Locale.ENGLISH);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter OTHER_DAY = DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);

    private final Surroundings here;

    @Parameters(
            paramLabel = "EXCHANGE",
            arity = "0..1",
            defaultValue = Calendars.XKRX,
            description = "XKRX (default), XNYS, XNAS, WEEKDAYS or 24X5")
    String exchange = Calendars.XKRX;

    @Option(names = "--from", paramLabel = "DATE", description = "the first date (default: today)")
    @Nullable
    LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", description = "the last date (default: two weeks in all)")
    @Nullable
    LocalDate to;

    @Option(names = "--csv", description = "date,open,close of each session instead, in the exchange's local time")
    boolean csv;

    @Option(names = "--json", description = "one document instead, with phases")
    boolean json;

    CalendarCommand(Surroundings here) {
        this.here = here;
    }

    /** Both dates are included. */
    private record Range(LocalDate from, LocalDate to) {
        Stream<LocalDate> dates() {
            return from.datesUntil(to.plusDays(1));
        }
    }

    @Override
    public Integer call() {
        if (csv && json) {
            throw new BadInputException("--csv and --json are two forms of one answer: give one of them");
        }
        TradingCalendar calendar = new Simulation(here)
                .given()
                .settings()
                .calendars()
                .find(exchange.toUpperCase(Locale.ROOT))
                .orElseThrow(() -> new BadInputException("no calendar is called '%s': choose one of %s"
                        .formatted(exchange, String.join(", ", Calendars.codes()))));
        LocalDate today = calendar.dateAt(here.time().now());
        Range range = range(calendar, today);
        if (json) {
            here.out().println(json(calendar, range, today));
        } else if (csv) {
            here.out().println("date,open,close");
            calendar.sessionsBetween(range.from(), range.to()).forEach(session -> here.out()
                    .println("%s,%s,%s"
                            .formatted(
                                    session.date(),
                                    CLOCK.format(at(calendar, session.open())),
                                    CLOCK.format(at(calendar, session.close())))));
        } else {
            page(calendar, range);
        }
        if (!json) {
            calendar.warning(today).ifPresent(warning -> here.err().println("haetae: " + warning));
        }
        return ExitCode.DONE;
    }

    private Range range(TradingCalendar calendar, LocalDate today) {
        LocalDate first =
                Optional.ofNullable(from).orElse(to != null && to.isBefore(today) ? to.minusDays(DAYS - 1) : today);
        LocalDate twoWeeks = first.plusDays(DAYS - 1);
        // Two weeks that nobody asked for end with the calendar.
        LocalDate last = Optional.ofNullable(to)
                .orElse(
                        calendar.isKnown(first) && twoWeeks.isAfter(calendar.lastKnown())
                                ? calendar.lastKnown()
                                : twoWeeks);
        if (first.isAfter(last)) {
            throw new BadInputException("--from %s lies after --to %s".formatted(first, last));
        }
        if (!calendar.isKnown(first) || !calendar.isKnown(last)) {
            throw new BadInputException(
                    "the calendar of %s is known from %s to %s, not for %s to %s: name dates within it, or more of them in CALENDAR_OVERRIDES"
                            .formatted(calendar.code(), calendar.firstKnown(), calendar.lastKnown(), first, last));
        }
        return new Range(first, last);
    }

    private void page(TradingCalendar calendar, Range range) {
        PrintStream out = here.out();
        out.printf(
                Locale.ROOT,
                "%s, %s, known from %s to %s%n",
                calendar.code(),
                calendar.zone(),
                calendar.firstKnown(),
                calendar.lastKnown());
        range.dates().forEach(date -> {
            Optional<Session> session = calendar.session(date);
            String hours = session.map(
                            open -> wall(calendar, date, open.open()) + "-" + wall(calendar, date, open.close()))
                    .orElse("closed");
            if (session.isPresent() || !isWeekend(date)) {
                out.println("%s  %-11s  %s"
                        .formatted(DAY.format(date), hours, calendar.why(date))
                        .stripTrailing());
            }
        });
    }

    /** The hour on the exchange's wall, with the day when it is not the session's own. */
    private static String wall(TradingCalendar calendar, LocalDate date, Instant moment) {
        ZonedDateTime time = at(calendar, moment);
        return (time.toLocalDate().equals(date) ? CLOCK : OTHER_DAY).format(time);
    }

    private static ZonedDateTime at(TradingCalendar calendar, Instant moment) {
        return moment.atZone(calendar.zone());
    }

    private static boolean isWeekend(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    private static String json(TradingCalendar calendar, Range range, LocalDate today) {
        ObjectNode document = JSON.createObjectNode()
                .put("exchange", calendar.code())
                .put("zone", calendar.zone().getId())
                .put("firstKnown", calendar.firstKnown().toString())
                .put("lastKnown", calendar.lastKnown().toString());
        calendar.warning(today).ifPresent(warning -> document.put("warning", warning));
        ArrayNode sessions = document.putArray("sessions");
        ArrayNode closed = document.putArray("closed");
        range.dates().forEach(date -> {
            Optional<Session> session = calendar.session(date);
            if (session.isPresent()) {
                describe(sessions.addObject(), calendar, session.get());
            } else if (!isWeekend(date)) {
                closed.addObject().put("date", date.toString()).put("why", calendar.why(date));
            }
        });
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always written", e);
        }
    }

    private static void describe(ObjectNode node, TradingCalendar calendar, Session session) {
        node.put("date", session.date().toString())
                .put("orderAcceptance", offset(calendar, session.orderAcceptance()))
                .put("open", offset(calendar, session.open()))
                .put("close", offset(calendar, session.close()))
                .put("why", calendar.why(session.date()));
        ArrayNode phases = node.putArray("phases");
        for (Phase phase : session.phases()) {
            phases.addObject()
                    .put("phase", phase.kind().name())
                    .put("start", offset(calendar, phase.start()))
                    .put("end", offset(calendar, phase.end()));
        }
    }

    private static String offset(TradingCalendar calendar, Instant moment) {
        return at(calendar, moment).toOffsetDateTime().toString();
    }
}
