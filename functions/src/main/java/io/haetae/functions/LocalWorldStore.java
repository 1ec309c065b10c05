package io.haetae.functions;

import io.haetae.store.Action;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Outcome;
import io.haetae.store.Query;
import io.haetae.store.Store;
import io.haetae.store.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A store on this machine: when it does not answer, the one thing to say is how to start it. */
final class LocalWorldStore implements Store {

    private final Store store;

    LocalWorldStore(Store store) {
        this.store = store;
    }

    @Override
    public Optional<Item> get(Key key) {
        return answered(() -> store.get(key));
    }

    @Override
    public List<Item> getAll(List<Key> keys) {
        return answered(() -> store.getAll(keys));
    }

    @Override
    public List<Item> query(Query query) {
        return answered(() -> store.query(query));
    }

    @Override
    public Outcome commit(List<Action> actions) {
        return answered(() -> store.commit(actions));
    }

    @Override
    public void close() {
        store.close();
    }

    private static <T> T answered(Supplier<T> call) {
        try {
            return call.get();
        } catch (StoreUnavailableException e) {
            throw new NoLocalWorldException("the tables on this machine do not answer", e);
        }
    }
}
