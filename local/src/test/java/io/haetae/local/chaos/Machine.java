package io.haetae.local.chaos;

import io.haetae.config.Secrets;
import io.haetae.event.DomainEvent;
import io.haetae.functions.Platform;
import io.haetae.job.JobEvent;
import io.haetae.job.MachineLocks;
import io.haetae.job.Run;
import io.haetae.job.RunListener;
import io.haetae.job.RunRecord;
import io.haetae.job.Slot;
import io.haetae.local.driver.Functions;
import io.haetae.local.schedule.Template;
import io.haetae.store.Store;
import io.haetae.time.TimeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A process with the template's functions in it. All that it does outside itself is counted and may go wrong. */
final class Machine {

    private static final RunListener QUIET = new RunListener() {
        @Override
        public void started(Run run) {}

        @Override
        public void ended(RunRecord run) {}

        @Override
        public void troubled(Slot slot, String what, RuntimeException cause) {}
    };

    /**
     * What outlives a process.
     *
     * @param published events that were carried out, repeats too
     * @param locked whether leases are also locks of the machine, as everywhere but on Lambda
     */
    record Surroundings(
            List<Template.Function> functions,
            Store store,
            TimeSource time,
            Venues venues,
            Map<String, String> secrets,
            List<DomainEvent> published,
            AtomicLong owners,
            boolean locked) {

        Surroundings with(Store other) {
            return new Surroundings(functions, other, time, venues, secrets, published, owners, locked);
        }

        Surroundings unlocked() {
            return new Surroundings(functions, store, time, venues, secrets, published, owners, false);
        }

        static Surroundings of(
                List<Template.Function> functions, Store store, TimeSource time, Venues venues, boolean locked) {
            return new Surroundings(
                    functions,
                    store,
                    time,
                    venues,
                    new ConcurrentHashMap<>(venues.secrets()),
                    new CopyOnWriteArrayList<>(),
                    new AtomicLong(),
                    locked);
        }
    }

    private final Surroundings around;
    private final Calls calls;
    private final Functions functions;
    private final Set<String> locks = ConcurrentHashMap.newKeySet();

    Machine(Surroundings around, Calls calls) {
        this.around = around;
        this.calls = calls;
        Store store = new FaultyStore(around.store(), calls);
        this.functions = new Functions(around.functions(), around.time(), function -> platform(function, store));
    }

    private Platform platform(Template.Function function, Store store) {
        Map<String, String> environment = new HashMap<>(function.environment());
        environment.putAll(around.venues().addresses());
        return new Platform(
                environment,
                Map.of(),
                new CountedSecrets(),
                store,
                around.time(),
                this::publish,
                _ -> {},
                QUIET,
                () -> "owner-" + around.owners().incrementAndGet(),
                around.locked() ? Optional.of(this::lock) : Optional.empty());
    }

    /**
     * Runs a job.
     *
     * @return the function's answer, or what it threw
     */
    String run(JobEvent event) {
        around.venues().calledBy(calls);
        return answer(event);
    }

    /** As above, where others run at the same time. */
    String answer(JobEvent event) {
        try {
            String answer = functions.invoke(event);
            return calls.isDead() ? "died" : answer;
        } catch (Death e) {
            return "died";
        } catch (RuntimeException e) {
            return calls.isDead() ? "died" : "failed: " + e;
        }
    }

    private void publish(List<DomainEvent> events) {
        switch (calls.next(Kind.EVENTS, "publish " + events.size())) {
            case PASSES -> around.published().addAll(events);
            case FAILS -> throw new IllegalStateException("planned: not published");
            case ANSWER_LOST -> {
                around.published().addAll(events);
                throw new IllegalStateException("planned: published, and nobody knows");
            }
            case DIES_AFTER -> {
                around.published().addAll(events);
                throw new Death();
            }
            case DIES_BEFORE, ANSWER_CUT, DEAD -> throw new Death();
        }
    }

    private Optional<MachineLocks.Lock> lock(String lease) {
        return locks.add(lease) ? Optional.of(() -> locks.remove(lease)) : Optional.empty();
    }

    private final class CountedSecrets implements Secrets {

        @Override
        public Optional<String> get(String name) {
            return switch (calls.next(Kind.SECRET, "secret " + name)) {
                case PASSES -> Optional.ofNullable(around.secrets().get(name));
                case FAILS -> throw new IllegalStateException("planned: no secrets now");
                case DIES_BEFORE, DIES_AFTER, ANSWER_LOST, ANSWER_CUT, DEAD -> throw new Death();
            };
        }

        @Override
        public void put(String name, String value) {
            switch (calls.next(Kind.TOKEN, "keep secret " + name)) {
                case PASSES -> around.secrets().put(name, value);
                case FAILS -> throw new IllegalStateException("planned: not kept");
                case DIES_AFTER -> {
                    around.secrets().put(name, value);
                    throw new Death();
                }
                case DIES_BEFORE, ANSWER_LOST, ANSWER_CUT, DEAD -> throw new Death();
            }
        }
    }
}
