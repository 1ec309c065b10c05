package io.haetae.local.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.aws.DynamoStore;
import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.functions.datacollection.Backfill;
import io.haetae.krx.KrxClient;
import io.haetae.local.dynamodb.DynamoDbLocalProcess;
import io.haetae.local.home.World;
import io.haetae.local.krx.KrxSimulator;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.local.measure.DynamoMeter.Reading;
import io.haetae.local.store.SqliteStore;
import io.haetae.local.world.Engine;
import io.haetae.local.world.Life;
import io.haetae.local.world.SimulatedWorld;
import io.haetae.local.world.Values;
import io.haetae.market.KrxMarket;
import io.haetae.store.CallQuotaMapper;
import io.haetae.store.GapMapper;
import io.haetae.store.MarketDataMapper;
import io.haetae.store.Store;
import io.haetae.time.SystemTime;
import io.haetae.time.VirtualTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What a session and ten years of the whole market cost, counted on DynamoDB Local and timed on SQLite. Not one of the
 * tests that every build runs: the command stands in docs/performance.md, and the tables it prints too.
 */
class MarketDataCosts {

    private static final long SEED = 1;
    private static final LocalDate FIRST = LocalDate.of(2016, 1, 4);
    private static final LocalDate ONE_YEAR = LocalDate.of(2016, 12, 29);
    private static final LocalDate TEN_YEARS = LocalDate.of(2025, 12, 30);
    private static final Path ROOT = Path.of("").toAbsolutePath().resolve("..").normalize();

    private final TradingCalendar calendar = XkrxCalendar.bundled();
    private final GeneratedMarket market = new GeneratedMarket(SEED);

    /** The second day of a new folder, so that it has all that an ordinary day has. */
    @Test
    void anOrdinaryDayOfTheWholeMarketByJob(@TempDir Path folder) throws Exception {
        DynamoMeter meter = new DynamoMeter();
        ByJob byJob = new ByJob(meter);
        LocalDate first = market.defaultDay();
        LocalDate ordinary = calendar.next(first).date();
        Files.createDirectories(folder.resolve("locks"));
        try (DynamoDbLocalProcess server = dynamoDbLocal();
                SimulatedWorld world = new SimulatedWorld(
                        new SimulatedWorld.Parts(
                                new World(market.world()),
                                folder,
                                market,
                                SEED,
                                new Engine(metered(server, meter), "DynamoDB Local", () -> {}),
                                Values.of(Map.of(), Map.of(), Map.of(), _ -> true),
                                ROOT,
                                SimulatedWorld.Ports.ANY,
                                byJob),
                        first.atStartOfDay(XkrxCalendar.SEOUL).toInstant())) {
            byJob.watch(world::requests);
            Life life = new Life(world);
            life.live(first, world.driver((_, _, _, _) -> {}), (_, _) -> {});
            byJob.forget();
            life.live(ordinary, world.driver((_, _, _, _) -> {}), (_, _) -> {});
        }
        byJob.print(ordinary);
        assertThat(byJob.isEmpty()).isFalse();
    }

    @Test
    void tenYearsOfHistoryOnDynamoDb() throws Exception {
        DynamoMeter meter = new DynamoMeter();
        try (DynamoDbLocalProcess server = dynamoDbLocal();
                Store store = metered(server, meter)) {
            print("| backfill on DynamoDB Local | KRX calls | DynamoDB requests | read units | write units | kB sent |"
                    + " kB received |");
            print("|---|--:|--:|--:|--:|--:|--:|");
            LocalDate afterOneYear = calendar.next(ONE_YEAR).date();
            row(meter, store, "one year, " + sessions(FIRST, ONE_YEAR) + " sessions", FIRST, ONE_YEAR);
            row(meter, store, "one session more, after one year", afterOneYear, afterOneYear);
            LocalDate rest = calendar.next(afterOneYear).date();
            LocalDate last = calendar.previous(TEN_YEARS).date();
            row(meter, store, "to ten years, " + sessions(rest, last) + " sessions more", rest, last);
            row(meter, store, "one session more, after ten years", TEN_YEARS, TEN_YEARS);
        }
    }

    @Test
    void tenYearsOfHistoryOnSqlite(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("haetae.db");
        try (Store store = SqliteStore.open(file)) {
            print("| backfill on SQLite | seconds | ms a session |");
            print("|---|--:|--:|");
            time(store, "one year", FIRST, ONE_YEAR);
            time(store, "to ten years", calendar.next(ONE_YEAR).date(), TEN_YEARS);
        }
        print("File: %,d MB".formatted(Files.size(file) / 1_000_000));
    }

    private void row(DynamoMeter meter, Store store, String what, LocalDate from, LocalDate to) throws Exception {
        Reading before = meter.reading();
        long calls = backfill(store, from, to);
        print("| %s | %,d | %s |"
                .formatted(what, calls, meter.reading().minus(before).cells()));
    }

    private void time(Store store, String what, LocalDate from, LocalDate to) throws Exception {
        long started = System.nanoTime();
        backfill(store, from, to);
        double seconds = (System.nanoTime() - started) / 1e9;
        int sessions = sessions(from, to);
        print(String.format(
                Locale.ROOT, "| %s, %d sessions | %.1f | %.1f |", what, sessions, seconds, seconds * 1000 / sessions));
    }

    /** @return how often the Exchange was called */
    private long backfill(Store store, LocalDate from, LocalDate to) throws Exception {
        VirtualTime time = new VirtualTime(
                TEN_YEARS.plusDays(3).atTime(9, 0).atZone(XkrxCalendar.SEOUL).toInstant());
        try (KrxSimulator krx = new KrxSimulator(
                time,
                new RepeatedMarket(market, calendar, FIRST, TEN_YEARS),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            KrxClient client = new KrxClient(
                    KrxClient.http(),
                    krx.base() + "/svc/apis",
                    KrxSimulator.AUTH_KEY,
                    KrxMarket.MAIN,
                    new CallQuotaMapper(store),
                    time);
            Backfill.Report report = new Backfill(
                            client, new MarketDataMapper(store), new GapMapper(store), calendar, time)
                    .run(from, to, (_, _) -> {});
            assertThat(report.stored()).isEqualTo(sessions(from, to));
            return krx.server().requests();
        }
    }

    private int sessions(LocalDate from, LocalDate to) {
        return calendar.sessionsBetween(from, to).size();
    }

    private static DynamoDbLocalProcess dynamoDbLocal() throws InterruptedException {
        return DynamoDbLocalProcess.start(Path.of("target", "dynamodb-local"), 0, new SystemTime());
    }

    private static Store metered(DynamoDbLocalProcess server, DynamoMeter meter) {
        DynamoDbClient client = server.client(meter);
        Engine.TABLES.createIn(client);
        return new DynamoStore(client, Engine.TABLES, new SystemTime());
    }

    private static void print(String line) {
        System.out.println(line);
    }
}
