package io.haetae.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.config.Secrets;
import io.haetae.functions.datacollection.DataCollectionHandler;
import io.haetae.functions.indicatorcalculation.IndicatorCalculationHandler;
import io.haetae.functions.watchlistupdate.WatchlistUpdateHandler;
import io.haetae.job.Run;
import io.haetae.job.RunListener;
import io.haetae.job.RunRecord;
import io.haetae.job.Slot;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Without the broker's keys a session's rows come the next morning: the evening has nothing to do, and alarms nobody. */
class EveningWithoutKeysTest {

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-01-06T07:00:00Z"));
    private final List<String> ended = new ArrayList<>();
    private final Platform platform = new Platform(
            Map.of(),
            Map.of(),
            new NoSecrets(),
            new MemoryStore(),
            time,
            _ -> {},
            _ -> {},
            new Listener(),
            () -> "owner",
            Optional.empty());

    private static final class NoSecrets implements Secrets {
        @Override
        public Optional<String> get(String name) {
            return Optional.empty();
        }

        @Override
        public void put(String name, String value) {
            throw new IllegalStateException("nothing is kept here");
        }
    }

    private final class Listener implements RunListener {
        @Override
        public void started(Run run) {}

        @Override
        public void ended(RunRecord record) {
            ended.add(record.slot().job().text() + " " + record.outcome() + " " + record.reason());
        }

        @Override
        public void troubled(Slot slot, String what, RuntimeException cause) {}
    }

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
