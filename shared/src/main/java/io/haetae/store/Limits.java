package io.haetae.store;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * DynamoDB's limits, which every engine keeps: what one engine stores, every engine can store. Sizes are counted as
 * DynamoDB counts them, with the key and the write id that its engine leaves on every item.
 */
public final class Limits {

    public static final int MAX_ITEM_BYTES = 400 * 1024;
    public static final int MAX_TRANSACTION_ACTIONS = 100;
    public static final int MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;
    public static final int MAX_PARTITION_BYTES = 2048;
    public static final int MAX_SORT_BYTES = 1024;
    public static final int MAX_NAME_BYTES = 255;

    /** Names of the key attributes in DynamoDB: free for no other use. */
    public static final String PARTITION_NAME = "pk";

    public static final String SORT_NAME = "sk";

    /** Where an engine leaves the id of the last write. */
    public static final String WRITE_ID_NAME = "_w";

    /** Characters of a write id. */
    public static final int WRITE_ID_LENGTH = 36;

    /** No key holds it, so it bounds every range of keys from above. */
    static final String ABOVE_EVERY_KEY = Character.toString(Character.MAX_CODE_POINT);

    private static final int KEY_NAMES_BYTES = PARTITION_NAME.length() + SORT_NAME.length();
    private static final int WRITE_ID_BYTES = WRITE_ID_NAME.length() + WRITE_ID_LENGTH;

    private Limits() {}

    /**
     * Holds a transaction against every limit that can be judged before the store is asked.
     *
     * @throws IllegalArgumentException naming the first limit exceeded and the item
     */
    public static void check(List<Action> actions) {
        require(
                actions.size() <= MAX_TRANSACTION_ACTIONS,
                "%d actions in one transaction, at most %d",
                actions.size(),
                MAX_TRANSACTION_ACTIONS);
        Set<Key> seen = HashSet.newHashSet(actions.size());
        long bytes = 0;
        for (Action action : actions) {
            Key key = action.key();
            check(key);
            require(seen.add(key), "two actions for %s", key);
            for (Condition condition : action.conditions()) {
                checkCondition(key, condition);
            }
            bytes += switch (action) {
                case Action.Put(Item item, List<Condition> _) -> check(item);
                case Action.AddUpTo add -> {
                    checkName(key, add.name());
                    yield keyBytes(key) + Utf8.length(add.name()) + numberBytes(add.amount());
                }
                case Action.Delete _, Action.Check _ -> keyBytes(key);
            };
        }
        require(
                bytes <= MAX_TRANSACTION_BYTES,
                "%d bytes in one transaction, at most %d",
                bytes,
                MAX_TRANSACTION_BYTES);
    }

    /**
     * A key is 1 to {@value #MAX_PARTITION_BYTES} and 1 to {@value #MAX_SORT_BYTES} bytes, without control characters
     * and without U+10FFFF.
     *
     * @throws IllegalArgumentException when it is not
     */
    public static void check(Key key) {
        checkKeyPart(key, "partition", key.partition(), MAX_PARTITION_BYTES);
        checkKeyPart(key, "sort key", key.sort(), MAX_SORT_BYTES);
    }

    /**
     * An item is at most {@value #MAX_ITEM_BYTES} bytes.
     *
     * @return its size in bytes
     * @throws IllegalArgumentException when it is larger, or a name is reserved, empty or too long
     */
    public static int check(Item item) {
        long bytes = size(item);
        require(bytes <= MAX_ITEM_BYTES, "%s takes %d bytes, at most %d", item.key(), bytes, MAX_ITEM_BYTES);
        return (int) bytes;
    }

    /**
     * The partition of a query is one an item can have; its bounds, which need not be keys, fit a sort key.
     *
     * @throws IllegalArgumentException when they do not
     */
    public static void check(Query query) {
        Key lowest = new Key(query.table(), query.partition(), query.from());
        checkKeyPart(lowest, "partition", query.partition(), MAX_PARTITION_BYTES);
        for (String bound : List.of(query.from(), query.to())) {
            int bytes = bytes(lowest, "bound", bound);
            require(
                    bytes > 0 && bytes <= MAX_SORT_BYTES,
                    "%s: a bound of %d bytes, 1 to %d allowed",
                    lowest,
                    bytes,
                    MAX_SORT_BYTES);
        }
        require(query.limit() >= 0, "%s: a limit below 0", lowest);
    }

    private static long size(Item item) {
        Key key = item.key();
        long bytes = keyBytes(key) + WRITE_ID_BYTES;
        for (Map.Entry<String, Value> attribute : item.attributes().entrySet()) {
            String name = attribute.getKey();
            checkName(key, name);
            bytes += bytes(key, "name", name) + valueBytes(key, name, attribute.getValue());
        }
        return bytes;
    }

    private static int keyBytes(Key key) {
        return KEY_NAMES_BYTES + Utf8.length(key.partition()) + Utf8.length(key.sort());
    }

    private static int valueBytes(Key key, String name, Value value) {
        return switch (value) {
            case Value.Text(String text) -> bytes(key, name, text);
            case Value.Bytes(byte[] bytes) -> bytes.length;
            case Value.Whole(long number) -> numberBytes(number);
            case Value.Flag _ -> 1;
        };
    }

    /** A byte for two digits, one more, and one for the sign. */
    private static int numberBytes(long number) {
        int digits = Long.toString(number).length() - (number < 0 ? 1 : 0);
        return 1 + (digits + 1) / 2 + (number < 0 ? 1 : 0);
    }

    private static void checkKeyPart(Key key, String what, String text, int most) {
        int bytes = bytes(key, what, text);
        require(bytes > 0 && bytes <= most, "%s: a %s of %d bytes, 1 to %d allowed", key, what, bytes, most);
        for (int i = 0; i < text.length(); i++) {
            require(text.charAt(i) >= ' ', "a %s with a control character", what);
        }
        require(!text.contains(ABOVE_EVERY_KEY), "a %s with U+10FFFF", what);
    }

    private static void checkCondition(Key key, Condition condition) {
        switch (condition) {
            case Condition.AttributeEquals equal -> {
                checkName(key, equal.name());
                int _ = valueBytes(key, equal.name(), equal.value());
            }
            case Condition.AttributeAtMost atMost -> checkName(key, atMost.name());
            case Condition.Anything _, Condition.Absent _, Condition.Present _, Condition.VersionIs _ -> {}
        }
    }

    private static void checkName(Key key, String name) {
        int bytes = bytes(key, "attribute name", name);
        require(
                bytes > 0 && bytes <= MAX_NAME_BYTES,
                "%s: an attribute name of %d bytes, 1 to %d allowed",
                key,
                bytes,
                MAX_NAME_BYTES);
        require(
                name.charAt(0) != '_' && !name.equals(PARTITION_NAME) && !name.equals(SORT_NAME),
                "%s: the attribute name '%s' is reserved",
                key,
                name);
    }

    private static int bytes(Key key, String what, String text) {
        try {
            return Utf8.length(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "%s: %s is not Unicode: %s".formatted(key.table(), what, e.getMessage()), e);
        }
    }

    private static void require(boolean holds, String format, Object... arguments) {
        if (!holds) {
            throw new IllegalArgumentException(format.formatted(arguments));
        }
    }
}
