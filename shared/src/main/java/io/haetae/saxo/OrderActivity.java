package io.haetae.saxo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * One row of the audit of orders.
 *
 * @param status {@code Placed}, {@code Working}, {@code Fill}, {@code FinalFill}, {@code Cancelled}, …
 * @param subStatus {@code Requested}, {@code Confirmed} or {@code Rejected}
 * @param filledAmount in all so far; empty when Saxo does not say
 * @param averagePrice over all fills
 */
public record OrderActivity(
        String orderId,
        String externalReference,
        String status,
        String subStatus,
        Optional<BigDecimal> filledAmount,
        Optional<BigDecimal> averagePrice,
        Optional<Instant> at) {}
