package io.haetae.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.functions.datacollection.DataCollectionHandler;
import io.haetae.functions.indicatorcalculation.IndicatorCalculationHandler;
import io.haetae.functions.watchlistupdate.WatchlistUpdateHandler;
import io.haetae.store.MemoryStore;
import io.haetae.time.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Without the broker's keys a session's rows come the next morning: the evening has nothing to do, and alarms nobody. */
class EveningWithoutKeysTest {

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-06T07:00:00Z"));
    private final List<String> ended = new ArrayList<>();
    private final Platform platform = FakePlatform.of(
            Map.of(),
            new MemoryStore(),
            time,
            record -> ended.add(record.slot().job().text() + " " + record.outcome() + " " + record.reason()));

    @Test
    void theThreeEveningRunsAreSkippedUntilTheOfficialRows() throws IOException {
        invoke(new DataCollectionHandler(platform), "data_collection", "2026-01-06T07:00:00Z");
        invoke(new IndicatorCalculationHandler(platform), "indicator_calculation", "2026-01-06T08:00:00Z");
        invoke(new WatchlistUpdateHandler(platform), "watchlist_update", "2026-01-06T09:00:00Z");

        assertThat(ended)
                .containsExactly(
                        "data_collection SKIPPED official rows due 08:10",
                        "indicator_calculation SKIPPED official rows due 08:10",
                        "watchlist_update SKIPPED official rows due 08:10");
    }

    private void invoke(JobHandler handler, String job, String scheduled) throws IOException {
        time.advanceTo(Instant.parse(scheduled));
        String event = "{\"job\":\"%s\",\"scheduledTime\":\"%s\"}".formatted(job, scheduled);
        handler.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), new ByteArrayOutputStream(), null);
    }
}
