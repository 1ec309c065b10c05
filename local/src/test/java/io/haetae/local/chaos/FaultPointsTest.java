package io.haetae.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.local.store.SqliteStore;
import io.haetae.local.world.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every call that leaves a trading job, broken in every way that it can break, then the same run again and the rest of the
 * day: no order is lost, doubled or miscounted. D6, D8, S15.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class FaultPointsTest {

    /** In an ordinary build one point of so many is tried, in memory. */
    private static final int QUICK = 200;

    /** Where a dead process frees its leases at once, and on the slower engines, one of so many. */
    private static final int LOCKED = 8;

    private static final int SQLITE = 20;

    private static final int DYNAMO = 80;

    @TempDir
    private Path folder = Path.of("");

    private final Logs logs = new Logs();

    @BeforeAll
    void quiet() {
        logs.off();
    }

    @AfterAll
    void loud() {
        logs.on();
    }

    @ParameterizedTest
    @EnumSource
    void aFaultAtSomeCallsLosesNothingAndRepeatsNoOrder(Scene scene) throws Exception {
        tryAll(scene, Trials.MEMORY, false, QUICK, "some");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("chaos")
    void aFaultAtAnyCallLosesNothingAndRepeatsNoOrderOnLambda(Scene scene) throws Exception {
        tryAll(scene, Trials.MEMORY, false, 1, "all");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("chaos")
    void aFaultOnOneMachineLosesNothingAndRepeatsNoOrder(Scene scene) throws Exception {
        tryAll(scene, Trials.MEMORY, true, LOCKED, "locked");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("chaos")
    void aFaultOnSqliteLosesNothingAndRepeatsNoOrder(Scene scene) throws Exception {
        Trials.Engine sqlite = (items, home) -> {
            SqliteStore store = SqliteStore.open(home.resolve("haetae.db"));
            KeptStore.fill(store, items);
            return store;
        };
        tryAll(scene, sqlite, true, SQLITE, "sqlite");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("chaos")
    void aFaultOnDynamoDbLosesNothingAndRepeatsNoOrder(Scene scene) throws Exception {
        try (Engine server = Engine.dynamoDb(Morning.ROOT, 0)) {
            Trials.Engine dynamo = (items, home) -> {
                Namespaced own = new Namespaced(server.store(), home.getFileName() + "/");
                KeptStore.fill(own, items);
                return own;
            };
            tryAll(scene, dynamo, false, DYNAMO, "dynamo");
        }
    }

    private void tryAll(Scene scene, Trials.Engine engine, boolean locked, int every, String name) throws Exception {
        Morning morning = Morning.lived();
        Trials trials = scene.trials(morning, engine, locked, folder.resolve(name + scene));
        assertThat(trials.calm(store -> scene.steer(morning, trials.market(), store)))
                .isEmpty();
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        // Another start for each engine: together they try more than each by itself.
        for (int i = name.length() % every; i < trials.points().size(); i += every) {
            tried++;
            List<String> problems = trials.trial(trials.points().get(i));
            if (!problems.isEmpty()) {
                wrong.add("point " + i + ", " + trials.points().get(i) + ": " + problems);
            }
        }
        System.out.printf(
                "%s %s: %d of %d fault points tried, %s%n",
                scene, name, tried, trials.points().size(), trials.counts());
        assertThat(wrong).isEmpty();
        assertThat(trials.counts().entrySet())
                .as("points of %s against the committed figures; fewer means that something is no longer tried", scene)
                .allSatisfy(count -> assertThat(count.getValue())
                        .as(count.getKey())
                        .isGreaterThanOrEqualTo(committed(scene).getOrDefault(count.getKey(), Integer.MAX_VALUE)));
    }

    private static Map<String, Integer> committed(Scene scene) {
        Properties figures = new Properties();
        try (var in = FaultPointsTest.class.getResourceAsStream("fault-points.properties")) {
            figures.load(new java.io.InputStreamReader(java.util.Objects.requireNonNull(in), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Map<String, Integer> committed = new TreeMap<>();
        figures.forEach((name, figure) -> {
            String[] parts = name.toString().split("\\.");
            if (parts[0].equals(scene.name())) {
                committed.put(parts[1], Integer.parseInt(figure.toString()));
            }
        });
        return committed;
    }
}
