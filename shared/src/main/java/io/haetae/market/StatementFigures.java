package io.haetae.market;

import org.jspecify.annotations.Nullable;

/**
 * A company's figures as one filing gives them, in won. Null is not given, never zero: a bank has no current assets.
 *
 * <p>Balances are as of the period's end. Income runs from the start of the fiscal year to the period's end, and the prior
 * figures are those of the same months a year before, restated or not, as this very filing has them.
 *
 * @param ownersEquity the parent's owners' part of the equity; null where the filing does not part it
 * @param ownersProfit the parent's owners' part of the net profit
 */
public record StatementFigures(
        @Nullable Long assets,
        @Nullable Long currentAssets,
        @Nullable Long liabilities,
        @Nullable Long currentLiabilities,
        @Nullable Long equity,
        @Nullable Long ownersEquity,
        @Nullable Long revenue,
        @Nullable Long priorRevenue,
        @Nullable Long operatingProfit,
        @Nullable Long priorOperatingProfit,
        @Nullable Long netProfit,
        @Nullable Long priorNetProfit,
        @Nullable Long ownersProfit,
        @Nullable Long priorOwnersProfit) {

    /** Nothing is known at all. */
    public boolean isEmpty() {
        return assets == null
                && liabilities == null
                && equity == null
                && revenue == null
                && operatingProfit == null
                && netProfit == null;
    }
}
