package io.haetae.functions.datacollection;

import io.haetae.calendar.CalendarCheck;
import io.haetae.calendar.CalendarChecks;
import io.haetae.calendar.CalendarReading;
import io.haetae.calendar.CalendarSource;
import io.haetae.calendar.TradingCalendar;
import io.haetae.event.DomainEvent;
import io.haetae.job.JobBody;
import io.haetae.job.JobResult;
import io.haetae.job.Run;
import io.haetae.kis.KisClient;
import io.haetae.kis.KisException;
import io.haetae.krx.ClosurePageClient;
import io.haetae.krx.KrxException;
import io.haetae.time.TimeSource;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Asks the Exchange's closure page and the broker on which of the coming days the market is closed, and holds that against
 * the calendar of this program. Closures come with weeks or hours of notice, so a bundled list alone goes stale.
 *
 * <p>A disagreement is kept and told; signal generation enters nothing while it stands. What cannot be read changes
 * nothing: what was read before stands, and an empty answer is no answer. Hours cannot be checked: neither source tells that
 * a session opens or closes late.
 */
public final class CalendarRefresh implements JobBody {

    public static final String PAGE = "closure page";
    public static final String BROKER = "KIS chk-holiday";

    /** Two of the broker's pages: somewhat more than 30 sessions. */
    private static final int BROKER_DAYS = 48;

    /** A source that was silent for longer than this fails the job, so that a person hears of it. */
    private static final int SESSIONS_OF_SILENCE = 5;

    private final ClosurePageClient page;
    private final Optional<KisClient> broker;
    private final CalendarChecks checks;
    private final TradingCalendar calendar;
    private final TimeSource time;

    /** @param broker empty without keys, and in the paper environment, which does not have the call */
    public CalendarRefresh(
            ClosurePageClient page,
            Optional<KisClient> broker,
            CalendarChecks checks,
            TradingCalendar calendar,
            TimeSource time) {
        this.page = page;
        this.broker = broker;
        this.checks = checks;
        this.calendar = calendar;
        this.time = time;
    }

    /** A question to a source. */
    private interface Question {
        CalendarReading ask() throws KrxException, KisException, InterruptedException;
    }

    @Override
    public JobResult run(Run run) throws InterruptedException {
        LocalDate today = calendar.dateAt(time.now());
        List<String> lines = new ArrayList<>();
        List<CalendarReading> read = new ArrayList<>();
        Optional<CalendarReading> published = keep(PAGE, () -> page(today, lines), today, lines);
        published.ifPresent(read::add);
        if (broker.isPresent()) {
            // Of a year the Exchange has not published the broker cannot know more.
            LocalDate known = published.map(CalendarReading::to).orElseGet(() -> endOf(Year.from(today)));
            keep(BROKER, () -> broker(today, known), today, lines).ifPresent(read::add);
        }
        Optional<String> refusal = new CalendarCheck(calendar, checks).refusal(today);
        if (refusal.isPresent()) {
            return new JobResult.Refused(refusal.get());
        }
        Optional<String> silence = silence(today);
        if (silence.isPresent()) {
            return new JobResult.Failed(silence.get());
        }
        return read.isEmpty()
                ? new JobResult.Skipped("nothing could be read; what was read before stands", lines)
                : agreed(today, read, lines);
    }

    private JobResult agreed(LocalDate today, List<CalendarReading> read, List<String> lines) {
        LocalDate to =
                read.stream().map(CalendarReading::to).max(LocalDate::compareTo).orElseThrow();
        long sessions = calendar.sessionsBetween(today, to).size();
        return new JobResult.Done(
                "%d sessions to %s agree with %s"
                        .formatted(sessions, to, read.size() == 1 ? "1 source" : read.size() + " sources"),
                Map.of("sessions", sessions, "sources", (long) read.size()),
                List.of(),
                lines);
    }

    /** Empty when the source could not be read. */
    private Optional<CalendarReading> keep(String source, Question question, LocalDate today, List<String> lines)
            throws InterruptedException {
        try {
            CalendarReading reading = question.ask();
            checks.read(source, reading, event(source, reading, today));
            return Optional.of(reading);
        } catch (KrxException | KisException e) {
            String what = String.valueOf(e.getMessage());
            checks.unread(source, time.now(), what);
            lines.add(what + "; what it said before stands");
            return Optional.empty();
        }
    }

    private CalendarReading page(LocalDate today, List<String> lines) throws KrxException, InterruptedException {
        Year year = Year.from(today);
        SortedSet<LocalDate> weekdays = page.closures(year)
                .orElseThrow(() -> new KrxException(
                        KrxException.Kind.MALFORMED,
                        "KRX closure page for " + year + ": no closures, where a running year has some"));
        LocalDate to = endOf(year);
        if (today.getMonth() == Month.DECEMBER) {
            Optional<SortedSet<LocalDate>> next = next(year.plusYears(1), lines);
            if (next.isPresent()) {
                weekdays.addAll(next.get());
                to = endOf(year.plusYears(1));
            }
        }
        SortedSet<LocalDate> closed = new TreeSet<>(weekdays.tailSet(today));
        today.datesUntil(to.plusDays(1)).filter(CalendarRefresh::isWeekend).forEach(closed::add);
        return new CalendarReading(time.now(), today, to, closed);
    }

    private Optional<SortedSet<LocalDate>> next(Year year, List<String> lines) throws InterruptedException {
        try {
            Optional<SortedSet<LocalDate>> published = page.closures(year);
            if (published.isPresent() && calendar.lastKnown().isBefore(endOf(year))) {
                lines.add("%s is published, and this program's calendar ends %s: update the program"
                        .formatted(year, calendar.lastKnown()));
            }
            return published;
        } catch (KrxException e) {
            lines.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private CalendarReading broker(LocalDate today, LocalDate known) throws KisException, InterruptedException {
        LocalDate far = today.plusDays(BROKER_DAYS - 1L);
        LocalDate to = far.isBefore(known) ? far : known;
        SortedSet<LocalDate> closed = broker.orElseThrow().openDays(today, to).entrySet().stream()
                .filter(day -> !day.getValue())
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
        return new CalendarReading(time.now(), today, to, closed);
    }

    /** Told when the disagreement is another than before, and when it ends. */
    private Optional<DomainEvent> event(String source, CalendarReading reading, LocalDate today) {
        List<LocalDate> before = standing(source)
                .flatMap(CalendarSource::newest)
                .map(earlier -> earlier.differences(calendar))
                .orElse(List.of());
        List<LocalDate> now = reading.differences(calendar);
        if (now.isEmpty()) {
            return before.isEmpty()
                    ? Optional.empty()
                    : Optional.of(event("CalendarAgrees", source, reading, "what this program's calendar says"));
        }
        List<LocalDate> toCome =
                before.stream().filter(date -> !date.isBefore(today)).toList();
        return now.equals(toCome)
                ? Optional.empty()
                : Optional.of(event("CalendarDisagrees", source, reading, CalendarCheck.told(reading, now)));
    }

    private static DomainEvent event(String type, String source, CalendarReading reading, String says) {
        return new DomainEvent(
                type + "#XKRX#" + source + "#" + reading.at(),
                type,
                "XKRX",
                reading.at(),
                Map.of("source", source, "says", says));
    }

    private Optional<CalendarSource> standing(String source) {
        return checks.sources().stream()
                .filter(known -> known.name().equals(source))
                .findFirst();
    }

    /** Of the sources that are asked, one that has not answered for many sessions. */
    private Optional<String> silence(LocalDate today) {
        return checks.sources().stream()
                .filter(source -> source.name().equals(PAGE) || broker.isPresent())
                .flatMap(source -> source
                        .trouble()
                        .filter(trouble -> calendar.sessionsBetween(calendar.dateAt(trouble.since()), today)
                                        .size()
                                > SESSIONS_OF_SILENCE)
                        .map(trouble -> "%s cannot be read since %s: %s; compare it with ./haetae calendar by hand"
                                .formatted(source.name(), calendar.dateAt(trouble.since()), trouble.what()))
                        .stream())
                .findFirst();
    }

    private static LocalDate endOf(Year year) {
        return year.atMonth(Month.DECEMBER).atEndOfMonth();
    }

    private static boolean isWeekend(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    }
}
