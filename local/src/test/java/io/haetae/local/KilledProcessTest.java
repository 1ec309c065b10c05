package io.haetae.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.local.world.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real process, killed by the operating system at whatever moment, and started again until the day is over. */
@Tag("chaos")
class KilledProcessTest {

    private static final int KILLS = 10;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aProcessKilledAtAnyMillisecondLosesNothingAndRepeatsNoOrder(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<Long> kills = new ArrayList<>();
        boolean ended = false;
        while (!ended) {
            try (LivingProcess process = LivingProcess.start(folder)) {
                // Time enough to get somewhere, and far too little to get to the end.
                long millis = random.nextLong(1_500, 5_000);
                if (kills.size() < KILLS && process.killedAfter(millis)) {
                    kills.add(millis);
                } else {
                    assertThat(process.awaitEnd())
                            .as("seed %d, killed after %s: %s", seed, kills, Files.readString(folder.resolve("stderr")))
                            .isZero();
                    ended = true;
                }
            }
        }

        JsonNode day = new ObjectMapper().readTree(LivingProcess.document(folder));
        JsonNode undisturbed = new ObjectMapper()
                .readTree(SmallWorld.live(
                                SmallWorld.market(SmallWorld.SEED), folder.resolve("undisturbed"), Engine.memory())
                        .toJson());
        for (String part : List.of("orders", "fills", "positions", "accounts")) {
            assertThat(day.path(part))
                    .as("seed %d, %s, killed after %s", seed, part, kills)
                    .isEqualTo(undisturbed.path(part));
        }
        DayTest.Books.of(day).assertBalanced();
    }
}
