package io.haetae.local.chaos;

import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.local.schedule.Template;
import io.haetae.order.ExitRule;
import io.haetae.order.Order;
import io.haetae.order.OrderState;
import io.haetae.order.Purpose;
import io.haetae.portfolio.AccountId;
import io.haetae.store.Item;
import io.haetae.store.OrderMapper;
import io.haetae.store.Store;
import io.haetae.time.VirtualTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One day's script, with a fault at every call that its jobs make, one trial for each. */
final class Trials {

    /** Longer than any lease of a trading job. */
    private static final Duration BEYOND_A_LEASE = Duration.ofMinutes(6);

    /** Makes a store with these items in it. */
    @FunctionalInterface
    interface Engine {
        Store with(List<Item> items, Path folder) throws IOException;
    }

    static final Engine MEMORY = (items, _) -> KeptStore.of(items);

    /**
     * A fault at a call.
     *
     * @param step in the script
     * @param number of the call in that run, from 1
     */
    record Point(int step, JobName job, int number, Calls.Call call, Fate fate) {
        @Override
        public String toString() {
            return "%s in step %d, call %d (%s %s): %s"
                    .formatted(job.text(), step, number, call.kind(), call.what(), fate);
        }
    }

    private final Morning morning;
    private final SteeredMarket market;
    private final Script script;
    private final List<Template.Function> functions;
    private final AccountId account;
    private final Engine engine;
    private final boolean locked;
    private final Path folder;
    private final List<Snapshot> before = new ArrayList<>();
    private final List<Point> points = new ArrayList<>();
    private final Set<String> needed = new TreeSet<>();
    private int made;

    /** @param locked whether a dead process frees its leases at once, as it does everywhere but on Lambda */
    Trials(
            Morning morning,
            SteeredMarket market,
            Script script,
            Map<String, String> settings,
            AccountId account,
            Engine engine,
            boolean locked,
            Path folder) {
        this.morning = morning;
        this.market = market;
        this.script = script;
        this.functions = Morning.functions(settings);
        this.account = account;
        this.engine = engine;
        this.locked = locked;
        this.folder = folder;
    }

    SteeredMarket market() {
        return market;
    }

    /**
     * Lives the day without a fault, and finds the points by it.
     *
     * @param hearer is told the store after each run, and may steer the market
     * @return what is wrong even so
     */
    List<String> calm(Consumer<Store> hearer) throws IOException {
        KeptStore state = KeptStore.of(morning.snapshot().state());
        Path home = folder.resolve("calm");
        morning.snapshot().restore(home);
        VirtualTime time = new VirtualTime(morning.snapshot().now());
        List<String> wrong = new ArrayList<>();
        try (Venues venues = new Venues(account.mode(), time, market, home)) {
            Store store = new TwoStores(state, morning.snapshot().market());
            Machine.Surroundings around = Machine.Surroundings.of(functions, store, time, venues, locked);
            for (Script.Step step : script.steps()) {
                time.advanceTo(step.at());
                before.add(morning.snapshot().later(time.now(), state, home));
                step.first().accept(store);
                Calls calls = new Calls(Calls.CALM);
                String answer = new Machine(around, calls).run(step.event());
                if (!answer.contains("\"DONE\"")) {
                    wrong.add("undisturbed, " + step + " answers " + answer);
                }
                if (step.tried()) {
                    note(before.size() - 1, step.job(), calls.made());
                }
                hearer.accept(store);
            }
            wrong.addAll(sound(store, venues, true));
            needed.addAll(needed(store));
            if (orders(store)
                    .noneMatch(order -> !order.isEntry() && order.filled().signum() > 0)) {
                wrong.add("a day on which nothing is sold tries no sale");
            }
        }
        return wrong;
    }

    private List<String> sound(Store store, Venues venues, boolean over) {
        return Sound.problems(store, account, sessions(), venues.books(account), over);
    }

    /** An order of a day that ends after midnight in Korea may be for either date. */
    private List<LocalDate> sessions() {
        return List.of(morning.session(), morning.session().plusDays(1));
    }

    /**
     * What a day must not lose by a process's death: its entries, and where the run is repeated at once its stops. Other
     * exits depend on when one looks.
     */
    private Set<String> needed(Store store) {
        return orders(store)
                .filter(order -> order.isEntry() || (locked && order.rule() == ExitRule.STOP))
                .map(order -> order.intent().purpose() + " of " + order.instrument())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Stops of shares whose entry died on its way: where reads prove nothing before the close it is not sent again.
     */
    private Set<String> neverBought(Store store) {
        Set<String> never = new TreeSet<>();
        orders(store)
                .filter(order -> order.isEntry() && order.state() == OrderState.NOT_PLACED)
                .forEach(order -> never.add(Purpose.EXIT + " of " + order.instrument()));
        orders(store)
                .filter(order -> order.isEntry() && order.filled().signum() > 0)
                .forEach(order -> never.remove(Purpose.EXIT + " of " + order.instrument()));
        return never;
    }

    private Stream<Order> orders(Store store) {
        OrderMapper journal = new OrderMapper(store);
        return sessions().stream().flatMap(session -> journal.ofSession(account, session).stream());
    }

    private void note(int step, JobName job, List<Calls.Call> calls) {
        for (int i = 0; i < calls.size(); i++) {
            for (Fate fate : calls.get(i).kind().fates()) {
                points.add(new Point(step, job, i + 1, calls.get(i), fate));
            }
        }
    }

    List<Point> points() {
        return List.copyOf(points);
    }

    /** How many points each job has. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new TreeMap<>();
        points.forEach(point -> counts.merge(point.job().text(), 1, Integer::sum));
        return counts;
    }

    /**
     * The day from just before the point: the fault, the same run again, then the rest.
     *
     * @return what is wrong afterwards
     */
    List<String> trial(Point point) throws IOException {
        Path home = folder.resolve("trial" + ++made);
        Snapshot start = before.get(point.step());
        start.restore(home);
        VirtualTime time = new VirtualTime(start.now());
        List<String> story = new ArrayList<>();
        try (Store state = engine.with(start.state(), home);
                Venues venues = new Venues(account.mode(), time, market, home)) {
            Store store = new TwoStores(state, start.market());
            Machine.Surroundings around = Machine.Surroundings.of(functions, store, time, venues, locked);
            Script.Step hit = script.steps().get(point.step());
            hit.first().accept(store);
            story.add(new Machine(around, Calls.with(point.number(), point.fate())).run(hit.event()));
            if (point.call().what().contains("token")) {
                // The bank's answer was the only one that knew the next token: a person logs in again.
                around.secrets().putAll(venues.secrets());
            }
            Machine next = new Machine(around, new Calls(Calls.CALM));
            story.add(next.run(hit.event()));
            if (!locked) {
                time.advanceTo(hit.at().plus(BEYOND_A_LEASE));
                story.add(next.run(hit.event()));
            }
            List<String> wrong = new ArrayList<>(sound(store, venues, false));
            for (Script.Step step :
                    script.steps().subList(point.step() + 1, script.steps().size())) {
                time.advanceTo(step.at());
                step.first().accept(store);
                String answer = next.run(step.event());
                if (!answer.contains("\"DONE\"")) {
                    wrong.add("afterwards " + step.job() + " answers " + answer);
                }
            }
            wrong.addAll(sound(store, venues, true));
            Set<String> there = needed(store);
            if (point.fate().kills()) {
                there.addAll(neverBought(store));
                needed.stream().filter(one -> !there.contains(one)).forEach(one -> wrong.add("lost: " + one));
            }
            if (!wrong.isEmpty()) {
                wrong.add("it went: " + story);
            }
            return wrong;
        }
    }

    /**
     * The day from just before a step, with several runs at once in its place, each call of theirs in an order that the
     * seed decides; then the rest.
     *
     * @param events of the runs; runs of one slot must come to one that did the work
     * @param plan what goes wrong beside
     * @return what is wrong afterwards
     */
    List<String> together(int step, List<JobEvent> events, long seed, Calls.Plan plan)
            throws IOException, InterruptedException {
        Path home = folder.resolve("trial" + ++made);
        Snapshot start = before.get(step);
        start.restore(home);
        List<Calls> calls = new ArrayList<>();
        AtomicReference<Venues> calledBy = new AtomicReference<>();
        Turns turns = new Turns(seed, start.now(), self -> calledBy.get().calledBy(calls.get(self)));
        try (Store state = engine.with(start.state(), home);
                Venues venues = new Venues(account.mode(), turns, market, home)) {
            calledBy.set(venues);
            Store store = new TwoStores(state, start.market());
            Machine.Surroundings around = Machine.Surroundings.of(functions, store, turns, venues, false);
            script.steps().get(step).first().accept(store);
            List<String> answers = Collections.synchronizedList(new ArrayList<>());
            List<Runnable> runs = new ArrayList<>();
            for (JobEvent event : events) {
                Calls own = new Calls((number, call) -> {
                    turns.pause();
                    return plan.of(number, call);
                });
                calls.add(own);
                Machine machine = new Machine(around, own);
                runs.add(() -> answers.add(key(event) + machine.answer(event)));
            }
            turns.run(runs);
            List<String> wrong = new ArrayList<>(sound(store, venues, false));
            for (JobEvent event : new LinkedHashSet<>(events)) {
                long did = answers.stream()
                        .filter(answer -> answer.startsWith(key(event)) && answer.contains("\"DONE\""))
                        .count();
                if (!event.isByHand() && did > 1) {
                    wrong.add(did + " runs did the work of " + event);
                }
            }
            Machine next = new Machine(around, new Calls(Calls.CALM));
            turns.advanceTo(turns.now().plus(BEYOND_A_LEASE));
            events.forEach(next::run);
            for (Script.Step later :
                    script.steps().subList(step + 1, script.steps().size())) {
                turns.advanceTo(later.at());
                later.first().accept(store);
                String answer = next.run(later.event());
                if (!answer.contains("\"DONE\"")) {
                    wrong.add("afterwards " + later.job() + " answers " + answer);
                }
            }
            wrong.addAll(sound(store, venues, true));
            Set<String> there = needed(store);
            needed.stream().filter(one -> !there.contains(one)).forEach(one -> wrong.add("lost: " + one));
            if (!wrong.isEmpty()) {
                wrong.add("it went: " + answers);
            }
            return wrong;
        }
    }

    private static String key(JobEvent event) {
        return event.job() + " " + event.scheduledTime() + ": ";
    }

    int steps() {
        return script.steps().size();
    }

    Script.Step step(int index) {
        return script.steps().get(index);
    }
}
