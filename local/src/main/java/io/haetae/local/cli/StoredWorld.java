package io.haetae.local.cli;

import io.haetae.local.driver.Driver;
import io.haetae.local.home.World;
import io.haetae.local.store.SqliteStore;
import io.haetae.local.world.VenueWorld;
import io.haetae.local.world.WorldMark;
import io.haetae.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The kept items of the world that a command line means. Another command may be at work in it: every change is one
 * conditional transaction.
 *
 * @param place the store's file
 */
record StoredWorld(World world, Path place, Store store) implements AutoCloseable {

    /**
     * The world named by {@code --seed} or {@code --data}, else the one opened last.
     *
     * @throws BadInputException when nothing is stored there
     */
    static StoredWorld toRead(Simulation simulation, String command) {
        needKept(simulation, command + " tells what is kept: leave --store out");
        World world = simulation.world.isSimulated()
                ? new World(simulation.market().world())
                : simulation
                        .home()
                        .lastOpened()
                        .orElseGet(() -> VenueWorld.of(simulation.given().settings()));
        return existing(simulation, world);
    }

    /**
     * The world named by {@code --seed} or {@code --data}, else that of the real venues, whichever was opened last: what
     * a person says of money must not land in a simulation by chance. The venues' world is made when it is not there, so
     * that trading can be halted before it was ever started.
     *
     * @throws BadInputException when a simulated world has not lived yet
     */
    static StoredWorld toCommand(Simulation simulation) {
        needKept(simulation, "what is said of trading is kept: leave --store out");
        if (simulation.world.isSimulated()) {
            return existing(simulation, new World(simulation.market().world()));
        }
        World venues = VenueWorld.of(simulation.given().settings());
        return opened(venues, simulation.home().folder(venues).resolve("haetae.db"));
    }

    private static void needKept(Simulation simulation, String otherwise) {
        if (simulation.world.store != WorldOptions.StoreKind.sqlite) {
            throw new BadInputException(otherwise);
        }
    }

    private static StoredWorld existing(Simulation simulation, World world) {
        Path file = simulation.home().folder(world).resolve("haetae.db");
        if (!Files.exists(file)) {
            throw new BadInputException(
                    "nothing is stored of the world %s in %s: ./haetae day or ./haetae backfill fill it"
                            .formatted(world.id(), file.getParent()));
        }
        return opened(world, file);
    }

    private static StoredWorld opened(World world, Path file) {
        Store store = SqliteStore.open(file);
        try {
            WorldMark.check(store, world);
            return new StoredWorld(world, file, store);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** Where the world's clock stands: a simulated one's where its life has come. */
    Instant now(Surroundings here) {
        return simulatedNow().orElseGet(here.time()::now);
    }

    /** Empty for the venues' world, and for a simulated one that has not lived yet. */
    Optional<Instant> simulatedNow() {
        return world.isSimulated() ? Driver.clock(store) : Optional.empty();
    }

    @Override
    public void close() {
        store.close();
    }
}
