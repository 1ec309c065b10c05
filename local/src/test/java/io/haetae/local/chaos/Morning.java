package io.haetae.local.chaos;

import io.haetae.calendar.XkrxCalendar;
import io.haetae.job.Run;
import io.haetae.job.RunListener;
import io.haetae.job.RunRecord;
import io.haetae.job.Slot;
import io.haetae.local.driver.Driver;
import io.haetae.local.home.World;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.local.schedule.Template;
import io.haetae.local.world.Engine;
import io.haetae.local.world.SimulatedWorld;
import io.haetae.local.world.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A session's morning after years of history, lived by the real driver: where trials begin. */
record Morning(GeneratedMarket market, LocalDate session, Snapshot snapshot) {

    private static final AtomicReference<Morning> LIVED = new AtomicReference<>();

    static final Path ROOT = Path.of("").toAbsolutePath().endsWith("local")
            ? Path.of("").toAbsolutePath().resolve("..").normalize()
            : Path.of("").toAbsolutePath();

    /** Of history: as little as scores need. */
    private static final int DAYS = 200;

    private static final List<String> COLLECTING = List.of("datacollection", "indicatorcalculation", "watchlistupdate");

    private static final RunListener QUIET = new RunListener() {
        @Override
        public void started(Run run) {}

        @Override
        public void ended(RunRecord run) {}

        @Override
        public void troubled(Slot slot, String what, RuntimeException cause) {}
    };

    /** The one that all tests of this process begin with, at the time of the first signals. */
    static synchronized Morning lived() throws Exception {
        Morning lived = LIVED.get();
        if (lived == null) {
            lived = of(60, LocalTime.of(8, 45), Files.createTempDirectory("morning"));
            LIVED.set(lived);
        }
        return lived;
    }

    private static Morning of(int symbols, LocalTime until, Path folder) throws Exception {
        return of(symbols, until, 1, folder).getFirst();
    }

    /** The mornings of as many sessions on end, on each of which the data jobs alone have run. */
    static List<Morning> of(int symbols, LocalTime until, int sessions, Path folder) throws Exception {
        GeneratedMarket market = GeneratedMarket.small(1, symbols);
        LocalDate day = GeneratedMarket.DEFAULT_DAY;
        KeptStore store = new KeptStore();
        Files.createDirectories(folder.resolve("locks"));
        List<Morning> mornings = new ArrayList<>();
        try (SimulatedWorld world = new SimulatedWorld(
                new SimulatedWorld.Parts(
                        new World(market.world()),
                        folder,
                        market,
                        1,
                        new Engine(store, "kept", () -> {}),
                        values(Map.of()),
                        ROOT,
                        SimulatedWorld.Ports.ANY,
                        QUIET),
                at(day, LocalTime.MIDNIGHT))) {
            LocalDate last = world.calendar()
                    .previous(world.calendar().previous(day).date())
                    .date();
            var _ = world.backfill().run(last.minusDays(DAYS), last, (_, _) -> {});
            List<Template.Function> collecting = functions(Map.of()).stream()
                    .filter(function -> COLLECTING.stream().anyMatch(function.handler()::contains))
                    .toList();
            Driver driver = new Driver(
                    collecting, world.functions(), world.followUps(), store, world.time(), (_, _, _, _) -> {});
            for (; mornings.size() < sessions; day = day.plusDays(1)) {
                if (world.calendar().session(day).isPresent()) {
                    Instant end = at(day, until);
                    driver.driveUntil(day, end);
                    mornings.add(new Morning(market, day, Snapshot.of(end, store, folder)));
                }
                if (mornings.size() < sessions) {
                    driver.drive(day);
                }
            }
        }
        return mornings;
    }

    static Instant at(LocalDate date, LocalTime wall) {
        return date.atTime(wall).atZone(XkrxCalendar.SEOUL).toInstant();
    }

    Instant at(String wall) {
        return at(session, LocalTime.parse(wall));
    }

    static Values values(Map<String, String> settings) {
        return Values.of(Map.of(), Map.of(), settings, _ -> true);
    }

    /** The template's functions under these settings. */
    static List<Template.Function> functions(Map<String, String> settings) {
        return values(settings).template(ROOT).functions();
    }
}
