package io.haetae.local.cli;

import io.haetae.calendar.XkrxCalendar;
import io.haetae.local.home.World;
import io.haetae.market.Coverage;
import io.haetae.market.Gaps;
import io.haetae.market.MarketData;
import io.haetae.store.GapMapper;
import io.haetae.store.MarketDataMapper;
import io.haetae.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The market data of the world that a command line means, to be read.
 *
 * @param place the store's file
 * @param now where the world's clock stands
 */
record StoredMarket(World world, Path place, Store store, MarketData data, Gaps gaps, Instant now)
        implements AutoCloseable {

    private static final Pattern SYMBOL = Pattern.compile("[0-9A-Z]{6}");

    /** @throws BadInputException when nothing is stored there */
    static StoredMarket open(Surroundings here, Simulation simulation, String command) {
        StoredWorld stored = StoredWorld.toRead(simulation, command);
        MarketData data = new MarketDataMapper(stored.store());
        // A world that has not lived yet stands where its history was fetched.
        Instant now = stored.simulatedNow()
                .or(() -> stored.world().isSimulated()
                        ? data.lastStored().flatMap(data::coverage).map(Coverage::fetchedAt)
                        : Optional.empty())
                .orElseGet(here.time()::now);
        return new StoredMarket(
                stored.world(), stored.place(), stored.store(), data, new GapMapper(stored.store()), now);
    }

    /** @throws BadInputException when the text is no symbol */
    static String symbol(String text) {
        if (!SYMBOL.matcher(text).matches()) {
            throw new BadInputException("'" + text + "' is no symbol: six digits or capital letters, such as 005930");
        }
        return text;
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
