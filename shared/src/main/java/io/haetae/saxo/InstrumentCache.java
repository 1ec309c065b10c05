package io.haetae.saxo;

import java.time.Instant;
import java.util.Optional;

/** Keeps what Saxo said of instruments between runs, because reference data has a budget of its own. */
public interface InstrumentCache {

    record Entry(InstrumentDetails details, Instant fetchedAt) {}

    /** @param name asset type and symbol as configured, {@code Stock:AAPL:xnas} */
    Optional<Entry> get(String name);

    void put(String name, Entry entry);
}
