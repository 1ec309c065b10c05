package io.haetae.portfolio;

import java.util.List;

/**
 * A book as it stands.
 *
 * @param positions what is held, ours or not, ordered by instrument
 */
public record Account(AccountId id, Cash cash, List<Position> positions) {

    public Account {
        positions = List.copyOf(positions);
    }
}
