package io.haetae.store;

/**
 * Where an item lies: a table, a partition and a sort key within it. Sort keys order by their UTF-8 bytes.
 *
 * @param partition 1 to 2048 bytes of UTF-8
 * @param sort 1 to 1024 bytes of UTF-8
 */
public record Key(Table table, String partition, String sort) {

    public static Key state(String partition, String sort) {
        return new Key(Table.STATE, partition, sort);
    }

    public static Key market(String partition, String sort) {
        return new Key(Table.MARKET, partition, sort);
    }
}
