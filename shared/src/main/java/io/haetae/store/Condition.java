package io.haetae.store;

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
}
