package io.haetae.store;

/**
 * A range of one partition. Bounds need not be keys of items; a range whose bounds are crossed is empty.
 *
 * @param from lowest sort key, inclusive
 * @param to highest sort key, inclusive
 * @param limit greatest number of items, 0 for all
 */
public record Query(Table table, String partition, String from, String to, boolean descending, int limit) {

    /** The lowest character a key may hold. */
    private static final String FIRST = " ";

    public static Query all(Table table, String partition) {
        return new Query(table, partition, FIRST, Limits.ABOVE_EVERY_KEY, false, 0);
    }

    public static Query prefix(Table table, String partition, String prefix) {
        return new Query(table, partition, prefix, prefix + Limits.ABOVE_EVERY_KEY, false, 0);
    }

    /** Both ends included. */
    public static Query between(Table table, String partition, String from, String to) {
        return new Query(table, partition, from, to, false, 0);
    }

    public Query newestFirst() {
        return new Query(table, partition, from, to, true, limit);
    }

    public Query first(int count) {
        return new Query(table, partition, from, to, descending, count);
    }

    /** Nothing can lie in it: the bounds are crossed. */
    public boolean isEmpty() {
        return Utf8.ORDER.compare(from, to) > 0;
    }
}
