package io.haetae.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.local.home.HomeException;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.local.report.DayReport;
import io.haetae.local.schedule.Template;
import io.haetae.local.world.Engine;
import io.haetae.local.world.Life;
import io.haetae.local.world.SimulatedWorld;
import io.haetae.store.MemoryStore;
import io.haetae.store.Store;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./haetae day}, whole: real servers, real functions, real stores, a smaller market. */
class DayTest {

    private static final GeneratedMarket MARKET = SmallWorld.market(SmallWorld.SEED);
    private static final ZoneId KOREA = ZoneId.of("Asia/Seoul");

    private static Store lived = new MemoryStore();
    private static Path home = Path.of("");
    private static String document = "";
    private static JsonNode day = new ObjectMapper().createObjectNode();

    @TempDir
    Path folder;

    @BeforeAll
    static void live(@TempDir Path shared) throws Exception {
        home = shared;
        document = SmallWorld.live(MARKET, home, SmallWorld.lasting(lived)).toJson();
        day = new ObjectMapper().readTree(document);
    }

    @Test
    void everySlotOfTheScheduleRanOnceAndNothingFailed() {
        List<String> due = new ArrayList<>();
        for (Template.Function function :
                new Template(SmallWorld.ROOT.resolve("template.yaml"), Map.of()).functions()) {
            for (Template.Schedule schedule : function.schedules()) {
                String job = schedule.input().replaceAll("(?s).*\"job\"\\s*:\\s*\"([a-z_]+)\".*", "$1");
                for (Instant at : schedule.expression().between(midnight(0), midnight(1))) {
                    due.add(at + " " + job);
                }
            }
        }
        List<String> ran = new ArrayList<>();
        List<String> derived = new ArrayList<>();
        for (JsonNode run : day.path("runs")) {
            String slot = run.path("scheduled").asText() + " " + run.path("job").asText();
            (due.contains(slot) ? ran : derived).add(slot);
            assertThat(run.path("outcome").asText()).as(run.toString()).isIn("DONE", "ALREADY_DONE", "SKIPPED");
        }

        assertThat(due).hasSizeGreaterThan(500).doesNotHaveDuplicates();
        assertThat(ran).containsExactlyInAnyOrderElementsOf(due);
        // What new rows made due: once in the morning, once in the evening.
        assertThat(derived)
                .extracting(slot -> slot.substring(slot.indexOf(' ') + 1))
                .containsExactly(
                        "indicator_calculation", "watchlist_update", "indicator_calculation", "watchlist_update");
    }

    @Test
    void positionsAreMonitored27TimesInMarketHoursAndNotOutsideThem() {
        List<String> done = new ArrayList<>();
        for (JsonNode run : day.path("runs")) {
            if (run.path("job").asText().equals("position_monitoring")
                    && run.path("outcome").asText().equals("DONE")) {
                done.add(run.path("scheduled").asText());
            }
        }

        assertThat(done).hasSize(27).startsWith("2026-03-18T00:00:00Z").endsWith("2026-03-18T06:30:00Z");
    }

    @Test
    void entriesFillOnTheFirstDay() {
        assertThat(day.path("fills").findValuesAsText("side")).contains("BUY");
        assertThat(day.path("orders").findValuesAsText("state")).contains("FILLED");
    }

    @Test
    void cashAndPositionsAreTheSumsOfTheFills() {
        Books.of(day).assertBalanced();
    }

    @Test
    void noOrderIsThereTwice() {
        assertThat(day.path("orders").findValuesAsText("id")).isNotEmpty().doesNotHaveDuplicates();
        assertThat(day.path("fills").findValuesAsText("id")).doesNotHaveDuplicates();
    }

    @Test
    void theSameSeedIsTheSameDayOnDynamoDb() throws Exception {
        assertThat(SmallWorld.live(MARKET, folder, Engine.dynamoDb(SmallWorld.ROOT, 0))
                        .toJson())
                .isEqualTo(document);
    }

    @Test
    void anotherSeedIsAnotherDay() throws Exception {
        DayReport other = SmallWorld.live(SmallWorld.market(8), folder, Engine.memory());

        assertThat(other.watchlist()).isNotEqualTo(DayReport.fromJson(document).watchlist());
        Books.of(new ObjectMapper().readTree(other.toJson())).assertBalanced();
    }

    @Test
    void theMachinesZoneAndLanguageChangeNothing() throws Exception {
        try (LivingProcess process = LivingProcess.start(
                folder,
                "-Duser.timezone=America/New_York",
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Dfile.encoding=ISO-8859-9")) {
            assertThat(process.awaitEnd()).isZero();
        }

        assertThat(LivingProcess.document(folder)).isEqualTo(document);
    }

    @Test
    void aFolderThatHoldsTheDayTellsItAgainAndRunsNothing() {
        Store watched = new Untouchable(lived);
        try (SimulatedWorld world = SmallWorld.open(MARKET, home, SmallWorld.lasting(watched))) {
            assertThat(new Life(world).told(SmallWorld.DAY).orElseThrow().toJson())
                    .isEqualTo(document);
            assertThatThrownBy(() -> SmallWorld.live(world, SmallWorld.DAY))
                    .isInstanceOf(HomeException.class)
                    .hasMessageContaining("has lived from 2026-03-18 to 2026-03-18");
        }
    }

    @Test
    void aFolderOfAnotherWorldIsRefused() {
        assertThatThrownBy(() -> SmallWorld.open(SmallWorld.market(2), home, SmallWorld.lasting(lived)))
                .isInstanceOf(HomeException.class)
                .hasMessageContaining("simulated:1:150, not simulated:2:150");
    }

    @Test
    void twoDaysInOneProcessInMemoryAreTheTwoDaysOfTwoProcessesOnSqlite() throws Exception {
        LocalDate next = SmallWorld.DAY.plusDays(1);
        List<String> together = new ArrayList<>();
        try (SimulatedWorld world =
                SmallWorld.open(SmallWorld.market(SmallWorld.SEED), folder.resolve("one"), Engine.memory())) {
            together.add(SmallWorld.live(world, SmallWorld.DAY).toJson());
            together.add(SmallWorld.live(world, next).toJson());
        }
        List<String> apart = new ArrayList<>();
        Path two = Files.createDirectories(folder.resolve("two"));
        for (LocalDate each : List.of(SmallWorld.DAY, next)) {
            try (SimulatedWorld world = SmallWorld.open(MARKET, two, Engine.sqlite(two))) {
                apart.add(SmallWorld.live(world, each).toJson());
            }
        }

        assertThat(together).first().isEqualTo(document);
        assertThat(apart).isEqualTo(together);
        JsonNode last = new ObjectMapper().readTree(together.getLast());
        Books.of(last).assertBalanced();
        assertThat(last.path("orders").findValuesAsText("id")).doesNotHaveDuplicates();
    }

    private static Instant midnight(int daysLater) {
        return SmallWorld.DAY.plusDays(daysLater).atStartOfDay(KOREA).toInstant();
    }

    /** Cash and positions as a document's own fills make them. */
    record Books(JsonNode document, Map<String, BigDecimal> cash, Map<String, BigDecimal> positions) {

        static Books of(JsonNode document) {
            Map<String, BigDecimal> cash = new TreeMap<>();
            Map<String, BigDecimal> positions = new TreeMap<>();
            for (JsonNode account : document.path("accounts")) {
                cash.put(account.path("id").asText(), amount(account, "initialCapital"));
            }
            for (JsonNode fill : document.path("fills")) {
                boolean buy = fill.path("side").asText().equals("BUY");
                BigDecimal quantity = amount(fill, "quantity");
                BigDecimal notional = quantity.multiply(amount(fill, "price"));
                String account = fill.path("account").asText();
                BigDecimal moved = (buy ? notional.negate() : notional)
                        .subtract(amount(fill, "commission"))
                        .subtract(amount(fill, "tax"));
                cash.merge(account, moved, BigDecimal::add);
                positions.merge(
                        account + " " + fill.path("symbol").asText(),
                        buy ? quantity : quantity.negate(),
                        BigDecimal::add);
            }
            positions.values().removeIf(quantity -> quantity.signum() == 0);
            return new Books(document, cash, positions);
        }

        void assertBalanced() {
            assertThat(document.path("accounts")).hasSize(2);
            for (JsonNode account : document.path("accounts")) {
                String id = account.path("id").asText();
                assertThat(amount(account, "cash")).as(id).isEqualByComparingTo(cash.getOrDefault(id, BigDecimal.ZERO));
                BigDecimal equity = amount(account, "cash");
                for (JsonNode position : document.path("positions")) {
                    if (position.path("account").asText().equals(id)) {
                        equity = equity.add(amount(position, "quantity").multiply(amount(position, "price")));
                    }
                }
                assertThat(amount(account, "equity")).as(id).isEqualByComparingTo(equity);
            }
            Map<String, BigDecimal> told = new TreeMap<>();
            for (JsonNode position : document.path("positions")) {
                told.put(
                        position.path("account").asText() + " "
                                + position.path("symbol").asText(),
                        amount(position, "quantity"));
            }
            assertThat(told)
                    .usingComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                    .isEqualTo(positions);
        }

        private static BigDecimal amount(JsonNode node, String field) {
            return new BigDecimal(node.path(field).asText());
        }
    }

    /** Lets nobody write. */
    private record Untouchable(Store store) implements Store {
        @Override
        public java.util.Optional<io.haetae.store.Item> get(io.haetae.store.Key key) {
            return store.get(key);
        }

        @Override
        public List<io.haetae.store.Item> getAll(List<io.haetae.store.Key> keys) {
            return store.getAll(keys);
        }

        @Override
        public List<io.haetae.store.Item> query(io.haetae.store.Query query) {
            return store.query(query);
        }

        @Override
        public io.haetae.store.Outcome commit(List<io.haetae.store.Action> actions) {
            throw new AssertionError("written: " + actions);
        }

        @Override
        public void close() {}
    }
}
