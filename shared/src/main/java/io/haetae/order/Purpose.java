package io.haetae.order;

/** Why an order exists: entries ask for leave, exits do not. */
public enum Purpose {
    ENTRY,
    EXIT
}
