package io.haetae.local.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Days on which anything may fail, thirty shares, in memory: every invariant holds after every step. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultyDaysTest {

    private static final int SYMBOLS = 30;

    @TempDir
    private Path folder = Path.of("");

    private final Logs logs = new Logs();
    private List<Morning> longest = List.of();

    @BeforeAll
    void quiet() {
        logs.off();
    }

    @AfterAll
    void loud() {
        logs.on();
    }

    @ParameterizedTest
    @EnumSource(names = {"KOREAN_PAPER", "KOREAN_LIVE"})
    void aFewFaultyDaysLeaveTheBooksSoundAfterEveryStep(Scene scene) throws Exception {
        live(scene, 1, 1, 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"KOREAN_PAPER", "KOREAN_LIVE"})
    @Tag("chaos")
    void aThousandFaultyDaysLeaveTheBooksSoundAfterEveryStep(Scene scene) throws Exception {
        live(
                scene,
                Long.getLong("chaos.seed", 1),
                Integer.getInteger("chaos.lives", scene == Scene.KOREAN_PAPER ? 75 : 25),
                10);
    }

    @Test
    @Tag("chaos")
    void aSeedReplaysExactly() throws Exception {
        List<Morning> season = season(3);
        RandomLife one = new RandomLife(Scene.KOREAN_PAPER, season, 7, folder.resolve("one"));
        RandomLife two = new RandomLife(Scene.KOREAN_PAPER, season, 7, folder.resolve("two"));
        assertThat(one.live()).isEqualTo(two.live());

        assertThat(one.stored()).isEqualTo(two.stored());
    }

    /** Of the longest that was asked for. */
    private List<Morning> season(int sessions) throws Exception {
        if (longest.size() < sessions) {
            longest = Morning.of(SYMBOLS, LocalTime.of(8, 44), sessions, folder.resolve("season" + sessions));
        }
        return longest.subList(0, sessions);
    }

    private void live(Scene scene, long first, int lives, int sessions) throws Exception {
        List<Morning> season = season(sessions);
        int steps = 0;
        int byHand = 0;
        for (long seed = first; seed < first + lives; seed++) {
            RandomLife life = new RandomLife(scene, season, seed, folder.resolve(scene + "life" + seed));
            assertThat(life.live()).as("%s, -Dchaos.seed=%d", scene, seed).isEmpty();
            steps += life.steps();
            byHand += life.byHand();
        }
        System.out.printf(
                "%s: %d faulty days, %d steps, %d orders and cancels by hand%n",
                scene, lives * sessions, steps, byHand);
    }
}
