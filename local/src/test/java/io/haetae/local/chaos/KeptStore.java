package io.haetae.local.chaos;

import io.haetae.store.Action;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.MemoryStore;
import io.haetae.store.Outcome;
import io.haetae.store.Query;
import io.haetae.store.Store;
import io.haetae.store.Table;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A store in memory that can tell all it holds. */
final class KeptStore implements Store {

    private static final int BATCH = 50;

    private final MemoryStore store = new MemoryStore();
    private final Set<Key> written = new LinkedHashSet<>();

    /** With these items in it. */
    static KeptStore of(List<Item> items) {
        KeptStore kept = new KeptStore();
        fill(kept, items);
        return kept;
    }

    /** Puts the items into any engine. */
    static void fill(Store store, List<Item> items) {
        for (int from = 0; from < items.size(); from += BATCH) {
            List<Action> puts = items.subList(from, Math.min(items.size(), from + BATCH)).stream()
                    .map(Action::put)
                    .toList();
            Outcome _ = store.commit(puts);
        }
    }

    /** All of the table. */
    synchronized List<Item> items(Table table) {
        return store.getAll(written.stream().filter(key -> key.table() == table).toList());
    }

    synchronized List<Item> items() {
        return store.getAll(List.copyOf(written));
    }

    @Override
    public Optional<Item> get(Key key) {
        return store.get(key);
    }

    @Override
    public List<Item> getAll(List<Key> keys) {
        return store.getAll(keys);
    }

    @Override
    public List<Item> query(Query query) {
        return store.query(query);
    }

    @Override
    public synchronized Outcome commit(List<Action> actions) {
        Outcome outcome = store.commit(actions);
        if (outcome instanceof Outcome.Committed) {
            for (Action action : actions) {
                switch (action) {
                    case Action.Put(Item item, var _) -> written.add(item.key());
                    case Action.AddUpTo add -> written.add(add.key());
                    case Action.Delete(Key key, var _) -> written.remove(key);
                    case Action.Check _ -> {}
                }
            }
        }
        return outcome;
    }

    @Override
    public void close() {}
}
