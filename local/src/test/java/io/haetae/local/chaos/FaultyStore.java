package io.haetae.local.chaos;

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

/** The store as a process sees it whose calls are counted. */
record FaultyStore(Store store, Calls calls) implements Store {

    @Override
    public Optional<Item> get(Key key) {
        return read("get " + key.partition(), () -> store.get(key));
    }

    @Override
    public List<Item> getAll(List<Key> keys) {
        return read("get " + keys.size() + " items", () -> store.getAll(keys));
    }

    @Override
    public List<Item> query(Query query) {
        return read("query " + query.partition(), () -> store.query(query));
    }

    private <T> T read(String what, Supplier<T> answer) {
        return switch (calls.next(Kind.READ, what)) {
            case PASSES -> answer.get();
            case FAILS -> throw new StoreUnavailableException("planned: " + what, new IllegalStateException("planned"));
            case DIES_BEFORE, DIES_AFTER, ANSWER_LOST, ANSWER_CUT, DEAD -> throw new Death();
        };
    }

    @Override
    public Outcome commit(List<Action> actions) {
        String what = actions.isEmpty()
                ? "commit nothing"
                : "commit " + actions.size() + " on " + actions.getLast().key().partition();
        switch (calls.next(Kind.WRITE, what)) {
            case PASSES -> {
                return store.commit(actions);
            }
            case FAILS -> {
                return new Outcome.Uncertain("planned, not written");
            }
            case ANSWER_LOST -> {
                return store.commit(actions) instanceof Outcome.Refused refused
                        ? refused
                        : new Outcome.Uncertain("planned, written");
            }
            case DIES_AFTER -> {
                Outcome _ = store.commit(actions);
                throw new Death();
            }
            case DIES_BEFORE, ANSWER_CUT, DEAD -> throw new Death();
        }
        throw new AssertionError(what);
    }

    /** What is stored outlives the process. */
    @Override
    public void close() {}
}
