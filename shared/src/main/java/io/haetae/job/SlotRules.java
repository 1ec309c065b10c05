package io.haetae.job;

import io.haetae.calendar.CalendarRangeException;
import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.portfolio.Mode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which slot an event means, and whether it is due: switch, session, hours and lateness. Reads, never writes. */
final class SlotRules {

    /** Up to this late, a run counts as on time: what Scheduler's and Lambda's event ages add up to stays within it. */
    static final Duration TOLERANCE = Duration.ofSeconds(300);

    /** A schedule's clock may run ahead of ours by this much. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    private static final Pattern USER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}");

    private final TradingCalendar calendar;
    private final InputRevisions inputs;

    SlotRules(TradingCalendar calendar, InputRevisions inputs) {
        this.calendar = calendar;
        this.inputs = inputs;
    }

    /**
     * A date that the calendar does not know is not a closed one: what needs a session there is refused.
     *
     * @throws InvalidEventException when the event makes no sense for the job
     */
    Verdict judge(JobEvent event, JobPolicy policy, Instant now) {
        validate(event, policy.job(), now);
        try {
            return switch (policy.job().rhythm()) {
                case DAILY -> daily(event, policy, now);
                case INTERVAL -> interval(event, policy, now);
            };
        } catch (CalendarRangeException e) {
            boolean wanted = event.isByHand() || policy.enabled();
            return leave(
                    event,
                    policy,
                    due(event, policy.job(), now),
                    wanted ? new JobResult.Refused(String.valueOf(e.getMessage())) : switchedOff(policy));
        }
    }

    /** What the slot would be about, where no session can be told. */
    private String due(JobEvent event, JobName job, Instant now) {
        Instant scheduled = event.scheduledTime();
        LocalDate session = event.session();
        return switch (job.rhythm()) {
            case DAILY -> (session != null ? session : calendar.dateAt(scheduled != null ? scheduled : now)).toString();
            case INTERVAL -> scheduled != null ? scheduled.toString() : byHand(now);
        };
    }

    private static void validate(JobEvent event, JobName job, Instant now) {
        JobName asked = event.job();
        if (asked != null && asked != job) {
            throw new InvalidEventException("event asks for %s, this is %s".formatted(asked.text(), job.text()));
        }
        Instant scheduled = event.scheduledTime();
        if (scheduled != null && scheduled.isAfter(now.plus(SKEW))) {
            throw new InvalidEventException("scheduledTime %s lies in the future (now %s)".formatted(scheduled, now));
        }
        Integer every = event.everyMinutes();
        if (every != null && !isInterval(every)) {
            throw new InvalidEventException("everyMinutes must be a divisor of 60 from 5 up, not " + every);
        }
        if (job.rhythm() == JobName.Rhythm.INTERVAL && scheduled != null && every == null) {
            throw new InvalidEventException(job.text() + " with scheduledTime needs everyMinutes");
        }
        if ((event.session() != null || event.revision() != null) && !isDerived(job)) {
            // It would pass for a run that no person asked for.
            throw new InvalidEventException(job.text() + " is never derived: session and revision are not its own");
        }
        String user = event.userId();
        if (user != null && !isUser(user)) {
            throw new InvalidEventException("userId must be 1 to 64 letters, digits, or any of _ . @ -");
        }
    }

    private static boolean isDerived(JobName job) {
        return switch (job) {
            case INDICATOR_CALCULATION, WATCHLIST_UPDATE -> true;
            case DATA_COLLECTION,
                    DATA_CATCHUP,
                    CALENDAR_REFRESH,
                    STATEMENT_COLLECTION,
                    SIGNAL_GENERATION,
                    POSITION_MONITORING,
                    RISK_CHECKS,
                    SAXO_CYCLE,
                    SAXO_TOKEN -> false;
        };
    }

    /** Whether a job may run every so many minutes: slots then fall on the same minutes of every hour. */
    static boolean isInterval(int minutes) {
        return minutes >= 5 && minutes <= 60 && 60 % minutes == 0;
    }

    static boolean isUser(String text) {
        return USER.matcher(text).matches();
    }

    private Verdict daily(JobEvent event, JobPolicy policy, Instant now) {
        Instant scheduled = event.scheduledTime();
        LocalDate date = scheduled == null ? handDate(event, policy.job(), now) : calendar.dateAt(scheduled);
        return switch (policy.job()) {
            case DATA_COLLECTION, INDICATOR_CALCULATION, WATCHLIST_UPDATE, STATEMENT_COLLECTION, SIGNAL_GENERATION ->
                dailyOn(date, event, policy, now);
            case DATA_CATCHUP -> {
                if (scheduled != null && known(date).isEmpty()) {
                    LocalDate newest = calendar.previous(date).date();
                    yield leave(event, policy, newest, closed(date));
                }
                LocalDate worked =
                        scheduled == null ? date : calendar.previous(date).date();
                yield dailyOn(worked, event, policy, now);
            }
            // Of the date itself, closed or not, also where the calendar has ended: what it checks is the calendar.
            case CALENDAR_REFRESH ->
                event.isByHand() || policy.enabled()
                        ? new Verdict.Due(slot(event, policy, date.toString(), ""), date, false)
                        : leave(event, policy, date, switchedOff(policy));
            case POSITION_MONITORING, RISK_CHECKS, SAXO_CYCLE, SAXO_TOKEN -> throw new IllegalStateException();
        };
    }

    /** The session a run without a scheduled time works for: the derived run's own, else the newest due one. */
    private LocalDate handDate(JobEvent event, JobName job, Instant now) {
        LocalDate session = event.session();
        if (session != null) {
            return session;
        }
        LocalDate today = calendar.dateAt(now);
        return switch (job) {
            case DATA_COLLECTION, STATEMENT_COLLECTION ->
                calendar.newestClosed(now).date();
            case DATA_CATCHUP -> calendar.previous(today).date();
            case CALENDAR_REFRESH -> today;
            case INDICATOR_CALCULATION, WATCHLIST_UPDATE ->
                inputs.newestComplete(today)
                        .orElseGet(() -> calendar.newestClosed(now).date());
            case SIGNAL_GENERATION ->
                calendar.next(inputs.newestComplete(today)
                                .orElseGet(() -> calendar.newestClosed(now).date()))
                        .date();
            case POSITION_MONITORING, RISK_CHECKS, SAXO_CYCLE, SAXO_TOKEN -> throw new IllegalStateException();
        };
    }

    private Verdict dailyOn(LocalDate date, JobEvent event, JobPolicy policy, Instant now) {
        JobName job = policy.job();
        boolean byHand = event.isByHand();
        if (!byHand && !policy.enabled()) {
            return leave(event, policy, date, switchedOff(policy));
        }
        Optional<Session> found = known(date);
        if (found.isEmpty()) {
            return leave(event, policy, date, closed(date));
        }
        Session session = found.get();
        Instant scheduled = event.scheduledTime();
        if (!byHand && job == JobName.DATA_COLLECTION && now.isBefore(session.close())) {
            return leave(
                    event, policy, date, new JobResult.Skipped("the session is open until " + wall(session.close())));
        }
        if (job == JobName.SIGNAL_GENERATION
                && scheduled != null
                && late(scheduled, now)
                && !now.isBefore(session.open())) {
            return leave(
                    event,
                    policy,
                    date,
                    new JobResult.Skipped("late: due %s, and the session opened %s"
                            .formatted(wall(scheduled), wall(session.open()))));
        }
        boolean entries =
                switch (job) {
                    case SIGNAL_GENERATION -> session.inEntryWindow(now) && mayEnter(event, policy.mode());
                    case DATA_COLLECTION,
                            DATA_CATCHUP,
                            CALENDAR_REFRESH,
                            INDICATOR_CALCULATION,
                            WATCHLIST_UPDATE,
                            STATEMENT_COLLECTION,
                            POSITION_MONITORING,
                            RISK_CHECKS,
                            SAXO_CYCLE,
                            SAXO_TOKEN -> false;
                };
        return new Verdict.Due(slot(event, policy, date.toString(), revision(event, job, date)), date, entries);
    }

    private Verdict interval(JobEvent event, JobPolicy policy, Instant now) {
        JobName job = policy.job();
        Instant scheduled = event.scheduledTime();
        if (scheduled == null) {
            // Of its own: a run by hand, which may be one that enters nothing, leaves the schedule's slot of that
            // minute.
            return new Verdict.Due(
                    slot(event, policy, byHand(now), ""), currentSession(now), mayEnter(event, policy.mode()));
        }
        Slot slot = slot(event, policy, scheduled.toString(), "");
        if (!policy.enabled()) {
            return new Verdict.Leave(slot, switchedOff(policy));
        }
        if (job == JobName.POSITION_MONITORING) {
            Optional<JobResult> closed = outsideHours(scheduled, policy);
            if (closed.isPresent()) {
                return new Verdict.Leave(slot, closed.get());
            }
        }
        Integer every = event.everyMinutes();
        if (every != null && late(scheduled, now)) {
            Duration interval = Duration.ofMinutes(every);
            Instant newest = scheduled.plus(
                    interval.multipliedBy(Duration.between(scheduled, now).dividedBy(interval)));
            while (newest.isAfter(scheduled)
                    && job == JobName.POSITION_MONITORING
                    && outsideHours(newest, policy).isPresent()) {
                // Nothing runs after the close, so the close's own pass is the newest due one however late it comes.
                newest = newest.minus(interval);
            }
            if (newest.isAfter(scheduled)) {
                return new Verdict.Leave(slot, new JobResult.Coalesced("the run of %s is due".formatted(wall(newest))));
            }
        }
        return new Verdict.Due(slot, currentSession(now), mayEnter(event, policy.mode()));
    }

    /** Judged by the scheduled time, both ends included: a run delivered a little after the close is still the close's. */
    private Optional<JobResult> outsideHours(Instant scheduled, JobPolicy policy) {
        LocalDate date = calendar.dateAt(scheduled);
        Optional<Session> found = known(date);
        if (found.isEmpty()) {
            return Optional.of(closed(date));
        }
        Session session = found.get();
        Instant open = policy.narrowedOpen()
                .map(time -> at(date, time))
                .filter(narrowed -> narrowed.isAfter(session.open()))
                .orElse(session.open());
        Instant close = policy.narrowedClose()
                .map(time -> at(date, time))
                .filter(narrowed -> narrowed.isBefore(session.close()))
                .orElse(session.close());
        if (scheduled.isBefore(open) || scheduled.isAfter(close)) {
            return Optional.of(
                    new JobResult.Skipped("outside market hours %s to %s".formatted(wall(open), wall(close))));
        }
        return Optional.empty();
    }

    private Instant at(LocalDate date, LocalTime time) {
        return ZonedDateTime.of(date, time, calendar.zone()).toInstant();
    }

    private static String byHand(Instant now) {
        return now.truncatedTo(ChronoUnit.MINUTES) + " by hand";
    }

    private Verdict leave(JobEvent event, JobPolicy policy, LocalDate date, JobResult result) {
        return leave(event, policy, date.toString(), result);
    }

    private static Verdict leave(JobEvent event, JobPolicy policy, String due, JobResult result) {
        String revision = event.revision();
        return new Verdict.Leave(slot(event, policy, due, revision == null ? "" : revision), result);
    }

    private String revision(JobEvent event, JobName job, LocalDate session) {
        String given = event.revision();
        if (given != null) {
            return given;
        }
        return switch (job) {
            case INDICATOR_CALCULATION, WATCHLIST_UPDATE ->
                inputs.revision(job, session).orElse("");
            case DATA_COLLECTION,
                    DATA_CATCHUP,
                    CALENDAR_REFRESH,
                    STATEMENT_COLLECTION,
                    SIGNAL_GENERATION,
                    POSITION_MONITORING,
                    RISK_CHECKS,
                    SAXO_CYCLE,
                    SAXO_TOKEN -> "";
        };
    }

    private static Slot slot(JobEvent event, JobPolicy policy, String due, String revision) {
        String user = event.userId() == null ? policy.user() : event.userId();
        return new Slot(policy.job(), due, revision, policy.mode(), user(policy.job(), user));
    }

    /** Data and indicators serve everyone. */
    private static Optional<String> user(JobName job, String user) {
        return switch (job) {
            case DATA_COLLECTION, DATA_CATCHUP, CALENDAR_REFRESH, INDICATOR_CALCULATION, STATEMENT_COLLECTION ->
                Optional.empty();
            case WATCHLIST_UPDATE, SIGNAL_GENERATION, POSITION_MONITORING, RISK_CHECKS, SAXO_CYCLE, SAXO_TOKEN ->
                Optional.of(user);
        };
    }

    /** An event can make a run safer than the configuration, never less safe. */
    private static boolean mayEnter(JobEvent event, Mode mode) {
        Boolean dryRun = event.dryRun();
        return switch (mode) {
            case DRY_RUN -> true;
            case SIM -> !Boolean.TRUE.equals(dryRun);
            case LIVE -> event.isByHand() ? Boolean.FALSE.equals(dryRun) : !Boolean.TRUE.equals(dryRun);
        };
    }

    private static boolean late(Instant scheduled, Instant now) {
        return Duration.between(scheduled, now).compareTo(TOLERANCE) > 0;
    }

    private static JobResult switchedOff(JobPolicy policy) {
        return new JobResult.Skipped("switched off by " + policy.switchName());
    }

    private static JobResult closed(LocalDate date) {
        return new JobResult.Skipped("no session on " + date);
    }

    /** @throws CalendarRangeException when the calendar does not reach that far: an unknown date is not a closed one */
    private Optional<Session> known(LocalDate date) {
        if (!calendar.isKnown(date)) {
            throw new CalendarRangeException(
                    calendar.code(), date.toString(), calendar.firstKnown(), calendar.lastKnown());
        }
        return calendar.session(date);
    }

    /** Jobs around the clock must not stop with the calendar, so beyond its end the date itself stands in. */
    private LocalDate currentSession(Instant now) {
        LocalDate today = calendar.dateAt(now);
        if (calendar.isSession(today) || !today.isAfter(calendar.firstKnown()) || today.isAfter(calendar.lastKnown())) {
            return today;
        }
        try {
            return calendar.previous(today).date();
        } catch (CalendarRangeException e) {
            return today;
        }
    }

    private String wall(Instant moment) {
        ZonedDateTime time = moment.atZone(calendar.zone());
        return String.format(Locale.ROOT, "%tF %tR", time, time);
    }
}
