package io.haetae.local;

import io.haetae.calendar.XkrxCalendar;
import io.haetae.job.Run;
import io.haetae.job.RunListener;
import io.haetae.job.RunRecord;
import io.haetae.job.Slot;
import io.haetae.local.driver.Driver;
import io.haetae.local.home.World;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.local.report.DayReport;
import io.haetae.local.world.Engine;
import io.haetae.local.world.Life;
import io.haetae.local.world.SimulatedWorld;
import io.haetae.local.world.Values;
import io.haetae.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The days that {@code ./haetae day} lives, over a market of some hundred symbols. */
final class SmallWorld {

    static final long SEED = 1;
    static final int SYMBOLS = 150;
    static final LocalDate DAY = GeneratedMarket.DEFAULT_DAY;

    /** The checkout: tests run in the module's folder. */
    static final Path ROOT = Path.of("").toAbsolutePath().endsWith("local")
            ? Path.of("").toAbsolutePath().resolve("..").normalize()
            : Path.of("").toAbsolutePath();

    /** Held, or the level would be forgotten with the logger. */
    private static final Logger LOG = Logger.getLogger("io.haetae");

    static {
        // Several thousand lines a day say nothing to a test.
        LOG.setLevel(Level.WARNING);
    }

    private static final RunListener QUIET = new RunListener() {
        @Override
        public void started(Run run) {}

        @Override
        public void ended(RunRecord run) {}

        @Override
        public void troubled(Slot slot, String what, RuntimeException cause) {}
    };

    private SmallWorld() {}

    static GeneratedMarket market(long seed) {
        return GeneratedMarket.small(seed, SYMBOLS);
    }

    static Values settings(Map<String, String> given) {
        return Values.of(Map.of(), Map.of(), given, _ -> true);
    }

    /** What one process makes of a folder: venues, clock and functions are new, the store and the folder are what stays. */
    static SimulatedWorld open(GeneratedMarket market, Path folder, Engine engine) {
        return open(market, folder, engine, settings(Map.of()));
    }

    static SimulatedWorld open(GeneratedMarket market, Path folder, Engine engine, Values values) {
        try {
            Files.createDirectories(folder.resolve("locks"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new SimulatedWorld(
                new SimulatedWorld.Parts(
                        new World(market.world()),
                        folder,
                        market,
                        SEED,
                        engine,
                        values,
                        ROOT,
                        SimulatedWorld.Ports.ANY,
                        QUIET),
                DAY.atStartOfDay(XkrxCalendar.SEOUL).toInstant());
    }

    /** As an {@link Engine} whose store outlives the process that used it. */
    static Engine lasting(Store store) {
        return new Engine(
                new Store() {
                    @Override
                    public java.util.Optional<io.haetae.store.Item> get(io.haetae.store.Key key) {
                        return store.get(key);
                    }

                    @Override
                    public java.util.List<io.haetae.store.Item> getAll(java.util.List<io.haetae.store.Key> keys) {
                        return store.getAll(keys);
                    }

                    @Override
                    public java.util.List<io.haetae.store.Item> query(io.haetae.store.Query query) {
                        return store.query(query);
                    }

                    @Override
                    public io.haetae.store.Outcome commit(java.util.List<io.haetae.store.Action> actions) {
                        return store.commit(actions);
                    }

                    @Override
                    public void close() {}
                },
                "lasting",
                () -> {});
    }

    /** Lives the default day in one process. */
    static DayReport live(GeneratedMarket market, Path folder, Engine engine) throws Exception {
        try (SimulatedWorld world = open(market, folder, engine)) {
            return live(world, DAY);
        }
    }

    static DayReport live(SimulatedWorld world, LocalDate day) throws Exception {
        Driver driver = world.driver((_, _, _, _) -> {});
        return new Life(world).live(day, driver, (_, _) -> {});
    }
}
