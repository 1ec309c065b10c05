package io.haetae.indicator;

import java.time.LocalDate;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * The port to the kept states, one a session, ten of them. Each is kept under a checksum of all that it was made of: the chain's
 * value at its session, which depends on every session before. So a state is either of these very inputs or not there.
 */
public interface MarketStates {

    /** States that can be gone on from. */
    int KEPT = 10;

    /**
     * What a search found.
     *
     * @param state the newest one whose inputs still stand, that can be read
     * @param damaged newer ones that should have been there and cannot be read, each with the reason
     */
    record Found(Optional<MarketState> state, List<String> damaged) {
        public Found {
            damaged = List.copyOf(damaged);
        }
    }

    /** @param chain the chain's value at every session, to the newest one wanted */
    Found newest(NavigableMap<LocalDate, String> chain);

    /**
     * Keeps the state of its session in place of an earlier one. Keeping the same again changes nothing, and so does one that is
     * older than all that are kept. Of two that keep a session's state at once one wins whole.
     *
     * @param chain the chain's value at every session, that of the state at least
     */
    void put(MarketState state, NavigableMap<LocalDate, String> chain);
}
