package io.haetae.local.chaos;

import io.haetae.store.Action;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Outcome;
import io.haetae.store.Query;
import io.haetae.store.Store;
import io.haetae.store.Table;
import java.util.List;
import java.util.Optional;

/** Prices in a store that all trials share, for no trading job writes them; all else in an engine of the trial's own. */
record TwoStores(Store state, Store market) implements Store {

    /** Saxo's, which the cycle looks up and keeps. */
    private static final String INSTRUMENTS = "SAXO_INSTRUMENTS";

    @Override
    public Optional<Item> get(Key key) {
        return of(key.table(), key.partition()).get(key);
    }

    @Override
    public List<Item> getAll(List<Key> keys) {
        return keys.isEmpty()
                ? List.of()
                : of(keys.getFirst().table(), keys.getFirst().partition()).getAll(keys);
    }

    @Override
    public List<Item> query(Query query) {
        return of(query.table(), query.partition()).query(query);
    }

    @Override
    public Outcome commit(List<Action> actions) {
        for (Action action : actions) {
            if (of(action.key().table(), action.key().partition()) == market) {
                throw new AssertionError("a trading job writes prices: " + actions);
            }
        }
        return state.commit(actions);
    }

    private Store of(Table table, String partition) {
        return table == Table.STATE || partition.equals(INSTRUMENTS) ? state : market;
    }

    @Override
    public void close() {
        state.close();
    }
}
