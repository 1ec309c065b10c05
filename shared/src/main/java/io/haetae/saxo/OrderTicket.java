package io.haetae.saxo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * An order as Saxo is asked for it.
 *
 * @param buySell {@code Buy} or {@code Sell}
 * @param limit price of a limit order; empty for a market order
 * @param externalReference at most 50 characters
 */
public record OrderTicket(
        String accountKey,
        String assetType,
        long uic,
        String buySell,
        BigDecimal amount,
        Optional<BigDecimal> limit,
        String externalReference) {

    private static final int MAX_REFERENCE = 50;

    public OrderTicket {
        if (amount.signum() <= 0) {
            throw new IllegalArgumentException("an order's amount must be above zero: " + amount);
        }
        if (!buySell.equals("Buy") && !buySell.equals("Sell")) {
            throw new IllegalArgumentException("Buy or Sell, not " + buySell);
        }
        if (externalReference.length() > MAX_REFERENCE) {
            throw new IllegalArgumentException("the external reference is longer than " + MAX_REFERENCE);
        }
    }

    ObjectNode toJson() {
        ObjectNode body = JsonText.MAPPER.createObjectNode();
        body.put("AccountKey", accountKey);
        body.put("Amount", amount);
        body.put("AssetType", assetType);
        body.put("BuySell", buySell);
        body.put("ExternalReference", externalReference);
        body.put("ManualOrder", false);
        body.putObject("OrderDuration").put("DurationType", "DayOrder");
        limit.ifPresent(price -> body.put("OrderPrice", price));
        body.put("OrderType", limit.isPresent() ? "Limit" : "Market");
        body.put("Uic", uic);
        return body;
    }
}
