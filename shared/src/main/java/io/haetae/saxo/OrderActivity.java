package io.haetae.saxo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * One row of the audit of orders.
 *
 * @param logId unique; a fill's own name
 * @param externalReference its sender's, empty when Saxo gives none
 * @param status {@code Placed}, {@code Working}, {@code Fill}, {@code FinalFill}, {@code Cancelled}, …
 * @param subStatus {@code Requested}, {@code Confirmed} or {@code Rejected}
 * @param amount ordered
 * @param price of a limit or stop; empty for a market order
 * @param fillAmount traded by this event; empty when Saxo does not say
 * @param executionPrice of this event
 * @param filledAmount in all so far; empty when Saxo does not say
 */
public record OrderActivity(
        String logId,
        String orderId,
        String externalReference,
        String assetType,
        long uic,
        String buySell,
        String status,
        String subStatus,
        BigDecimal amount,
        Optional<BigDecimal> price,
        Optional<BigDecimal> fillAmount,
        Optional<BigDecimal> executionPrice,
        Optional<BigDecimal> filledAmount,
        Instant at) {

    boolean isFill() {
        return (status.equals("Fill") || status.equals("FinalFill")) && subStatus.equals("Confirmed");
    }
}
