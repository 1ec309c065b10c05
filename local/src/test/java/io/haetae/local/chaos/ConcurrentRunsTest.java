package io.haetae.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several runs at once, on Lambda, where nothing but the leases in the store keeps them apart; the seed decides in which
 * order their calls come. Between them they do what one would have done.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConcurrentRunsTest {

    @TempDir
    private Path folder = Path.of("");

    private final Logs logs = new Logs();

    /** Days without a fault, lived once. */
    private final Map<Scene, Trials> calm = new EnumMap<>(Scene.class);

    @BeforeAll
    void quiet() {
        logs.off();
    }

    @AfterAll
    void loud() {
        logs.on();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 16})
    void runsOfOneSlotDoItsWorkOnce(int runs) throws Exception {
        slots(runs, runs == 2 ? 2 : 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 16})
    @Tag("chaos")
    void runsOfOneSlotDoItsWorkOnceInAnyInterleaving(int runs) throws Exception {
        slots(runs, runs == 2 ? 120 : 30);
    }

    private void slots(int runs, int seeds) throws Exception {
        for (Scene scene : Scene.values()) {
            Trials trials = calm(scene);
            for (long seed = 1; seed <= seeds; seed++) {
                int step = Math.floorMod((int) seed, trials.steps());
                List<JobEvent> events =
                        Collections.nCopies(runs, trials.step(step).event());
                assertThat(trials.together(step, events, seed, Calls.CALM))
                        .as("%s, step %d, %d runs, seed %d", scene, step, runs, seed)
                        .isEmpty();
            }
        }
    }

    /** Two consoles at once, while the schedules fire. */
    @ParameterizedTest
    @ValueSource(ints = 3)
    void twoConsolesAndTheSchedulesTogetherRepeatNoOrder(int seeds) throws Exception {
        consoles(seeds, false);
    }

    @ParameterizedTest
    @ValueSource(ints = 200)
    @Tag("chaos")
    void twoConsolesAndTheSchedulesTogetherRepeatNoOrderWhateverFails(int seeds) throws Exception {
        consoles(seeds, true);
    }

    private void consoles(int seeds, boolean failing) throws Exception {
        Trials trials = calm(Scene.KOREAN_PAPER);
        for (long seed = 1; seed <= seeds; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int step = 1 + random.nextInt(5);
            List<JobEvent> events = new ArrayList<>(List.of(trials.step(step).event()));
            for (JobName job : List.of(JobName.POSITION_MONITORING, JobName.RISK_CHECKS, JobName.SIGNAL_GENERATION)) {
                events.add(JobEvent.byHand(job));
                events.add(JobEvent.byHand(job));
            }
            Calls.Plan plan = failing ? Faults.random(random.split(), 60) : Calls.CALM;
            assertThat(trials.together(step, events, seed, plan))
                    .as("step %d, seed %d", step, seed)
                    .isEmpty();
        }
    }

    private Trials calm(Scene scene) throws Exception {
        Trials lived = calm.get(scene);
        if (lived != null) {
            return lived;
        }
        Morning morning = Morning.lived();
        Trials trials = scene.trials(morning, Trials.MEMORY, false, folder.resolve(scene.name()));
        assertThat(trials.calm(store -> scene.steer(morning, trials.market(), store)))
                .isEmpty();
        calm.put(scene, trials);
        return trials;
    }
}
