package io.haetae.score;

/**
 * What a share must meet to be considered.
 *
 * @param maxVolatility a year, as a fraction
 * @param maxDebtRatio per cent
 * @param minAverageVolume shares a session
 * @param minAverageValue won a session
 * @param undervaluedPbr below it a share counts as undervalued, which ranks it first and rejects nobody
 * @param minBars sessions with trade
 */
public record Criteria(
        double maxVolatility,
        double maxPer,
        double maxPbr,
        double maxDebtRatio,
        double minAverageVolume,
        double minAverageValue,
        double undervaluedPbr,
        int minBars) {

    /** For the watchlist. */
    public static final Criteria WATCHLIST = new Criteria(0.40, 50, 5, 200, 100_000, 100_000_000, 1.0, 60);

    /** For entries: narrower. */
    public static final Criteria ENTRY = new Criteria(0.30, 25, 3, 60, 100_000, 100_000_000, 1.5, 60);
}
