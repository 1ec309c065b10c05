package io.haetae.order;

import java.time.Instant;

/**
 * One line of an order's story.
 *
 * @param order id
 * @param number from 1, without gaps
 * @param detail why, with numbers
 */
public record HistoryEntry(String order, int number, OrderEvent event, OrderState state, Instant at, String detail) {}
