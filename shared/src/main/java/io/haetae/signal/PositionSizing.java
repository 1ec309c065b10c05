package io.haetae.signal;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** How many shares an entry buys: half of what the Kelly criterion says, less the weaker the conviction is, capped. */
public final class PositionSizing {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private final TradeStatistics statistics;
    private final BigDecimal maxPositionSizePct;

    /** @param maxPositionSizePct percent of the portfolio, above 0 to 100 */
    public PositionSizing(TradeStatistics statistics, BigDecimal maxPositionSizePct) {
        this.statistics = statistics;
        this.maxPositionSizePct = maxPositionSizePct;
    }

    /**
     * Whole shares, floored.
     *
     * @param portfolioValue cash and positions, won
     * @param price a share's last close, won, above 0
     * @param conviction 0 to 100
     * @return 0 when not one share fits: no trade, never forced to one
     */
    public long shares(BigDecimal portfolioValue, BigDecimal price, double conviction) {
        if (price.signum() <= 0) {
            throw new IllegalArgumentException("a price of " + price + " cannot be sized");
        }
        if (portfolioValue.signum() <= 0) {
            return 0;
        }
        BigDecimal share = statistics
                .kellyFraction()
                .multiply(HALF)
                .multiply(BigDecimal.valueOf(conviction))
                .divide(HUNDRED)
                .min(maxPositionSizePct.divide(HUNDRED))
                .max(BigDecimal.ZERO);
        return portfolioValue
                .multiply(share)
                .divide(price, 0, RoundingMode.FLOOR)
                .longValueExact();
    }
}
