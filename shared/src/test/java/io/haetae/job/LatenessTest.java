package io.haetae.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.calendar.XkrxCalendar;
import io.haetae.portfolio.Mode;
import io.haetae.store.JobMapper;
import io.haetae.store.MemoryStore;
import io.haetae.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each job's own rule for a delivery that comes late; due times are of Tuesday 2025-03-04 in Korea. */
class LatenessTest {

    private static final LocalDate TUESDAY = LocalDate.of(2025, 3, 4);

    private final MemoryStore store = new MemoryStore();
    private final List<Run> runs = new ArrayList<>();

    private RunRecord run(JobEvent event, Instant now) throws Exception {
        JobRunner runner = new JobRunner(
                new JobMapper(store),
                new VirtualTime(now),
                XkrxCalendar.bundled(),
                new OneRevision(),
                _ -> {},
                new Deaf(),
                () -> {},
                () -> "owner",
                Optional.empty());
        JobName job = event.job() == null ? JobName.RISK_CHECKS : event.job();
        JobPolicy policy = new JobPolicy(
                job,
                true,
                "SWITCH",
                Mode.DRY_RUN,
                "someone",
                Optional.empty(),
                Optional.empty(),
                Duration.ofMinutes(3));
        return runner.run(event, policy, run -> {
            runs.add(run);
            return new JobResult.Done("worked", Map.of(), List.of(), List.of());
        });
    }

    private static JobEvent due(JobName job, String wall, int minutes) {
        Instant scheduled = Instant.parse("2025-03-04T" + wall + ":00+09:00");
        return new JobEvent(job, scheduled, minutes == 0 ? null : minutes, null, null, null, null);
    }

    /**
     * J2, J4: one second and five minutes are on time for all; later, data, indicators and watchlist always run, signals
     * until the open, interval jobs when theirs is still the newest slot.
     */
    @ParameterizedTest
    @CsvSource({
        "DATA_COLLECTION, 16:00, 0, DONE, DONE, DONE, DONE",
        "DATA_CATCHUP, 08:10, 0, DONE, DONE, DONE, DONE",
        "CALENDAR_REFRESH, 07:30, 0, DONE, DONE, DONE, DONE",
        "INDICATOR_CALCULATION, 17:00, 0, DONE, DONE, DONE, DONE",
        "WATCHLIST_UPDATE, 18:00, 0, DONE, DONE, DONE, DONE",
        "SIGNAL_GENERATION, 08:45, 0, DONE, DONE, SKIPPED, SKIPPED",
        "SIGNAL_GENERATION, 08:55, 0, DONE, SKIPPED, SKIPPED, SKIPPED",
        "POSITION_MONITORING, 11:00, 15, DONE, DONE, COALESCED, COALESCED",
        "POSITION_MONITORING, 11:00, 5, DONE, COALESCED, COALESCED, COALESCED",
        "RISK_CHECKS, 11:00, 30, DONE, DONE, COALESCED, COALESCED",
        "SAXO_CYCLE, 11:00, 5, DONE, COALESCED, COALESCED, COALESCED",
        "SAXO_TOKEN, 11:00, 10, DONE, DONE, COALESCED, COALESCED"
    })
    void everyJobHasItsOwnRuleForASecondSixMinutesThreeHoursAndADay(
            JobName job, String wall, int minutes, String second, String sixMinutes, String threeHours, String day)
            throws Exception {
        JobEvent event = due(job, wall, minutes);
        List<Duration> late =
                List.of(Duration.ofSeconds(1), Duration.ofMinutes(6), Duration.ofHours(3), Duration.ofDays(1));
        List<String> expected = List.of(second, sixMinutes, threeHours, day);
        for (int i = 0; i < late.size(); i++) {
            LatenessTest alone = new LatenessTest();
            Instant scheduled = Instant.parse("2025-03-04T" + wall + ":00+09:00");

            RunRecord record = alone.run(event, scheduled.plus(late.get(i)));

            assertThat(record.outcome())
                    .as("%s late by %s", job.text(), late.get(i))
                    .isEqualTo(expected.get(i));
            assertThat(alone.runs).hasSize(expected.get(i).equals("DONE") ? 1 : 0);
        }
    }

    /** J3: the second delivery of any job's slot, at once or a day later, runs nothing. */
    @ParameterizedTest
    @EnumSource(JobName.class)
    void aDuplicateRunsNothingAndAnswersWithTheStoredResult(JobName job) throws Exception {
        int minutes = job.rhythm() == JobName.Rhythm.INTERVAL ? 30 : 0;
        String wall =
                job == JobName.SIGNAL_GENERATION ? "08:45" : job == JobName.POSITION_MONITORING ? "15:30" : "16:00";
        JobEvent event = due(job, wall, minutes);
        Instant now = Instant.parse("2025-03-04T" + wall + ":05+09:00");

        run(event, now);
        RunRecord atOnce = run(event, now.plusSeconds(1));

        assertThat(atOnce.outcome()).isEqualTo("ALREADY_DONE");
        assertThat(atOnce.reason()).isEqualTo("worked");
        assertThat(runs).hasSize(1);
    }

    /** J6: a slot that nobody ran is missing from the log, where its neighbours stand. */
    @ParameterizedTest
    @EnumSource(
            value = JobName.class,
            names = {"POSITION_MONITORING", "RISK_CHECKS", "SAXO_CYCLE", "SAXO_TOKEN"})
    void aMissingSlotCanBeSeenInTheLog(JobName job) throws Exception {
        for (String wall : List.of("10:00", "11:00")) {
            run(due(job, wall, 30), Instant.parse("2025-03-04T" + wall + ":02+09:00"));
        }

        assertThat(new JobMapper(store).runs(Mode.DRY_RUN, TUESDAY))
                .extracting(record -> record.slot().due())
                .containsExactly("2025-03-04T01:00:00Z", "2025-03-04T02:00:00Z");
    }

    private static final class OneRevision implements InputRevisions {
        @Override
        public Optional<String> revision(JobName job, LocalDate session) {
            return Optional.of("r1");
        }

        @Override
        public Optional<LocalDate> newestComplete(LocalDate date) {
            return Optional.empty();
        }
    }

    private static final class Deaf implements RunListener {
        @Override
        public void started(Run run) {}

        @Override
        public void ended(RunRecord record) {}

        @Override
        public void troubled(Slot slot, String what, RuntimeException cause) {}
    }
}
