package io.haetae.store;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The meaning of a transaction, for engines that let one writer in at a time. */
public final class SerialCommit {

    private static final BigInteger LOWEST = BigInteger.valueOf(Long.MIN_VALUE);

    private SerialCommit() {}

    /** The items of an engine while one writer holds it. */
    public interface Items {

        @Nullable
        Item read(Key key);

        void write(Item item);

        void remove(Key key);
    }

    /**
     * Judges all actions in order, then writes. Nothing is written when one is refused.
     *
     * @throws IllegalArgumentException when a sum would make an item too large; nothing is written
     */
    public static Outcome apply(List<Action> actions, Items items) {
        List<Runnable> writes = new ArrayList<>(actions.size());
        for (int i = 0; i < actions.size(); i++) {
            Action action = actions.get(i);
            boolean needsStanding = action instanceof Action.AddUpTo
                    || !action.conditions().stream().allMatch(Condition.Anything.class::isInstance);
            Item standing = needsStanding ? items.read(action.key()) : null;
            if (!holds(action, standing)) {
                return new Outcome.Refused(i, Optional.ofNullable(standing));
            }
            switch (action) {
                case Action.Put(Item item, List<Condition> _) -> writes.add(() -> items.write(item));
                case Action.Delete(Key key, List<Condition> _) -> writes.add(() -> items.remove(key));
                case Action.AddUpTo add -> {
                    Item sum = sum(add, standing);
                    int _ = Limits.check(sum);
                    writes.add(() -> items.write(sum));
                }
                case Action.Check _ -> {}
            }
        }
        writes.forEach(Runnable::run);
        return new Outcome.Committed();
    }

    private static boolean holds(Action action, @Nullable Item standing) {
        for (Condition condition : action.conditions()) {
            if (!condition.holdsFor(standing)) {
                return false;
            }
        }
        return !(action instanceof Action.AddUpTo add) || fits(add, standing);
    }

    private static boolean fits(Action.AddUpTo add, @Nullable Item standing) {
        Value stored = standing == null ? null : standing.attributes().get(add.name());
        if (stored != null && !(stored instanceof Value.Whole)) {
            return false;
        }
        BigInteger sum = BigInteger.valueOf(number(stored)).add(BigInteger.valueOf(add.amount()));
        return sum.compareTo(BigInteger.valueOf(add.maximum())) <= 0 && sum.compareTo(LOWEST) >= 0;
    }

    private static Item sum(Action.AddUpTo add, @Nullable Item standing) {
        TreeMap<String, Value> attributes = standing == null ? new TreeMap<>() : new TreeMap<>(standing.attributes());
        attributes.put(add.name(), Value.of(number(attributes.get(add.name())) + add.amount()));
        return new Item(add.key(), attributes);
    }

    private static long number(@Nullable Value stored) {
        return stored instanceof Value.Whole(long number) ? number : 0;
    }
}
