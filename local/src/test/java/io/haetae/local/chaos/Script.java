package io.haetae.local.chaos;

import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.store.Store;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Runs of a day that trades, in order. */
record Script(List<Step> steps) {

    /**
     * A run.
     *
     * @param first what somebody else does just before it
     * @param tried whether faults are planted in it
     */
    record Step(Instant at, Consumer<Store> first, JobEvent event, boolean tried) {

        JobName job() {
            return java.util.Objects.requireNonNull(event.job());
        }
    }

    static final class Builder {
        private final List<Step> steps = new ArrayList<>();
        private final Morning morning;

        Builder(Morning morning) {
            this.morning = morning;
        }

        Builder tried(String wall, JobName job) {
            return step(wall, _ -> {}, job, true);
        }

        Builder tried(String wall, Consumer<Store> first, JobName job) {
            return step(wall, first, job, true);
        }

        Builder then(String wall, JobName job) {
            return step(wall, _ -> {}, job, false);
        }

        /** On the next date. */
        Builder afterMidnight(String wall, JobName job) {
            Instant at = Morning.at(morning.session().plusDays(1), LocalTime.parse(wall));
            return step(at, _ -> {}, job, false);
        }

        private Builder step(String wall, Consumer<Store> first, JobName job, boolean tried) {
            return step(morning.at(wall), first, job, tried);
        }

        private Builder step(Instant at, Consumer<Store> first, JobName job, boolean tried) {
            steps.add(new Step(at, first, scheduled(at, job), tried));
            return this;
        }

        Script done() {
            return new Script(List.copyOf(steps));
        }
    }

    /** As Scheduler would ask for it. */
    static JobEvent scheduled(Instant at, JobName job) {
        Integer every =
                switch (job) {
                    case POSITION_MONITORING -> 15;
                    case RISK_CHECKS -> 30;
                    case SAXO_CYCLE -> 5;
                    case SAXO_TOKEN -> 10;
                    case DATA_COLLECTION,
                            DATA_CATCHUP,
                            CALENDAR_REFRESH,
                            INDICATOR_CALCULATION,
                            WATCHLIST_UPDATE,
                            STATEMENT_COLLECTION,
                            SIGNAL_GENERATION -> null;
                };
        return new JobEvent(job, at, every, null, null, null, null);
    }
}
