package io.haetae.store;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What must hold for an item, as it stands, for a transaction to commit. */
public sealed interface Condition {

    /** Nothing is asked. */
    record Anything() implements Condition {}

    record Absent() implements Condition {}

    record Present() implements Condition {}

    /** The item is present and its {@code version} attribute has this value. */
    record VersionIs(long version) implements Condition {}

    /** The attribute equals the value; with {@code orAbsent}, an item or attribute that is not there passes too. */
    record AttributeEquals(String name, Value value, boolean orAbsent) implements Condition {}

    /** The attribute, a whole number, is at most {@code maximum}; {@code orAbsent} as above. */
    record AttributeAtMost(String name, long maximum, boolean orAbsent) implements Condition {}

    static Condition anything() {
        return new Anything();
    }

    static Condition absent() {
        return new Absent();
    }

    static Condition present() {
        return new Present();
    }

    static Condition versionIs(long version) {
        return new VersionIs(version);
    }

    static Condition equalTo(String name, Value value) {
        return new AttributeEquals(name, value, false);
    }

    static Condition equalToOrAbsent(String name, Value value) {
        return new AttributeEquals(name, value, true);
    }

    static Condition atMost(String name, long maximum) {
        return new AttributeAtMost(name, maximum, false);
    }

    static Condition atMostOrAbsent(String name, long maximum) {
        return new AttributeAtMost(name, maximum, true);
    }

    /** That it stands with every attribute as it was read. */
    static Condition[] unchanged(Item read) {
        return Stream.concat(
                        Stream.of(present()),
                        read.attributes().entrySet().stream().map(one -> equalTo(one.getKey(), one.getValue())))
                .toArray(Condition[]::new);
    }

    /**
     * Whether it holds for the item as it stands. An attribute of another type is neither equal to nor at most anything.
     *
     * @param standing null when there is no item
     */
    default boolean holdsFor(@Nullable Item standing) {
        return switch (this) {
            case Anything _ -> true;
            case Absent _ -> standing == null;
            case Present _ -> standing != null;
            case VersionIs(long version) -> Value.of(version).equals(valueIn(standing, "version"));
            case AttributeEquals(String name, Value value, boolean orAbsent) -> {
                Value stored = valueIn(standing, name);
                yield stored == null ? orAbsent : stored.equals(value);
            }
            case AttributeAtMost(String name, long maximum, boolean orAbsent) -> {
                Value stored = valueIn(standing, name);
                yield stored == null ? orAbsent : stored instanceof Value.Whole(long number) && number <= maximum;
            }
        };
    }

    private static @Nullable Value valueIn(@Nullable Item standing, String name) {
        return standing == null ? null : standing.attributes().get(name);
    }
}
