package io.haetae.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.local.world.SimulatedWorld;
import io.haetae.score.Score;
import io.haetae.score.ScoreSheet;
import io.haetae.store.MemoryStore;
import io.haetae.store.ScoreMapper;
import io.haetae.store.StatementMapper;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disclosure service that is down fails its own job and no other; what was known before goes on to feed scores. */
class DayWithoutDisclosuresTest {

    @Test
    void pricesSignalsAndTheWatchlistDoNotWaitForDisclosures(@TempDir Path folder) throws Exception {
        GeneratedMarket market = SmallWorld.market(SmallWorld.SEED);
        MemoryStore store = new MemoryStore();
        JsonNode day;
        try (SimulatedWorld world = SmallWorld.open(market, folder, SmallWorld.lasting(store))) {
            world.disclosures().server().dropNext("/api/", 100_000);
            day = new ObjectMapper()
                    .readTree(SmallWorld.live(world, SmallWorld.DAY).toJson());
        }

        int failed = 0;
        for (JsonNode run : day.path("runs")) {
            if (run.path("job").asText().equals("statement_collection")) {
                assertThat(run.path("outcome").asText()).isEqualTo("FAILED");
                assertThat(run.path("reason").asText())
                        .contains("OpenDART", "shut")
                        .doesNotContain("crtfc_key");
                failed++;
            } else {
                assertThat(run.path("outcome").asText()).as(run.toString()).isIn("DONE", "ALREADY_DONE", "SKIPPED");
            }
        }
        assertThat(failed).isEqualTo(1);
        assertThat(day.path("fills")).isNotEmpty();

        LocalDate yesterday = SmallWorld.DAY.minusDays(1);
        assertThat(new StatementMapper(store).progress().orElseThrow().through())
                .as("read before the day, and nothing since")
                .isEqualTo(yesterday);
        ScoreSheet sheet = new ScoreMapper(store).at(SmallWorld.DAY).orElseThrow();
        assertThat(sheet.scores()).extracting(Score::growth).anyMatch(growth -> growth != null);
        assertThat(sheet.warnings()).singleElement().asString().doesNotContain("growth", "margin", "debt");
    }
}
