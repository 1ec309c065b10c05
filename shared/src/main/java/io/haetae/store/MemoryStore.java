package io.haetae.store;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/** Keeps items in memory, for replay and quick tests. Safe for use by several threads; every read is one snapshot. */
public final class MemoryStore implements Store {

    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<Table, Map<String, NavigableMap<String, Item>>> tables = new EnumMap<>(Table.class);

    public MemoryStore() {
        for (Table table : Table.values()) {
            tables.put(table, new HashMap<>());
        }
    }

    @Override
    public Optional<Item> get(Key key) {
        Limits.check(key);
        lock.readLock().lock();
        try {
            return Optional.ofNullable(find(key));
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public List<Item> getAll(List<Key> keys) {
        keys.forEach(Limits::check);
        lock.readLock().lock();
        try {
            List<Item> found = new ArrayList<>(keys.size());
            for (Key key : keys) {
                Item item = find(key);
                if (item != null) {
                    found.add(item);
                }
            }
            return List.copyOf(found);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public List<Item> query(Query query) {
        Limits.check(query);
        if (query.isEmpty()) {
            return List.of();
        }
        lock.readLock().lock();
        try {
            NavigableMap<String, Item> partition = partitions(query.table()).get(query.partition());
            if (partition == null) {
                return List.of();
            }
            NavigableMap<String, Item> range = partition.subMap(query.from(), true, query.to(), true);
            if (query.descending()) {
                range = range.descendingMap();
            }
            return query.limit() == 0
                    ? List.copyOf(range.values())
                    : range.values().stream().limit(query.limit()).toList();
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public Outcome commit(List<Action> actions) {
        Limits.check(actions);
        lock.writeLock().lock();
        try {
            return SerialCommit.apply(actions, new Held());
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Keeps what is there: whoever still holds this store can go on reading it. */
    @Override
    public void close() {}

    private @Nullable Item find(Key key) {
        NavigableMap<String, Item> partition = partitions(key.table()).get(key.partition());
        return partition == null ? null : partition.get(key.sort());
    }

    private Map<String, NavigableMap<String, Item>> partitions(Table table) {
        return java.util.Objects.requireNonNull(tables.get(table));
    }

    /** The items under the write lock. */
    private final class Held implements SerialCommit.Items {

        @Override
        public @Nullable Item read(Key key) {
            return find(key);
        }

        @Override
        public void write(Item item) {
            Key key = item.key();
            partitions(key.table())
                    .computeIfAbsent(key.partition(), _ -> new TreeMap<>(Utf8.ORDER))
                    .put(key.sort(), item);
        }

        @Override
        public void remove(Key key) {
            Map<String, NavigableMap<String, Item>> partitions = partitions(key.table());
            NavigableMap<String, Item> partition = partitions.get(key.partition());
            if (partition != null && partition.remove(key.sort()) != null && partition.isEmpty()) {
                partitions.remove(key.partition());
            }
        }
    }
}
