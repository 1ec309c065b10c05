package io.haetae.signal;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * What closed trades were like: the input of the Kelly criterion.
 *
 * @param winRate share of trades that won, 0 to 1
 * @param averageWinPct mean gain of the winners, percent
 * @param averageLossPct mean loss of the losers, percent, positive
 */
public record TradeStatistics(BigDecimal winRate, BigDecimal averageWinPct, BigDecimal averageLossPct) {

    /** Assumed until enough closed trades exist. */
    public static final TradeStatistics ASSUMED =
            new TradeStatistics(new BigDecimal("0.55"), BigDecimal.valueOf(12), BigDecimal.valueOf(8));

    private static final MathContext PRECISION = MathContext.DECIMAL64;

    /**
     * The share of the portfolio that the Kelly criterion bets: (p·b − q) ÷ b with b = win ÷ loss and q = 1 − p.
     *
     * @return 0 to 1; 0 when the odds are against us, or when the statistics cannot be those of a trader who both wins
     *     and loses
     */
    public BigDecimal kellyFraction() {
        boolean usable = winRate.signum() > 0
                && winRate.compareTo(BigDecimal.ONE) < 0
                && averageWinPct.signum() > 0
                && averageLossPct.signum() > 0;
        if (!usable) {
            return BigDecimal.ZERO;
        }
        BigDecimal odds = averageWinPct.divide(averageLossPct, PRECISION);
        BigDecimal loss = BigDecimal.ONE.subtract(winRate);
        BigDecimal fraction = winRate.multiply(odds).subtract(loss).divide(odds, PRECISION);
        return fraction.max(BigDecimal.ZERO).min(BigDecimal.ONE);
    }
}
