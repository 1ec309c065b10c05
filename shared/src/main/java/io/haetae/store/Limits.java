package io.haetae.store;

/** DynamoDB's limits, which every engine keeps: what one engine stores, every engine can store. */
public final class Limits {

    public static final int MAX_ITEM_BYTES = 400 * 1024;
    public static final int MAX_TRANSACTION_ACTIONS = 100;
    public static final int MAX_TRANSACTION_BYTES = 4 * 1024 * 1024;
    public static final int MAX_PARTITION_BYTES = 2048;
    public static final int MAX_SORT_BYTES = 1024;

    private Limits() {}
}
