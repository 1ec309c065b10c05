package io.haetae.store;

/** The two tables: what must never be lost, and what can be rebuilt from the venues. */
public enum Table {
    STATE,
    MARKET
}
