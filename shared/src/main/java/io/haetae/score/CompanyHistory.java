package io.haetae.score;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How evenly a company has earned and how its debt has moved, by its last eight quarters that are known.
 *
 * @param quarters whose net profit is known, at most 8
 * @param profits those above zero
 * @param earningsVariation population σ ÷ mean of the profits; null below four of them
 * @param earningsTrend regression slope of the profits over their quarters ÷ their mean, a quarter as a fraction; null
 *     below four of them
 * @param debtTrend regression slope of the debt ratio, per cent points a quarter; null below two balances
 */
public record CompanyHistory(
        int quarters,
        int profits,
        @Nullable Double earningsVariation,
        @Nullable Double earningsTrend,
        @Nullable Double debtTrend) {

    /** Quarters looked at. */
    static final int QUARTERS = 8;

    /** Fewer say nothing of how evenly a company earns. */
    static final int FEWEST_EARNINGS = 4;

    public static final CompanyHistory UNKNOWN = new CompanyHistory(0, 0, null, null, null);

    /**
     * @param earnings net profit of each of the last quarters, oldest first; NaN where it is not known
     * @param debtRatios per cent, by the same quarters
     */
    static CompanyHistory of(double[] earnings, double[] debtRatios) {
        int quarters = 0;
        List<Integer> at = new ArrayList<>();
        for (int i = 0; i < earnings.length; i++) {
            quarters += Double.isNaN(earnings[i]) ? 0 : 1;
            if (earnings[i] > 0) {
                at.add(i);
            }
        }
        Double variation = null;
        Double trend = null;
        if (at.size() >= FEWEST_EARNINGS) {
            double mean = at.stream().mapToDouble(i -> earnings[i]).average().orElseThrow();
            double squares = at.stream()
                    .mapToDouble(i -> (earnings[i] - mean) * (earnings[i] - mean))
                    .sum();
            variation = Math.sqrt(squares / at.size()) / mean;
            trend = slope(earnings, at) / mean;
        }
        List<Integer> balances = new ArrayList<>();
        for (int i = 0; i < debtRatios.length; i++) {
            if (!Double.isNaN(debtRatios[i])) {
                balances.add(i);
            }
        }
        return new CompanyHistory(
                quarters,
                at.size(),
                variation,
                trend,
                balances.size() < 2 ? null : Double.valueOf(slope(debtRatios, balances)));
    }

    /** Least squares over the positions that count: a gap between them is a gap. */
    private static double slope(double[] values, List<Integer> at) {
        double meanPosition = at.stream().mapToDouble(i -> i).average().orElseThrow();
        double mean = at.stream().mapToDouble(i -> values[i]).average().orElseThrow();
        double across = 0;
        double along = 0;
        for (int i : at) {
            across += (i - meanPosition) * (values[i] - mean);
            along += (i - meanPosition) * (i - meanPosition);
        }
        return across / along;
    }
}
