package io.haetae.saxo;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an order on an instrument must obey.
 *
 * @param decimals of prices as Saxo shows them
 * @param orderDecimals of order prices
 * @param amountDecimals technically allowed decimals of an amount; whole shares hold for shares all the same unless the
 *     account trades fractions
 * @param minimumTradeSize least amount, 0 when Saxo gives none
 * @param tradable Saxo says both {@code IsTradable} and {@code TradingStatus=Tradable}
 */
public record InstrumentDetails(
        String assetType,
        long uic,
        String symbol,
        String description,
        String currency,
        int decimals,
        int orderDecimals,
        int amountDecimals,
        BigDecimal minimumTradeSize,
        @Nullable BigDecimal lotSize,
        boolean tradable,
        String nonTradableReason,
        List<String> orderTypes) {

    public InstrumentDetails {
        orderTypes = List.copyOf(orderTypes);
    }

    /** Shares and funds trade in whole units unless the account has fractions. */
    public boolean isShare() {
        return switch (assetType) {
            case "Stock", "Etf", "Etc", "Etn", "Fund", "CfdOnStock" -> true;
            default -> false;
        };
    }

    /** {@code amount} rounded down to what may be ordered; zero when nothing may. Never enlarged. */
    public BigDecimal orderable(BigDecimal amount, boolean fractionalAccount) {
        int places = isShare() && !fractionalAccount ? 0 : amountDecimals;
        BigDecimal floored = amount.setScale(places, RoundingMode.DOWN);
        if (lotSize != null && lotSize.signum() > 0) {
            floored = floored.divideToIntegralValue(lotSize).multiply(lotSize);
        }
        return floored.signum() <= 0 || floored.compareTo(minimumTradeSize) < 0 ? BigDecimal.ZERO : floored;
    }
}
