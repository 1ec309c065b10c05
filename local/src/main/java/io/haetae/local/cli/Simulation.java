package io.haetae.local.cli;

import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.config.SettingTable;
import io.haetae.config.Settings;
import io.haetae.config.SettingsReader;
import io.haetae.local.driver.LogListener;
import io.haetae.local.home.FolderLock;
import io.haetae.local.home.Home;
import io.haetae.local.home.HomeException;
import io.haetae.local.home.World;
import io.haetae.local.market.FileMarket;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.local.market.SimulatedMarket;
import io.haetae.local.world.Engine;
import io.haetae.local.world.SimulatedWorld;
import io.haetae.local.world.Values;
import io.haetae.local.world.VenueWorld;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** Finds and opens the simulated world that a command line means. */
final class Simulation {

    /** The seed when none is given. */
    static final long DEFAULT_SEED = 1;

    private final Surroundings here;

    @Mixin
    WorldOptions world = new WorldOptions();

    @Mixin
    SettingOptions settings = new SettingOptions();

    /**
     * What {@code .env} in the working folder, the environment and the flags say.
     *
     * @param settings of the values, all of them valid
     * @param keys variables in which keys may stand
     */
    record Given(Values values, Settings settings, Map<String, String> keys) {}

    Simulation(Surroundings here) {
        this.here = here;
    }

    /** @throws io.haetae.config.InvalidSettingsException naming every problem */
    Given given() {
        Map<String, String> dotEnv = DotEnv.read(here.workingFolder().resolve(".env"));
        Values values = Values.of(dotEnv, here.environment(), settings.given(), SettingsReader::isOurs);
        Map<String, String> keys = new HashMap<>(dotEnv);
        keys.putAll(here.environment());
        keys.keySet().retainAll(SettingTable.SECRETS.keySet());
        return new Given(values, SettingsReader.read(values.byName(), values.sources()), Map.copyOf(keys));
    }

    /** The settings that hold when no flag is given. */
    Settings configured() {
        Map<String, String> dotEnv = DotEnv.read(here.workingFolder().resolve(".env"));
        Values values = Values.of(dotEnv, here.environment(), Map.of(), SettingsReader::isOurs);
        return SettingsReader.read(values.byName(), values.sources());
    }

    Home home() {
        return world.home(here.environment());
    }

    /** The venues' world as it is kept in {@code folder}. */
    VenueWorld venues(Given given, World venues, Path folder) {
        return new VenueWorld(
                venues,
                folder,
                Engine.sqlite(folder),
                given.values(),
                given.keys(),
                here.root(),
                here.time(),
                new LogListener());
    }

    SimulatedMarket market() {
        world.check();
        return world.data.isEmpty() ? new GeneratedMarket(seed()) : new FileMarket(world.data);
    }

    private long seed() {
        return Optional.ofNullable(world.seed).orElse(DEFAULT_SEED);
    }

    /** The market's default day, or the one asked for when it can be lived. */
    LocalDate day(SimulatedMarket market, Optional<LocalDate> asked) {
        LocalDate day = asked.orElse(market.defaultDay());
        TradingCalendar calendar = given().settings().calendars().xkrx();
        if (calendar.session(day).isEmpty()) {
            throw new BadInputException("%s is not a session of the Korea Exchange: the next one is %s"
                    .formatted(day, calendar.next(day).date()));
        }
        LocalDate first =
                calendar.next(calendar.next(market.firstSession()).date()).date();
        LocalDate last = market.lastSession();
        if (first.isAfter(last)) {
            throw new BadInputException(
                    "there are prices from %s to %s only: a day needs those of two sessions before it"
                            .formatted(market.firstSession(), last));
        }
        if (day.isBefore(first) || day.isAfter(last)) {
            throw new BadInputException(
                    "%s lies outside this market's days: choose one from %s to %s".formatted(day, first, last));
        }
        return day;
    }

    /** Opens the world at midnight of {@code day} in Korea. */
    SimulatedWorld open(SimulatedMarket market, LocalDate day, Home home, SimulatedWorld.Ports ports, int dynamoDbPort)
            throws InterruptedException {
        Given given = given();
        World opened = new World(market.world());
        Path folder = home.open(opened);
        // One clock and one set of venues a world: a second process would move them under the first one's feet.
        FolderLock only = FolderLock.tryLock(folder.resolve("world.lock"))
                .orElseThrow(() -> new HomeException("another command is at work in " + folder
                        + ": wait until it has ended, or name another folder with --home DIR"));
        Engine engine;
        try {
            Logs.toFile(folder.resolve("haetae.log"));
            Logs.level(given.settings().logLevel());
            engine = engine(folder, dynamoDbPort).beside(only::close);
        } catch (RuntimeException | InterruptedException e) {
            only.close();
            throw e;
        }
        Instant midnight = day.atStartOfDay(XkrxCalendar.SEOUL).toInstant();
        try {
            Capital.check(engine.store(), given.settings());
            return new SimulatedWorld(
                    new SimulatedWorld.Parts(
                            opened,
                            // The venues' own state lives as long as the store: a broker must not remember what the
                            // books have forgotten.
                            world.store == WorldOptions.StoreKind.sqlite ? folder : Home.passing(folder),
                            market,
                            seed(),
                            engine,
                            given.values(),
                            here.root(),
                            ports,
                            new LogListener()),
                    midnight);
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    private Engine engine(Path folder, int dynamoDbPort) throws InterruptedException {
        return switch (world.store) {
            case sqlite -> Engine.sqlite(folder);
            case memory -> Engine.memory();
            case dynamodb -> Engine.dynamoDb(root(), dynamoDbPort);
        };
    }

    Path root() {
        return here.root();
    }
}
