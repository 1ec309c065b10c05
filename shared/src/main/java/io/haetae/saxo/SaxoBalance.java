package io.haetae.saxo;

import java.math.BigDecimal;

/**
 * Money of one account, in {@code currency}.
 *
 * @param cash booked and still to be booked: what shares cost counts from the trade on
 * @param cashAvailable what a new order may spend
 * @param totalValue equity
 * @param exact false when Saxo calls its own figures approximate or delayed
 */
public record SaxoBalance(
        String currency, BigDecimal cash, BigDecimal cashAvailable, BigDecimal totalValue, boolean exact) {}
