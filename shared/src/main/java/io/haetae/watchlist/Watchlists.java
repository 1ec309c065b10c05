package io.haetae.watchlist;

import io.haetae.event.DomainEvent;
import io.haetae.portfolio.Mode;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The port to stored watchlists, one a mode and user. */
public interface Watchlists {

    /** Whose list. */
    record Owner(Mode mode, String user) {}

    /** An entry to store, the snapshot that goes with it, and what happened by it. */
    record Change(WatchlistEntry entry, Optional<WatchlistSnapshot> snapshot, List<DomainEvent> events) {
        public Change {
            events = List.copyOf(events);
        }

        static Change of(WatchlistEntry entry) {
            return new Change(entry, Optional.empty(), List.of());
        }
    }

    /**
     * A list as far as it can be read.
     *
     * @param entries the inactive too, by symbol
     * @param damaged entries that are not what was stored, by symbol, each with what is wrong; nothing is to take their place
     */
    record Listing(List<WatchlistEntry> entries, SortedMap<String, String> damaged) {
        public Listing {
            entries = List.copyOf(entries);
            damaged = Collections.unmodifiableSortedMap(new TreeMap<>(damaged));
        }

        /** A sentence for each damaged entry. */
        public List<String> warnings() {
            return damaged.entrySet().stream()
                    .map(one -> "%s cannot be read and is left as it is: %s".formatted(one.getKey(), one.getValue()))
                    .toList();
        }
    }

    Listing listing(Owner owner);

    Optional<WatchlistEntry> entry(Owner owner, String symbol);

    /** From that session on, oldest first. */
    List<WatchlistSnapshot> history(Owner owner, String symbol, LocalDate from);

    /** All of it, oldest first. */
    default List<WatchlistSnapshot> history(Owner owner, String symbol) {
        return history(owner, symbol, LocalDate.EPOCH);
    }

    /**
     * Stores each change whose entry still has the version it was read with, with the next version. A snapshot takes the
     * place of an earlier one of its session. An entry, its snapshot and its events are stored together or not at all.
     *
     * @return symbols that somebody else changed meanwhile: nothing was stored for them; read and decide again
     */
    Set<String> save(Owner owner, List<Change> changes);

    /**
     * Deletes the entry, if it still has the version it was read with, and its history. Stopped halfway, the rest of the
     * history is deleted when it is called again.
     *
     * @return false when somebody else changed it meanwhile: nothing was deleted; read and decide again
     */
    boolean erase(Owner owner, WatchlistEntry entry);

    /**
     * Deletes an entry that cannot be read, if it still is as it was when this looked, and its history.
     *
     * @return false when there is none such, or somebody else changed it meanwhile: nothing was deleted
     */
    boolean eraseDamaged(Owner owner, String symbol);

    /**
     * Deletes what history there is of a symbol that is not on the list, active or not.
     *
     * @return whether there was any
     */
    boolean eraseHistory(Owner owner, String symbol);
}
