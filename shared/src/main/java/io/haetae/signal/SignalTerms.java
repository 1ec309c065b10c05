package io.haetae.signal;

import java.math.BigDecimal;

/**
 * The thresholds of entries and exits on the Korean market.
 *
 * @param minComposite lowest composite score that may enter, 0 to 100
 * @param minMomentum lowest momentum score that may enter, 0 to 100
 * @param minConviction lowest conviction that may enter, 0 to 100
 * @param stopPct percent below the average price at which a position is sold
 * @param targetPct percent above the average price at which a position is sold
 * @param trailingPct percent below the highest price since the purchase at which a position is sold
 * @param limitDiscountPct percent below the last close at which an entry is bid
 * @param minRewardRisk lowest reward to risk that passes without a warning
 * @param maxPositionSizePct percent of the portfolio one position may be, above 0 to 100
 * @param maxNewPositions most positions opened in a session
 * @param minQuality a held company scoring lower is sold
 * @param minGrowth a held company scoring lower is sold
 * @param maxCompositeFall points the composite may lose against {@link #fallDays} days ago before the position is sold
 * @param fallDays calendar days between the two composites compared, at least
 */
public record SignalTerms(
        double minComposite,
        double minMomentum,
        double minConviction,
        BigDecimal stopPct,
        BigDecimal targetPct,
        BigDecimal trailingPct,
        BigDecimal limitDiscountPct,
        BigDecimal minRewardRisk,
        BigDecimal maxPositionSizePct,
        int maxNewPositions,
        double minQuality,
        double minGrowth,
        double maxCompositeFall,
        int fallDays) {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** The rules of the Korean day; only the size cap is a person's setting. */
    public static SignalTerms standard(BigDecimal maxPositionSizePct) {
        return new SignalTerms(
                65,
                55,
                60,
                BigDecimal.TEN,
                BigDecimal.valueOf(20),
                BigDecimal.TEN,
                BigDecimal.ONE,
                new BigDecimal("1.5"),
                maxPositionSizePct,
                5,
                40,
                30,
                20,
                30);
    }

    BigDecimal below(BigDecimal price, BigDecimal percent) {
        return price.multiply(HUNDRED.subtract(percent)).movePointLeft(2);
    }

    BigDecimal above(BigDecimal price, BigDecimal percent) {
        return price.multiply(HUNDRED.add(percent)).movePointLeft(2);
    }
}
