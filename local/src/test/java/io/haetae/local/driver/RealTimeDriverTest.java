package io.haetae.local.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.event.EventPublisher;
import io.haetae.functions.FakePlatform;
import io.haetae.functions.Platform;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.local.schedule.ScheduleExpression;
import io.haetae.local.schedule.Template;
import io.haetae.store.MemoryStore;
import io.haetae.time.TimeSource;
import io.haetae.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RealTimeDriverTest {

    /** Tuesday 2025-03-04, 00:10 in Korea. */
    private static final Instant START = Instant.parse("2025-03-03T15:10:00Z");

    private final List<String> called = new ArrayList<>();
    private final FollowUps followUps = new FollowUps();
    private final AtomicReference<RealTimeDriver> driver = new AtomicReference<>();

    private static Template.Function every(JobName job, int minutes) {
        Template.Schedule schedule = new Template.Schedule(
                job.text(),
                job.text(),
                new ScheduleExpression("cron(0/" + minutes + " * ? * * *)", ZoneId.of("Asia/Seoul")),
                true,
                "{\"job\":\"" + job.text() + "\",\"scheduledTime\":\"<aws.scheduler.scheduled-time>\"}");
        return new Template.Function(job.text(), FakeHandler.class.getName(), 60, Map.of(), List.of(schedule));
    }

    /** Runs until the given number of calls was made. */
    private void run(TimeSource time, int calls, Consumer<String> during, Template.Function... functions) {
        EventPublisher publisher = events -> {
            String event = events.getFirst().subject();
            called.add(event);
            if (called.size() == calls) {
                driver.get().stop();
            }
            during.accept(event);
        };
        Platform platform = FakePlatform.of(Map.of(), new MemoryStore(), time, publisher, followUps);
        driver.set(new RealTimeDriver(
                List.of(functions), new Functions(List.of(functions), time, _ -> platform), followUps, time));
        driver.get().run();
    }

    private static String risk(String time) {
        return "{\"job\":\"risk_checks\",\"scheduledTime\":\"2025-03-03T" + time + ":00Z\"}";
    }

    @Test
    void eachScheduleIsCalledAtItsTimeUntilItIsStopped() {
        VirtualTime time = new VirtualTime(START);

        run(time, 3, _ -> {}, every(JobName.RISK_CHECKS, 30));

        assertThat(called).containsExactly(risk("15:30"), risk("16:00"), risk("16:30"));
        assertThat(time.now()).isEqualTo("2025-03-03T16:30:00Z");
    }

    /** J2, J4: after a sleep of the machine each missed time is delivered once, in order; the runner coalesces them. */
    @Test
    void whatFellDueWhileTheMachineSleptIsDeliveredOnceAndInOrder() {
        VirtualTime clock = new VirtualTime(START);
        TimeSource sleepy = new TimeSource() {
            @Override
            public Instant now() {
                return clock.now();
            }

            @Override
            public void sleepUntil(Instant moment) throws InterruptedException {
                clock.sleepUntil(moment.plus(Duration.ofMinutes(70)));
            }
        };

        run(sleepy, 3, _ -> {}, every(JobName.RISK_CHECKS, 30));

        assertThat(called).containsExactly(risk("15:30"), risk("16:00"), risk("16:30"));
    }

    /** J8: a failed invocation is that call's affair; the next is made in its time. */
    @Test
    void theSchedulesGoOnAfterAFailedInvocation() {
        run(
                new VirtualTime(START),
                3,
                event -> {
                    if (called.size() == 1) {
                        throw new IllegalStateException("the venue hung up on " + event);
                    }
                },
                every(JobName.RISK_CHECKS, 30));

        assertThat(called).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void theCallUnderWayIsFinishedAndNoOtherIsBegun() {
        List<String> finished = new ArrayList<>();

        run(new VirtualTime(START), 1, finished::add, every(JobName.RISK_CHECKS, 30), every(JobName.SAXO_TOKEN, 10));

        assertThat(called).hasSize(1).isEqualTo(finished);
    }

    @Test
    void whatAJobMakesDueRunsRightAfterIt() {
        JobEvent followUp = JobEvent.derived(JobName.SAXO_TOKEN, LocalDate.of(2025, 3, 4), "r1");

        run(
                new VirtualTime(START),
                2,
                event -> {
                    if (called.size() == 1) {
                        followUps.invoke(followUp);
                    }
                },
                every(JobName.RISK_CHECKS, 30),
                every(JobName.SAXO_TOKEN, 60));

        assertThat(called.getLast()).contains("saxo_token", "\"revision\":\"r1\"");
    }

    /** J1: what a killed process had made due is run by the next one, before anything else. */
    @Test
    void whatWasStillOwedRunsFirst() {
        followUps.invoke(JobEvent.derived(JobName.RISK_CHECKS, LocalDate.of(2025, 3, 4), "r1"));

        run(new VirtualTime(START), 2, _ -> {}, every(JobName.RISK_CHECKS, 30));

        assertThat(called.getFirst()).contains("\"revision\":\"r1\"");
        assertThat(called.getLast()).isEqualTo(risk("15:30"));
    }

    @Test
    void theNextCallIsKnownAheadUnlessEverythingIsSwitchedOff() {
        run(new VirtualTime(START), 1, _ -> {}, every(JobName.RISK_CHECKS, 30));
        RealTimeDriver idle = new RealTimeDriver(
                List.of(FireTest.function("risk_checks", "cron(0/30 * ? * * *)", false)),
                new Functions(List.of(), new VirtualTime(START), _ -> {
                    throw new IllegalStateException("no function");
                }),
                followUps,
                new VirtualTime(START));

        assertThat(driver.get().next(START)).contains(Instant.parse("2025-03-03T15:30:00Z"));
        assertThat(idle.next(START)).isEmpty();
    }
}
