package io.haetae.watchlist;

import io.haetae.portfolio.Mode;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The port to stored watchlists, one a mode and user. */
public interface Watchlists {

    /** Whose list. */
    record Owner(Mode mode, String user) {}

    /** An entry to store, and the snapshot that goes with it. */
    record Change(WatchlistEntry entry, Optional<WatchlistSnapshot> snapshot) {}

    /** All entries, the inactive too, by symbol. */
    List<WatchlistEntry> entries(Owner owner);

    Optional<WatchlistEntry> entry(Owner owner, String symbol);

    /** Oldest first. */
    List<WatchlistSnapshot> history(Owner owner, String symbol);

    /**
     * Stores each change whose entry still has the version it was read with, with the next version. A snapshot takes the
     * place of an earlier one of its session.
     *
     * @return symbols that somebody else changed meanwhile: nothing was stored for them; read and decide again
     */
    Set<String> save(Owner owner, List<Change> changes);
}
