package io.haetae.indicator;

/**
 * How a share moved with its market: the least-squares line of its returns from bar to bar on the index's returns between
 * the same two sessions. Both figures use the population's moments.
 *
 * @param beta covariance ÷ variance of the index; NaN below the fewest pairs, or when the index did not move
 * @param correlation −1 to 1; NaN below the fewest pairs, or when either did not move
 */
record MarketModel(double beta, double correlation) {

    private static final MarketModel UNKNOWN = new MarketModel(Double.NaN, Double.NaN);

    /**
     * @param size number of closes, which are each array's first
     * @param indexes closes of the index at the share's bars, NaN where unknown: no return reaches there or starts from there
     * @param most pairs of returns looked at, the newest
     * @param least fewest pairs that say anything
     */
    static MarketModel of(double[] closes, double[] indexes, int size, int most, int least) {
        int from = Math.max(1, size - most);
        int pairs = 0;
        double shareSum = 0;
        double indexSum = 0;
        for (int i = from; i < size; i++) {
            double index = change(indexes, i);
            if (!Double.isNaN(index)) {
                pairs++;
                shareSum += change(closes, i);
                indexSum += index;
            }
        }
        if (pairs < least) {
            return UNKNOWN;
        }
        double shareMean = shareSum / pairs;
        double indexMean = indexSum / pairs;
        double shareSquares = 0;
        double indexSquares = 0;
        double products = 0;
        for (int i = from; i < size; i++) {
            double index = change(indexes, i) - indexMean;
            if (!Double.isNaN(index)) {
                double share = change(closes, i) - shareMean;
                shareSquares += share * share;
                indexSquares += index * index;
                products += share * index;
            }
        }
        if (indexSquares == 0) {
            return UNKNOWN;
        }
        return new MarketModel(
                products / indexSquares,
                shareSquares == 0 ? Double.NaN : products / Math.sqrt(shareSquares * indexSquares));
    }

    private static double change(double[] closes, int at) {
        return closes[at] / closes[at - 1] - 1;
    }
}
