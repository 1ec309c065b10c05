package io.haetae.saxo;

import java.math.BigDecimal;

/**
 * What is held of one instrument.
 *
 * @param amount negative when short, 0 when squared today
 * @param averageOpenPrice 0 when Saxo gives none
 */
public record NetPosition(String assetType, long uic, BigDecimal amount, BigDecimal averageOpenPrice) {}
