package io.haetae.store;

/**
 * A range of one partition.
 *
 * @param from lowest sort key, inclusive
 * @param to highest sort key, inclusive
 * @param limit greatest number of items, 0 for all
 */
public record Query(Table table, String partition, String from, String to, boolean descending, int limit) {

    /** The highest character a key may hold: sorts after every key with the same prefix. */
    private static final String LAST = "\uFFFF";

    public static Query all(Table table, String partition) {
        return new Query(table, partition, " ", LAST, false, 0);
    }

    public static Query prefix(Table table, String partition, String prefix) {
        return new Query(table, partition, prefix, prefix + LAST, false, 0);
    }

    public Query newestFirst() {
        return new Query(table, partition, from, to, true, limit);
    }

    public Query first(int count) {
        return new Query(table, partition, from, to, descending, count);
    }
}
