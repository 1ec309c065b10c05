package io.haetae.store;

import java.util.List;

/** One part of a transaction. At most one action per item; all its conditions must hold (an empty list asks nothing). */
public sealed interface Action {

    Key key();

    List<Condition> conditions();

    /** Writes the whole item in place of what is there. */
    record Put(Item item, List<Condition> conditions) implements Action {
        @Override
        public Key key() {
            return item.key();
        }
    }

    record Delete(Key key, List<Condition> conditions) implements Action {}

    /** Changes nothing, but its conditions must hold. */
    record Check(Key key, List<Condition> conditions) implements Action {}

    /**
     * Adds {@code amount} to a whole-number attribute (absent counts as 0) if the sum is at most {@code maximum}.
     * An absent item is made. Other attributes stay.
     */
    record AddUpTo(Key key, String name, long amount, long maximum, List<Condition> conditions) implements Action {}

    static Action put(Item item, Condition... conditions) {
        return new Put(item, List.of(conditions));
    }

    static Action delete(Key key, Condition... conditions) {
        return new Delete(key, List.of(conditions));
    }

    static Action check(Key key, Condition... conditions) {
        return new Check(key, List.of(conditions));
    }

    static Action addUpTo(Key key, String name, long amount, long maximum, Condition... conditions) {
        return new AddUpTo(key, name, amount, maximum, List.of(conditions));
    }
}
