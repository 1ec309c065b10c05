package io.haetae.saxo;

import java.math.BigDecimal;

/**
 * @param cashAvailable what a new order may spend, in {@code currency}
 * @param totalValue equity, in {@code currency}
 * @param exact false when Saxo calls its own figures approximate or delayed
 */
public record SaxoBalance(String currency, BigDecimal cashAvailable, BigDecimal totalValue, boolean exact) {}
