package io.haetae.order;

import io.haetae.store.Action;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Outcome;
import io.haetae.store.Query;
import io.haetae.store.Store;
import java.util.List;
import java.util.Optional;

/** A store in front of another one, with a moment before each read. */
abstract class ForwardingStore implements Store {

    private final Store store;

    ForwardingStore(Store store) {
        this.store = store;
    }

    void beforeRead() {}

    @Override
    public Optional<Item> get(Key key) {
        beforeRead();
        return store.get(key);
    }

    @Override
    public List<Item> getAll(List<Key> keys) {
        beforeRead();
        return store.getAll(keys);
    }

    @Override
    public List<Item> query(Query query) {
        beforeRead();
        return store.query(query);
    }

    @Override
    public Outcome commit(List<Action> actions) {
        return store.commit(actions);
    }

    @Override
    public void close() {}
}
