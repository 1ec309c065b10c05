package io.haetae.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.calendar.XkrxCalendar;
import io.haetae.event.DomainEvent;
import io.haetae.portfolio.Mode;
import io.haetae.store.JobMapper;
import io.haetae.store.MemoryStore;
import io.haetae.store.Outbox;
import io.haetae.store.Store;
import io.haetae.time.VirtualTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** 2025-03-04 is a Tuesday with ordinary hours after a holiday; 2025-11-13 opens at 10:00 and closes at 16:30. */
class JobRunnerTest {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final LocalDate TUESDAY = LocalDate.of(2025, 3, 4);
    private static final LocalDate LATE_DAY = LocalDate.of(2025, 11, 13);

    private final Store store = new MemoryStore();
    private final VirtualTime time = new VirtualTime(at(TUESDAY, "00:00"));
    private final FakeInvoker invoker = new FakeInvoker();
    private final FakeInputs inputs = new FakeInputs();
    private final List<RunRecord> heard = Collections.synchronizedList(new ArrayList<>());
    private final List<Run> runs = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger owners = new AtomicInteger();

    private final JobBody work = run -> {
        runs.add(run);
        return new JobResult.Done("worked", Map.of("steps", 3L), List.of(), List.of("a line"));
    };

    private static final class FakeInvoker implements JobInvoker {
        final List<JobEvent> taken = new ArrayList<>();
        boolean broken;

        @Override
        public void invoke(JobEvent event) {
            if (broken) {
                throw new IllegalStateException("not taken over");
            }
            taken.add(event);
        }
    }

    private static final class FakeInputs implements InputRevisions {
        String revision = "r1";
        Optional<LocalDate> complete = Optional.empty();

        @Override
        public Optional<String> revision(JobName job, LocalDate session) {
            return Optional.of(revision);
        }

        @Override
        public Optional<LocalDate> newestComplete(LocalDate date) {
            return complete;
        }
    }

    private final class FakeListener implements RunListener {
        @Override
        public void started(Run run) {}

        @Override
        public void ended(RunRecord record) {
            heard.add(record);
        }

        @Override
        public void troubled(Slot slot, String what, RuntimeException cause) {}
    }

    private static Instant at(LocalDate date, String wall) {
        return date.atTime(LocalTime.parse(wall)).atZone(SEOUL).toInstant();
    }

    private JobRunner runner(Optional<MachineLocks> locks) {
        return new JobRunner(
                new JobMapper(store),
                time,
                XkrxCalendar.bundled(),
                inputs,
                invoker,
                new FakeListener(),
                () -> {},
                () -> "owner-" + owners.incrementAndGet(),
                locks);
    }

    private RunRecord run(JobEvent event, JobPolicy policy, JobBody body) throws Exception {
        return runner(Optional.empty()).run(event, policy, body);
    }

    private RunRecord run(JobEvent event) throws Exception {
        return run(event, policy(Objects.requireNonNull(event.job()), Mode.DRY_RUN), work);
    }

    private static JobPolicy policy(JobName job, Mode mode) {
        return new JobPolicy(
                job, true, "SWITCH", mode, "someone", Optional.empty(), Optional.empty(), Duration.ofMinutes(5));
    }

    private static JobEvent daily(JobName job, Instant scheduled) {
        return new JobEvent(job, scheduled, null, null, null, null, null);
    }

    private static JobEvent interval(JobName job, Instant scheduled, int minutes) {
        return new JobEvent(job, scheduled, minutes, null, null, null, null);
    }

    private static JobEvent signals() {
        return daily(JobName.SIGNAL_GENERATION, at(TUESDAY, "08:45"));
    }

    /** J1: the ledger is in the store, so a restart forgets neither what ran nor its result. */
    @Test
    void aRestartForgetsNothing() throws Exception {
        time.advanceTo(at(TUESDAY, "08:45"));
        run(signals());

        RunRecord again = run(signals());

        assertThat(again.outcome()).isEqualTo("ALREADY_DONE");
        assertThat(again.lines()).containsExactly("a line");
        assertThat(again.statistics()).containsEntry("steps", 3L);
        assertThat(runs).hasSize(1);
    }

    /** J2: up to five minutes late is on time for every job. */
    @ParameterizedTest
    @EnumSource(JobName.class)
    void aRunUpToFiveMinutesLateAlwaysRuns(JobName job) throws Exception {
        String due =
                switch (job) {
                    case POSITION_MONITORING -> "15:30";
                    case SIGNAL_GENERATION -> "08:59";
                    case DATA_COLLECTION,
                            DATA_CATCHUP,
                            CALENDAR_REFRESH,
                            INDICATOR_CALCULATION,
                            WATCHLIST_UPDATE,
                            STATEMENT_COLLECTION,
                            RISK_CHECKS,
                            SAXO_CYCLE,
                            SAXO_TOKEN -> "16:00";
                };
        Instant scheduled = at(TUESDAY, due);
        time.advanceTo(scheduled.plusSeconds(300));

        RunRecord record =
                run(job.rhythm() == JobName.Rhythm.INTERVAL ? interval(job, scheduled, 5) : daily(job, scheduled));

        assertThat(record.outcome()).isEqualTo("DONE");
    }

    /** J3, D4, D5: many deliveries of one slot at once run it once. */
    @Test
    void concurrentDeliveriesOfOneSlotRunItOnce() throws Exception {
        time.advanceTo(at(TUESDAY, "08:45"));
        CountDownLatch go = new CountDownLatch(1);
        List<Future<RunRecord>> answers = new ArrayList<>();
        List<String> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                answers.add(threads.submit(() -> {
                    go.await();
                    return run(signals());
                }));
            }
            go.countDown();
            for (Future<RunRecord> answer : answers) {
                outcomes.add(answer.get().outcome());
            }
        }

        assertThat(outcomes).containsOnlyOnce("DONE").isSubsetOf("DONE", "SKIPPED", "ALREADY_DONE");
        assertThat(runs).hasSize(1);
    }

    /** J4: after an outage the backlog of an interval job ends in one run, of the newest slot. */
    @ParameterizedTest
    @EnumSource(
            value = JobName.class,
            names = {"POSITION_MONITORING", "RISK_CHECKS", "SAXO_CYCLE", "SAXO_TOKEN"})
    void ofABacklogOnlyTheNewestSlotRuns(JobName job) throws Exception {
        time.advanceTo(at(TUESDAY, "12:06"));
        List<String> outcomes = new ArrayList<>();
        for (Instant due = at(TUESDAY, "09:00"); !due.isAfter(time.now()); due = due.plusSeconds(1800)) {
            outcomes.add(run(interval(job, due, 30)).outcome());
        }

        assertThat(outcomes).hasSize(7).endsWith("DONE");
        assertThat(outcomes.subList(0, 6)).containsOnly("COALESCED");
    }

    /** After the close no newer pass is due, so the last one is not let go for one that would find the market closed. */
    @Test
    void theLastPassOfASessionRunsHoweverLateItComes() throws Exception {
        time.advanceTo(at(TUESDAY, "16:20"));

        assertThat(run(interval(JobName.POSITION_MONITORING, at(TUESDAY, "15:15"), 15))
                        .outcome())
                .isEqualTo("COALESCED");
        assertThat(run(interval(JobName.POSITION_MONITORING, at(TUESDAY, "15:30"), 15))
                        .outcome())
                .isEqualTo("DONE");
    }

    /** A person's look must not use up the slot of the schedule. */
    @Test
    void aRunByHandLeavesTheSlotOfItsMinuteToTheSchedule() throws Exception {
        time.advanceTo(at(TUESDAY, "09:15"));
        RunRecord byHand = run(JobEvent.byHand(JobName.POSITION_MONITORING));
        RunRecord scheduled = run(interval(JobName.POSITION_MONITORING, at(TUESDAY, "09:15"), 15));

        assertThat(byHand.outcome()).isEqualTo("DONE");
        assertThat(scheduled.outcome()).isEqualTo("DONE");
    }

    /** A run that waited for the one before it has not got that minute back at its end. */
    @Test
    void waitingForAnotherRunDoesNotMoveTheDeadline() throws Exception {
        Instant now = at(TUESDAY, "09:15");
        time.advanceTo(now);
        claim(JobName.POSITION_MONITORING, "another", now.plusSeconds(20));
        RunRecord late = run(interval(JobName.POSITION_MONITORING, now, 15));

        assertThat(late.outcome()).isEqualTo("DONE");
        assertThat(runs.getLast().started()).isAfter(now);
        assertThat(runs.getLast().deadline()).isEqualTo(now.plus(Duration.ofMinutes(5)));
    }

    /** J4: hours late, signals are skipped after the open and run before it; collecting always runs. */
    @Test
    void eachJobHasItsOwnRuleForBeingLate() throws Exception {
        time.advanceTo(at(TUESDAY, "08:58"));
        RunRecord beforeOpen = run(daily(JobName.SIGNAL_GENERATION, at(TUESDAY, "08:31")));
        LocalDate wednesday = TUESDAY.plusDays(1);
        time.advanceTo(at(wednesday, "11:45"));
        RunRecord afterOpen = run(daily(JobName.SIGNAL_GENERATION, at(wednesday, "08:45")));
        RunRecord aDayLate = run(daily(JobName.DATA_COLLECTION, at(TUESDAY, "16:00")));

        assertThat(beforeOpen.outcome()).isEqualTo("DONE");
        assertThat(afterOpen.outcome()).isEqualTo("SKIPPED");
        assertThat(afterOpen.reason()).contains("late");
        assertThat(aDayLate.outcome()).isEqualTo("DONE");
        assertThat(aDayLate.slot().due()).isEqualTo("2025-03-04");
    }

    /** J5: every delivery leaves an entry that something outside can look for. */
    @Test
    void everyDeliveryLeavesItsMarkInTheLog() throws Exception {
        time.advanceTo(at(TUESDAY, "08:45"));
        run(signals());
        time.advanceTo(at(TUESDAY, "09:00"));
        run(interval(JobName.POSITION_MONITORING, time.now(), 15));

        assertThat(new JobMapper(store).runs(Mode.DRY_RUN, TUESDAY))
                .isEqualTo(heard)
                .extracting(record -> record.slot().job() + " " + record.outcome())
                .containsExactly("SIGNAL_GENERATION DONE", "POSITION_MONITORING DONE");
    }

    /** J6: both ends of the session belong to it, so an ordinary day has 27 passes. */
    @Test
    void monitoringPassesTwentySevenTimesOnAnOrdinaryDay() throws Exception {
        assertThat(passes(TUESDAY, policy(JobName.POSITION_MONITORING, Mode.DRY_RUN)))
                .isEqualTo(27);
    }

    @Test
    void monitoringFollowsASessionThatOpensAndClosesLate() throws Exception {
        assertThat(passes(LATE_DAY, policy(JobName.POSITION_MONITORING, Mode.DRY_RUN)))
                .isEqualTo(27);
        assertThat(runs.getFirst().started()).isEqualTo(at(LATE_DAY, "10:00"));
    }

    @Test
    void marketHoursOfTheSettingsNarrowTheSessionAndNeverWidenIt() throws Exception {
        assertThat(passes(TUESDAY, hours("10:00", "15:00"))).isEqualTo(21);
        assertThat(passes(TUESDAY.plusDays(1), hours("08:00", "18:00"))).isEqualTo(27);
    }

    private static JobPolicy hours(String open, String close) {
        return new JobPolicy(
                JobName.POSITION_MONITORING,
                true,
                "SWITCH",
                Mode.DRY_RUN,
                "someone",
                Optional.of(LocalTime.parse(open)),
                Optional.of(LocalTime.parse(close)),
                Duration.ofMinutes(5));
    }

    private int passes(LocalDate date, JobPolicy policy) throws Exception {
        int before = runs.size();
        for (Instant due = at(date, "06:00"); due.isBefore(at(date, "20:00")); due = due.plusSeconds(900)) {
            time.advanceTo(due);
            run(interval(JobName.POSITION_MONITORING, due, 15), policy, work);
        }
        return runs.size() - before;
    }

    /** J7: a second run of the day does not overwrite what the day was decided on. */
    @Test
    void aSlotThatIsDoneKeepsItsResult() throws Exception {
        time.advanceTo(at(TUESDAY, "08:45"));
        run(signals());
        time.advanceTo(at(TUESDAY, "08:50"));

        RunRecord again = run(
                daily(JobName.SIGNAL_GENERATION, time.now()),
                policy(JobName.SIGNAL_GENERATION, Mode.DRY_RUN),
                run -> new JobResult.Done("other", Map.of(), List.of(), List.of()));

        assertThat(again.outcome()).isEqualTo("ALREADY_DONE");
        assertThat(again.reason()).isEqualTo("worked");
    }

    /** J8: a failure is recorded, told and thrown again; the slot stays open. */
    @Test
    void aFailureIsRecordedAndThrownAgain() throws Exception {
        time.advanceTo(at(TUESDAY, "08:45"));
        JobBody broken = run -> {
            throw new IOException("the venue hung up\nin the middle");
        };

        assertThatThrownBy(() -> run(signals(), policy(JobName.SIGNAL_GENERATION, Mode.DRY_RUN), broken))
                .isInstanceOf(IOException.class);

        RunRecord logged = new JobMapper(store).runs(Mode.DRY_RUN, TUESDAY).getFirst();
        assertThat(logged.outcome()).isEqualTo("FAILED");
        assertThat(logged.reason()).isEqualTo("IOException: the venue hung up in the middle");
        assertThat(new Outbox(store).pending()).extracting(DomainEvent::type).containsExactly("JobFailed");
        assertThat(run(signals()).outcome()).isEqualTo("DONE");
    }

    /** J8: answering with a failure is no way around failing. */
    @Test
    void aResultOfFailedFailsTheInvocationToo() {
        time.advanceTo(at(TUESDAY, "08:45"));

        assertThatThrownBy(() -> run(
                        signals(), policy(JobName.SIGNAL_GENERATION, Mode.DRY_RUN), run -> new JobResult.Failed("no")))
                .isInstanceOf(JobFailedException.class);
    }

    private void claim(JobName job, String due, Instant until) {
        Slot slot = new Slot(job, due, "", Mode.DRY_RUN, Optional.of("someone"));
        JobStore.Claim claim = new JobMapper(store)
                .claim(slot, Leases.name(job, slot.mode(), slot.user()), "another", time.now(), until, false);
        assertThat(claim).isInstanceOf(JobStore.Claim.Taken.class);
    }

    /** D6: a run that died is taken up again once its lease has lapsed, and not before. */
    @Test
    void aDeadRunIsTakenUpWhenItsLeaseHasLapsed() throws Exception {
        time.advanceTo(at(TUESDAY, "08:45"));
        claim(JobName.SIGNAL_GENERATION, "2025-03-04", time.now().plusSeconds(330));

        RunRecord early = run(signals());
        time.advanceTo(time.now().plusSeconds(331));
        RunRecord later = run(signals());

        assertThat(early.outcome()).isEqualTo("SKIPPED");
        assertThat(early.reason()).startsWith("RUNNING");
        assertThat(later.outcome()).isEqualTo("DONE");
        assertThat(runs.getFirst().fence().number()).isEqualTo(2);
    }

    /** On one machine the operating system knows that the holder is dead. */
    @Test
    void aDeadProcessFreesItsLeaseAtOnce() throws Exception {
        time.advanceTo(at(TUESDAY, "08:45"));
        claim(JobName.SIGNAL_GENERATION, "2025-03-04", time.now().plusSeconds(330));

        RunRecord record = runner(Optional.of(lease -> Optional.of(() -> {})))
                .run(signals(), policy(JobName.SIGNAL_GENERATION, Mode.DRY_RUN), work);

        assertThat(record.outcome()).isEqualTo("DONE");
    }

    /** D12: another slot of the job waits a minute, then fails for all to see. */
    @Test
    void anotherSlotWaitsAMinuteAndThenFails() {
        Instant due = at(TUESDAY, "09:15");
        time.advanceTo(due);
        claim(JobName.POSITION_MONITORING, at(TUESDAY, "09:00").toString(), due.plusSeconds(600));

        assertThatThrownBy(() -> run(interval(JobName.POSITION_MONITORING, due, 15)))
                .isInstanceOf(JobBusyException.class)
                .hasMessageContaining("BUSY");

        assertThat(time.now()).isEqualTo(due.plusSeconds(60));
        assertThat(runs).isEmpty();
        assertThat(new Outbox(store).pending()).extracting(DomainEvent::type).containsExactly("JobFailed");
    }

    @Test
    void anotherSlotRunsWhenTheFirstEndsWithinTheMinute() throws Exception {
        Instant due = at(TUESDAY, "09:15");
        time.advanceTo(due);
        claim(JobName.POSITION_MONITORING, at(TUESDAY, "09:00").toString(), due.plusSeconds(20));

        assertThat(run(interval(JobName.POSITION_MONITORING, due, 15)).outcome())
                .isEqualTo("DONE");
    }

    @Test
    void aRunThatLostItsLeaseRecordsNothing() {
        time.advanceTo(at(TUESDAY, "08:45"));
        JobBody slow = run -> {
            time.advanceTo(run.deadline().plusSeconds(60));
            claim(JobName.SIGNAL_GENERATION, "2025-03-04", time.now().plusSeconds(300));
            return new JobResult.Done("too late", Map.of(), List.of(), List.of());
        };

        assertThatThrownBy(() -> run(signals(), policy(JobName.SIGNAL_GENERATION, Mode.DRY_RUN), slow))
                .isInstanceOf(LeaseLostException.class);
    }

    @Test
    void aFollowUpStaysOwedUntilItsOwnSlotHasEnded() throws Exception {
        JobEvent followUp = JobEvent.derived(JobName.INDICATOR_CALCULATION, TUESDAY, "r1");
        JobBody collecting = run -> new JobResult.Done("collected", Map.of(), List.of(followUp), List.of());
        JobPolicy policy = policy(JobName.DATA_COLLECTION, Mode.DRY_RUN);
        JobMapper ledger = new JobMapper(store);
        time.advanceTo(at(TUESDAY, "16:00"));
        invoker.broken = true;
        run(daily(JobName.DATA_COLLECTION, time.now()), policy, collecting);
        assertThat(ledger.owed(Mode.DRY_RUN)).containsExactly(followUp);

        invoker.broken = false;
        time.advanceTo(at(TUESDAY, "16:50"));
        run(daily(JobName.DATA_COLLECTION, time.now()), policy, collecting);
        assertThat(invoker.taken).containsExactly(followUp);

        run(followUp);
        assertThat(ledger.owed(Mode.DRY_RUN)).isEmpty();
    }

    /** Rows that still wait for their index: what rests on them goes on, and the next run of the slot looks again. */
    @Test
    void aSkippedRunMayMakeOthersDueAndItsSlotStaysOpen() throws Exception {
        JobEvent followUp = JobEvent.derived(JobName.INDICATOR_CALCULATION, TUESDAY, "r1");
        JobPolicy policy = policy(JobName.DATA_COLLECTION, Mode.DRY_RUN);
        time.advanceTo(at(TUESDAY, "16:00"));
        invoker.broken = true;
        run(
                daily(JobName.DATA_COLLECTION, time.now()),
                policy,
                _ -> new JobResult.Skipped("waits", List.of(), List.of(followUp)));
        assertThat(new JobMapper(store).owed(Mode.DRY_RUN)).containsExactly(followUp);

        invoker.broken = false;
        RunRecord next = run(daily(JobName.DATA_COLLECTION, time.now()), policy, _ -> done(followUp));

        assertThat(next.outcome()).isEqualTo("DONE");
        assertThat(invoker.taken).containsExactly(followUp);
    }

    /** The morning's official rows may be the very rows of the evening: what rests on them was computed then. */
    @Test
    void aFollowUpThatWasServedBeforeIsOwedNoLonger() throws Exception {
        JobEvent indicators = JobEvent.derived(JobName.INDICATOR_CALCULATION, TUESDAY, "r1");
        JobEvent watchlist = JobEvent.derived(JobName.WATCHLIST_UPDATE, TUESDAY, "r1");
        time.advanceTo(at(TUESDAY, "16:00"));
        run(indicators, policy(JobName.INDICATOR_CALCULATION, Mode.DRY_RUN), _ -> done(watchlist));
        run(watchlist);
        run(
                daily(JobName.DATA_COLLECTION, time.now()),
                policy(JobName.DATA_COLLECTION, Mode.DRY_RUN),
                _ -> done(indicators));
        invoker.taken.clear();

        assertThat(run(indicators).outcome()).isEqualTo("ALREADY_DONE");

        assertThat(new JobMapper(store).owed(Mode.DRY_RUN)).isEmpty();
        assertThat(invoker.taken).isEmpty();
    }

    private static JobResult done(JobEvent followUp) {
        return new JobResult.Done("done", Map.of(), List.of(followUp), List.of());
    }

    /** D4: the schedule of a derived job finds its slot filled by the run that its input made due. */
    @Test
    void theScheduleFindsADerivedSlotDoneUntilThereIsANewRevision() throws Exception {
        time.advanceTo(at(TUESDAY, "16:10"));
        run(JobEvent.derived(JobName.INDICATOR_CALCULATION, TUESDAY, "r1"));
        time.advanceTo(at(TUESDAY, "17:00"));

        assertThat(run(daily(JobName.INDICATOR_CALCULATION, time.now())).outcome())
                .isEqualTo("ALREADY_DONE");
        inputs.revision = "r2";
        assertThat(run(daily(JobName.INDICATOR_CALCULATION, time.now())).outcome())
                .isEqualTo("DONE");
    }

    @Test
    void collectionWaitsForASessionThatClosesLate() throws Exception {
        time.advanceTo(at(LATE_DAY, "16:00"));
        RunRecord early = run(daily(JobName.DATA_COLLECTION, time.now()));
        time.advanceTo(at(LATE_DAY, "16:50"));
        RunRecord after = run(daily(JobName.DATA_COLLECTION, time.now()));

        assertThat(early.outcome()).isEqualTo("SKIPPED");
        assertThat(early.reason()).contains("16:30");
        assertThat(after.outcome()).isEqualTo("DONE");
    }

    @Test
    void nothingIsDueOnAHolidayButWhatRunsAroundTheClockAndTheCheckOfTheCalendar() throws Exception {
        time.advanceTo(at(LocalDate.of(2025, 5, 5), "16:00"));

        for (JobName job : JobName.values()) {
            boolean interval = job.rhythm() == JobName.Rhythm.INTERVAL;
            boolean clock = interval && job != JobName.POSITION_MONITORING;
            RunRecord record = run(interval ? interval(job, time.now(), 15) : daily(job, time.now()));
            boolean runs = clock || job == JobName.CALENDAR_REFRESH;
            assertThat(record.outcome()).as(job.text()).isEqualTo(runs ? "DONE" : "SKIPPED");
        }
    }

    /** K-cal: on a day that opens at ten, orders are taken from half past nine, and the slot waits for that. */
    @Test
    void onALateDaySignalsMayEnterAnHourLater() throws Exception {
        JobBody signals = run -> {
            runs.add(run);
            return run.entriesAllowed()
                    ? new JobResult.Done("entered", Map.of(), List.of(), List.of())
                    : new JobResult.Skipped("too early");
        };
        JobPolicy policy = policy(JobName.SIGNAL_GENERATION, Mode.DRY_RUN);
        time.advanceTo(at(LATE_DAY, "08:45"));
        RunRecord early = run(daily(JobName.SIGNAL_GENERATION, time.now()), policy, signals);
        time.advanceTo(at(LATE_DAY, "09:45"));
        RunRecord entered = run(daily(JobName.SIGNAL_GENERATION, time.now()), policy, signals);

        assertThat(early.outcome()).isEqualTo("SKIPPED");
        assertThat(entered.outcome()).isEqualTo("DONE");
        assertThat(runs).extracting(Run::entriesAllowed).containsExactly(false, true);
    }

    /** K-cal: what the calendar does not know is refused for all to hear; what needs no session, and its check, go on. */
    @Test
    void beyondTheCalendarEveryJobThatNeedsASessionIsRefusedAndAnnounced() throws Exception {
        time.advanceTo(at(LocalDate.of(2027, 1, 4), "10:00"));
        for (JobName job : JobName.values()) {
            boolean interval = job.rhythm() == JobName.Rhythm.INTERVAL;
            boolean clock = interval && job != JobName.POSITION_MONITORING || job == JobName.CALENDAR_REFRESH;

            RunRecord record = run(interval ? interval(job, time.now(), 15) : daily(job, time.now()));

            assertThat(record.outcome()).as(job.text()).isEqualTo(clock ? "DONE" : "REFUSED");
            if (!clock) {
                assertThat(record.reason()).contains("XKRX", "ends 2026-12-31", "2027-01-04", "CALENDAR_OVERRIDES");
                assertThat(new Outbox(store).pending())
                        .filteredOn(event -> event.subject().equals(job.text()))
                        .extracting(DomainEvent::type)
                        .as(job.text())
                        .containsExactly("JobRefused");
            }
        }
    }

    @Test
    void beyondTheCalendarARunByHandIsRefusedToo() throws Exception {
        time.advanceTo(at(LocalDate.of(2027, 1, 4), "10:00"));

        assertThat(run(JobEvent.byHand(JobName.DATA_COLLECTION)).outcome()).isEqualTo("REFUSED");
        assertThat(run(JobEvent.byHand(JobName.DATA_CATCHUP)).outcome()).isEqualTo("REFUSED");
    }

    /** K-cal: sixty days before the list runs out, once a day. */
    @Test
    void theCalendarsEndIsAnnouncedSixtyDaysAhead() throws Exception {
        time.advanceTo(at(LocalDate.of(2026, 10, 30), "16:00"));
        RunRecord before = run(daily(JobName.DATA_COLLECTION, time.now()));
        time.advanceTo(at(LocalDate.of(2026, 11, 2), "16:00"));
        RunRecord within = run(daily(JobName.DATA_COLLECTION, time.now()));
        run(daily(JobName.INDICATOR_CALCULATION, time.now()));

        assertThat(before.lines()).containsExactly("a line");
        assertThat(within.outcome()).isEqualTo("DONE");
        assertThat(within.lines())
                .hasSize(2)
                .last()
                .asString()
                .contains("warning: the calendar of XKRX ends in 59 days");
        assertThat(new Outbox(store).pending()).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo("CalendarEnding");
            assertThat(event.subject()).isEqualTo("XKRX");
            assertThat(event.detail()).containsEntry("last", "2026-12-31");
        });
    }

    /** C10: at 08:45 in Seoul it is still yesterday in UTC. */
    @Test
    void theSessionIsTheDateInSeoul() throws Exception {
        time.advanceTo(at(TUESDAY, "08:45"));
        run(signals());
        run(daily(JobName.DATA_CATCHUP, at(TUESDAY, "08:40")));

        assertThat(runs).extracting(Run::session).containsExactly(TUESDAY, LocalDate.of(2025, 2, 28));
    }

    @Test
    void aSwitchedOffJobRunsByHandOnly() throws Exception {
        JobPolicy off = new JobPolicy(
                JobName.RISK_CHECKS,
                false,
                "ORCHESTRATOR_ENABLE_RISK_CHECKS",
                Mode.DRY_RUN,
                "someone",
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(5));

        RunRecord scheduled = run(interval(JobName.RISK_CHECKS, time.now(), 30), off, work);
        time.advanceTo(time.now().plusSeconds(60));
        RunRecord byHand = run(JobEvent.byHand(JobName.RISK_CHECKS), off, work);

        assertThat(scheduled.outcome()).isEqualTo("SKIPPED");
        assertThat(scheduled.reason()).contains("ORCHESTRATOR_ENABLE_RISK_CHECKS");
        assertThat(byHand.outcome()).isEqualTo("DONE");
    }

    @Test
    void signalsByHandEnterOnlyInTheEntryWindowOfTheSessionAfterTheLastCompleteOne() throws Exception {
        inputs.complete = Optional.of(LocalDate.of(2025, 2, 28));
        JobBody shown = run -> {
            runs.add(run);
            return new JobResult.Skipped("shown", List.of("a signal"));
        };
        for (String wall : List.of("07:00", "08:30", "08:59", "09:00", "20:00")) {
            time.advanceTo(at(TUESDAY, wall));
            run(JobEvent.byHand(JobName.SIGNAL_GENERATION), policy(JobName.SIGNAL_GENERATION, Mode.DRY_RUN), shown);
        }

        assertThat(runs).extracting(Run::session).containsOnly(TUESDAY);
        assertThat(runs).extracting(Run::entriesAllowed).containsExactly(false, true, true, false, false);
        assertThat(runs).allMatch(Run::byHand);
    }

    /** G4: an odd event runs nothing. */
    @Test
    void anOddEventRunsNothing() {
        Instant now = time.now();
        List<JobEvent> odd = List.of(
                interval(JobName.RISK_CHECKS, now, 7),
                interval(JobName.RISK_CHECKS, now.plusSeconds(3600), 30),
                daily(JobName.RISK_CHECKS, now),
                new JobEvent(JobName.RISK_CHECKS, now, 30, "../etc", null, null, null),
                JobEvent.derived(JobName.SIGNAL_GENERATION, TUESDAY, "r1"),
                JobEvent.derived(JobName.SAXO_CYCLE, TUESDAY, "r1"));

        assertThat(odd)
                .allSatisfy(event -> assertThatThrownBy(() -> run(event)).isInstanceOf(InvalidEventException.class));
        assertThat(runs).isEmpty();
    }

    /** G4: an event can make a run safer than the configuration, never less safe. */
    @Test
    void aLiveRunByHandEntersOnlyWhenItSaysSo() throws Exception {
        JobPolicy live = policy(JobName.SAXO_CYCLE, Mode.LIVE);
        Instant now = time.now();
        run(new JobEvent(null, now, 5, null, true, null, null), live, work);
        time.advanceTo(now.plusSeconds(60));
        run(new JobEvent(null, null, null, null, null, null, null), live, work);
        time.advanceTo(now.plusSeconds(120));
        run(new JobEvent(null, null, null, null, false, null, null), live, work);

        assertThat(runs).extracting(Run::entriesAllowed).containsExactly(false, false, true);
    }
}
