package io.haetae.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.job.JobName;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.local.report.DayReport;
import io.haetae.local.world.SimulatedWorld;
import io.haetae.order.OrderState;
import io.haetae.store.Action;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.MemoryStore;
import io.haetae.store.Outcome;
import io.haetae.store.Query;
import io.haetae.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A day that is killed anywhere and lived on is the day that nothing happened to. One death makes another day: between
 * SENDING and its one POST, where the order is never sent and the next one of its cause is. The fault harness holds that one.
 */
class KilledDayTest {

    private static final GeneratedMarket MARKET = SmallWorld.market(SmallWorld.SEED);

    /** Jobs that no schedule starts, but what another job has stored. */
    private static final Set<String> FOLLOWING =
            Set.of(JobName.INDICATOR_CALCULATION.text(), JobName.WATCHLIST_UPDATE.text());

    /** How many sessions a run of the indicators had to read, and from where on. */
    private static final Pattern WAY = Pattern.compile("; (whole history|from [0-9-]+), \\d+ sessions?");

    private static String undisturbed = "";
    private static int commits;

    @TempDir
    Path folder;

    @BeforeAll
    static void live(@TempDir Path home) throws Exception {
        Mortal store = new Mortal(new MemoryStore(), Integer.MAX_VALUE, false);
        undisturbed = SmallWorld.live(MARKET, home, SmallWorld.lasting(store)).toJson();
        commits = store.count;
    }

    /** The process whose store this is dies with the n-th commit, before it or just after it, but never on the way to a POST. */
    private static final class Mortal implements Store {

        private final Store store;
        private final int fatal;
        private final boolean after;
        private int count;
        private boolean dead;
        private boolean sending;

        Mortal(Store store, int fatal, boolean after) {
            this.store = store;
            this.fatal = fatal;
            this.after = after;
        }

        @Override
        public Optional<Item> get(Key key) {
            live();
            return store.get(key);
        }

        @Override
        public List<Item> getAll(List<Key> keys) {
            live();
            return store.getAll(keys);
        }

        @Override
        public List<Item> query(Query query) {
            live();
            return store.query(query);
        }

        @Override
        public synchronized Outcome commit(List<Action> actions) {
            live();
            count++;
            boolean due = count >= fatal;
            if (due && !after && !sending) {
                die();
            }
            Outcome outcome = store.commit(actions);
            sending = actions.stream().anyMatch(Mortal::sends);
            if (due && !sending) {
                die();
            }
            return outcome;
        }

        private static boolean sends(Action action) {
            return action instanceof Action.Put put
                    && put.item()
                            .findText("state")
                            .filter(OrderState.SENDING.name()::equals)
                            .isPresent()
                    && put.item().key().partition().startsWith("ORDERS#");
        }

        private void die() {
            dead = true;
            throw new Killed();
        }

        private void live() {
            if (dead) {
                throw new Killed();
            }
        }

        @Override
        public void close() {}
    }

    /** An error, so that nothing on the way out takes it for a failure to record. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed", null, false, false);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = 11)
    void dyingBeforeOrAfterSomeCommitsChangesNothing(long seed) throws Exception {
        die(seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {15, 17, 20, 33})
    @Tag("chaos")
    void dyingBeforeOrAfterAnyCommitChangesNothing(long seed) throws Exception {
        die(seed);
    }

    private void die(long seed) throws Exception {
        Random random = new Random(seed);
        Store kept = new MemoryStore();
        List<String> deaths = new ArrayList<>();
        String document = null;
        int survived = 0;
        while (document == null) {
            Mortal store = new Mortal(kept, 1 + random.nextInt(commits / 20), random.nextBoolean());
            try (SimulatedWorld world = SmallWorld.open(MARKET, folder, SmallWorld.lasting(store))) {
                document = SmallWorld.live(world, SmallWorld.DAY).toJson();
            } catch (Killed e) {
                survived += store.count;
                deaths.add((store.after ? "after " : "before ") + survived);
            }
        }

        assertThat(deaths).as("seed %d, %s", seed, deaths).hasSizeGreaterThan(20);
        assertThat(told(document))
                .as("seed %d, died %s of %d commits", seed, deaths, commits)
                .isEqualTo(told(undisturbed));
        assertSound(document);
    }

    @ParameterizedTest
    @ValueSource(longs = 2)
    void aProcessKilledAtAnyMomentIsLivedOnByTheNextOne(long seed) throws Exception {
        Random random = new Random(seed);
        List<Integer> kills = new ArrayList<>();
        boolean ended = false;
        while (!ended) {
            try (LivingProcess process = LivingProcess.start(folder)) {
                int steps = kills.size() < 5 ? 20 + random.nextInt(250) : Integer.MAX_VALUE;
                if (process.awaitSteps(steps)) {
                    process.kill();
                    kills.add(steps);
                } else {
                    assertThat(process.awaitEnd())
                            .as("seed %d, killed after steps %s: %s", seed, kills, stderr())
                            .isZero();
                    ended = true;
                }
            }
        }

        String document = LivingProcess.document(folder);
        assertThat(kills).isNotEmpty();
        // Nobody can aim a kill away from the moment before a POST.
        if (!document.contains(OrderState.NOT_PLACED.name())) {
            assertThat(told(document))
                    .as("seed %d, killed after steps %s", seed, kills)
                    .isEqualTo(told(undisturbed));
        }
        assertSound(document);
    }

    /**
     * The document, in which a run that follows from another one is told to the minute it began in, after those scheduled in
     * that minute. One that is taken up again does not repeat the venue's calls that the dead one stored the answers of, so in
     * virtual time what follows from it begins some seconds sooner, and before runs that have nothing to do with it. Nor is it
     * told from which kept state the indicators were reckoned: one that is taken up goes on from where the dead one had come,
     * and says so.
     */
    private static String told(String document) {
        DayReport day = DayReport.fromJson(document);
        List<DayReport.Run> runs = day.runs().stream()
                .map(run -> FOLLOWING.contains(run.job()) ? following(run) : run)
                .sorted(Comparator.comparing((DayReport.Run run) -> minute(run))
                        .thenComparing(run -> FOLLOWING.contains(run.job())))
                .toList();
        return new DayReport(
                        day.world(),
                        day.from(),
                        day.to(),
                        runs,
                        day.accounts(),
                        day.orders(),
                        day.fills(),
                        day.positions(),
                        day.watchlist(),
                        day.tradingState(),
                        day.notes())
                .toJson();
    }

    private static DayReport.Run following(DayReport.Run run) {
        return new DayReport.Run(
                minute(run).toString(),
                run.job(),
                run.outcome(),
                WAY.matcher(run.reason()).replaceFirst(""),
                run.lines());
    }

    private static Instant minute(DayReport.Run run) {
        return Instant.parse(run.scheduled()).truncatedTo(ChronoUnit.MINUTES);
    }

    private String stderr() throws Exception {
        return Files.readString(folder.resolve("stderr"));
    }

    private static void assertSound(String document) throws Exception {
        var day = new ObjectMapper().readTree(document);
        assertThat(day.path("orders").findValuesAsText("id")).isNotEmpty().doesNotHaveDuplicates();
        assertThat(day.path("fills").findValuesAsText("id")).isNotEmpty().doesNotHaveDuplicates();
        DayTest.Books.of(day).assertBalanced();
    }
}
