package io.haetae.local.cli;

import io.haetae.calendar.XkrxCalendar;
import io.haetae.local.driver.Driver;
import io.haetae.local.home.World;
import io.haetae.local.store.SqliteStore;
import io.haetae.local.world.VenueWorld;
import io.haetae.local.world.WorldMark;
import io.haetae.market.Coverage;
import io.haetae.market.Gaps;
import io.haetae.market.MarketData;
import io.haetae.store.GapMapper;
import io.haetae.store.MarketDataMapper;
import io.haetae.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The market data of the world that a command line means, to be read.
 *
 * @param place the store's file
 * @param now where the world's clock stands
 */
record StoredMarket(World world, Path place, Store store, MarketData data, Gaps gaps, Instant now)
        implements AutoCloseable {

    /** @throws BadInputException when nothing is stored there */
    static StoredMarket open(Surroundings here, Simulation simulation, String command) {
        if (simulation.world.store != WorldOptions.StoreKind.sqlite) {
            throw new BadInputException(command + " tells what is kept: leave --store out");
        }
        World world = simulation.world.isSimulated()
                ? new World(simulation.market().world())
                : simulation
                        .home()
                        .lastOpened()
                        .orElseGet(() -> VenueWorld.of(simulation.given().settings()));
        Path file = simulation.home().folder(world).resolve("haetae.db");
        if (!Files.exists(file)) {
            throw new BadInputException(
                    "nothing is stored of the world %s in %s: ./haetae day or ./haetae backfill fill it"
                            .formatted(world.id(), file.getParent()));
        }
        Store store = SqliteStore.open(file);
        try {
            WorldMark.check(store, world);
            MarketData data = new MarketDataMapper(store);
            Instant now = world.isSimulated()
                    ? simulatedNow(store, data).orElseGet(here.time()::now)
                    : here.time().now();
            return new StoredMarket(world, file, store, data, new GapMapper(store), now);
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** A world that has not lived yet stands where its history was fetched. */
    private static Optional<Instant> simulatedNow(Store store, MarketData data) {
        return Driver.clock(store)
                .or(() -> data.lastStored().flatMap(data::coverage).map(Coverage::fetchedAt));
    }

    LocalDate today() {
        return LocalDate.ofInstant(now, XkrxCalendar.SEOUL);
    }

    /** @throws BadInputException when no session is stored */
    LocalDate first() {
        return data.firstStored().orElseThrow(this::empty);
    }

    /** @throws BadInputException when no session is stored */
    LocalDate last() {
        return data.lastStored().orElseThrow(this::empty);
    }

    private BadInputException empty() {
        return new BadInputException("no session is stored in " + place + ": ./haetae backfill --years 1 fetches some");
    }

    @Override
    public void close() {
        store.close();
    }
}
