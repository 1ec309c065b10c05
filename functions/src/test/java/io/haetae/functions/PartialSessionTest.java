package io.haetae.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.functions.indicatorcalculation.IndicatorCalculationHandler;
import io.haetae.functions.watchlistupdate.WatchlistUpdateHandler;
import io.haetae.job.RunRecord;
import io.haetae.market.DailyRow;
import io.haetae.market.KrxMarket;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import io.haetae.store.IndicatorMapper;
import io.haetae.store.MarketDataMapper;
import io.haetae.store.MemoryStore;
import io.haetae.store.ScoreMapper;
import io.haetae.time.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A session that lacks some of its rows, through the functions as they are deployed. */
class PartialSessionTest {

    private static final LocalDate SESSION = LocalDate.of(2026, 1, 6);

    private final MemoryStore store = new MemoryStore();
    private final List<RunRecord> ended = new ArrayList<>();
    private final Platform platform =
            FakePlatform.of(Map.of(), store, new VirtualTime(Instant.parse("2026-01-06T08:10:00Z")), ended::add);

    @Test
    void withThreePerCentMissingBothJobsSaySoAndGoOn() throws IOException {
        put(97, true);

        invoke(new IndicatorCalculationHandler(platform), "indicator_calculation", "2026-01-06T08:00:00Z");
        invoke(new WatchlistUpdateHandler(platform), "watchlist_update", "2026-01-06T08:10:00Z");

        assertThat(ended).extracting(RunRecord::outcome).containsExactly("DONE", "DONE");
        assertThat(ended.getFirst().reason())
                .isEqualTo("97 symbols, 97 bars of 2026-01-06; whole history, 1 session; 97 of 100 rows (97.0 %)");
        assertThat(ended.getLast().lines()).contains("warning: 97 rows, 3 fewer than the session before (97.0 %)");
        assertThat(new ScoreMapper(store).at(SESSION).orElseThrow().scores()).hasSize(97);
    }

    @Test
    void withSixtyPerCentMissingBothJobsRefuseWithTheNumbers() throws IOException {
        put(40, false);

        invoke(new IndicatorCalculationHandler(platform), "indicator_calculation", "2026-01-06T08:00:00Z");
        invoke(new WatchlistUpdateHandler(platform), "watchlist_update", "2026-01-06T08:10:00Z");

        assertThat(ended)
                .extracting(record -> record.outcome() + " " + record.reason())
                .containsExactly(
                        "REFUSED COVERAGE limit=95 % actual=40.0 %: 40 of 100 rows of 2026-01-06",
                        "REFUSED no indicators are stored for 2026-01-06: 40 rows, 60 fewer than the session before (40.0 %)");
        assertThat(new IndicatorMapper(store).at(SESSION)).isEmpty();
        assertThat(new ScoreMapper(store).at(SESSION)).isEmpty();
    }

    private void put(int count, boolean complete) {
        List<DailyRow> rows = IntStream.range(0, count)
                .mapToObj(i -> new DailyRow(
                        "%05d0".formatted(i), "Name", KrxMarket.KOSPI, 100, 110, 90, 100, 0, 1_000, 100_000, 1_000_000))
                .toList();
        new MarketDataMapper(store)
                .put(MarketDay.of(SESSION, PriceSource.PROVISIONAL, rows), 100, complete, Instant.EPOCH);
    }

    private static void invoke(JobHandler handler, String job, String scheduled) throws IOException {
        String event = "{\"job\":\"%s\",\"scheduledTime\":\"%s\"}".formatted(job, scheduled);
        handler.handleRequest(
                new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), new ByteArrayOutputStream(), null);
    }
}
