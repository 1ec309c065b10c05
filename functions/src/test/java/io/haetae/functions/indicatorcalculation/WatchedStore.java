package io.haetae.functions.indicatorcalculation;

import io.haetae.store.Action;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Outcome;
import io.haetae.store.Query;
import io.haetae.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** In front of another store: notes which sessions' rows are read, and has a moment before each commit. */
final class WatchedStore implements Store {

    /** Stands for the process that ended. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final String ROWS = "rows/";

    private final Store store;
    private final SortedSet<String> rowsRead = new TreeSet<>();
    private Consumer<Key> beforeCommit = _ -> {};

    WatchedStore(Store store) {
        this.store = store;
    }

    /** Dies before one of its commits, counted from 0. */
    static WatchedStore stopping(Store store, int commits) {
        WatchedStore watched = new WatchedStore(store);
        int[] left = {commits};
        watched.beforeCommit = _ -> {
            if (left[0]-- == 0) {
                throw new Stopped();
            }
        };
        return watched;
    }

    /** Does something else, once, before the first commit of the item. */
    void before(Key first, Runnable other) {
        boolean[] done = {false};
        beforeCommit = key -> {
            if (key.equals(first) && !done[0]) {
                done[0] = true;
                other.run();
            }
        };
    }

    /** The sessions whose rows were read since this was asked last. */
    SortedSet<String> rowsRead() {
        SortedSet<String> read = new TreeSet<>(rowsRead);
        rowsRead.clear();
        return read;
    }

    @Override
    public Optional<Item> get(Key key) {
        return getAll(List.of(key)).stream().findFirst();
    }

    @Override
    public List<Item> getAll(List<Key> keys) {
        keys.stream()
                .filter(key -> key.partition().startsWith(ROWS))
                .forEach(key -> rowsRead.add(key.partition().substring(ROWS.length())));
        return store.getAll(keys);
    }

    @Override
    public List<Item> query(Query query) {
        return store.query(query);
    }

    @Override
    public Outcome commit(List<Action> actions) {
        actions.forEach(action -> beforeCommit.accept(action.key()));
        return store.commit(actions);
    }

    @Override
    public void close() {}
}
