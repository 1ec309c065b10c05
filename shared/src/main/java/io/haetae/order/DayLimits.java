package io.haetae.order;

import java.math.BigDecimal;

/**
 * What a session allows an account's entries; counted in the intent's transaction.
 *
 * @param maxOrders entries intended
 * @param maxNotional sum of price × quantity of the entries, in the account's currency
 * @param maxNewPositions instruments entered
 * @param maxLoss realised loss of the session, in the account's currency, over which nothing is entered
 */
public record DayLimits(int maxOrders, BigDecimal maxNotional, int maxNewPositions, BigDecimal maxLoss) {}
