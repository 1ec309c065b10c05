package io.haetae.local.driver;

import io.haetae.job.JobEvent;
import io.haetae.local.schedule.Template;
import io.haetae.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls the functions by their schedules on a clock that moves by itself, one after another, until it is stopped; the
 * call under way is finished first. Whether a late call still runs is the runner's to say.
 */
public final class RealTimeDriver {

    private static final System.Logger LOG = System.getLogger(RealTimeDriver.class.getName());
    private static final Duration AHEAD = Duration.ofDays(8);

    private final List<Template.Function> schedule;
    private final Functions functions;
    private final FollowUps followUps;
    private final TimeSource time;
    private final Object gate = new Object();
    private boolean stopping;
    private @Nullable Thread sleeper;

    public RealTimeDriver(List<Template.Function> schedule, Functions functions, FollowUps followUps, TimeSource time) {
        this.schedule = List.copyOf(schedule);
        this.functions = functions;
        this.followUps = followUps;
        this.time = time;
    }

    /** When the next call is due; empty when every schedule is switched off. */
    public Optional<Instant> next(Instant after) {
        return Fire.between(schedule, after.plusMillis(1), after.plus(AHEAD)).stream()
                .map(Fire::at)
                .findFirst();
    }

    /** Returns once {@link #stop} was called and the call under way has ended. */
    public void run() {
        Instant done = time.now();
        settleFollowUps();
        while (!stopping()) {
            Instant until = time.now();
            for (Fire fire : Fire.between(schedule, done.plusMillis(1), until.plusMillis(1))) {
                if (stopping()) {
                    return;
                }
                call(
                        () -> functions.invoke(fire.schedule().function(), fire.event()),
                        fire.schedule().name());
                settleFollowUps();
            }
            done = until;
            sleepUntil(next(done).orElse(done.plus(AHEAD)));
        }
    }

    /** Ends {@link #run} as soon as no call is under way. May be called by any thread. */
    public void stop() {
        synchronized (gate) {
            stopping = true;
            if (sleeper != null) {
                sleeper.interrupt();
            }
        }
    }

    private boolean stopping() {
        synchronized (gate) {
            return stopping;
        }
    }

    /** Only here may the thread be interrupted: a job that waits for a venue is not to be. */
    private void sleepUntil(Instant moment) {
        synchronized (gate) {
            if (stopping) {
                return;
            }
            sleeper = Thread.currentThread();
        }
        try {
            time.sleepUntil(moment);
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "woken to stop");
        } finally {
            synchronized (gate) {
                sleeper = null;
            }
        }
    }

    private void settleFollowUps() {
        // What is left when it is to stop stays owed in the ledger.
        for (Optional<JobEvent> due = next(); due.isPresent(); due = next()) {
            JobEvent event = due.get();
            call(() -> functions.invoke(event), String.valueOf(event.job()));
        }
    }

    private Optional<JobEvent> next() {
        return stopping() ? Optional.empty() : followUps.next();
    }

    /** A failed invocation is in the ledger and the log; the schedules go on, as they do in the cloud. */
    private static void call(Runnable invocation, String name) {
        try {
            invocation.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, () -> name + ": a failed invocation");
            LOG.log(System.Logger.Level.DEBUG, name + ": where it failed", e);
        }
    }
}
