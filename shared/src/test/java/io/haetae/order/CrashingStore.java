package io.haetae.order;

import io.haetae.store.Action;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Outcome;
import io.haetae.store.Query;
import io.haetae.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Dies at one numbered call: before it takes effect, or after its effect but before its answer. */
final class CrashingStore implements Store {

    private final Store store;
    private final int at;
    private final boolean afterEffect;
    private int calls;

    /** @param at number of the call to die at, from 1; 0 never */
    CrashingStore(Store store, int at, boolean afterEffect) {
        this.store = store;
        this.at = at;
        this.afterEffect = afterEffect;
    }

    int calls() {
        return calls;
    }

    @Override
    public Optional<Item> get(Key key) {
        return call(() -> store.get(key));
    }

    @Override
    public List<Item> getAll(List<Key> keys) {
        return call(() -> store.getAll(keys));
    }

    @Override
    public List<Item> query(Query query) {
        return call(() -> store.query(query));
    }

    @Override
    public Outcome commit(List<Action> actions) {
        return call(() -> store.commit(actions));
    }

    @Override
    public void close() {}

    private <T> T call(Supplier<T> effect) {
        calls++;
        if (calls == at && !afterEffect) {
            throw new ProcessDied(at, "before");
        }
        T answer = effect.get();
        if (calls == at) {
            throw new ProcessDied(at, "after");
        }
        return answer;
    }

    static final class ProcessDied extends RuntimeException {
        private static final long serialVersionUID = 1;

        ProcessDied(int at, String when) {
            super("died " + when + " call " + at);
        }
    }
}
