package io.haetae.local.chaos;

import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.local.kis.KisSimulator;
import io.haetae.local.market.Listing;
import io.haetae.local.market.Moment;
import io.haetae.local.schedule.Template;
import io.haetae.order.Order;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.Position;
import io.haetae.risk.TradingState;
import io.haetae.store.Item;
import io.haetae.store.OrderMapper;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.Store;
import io.haetae.store.TradingStateMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Sessions on end in which a seed decides where shares go, which runs come, come twice, come at once or not at all, what
 * fails, and what a person does. After every step the books must be sound; at the end of a session nothing is under way.
 */
final class RandomLife {

    private static final LocalTime SIGNALS = LocalTime.of(8, 45);
    private static final LocalTime OPEN = LocalTime.of(9, 0);
    private static final LocalTime CLOSE = LocalTime.of(15, 30);
    private static final LocalTime EVENING = LocalTime.of(16, 30);

    /** How rare faults are, by kind of day. */
    private static final int[] ONE_OF = {1_000_000, 300, 80, 25};

    /** How rare people are, where there are any. */
    private static final int PEOPLE_BETWEEN_RUNS = 6;

    private static final int PEOPLE_BETWEEN_QUESTIONS = 60;

    private final Scene scene;
    private final List<Morning> season;
    private final List<Template.Function> functions;
    private final AccountId account;
    private final SplittableRandom random;
    private final SteeredMarket market;
    private final KeptStore state;
    private final Turns time;
    private final Path home;
    private final List<LocalDate> sessions = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private Calls calls = new Calls(Calls.CALM);
    private int steps;
    private int byHand;

    RandomLife(Scene scene, List<Morning> season, long seed, Path home) throws IOException {
        this.scene = scene;
        this.season = season;
        this.functions = Morning.functions(scene.settings());
        this.account = scene.account();
        this.random = new SplittableRandom(seed);
        this.market = new SteeredMarket(season.getFirst().market(), scene.flowing());
        this.state = KeptStore.of(season.getFirst().snapshot().state());
        this.home = home;
        season.getFirst().snapshot().restore(home);
        this.time = new Turns(seed, season.getFirst().snapshot().now(), _ -> {});
    }

    /** @return what is wrong at the first step at which something is; empty when all sessions went well */
    List<String> live() throws IOException, InterruptedException {
        try (Venues venues = new Venues(account.mode(), time, market, home)) {
            Morning before = season.getFirst();
            Machine.Surroundings around = null;
            for (Morning morning : season) {
                collected(before, morning);
                Store store = new TwoStores(state, morning.snapshot().market());
                around = around == null
                        ? Machine.Surroundings.of(functions, store, time, venues, random.nextBoolean())
                        : around.with(store);
                sessions.add(morning.session());
                List<String> wrong = session(morning, around);
                if (!wrong.isEmpty()) {
                    return wrong;
                }
                before = morning;
            }
        }
        return List.of();
    }

    /** All that was stored, to compare lives. */
    List<Item> stored() {
        return state.items();
    }

    int steps() {
        return steps;
    }

    /** Orders and cancels of people. */
    int byHand() {
        return byHand;
    }

    /** What the data jobs have stored between the two mornings. */
    private void collected(Morning before, Morning now) {
        Set<Item> old = new HashSet<>(before.snapshot().state());
        KeptStore.fill(
                state,
                now.snapshot().state().stream()
                        .filter(item -> !old.contains(item))
                        .toList());
    }

    private List<String> session(Morning morning, Machine.Surroundings around) throws InterruptedException {
        int oneOf = ONE_OF[random.nextInt(ONE_OF.length)];
        // On some days the second key lapses while orders rest and positions stand.
        int minutes = random.nextInt(3) == 0 ? random.nextInt(5, 400) : 900;
        Instant armed = Morning.at(morning.session(), LocalTime.of(8, 40));
        scene.arm(around.store(), armed, armed.plusSeconds(60L * minutes));
        Machine machine = process(around, oneOf);
        for (Script.Step step : runs(morning)) {
            time.advanceTo(step.at().plusSeconds(random.nextInt(20)));
            person(around.store(), step.at());
            steer(around.store(), step.at());
            people(around.venues(), PEOPLE_BETWEEN_RUNS);
            int copies = random.nextInt(12) == 0 ? 2 + random.nextInt(2) : 1;
            String answer = copies == 1 ? run(machine, around, step) : atOnce(around, step, copies, oneOf);
            steps++;
            note(step, answer);
            if (calls.isDead() || random.nextInt(10) == 0) {
                machine = process(around, oneOf);
            }
            List<String> wrong = problems(around, false);
            if (!wrong.isEmpty()) {
                return told(wrong);
            }
        }
        return evening(morning, around);
    }

    /** Whatever happened by day, the evening's undisturbed runs bring all to an end. */
    private List<String> evening(Morning morning, Machine.Surroundings around) {
        around.secrets().putAll(around.venues().secrets());
        calls = new Calls(Calls.CALM);
        Machine calm = new Machine(around, calls);
        for (int minutes : new int[] {0, 30, 60}) {
            Instant at = Morning.at(morning.session(), EVENING).plusSeconds(60L * minutes);
            time.advanceTo(at);
            String answer = calm.run(Script.scheduled(at, JobName.RISK_CHECKS));
            note(new Script.Step(at, _ -> {}, Script.scheduled(at, JobName.RISK_CHECKS), false), answer);
        }
        List<String> wrong = problems(around, true);
        return wrong.isEmpty() ? wrong : told(wrong);
    }

    private List<String> problems(Machine.Surroundings around, boolean over) {
        Optional<BrokerBooks> books = around.venues().books(account);
        // Until somebody traded in the account, its books move with our own fills alone.
        return books.isPresent() && !books.get().byHand().isEmpty()
                ? Sound.besidePeople(around.store(), account, sessions, books.get(), around.published(), over)
                : Sound.problems(around.store(), account, sessions, books, over);
    }

    private List<String> told(List<String> wrong) {
        List<String> all = new ArrayList<>(wrong);
        all.add("it went: " + story.subList(Math.max(0, story.size() - 30), story.size()));
        return all;
    }

    private Machine process(Machine.Surroundings around, int oneOf) {
        // A person who finds that the bank wants a login logs in.
        around.secrets().putAll(around.venues().secrets());
        Calls.Plan faults = Faults.random(random.split(), oneOf);
        calls = new Calls((number, call) -> {
            if (call.kind() == Kind.ASK) {
                // They do not wait for a run to end.
                people(around.venues(), PEOPLE_BETWEEN_QUESTIONS);
            }
            return faults.of(number, call);
        });
        return new Machine(around, calls);
    }

    private String run(Machine machine, Machine.Surroundings around, Script.Step step) {
        String answer = machine.run(step.event());
        if (random.nextInt(12) == 0 && !calls.isDead()) {
            // Delivered twice.
            answer += machine.run(step.event());
        }
        return answer;
    }

    private String atOnce(Machine.Surroundings around, Script.Step step, int copies, int oneOf)
            throws InterruptedException {
        List<String> answers = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Calls> own = new ArrayList<>();
        List<Runnable> parties = new ArrayList<>();
        for (int i = 0; i < copies; i++) {
            Calls.Plan plan = Faults.random(random.split(), oneOf);
            Calls counted = new Calls((number, call) -> {
                time.pause();
                return plan.of(number, call);
            });
            own.add(counted);
            Machine machine = new Machine(around.unlocked(), counted);
            JobEvent event = i % 2 == 0 ? step.event() : JobEvent.byHand(step.job());
            parties.add(() -> answers.add(machine.answer(event)));
        }
        time.onTurn(self -> around.venues().calledBy(own.get(self)));
        time.run(parties);
        return answers.toString();
    }

    private void note(Script.Step step, String answer) {
        story.add(step.at() + " " + step.job() + ": "
                + answer.replaceAll("\\s+", " ")
                        .replaceAll("\"statistics\".*", "")
                        .replaceAll(".*\"outcome\"", ""));
    }

    /** The schedules of a session, of which some do not fire. */
    private List<Script.Step> runs(Morning morning) {
        List<Script.Step> steps = new ArrayList<>();
        add(steps, morning, SIGNALS, JobName.SIGNAL_GENERATION, 20);
        add(steps, morning, SIGNALS.plusMinutes(6), JobName.SIGNAL_GENERATION, 2);
        for (LocalTime at = OPEN; !at.isAfter(CLOSE); at = at.plusMinutes(15)) {
            if (at.getMinute() % 30 == 0) {
                add(steps, morning, at, JobName.RISK_CHECKS, 3);
            }
            add(steps, morning, at, JobName.POSITION_MONITORING, 3);
        }
        add(steps, morning, CLOSE.plusMinutes(15), JobName.POSITION_MONITORING, 3);
        return steps;
    }

    /** All but one of {@code times} times. */
    private void add(List<Script.Step> steps, Morning morning, LocalTime wall, JobName job, int times) {
        if (random.nextInt(times) > 0) {
            Instant at = Morning.at(morning.session(), wall);
            steps.add(new Script.Step(at, _ -> {}, Script.scheduled(at, job), false));
        }
    }

    /** Somebody halts trading now and then, and resumes it later. */
    private void person(Store store, Instant at) {
        TradingStateMapper states = new TradingStateMapper(store);
        TradingState standing = states.get(account).state();
        if (standing == TradingState.ACTIVE && random.nextInt(120) == 0) {
            TradingState wanted = random.nextBoolean() ? TradingState.HALTED : TradingState.REDUCING;
            var _ = states.raise(account, wanted, "someone", "a bad feeling", at);
            story.add(at + " " + wanted);
        } else if (standing != TradingState.ACTIVE && random.nextInt(15) == 0) {
            var _ = states.set(account, TradingState.ACTIVE, "someone", "it was nothing", at);
            story.add(at + " resumed");
        }
    }

    /** Where a broker keeps the books, while it takes orders, once in so many times. */
    private void people(Venues venues, int oneOf) {
        if (account.mode() != Mode.DRY_RUN
                && random.nextInt(oneOf) == 0
                && time.now().isBefore(Morning.at(sessions.getLast(), CLOSE))) {
            venues.books(account).ifPresent(books -> byHand(books, venues.kis()));
        }
    }

    /** In the broker's own application somebody buys, sells what is there, whoever bought it, or cancels an order of ours. */
    private void byHand(BrokerBooks books, KisSimulator kis) {
        switch (random.nextInt(3)) {
            case 0 -> {
                List<Listing> listings = market.listings();
                List<String> symbols = new ArrayList<>(books.held().keySet());
                symbols.add(listings.get(random.nextInt(listings.size())).symbol());
                buyByHand(symbols.get(random.nextInt(symbols.size())), kis);
            }
            case 1 -> {
                List<String> symbols = books.held().keySet().stream()
                        .filter(symbol -> kis.sellable(symbol) > 0)
                        .toList();
                if (!symbols.isEmpty()) {
                    String symbol = symbols.get(random.nextInt(symbols.size()));
                    byHand(kis, symbol, false, 1 + random.nextLong(kis.sellable(symbol)));
                }
            }
            default -> {
                List<BrokerBooks.Row> working =
                        books.orders().stream().filter(BrokerBooks.Row::working).toList();
                if (!working.isEmpty()) {
                    String id = working.get(random.nextInt(working.size())).id();
                    boolean cancelled = kis.cancelByHand(id.substring(id.indexOf('-') + 1));
                    story.add(time.now() + " somebody cancels " + id + (cancelled ? "" : ", too late"));
                    byHand++;
                }
            }
        }
    }

    private void buyByHand(String symbol, KisSimulator kis) {
        long quantity = 1 + random.nextInt(40);
        market.at(time.now(), symbol)
                .filter(moment -> !moment.halted() && kis.free() / 2 > quantity * moment.upper())
                .ifPresent(_ -> byHand(kis, symbol, true, quantity));
    }

    /** At the market, or at a limit that most prices do not reach. */
    private void byHand(KisSimulator kis, String symbol, boolean buy, long quantity) {
        Moment moment = market.at(time.now(), symbol).orElseThrow();
        long limit = random.nextBoolean() ? 0 : buy ? moment.lower() : moment.upper();
        String number = kis.byHand(symbol, buy, quantity, limit);
        byHand++;
        story.add("%s somebody %s %d %s at %d: %s"
                .formatted(time.now(), buy ? "buys" : "sells", quantity, symbol, limit, number));
    }

    /** What is held or wanted goes somewhere, in a market that may be thin. */
    private void steer(Store store, Instant at) {
        Set<String> symbols = new TreeSet<>();
        for (Order order : new OrderMapper(store).open(account)) {
            symbols.add(order.instrument().code());
        }
        for (Position position : new PortfolioMapper(store).positions(account)) {
            if (position.isOpen()) {
                symbols.add(position.instrument().code());
            }
        }
        for (String symbol : symbols) {
            if (random.nextInt(4) == 0) {
                long volume = random.nextBoolean() ? 50 + random.nextInt(3_000) : 10_000_000;
                market.steer(symbol, at, 100 + random.nextInt(-24, 27), volume);
            }
        }
    }
}
