package io.haetae.local.chaos;

import io.haetae.store.Action;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Outcome;
import io.haetae.store.Query;
import io.haetae.store.Store;
import java.util.List;
import java.util.Optional;

/** A part of a store that is one trial's own, so that many trials can use one server. */
record Namespaced(Store store, String prefix) implements Store {

    @Override
    public Optional<Item> get(Key key) {
        return store.get(in(key)).map(this::out);
    }

    @Override
    public List<Item> getAll(List<Key> keys) {
        return store.getAll(keys.stream().map(this::in).toList()).stream()
                .map(this::out)
                .toList();
    }

    @Override
    public List<Item> query(Query query) {
        Query inside = new Query(
                query.table(), prefix + query.partition(), query.from(), query.to(), query.descending(), query.limit());
        return store.query(inside).stream().map(this::out).toList();
    }

    @Override
    public Outcome commit(List<Action> actions) {
        return switch (store.commit(actions.stream().map(this::in).toList())) {
            case Outcome.Refused(int index, Optional<Item> standing) ->
                new Outcome.Refused(index, standing.map(this::out));
            case Outcome.Committed committed -> committed;
            case Outcome.Uncertain uncertain -> uncertain;
        };
    }

    private Action in(Action action) {
        return switch (action) {
            case Action.Put(Item item, var conditions) ->
                new Action.Put(new Item(in(item.key()), item.attributes()), conditions);
            case Action.Delete(Key key, var conditions) -> new Action.Delete(in(key), conditions);
            case Action.Check(Key key, var conditions) -> new Action.Check(in(key), conditions);
            case Action.AddUpTo(Key key, String name, long amount, long maximum, var conditions) ->
                new Action.AddUpTo(in(key), name, amount, maximum, conditions);
        };
    }

    private Key in(Key key) {
        return new Key(key.table(), prefix + key.partition(), key.sort());
    }

    private Item out(Item item) {
        Key key = item.key();
        return new Item(
                new Key(key.table(), key.partition().substring(prefix.length()), key.sort()), item.attributes());
    }

    /** The server is the trials' together. */
    @Override
    public void close() {}
}
