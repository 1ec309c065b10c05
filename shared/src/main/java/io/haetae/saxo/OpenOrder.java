package io.haetae.saxo;

import java.math.BigDecimal;

/**
 * An order that Saxo still works on. An order that is not among them may have been filled, cancelled or never placed.
 *
 * @param status {@code Working}, {@code NotWorking}, {@code LockedPlacementPending}, …
 * @param externalReference ours, empty when Saxo gives none
 */
public record OpenOrder(
        String orderId,
        String externalReference,
        String assetType,
        long uic,
        String buySell,
        BigDecimal amount,
        BigDecimal filledAmount,
        String status) {}
