package io.haetae.score;

import io.haetae.market.Fundamentals;
import org.jspecify.annotations.Nullable;

/**
 * A company's figures as known on the session. Null is not known, never zero.
 *
 * @param per negative for a loss
 * @param pbr negative when debts exceed assets
 * @param psr price ÷ sales a share
 * @param dividendYield per cent, as all growths, margins and ratios but the current ratio
 * @param debtRatio debt ÷ assets
 * @param currentRatio current assets ÷ current liabilities
 */
public record Financials(
        @Nullable Double per,
        @Nullable Double pbr,
        @Nullable Double psr,
        @Nullable Double dividendYield,
        @Nullable Double revenueGrowth,
        @Nullable Double earningsGrowth,
        @Nullable Double equityGrowth,
        @Nullable Double roe,
        @Nullable Double operatingMargin,
        @Nullable Double netMargin,
        @Nullable Double debtRatio,
        @Nullable Double currentRatio) {

    public static final Financials UNKNOWN =
            new Financials(null, null, null, null, null, null, null, null, null, null, null, null);

    /**
     * What the broker's figures say. A ratio it leaves out, or gives as 0 (which no price over earnings is), comes from
     * the close and its earnings or book value; return on equity is earnings ÷ book value, for a positive book value.
     *
     * @param close won
     */
    public static Financials of(Fundamentals fundamentals, long close) {
        Double eps = present(fundamentals.eps());
        Double bps = present(fundamentals.bps());
        return new Financials(
                ratio(fundamentals.per(), close, eps),
                ratio(fundamentals.pbr(), close, bps),
                null,
                null,
                null,
                null,
                null,
                eps != null && bps != null && bps > 0 ? eps / bps * 100 : null,
                null,
                null,
                null,
                null);
    }

    private static @Nullable Double ratio(@Nullable Double given, long close, @Nullable Double perShare) {
        Double known = present(given);
        if (known != null) {
            return known;
        }
        return perShare == null || close <= 0 ? null : close / perShare;
    }

    private static @Nullable Double present(@Nullable Double value) {
        return value == null || value == 0 || !Double.isFinite(value) ? null : value;
    }
}
