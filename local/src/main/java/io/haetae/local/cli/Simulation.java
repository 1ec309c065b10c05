package io.haetae.local.cli;

import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.config.SettingsReader;
import io.haetae.local.driver.LogListener;
import io.haetae.local.home.Home;
import io.haetae.local.home.World;
import io.haetae.local.market.FileMarket;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.local.market.SimulatedMarket;
import io.haetae.local.schedule.Template;
import io.haetae.local.world.Engine;
import io.haetae.local.world.SimulatedWorld;
import io.haetae.local.world.Values;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;

/** Finds and opens the simulated world that a command line means. */
final class Simulation {

    /** The seed when none is given. */
    static final long DEFAULT_SEED = 1;

    @Mixin
    WorldOptions world = new WorldOptions();

    @Mixin
    SettingOptions settings = new SettingOptions();

    /** Settings from {@code .env} in the working folder, the environment and the flags. */
    Values values() {
        return Values.of(DotEnv.read(Path.of(".env")), System.getenv(), settings.given(), SettingsReader::isOurs);
    }

    static Path root() {
        String root = System.getProperty("haetae.root");
        if (root == null) {
            throw new IllegalStateException("the launcher names the checkout with -Dhaetae.root");
        }
        return Path.of(root);
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
        TradingCalendar calendar = XkrxCalendar.bundled();
        if (calendar.session(day).isEmpty()) {
            throw new BadInputException("%s is not a session of the Korea Exchange: the next one is %s"
                    .formatted(day, calendar.next(day).date()));
        }
        LocalDate first = market.firstSession();
        LocalDate last = market.lastSession();
        if (!day.isAfter(calendar.next(first).date()) || day.isAfter(last)) {
            throw new BadInputException("%s lies outside this market's days: choose one from %s to %s"
                    .formatted(day, calendar.next(calendar.next(first).date()).date(), last));
        }
        return day;
    }

    /** Opens the world at midnight of {@code day} in Korea. */
    SimulatedWorld open(SimulatedMarket market, LocalDate day, Home home, SimulatedWorld.Ports ports, int dynamoDbPort)
            throws InterruptedException {
        World opened = new World(market.world());
        Path folder = home.open(opened);
        Logs.toFile(folder.resolve("haetae.log"));
        Values values = values();
        Engine engine =
                switch (world.store) {
                    case sqlite -> Engine.sqlite(folder);
                    case memory -> Engine.memory();
                    case dynamodb -> Engine.dynamoDb(root(), dynamoDbPort);
                };
        Instant midnight = day.atStartOfDay(XkrxCalendar.SEOUL).toInstant();
        try {
            SimulatedWorld simulated = new SimulatedWorld(
                    new SimulatedWorld.Parts(
                            opened, folder, market, seed(), engine, values, root(), ports, new LogListener()),
                    midnight);
            Logs.level(simulated.settings().logLevel());
            return simulated;
        } catch (RuntimeException e) {
            engine.close();
            throw e;
        }
    }

    /** The template with the settings given. */
    static Template template(Values values) {
        Path file = root().resolve("template.yaml");
        return new Template(file, values.parameters(new Template(file, Map.of()).parameterNames()));
    }
}
