package io.haetae.local.driver;

import io.haetae.job.JobEvent;
import io.haetae.local.schedule.Template;
import io.haetae.store.Action;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Outcome;
import io.haetae.store.Query;
import io.haetae.store.Store;
import io.haetae.store.Table;
import io.haetae.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * Drives the functions through days of virtual time by the template's schedules. Decides nothing about trading: it
 * moves the clock and calls.
 *
 * <p>How far a day has come is kept in the store after each call, so after a kill the next process goes on with the
 * call that was under way; the ledger and the journal make that repeat harmless.
 */
public final class Driver {

    private static final System.Logger LOG = System.getLogger(Driver.class.getName());
    private static final String PARTITION = "LOCAL#DRIVER";
    private static final ZoneId KOREA = ZoneId.of("Asia/Seoul");
    private static final Duration STEP = Duration.ofSeconds(10);

    private final List<Template.Function> schedule;
    private final Functions functions;
    private final FollowUps followUps;
    private final Store store;
    private final VirtualTime time;
    private final Progress progress;

    /** Hears how far a day has come. */
    @FunctionalInterface
    public interface Progress {
        void at(LocalDate day, Instant now, int done, int total);
    }

    /**
     * @param fired calls made
     * @param now where the clock stood then
     */
    private record Position(int fired, Instant now) {}

    public Driver(
            List<Template.Function> schedule,
            Functions functions,
            FollowUps followUps,
            Store store,
            VirtualTime time,
            Progress progress) {
        this.schedule = List.copyOf(schedule);
        this.functions = functions;
        this.followUps = followUps;
        this.store = store;
        this.time = time;
        this.progress = progress;
    }

    /** From midnight to midnight in Korea, or from where an earlier process was stopped. */
    public void drive(LocalDate day) {
        driveUntil(day, day.plusDays(1).atStartOfDay(KOREA).toInstant());
    }

    /** As {@link #drive}, but only the calls that are due before {@code end}, where the clock then stands. */
    public void driveUntil(LocalDate day, Instant end) {
        Instant midnight = day.atStartOfDay(KOREA).toInstant();
        List<Fire> fires = Fire.between(schedule, midnight, end);
        Position position = position(day).orElse(new Position(0, midnight));
        time.advanceTo(position.now());
        if (position.fired() > 0) {
            settleFollowUps();
        }
        for (int next = position.fired(); next < fires.size(); next++) {
            Fire fire = fires.get(next);
            time.advanceTo(fire.at());
            call(
                    () -> functions.invoke(fire.schedule().function(), fire.event()),
                    fire.schedule().name());
            // The call itself is repeated, and hands over again what it made due, but from this moment on.
            keep(day, new Position(next, time.now()));
            settleFollowUps();
            time.advanceTo(roundedUp(time.now()));
            keep(day, new Position(next + 1, time.now()));
            progress.at(day, time.now(), next + 1, fires.size());
        }
        time.advanceTo(end);
    }

    /**
     * A call that took time ends at a whole step of the clock: one that is repeated after a kill needs a request less, or
     * one more, and still leaves the clock to the next call where it would have stood.
     */
    private static Instant roundedUp(Instant moment) {
        long step = STEP.toMillis();
        long millis = moment.toEpochMilli() + (moment.getNano() % 1_000_000 == 0 ? 0 : 1);
        return Instant.ofEpochMilli(Math.ceilDiv(millis, step) * step);
    }

    /** Where the clock of this store's world stood after the newest call; empty when nothing was driven. */
    public static Optional<Instant> clock(Store store) {
        return store.query(Query.all(Table.STATE, PARTITION).newestFirst().first(1)).stream()
                .findFirst()
                .map(item -> Instant.parse(item.text("now")));
    }

    private void settleFollowUps() {
        Optional<JobEvent> due = followUps.next();
        while (due.isPresent()) {
            JobEvent event = due.get();
            call(() -> functions.invoke(event), String.valueOf(event.job()));
            due = followUps.next();
        }
    }

    /** A failed invocation is in the ledger, the log and the report; the day goes on, as it does in the cloud. */
    private void call(Runnable invocation, String name) {
        try {
            invocation.run();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, () -> name + " failed: " + e, e);
        }
    }

    private static Key key(LocalDate day) {
        return Key.state(PARTITION, day.toString());
    }

    private Optional<Position> position(LocalDate day) {
        return store.get(key(day))
                .map(item -> new Position(Math.toIntExact(item.whole("fired")), Instant.parse(item.text("now"))));
    }

    private void keep(LocalDate day, Position position) {
        Item item = Item.at(key(day))
                .with("fired", position.fired())
                .with("now", position.now().toString())
                .build();
        Outcome outcome = store.commit(List.of(Action.put(item)));
        if (!(outcome instanceof Outcome.Committed)) {
            throw new IllegalStateException("the driver's position was not kept: " + outcome);
        }
    }
}
