package io.haetae.saxo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * An order that Saxo still works on. An order that is not among them may have been filled, cancelled or never placed.
 *
 * @param status {@code Working}, {@code NotWorking}, {@code LockedPlacementPending}, …
 * @param externalReference its sender's, empty when Saxo gives none
 * @param price of a limit or stop; empty for a market order
 */
public record OpenOrder(
        String orderId,
        String externalReference,
        String assetType,
        long uic,
        String buySell,
        BigDecimal amount,
        BigDecimal filledAmount,
        Optional<BigDecimal> price,
        Instant placedAt,
        String status) {}
