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
     * What the broker's figures and the company's statements say, field by field: an empty field of one never hides the
     * other's. A ratio the broker leaves out, or gives as 0 (which no price over earnings is), comes from the close and its
     * earnings or book value. Return on equity is the statements' where they give it, else earnings ÷ book value, for a
     * positive book value.
     *
     * @param fundamentals null when the broker said nothing
     * @param close won
     * @param standing null when no statement is known
     * @param companyShares of all classes of the company's shares; 0 when not known
     */
    public static Financials of(
            @Nullable Fundamentals fundamentals, long close, @Nullable CompanyStanding standing, long companyShares) {
        Double eps = fundamentals == null ? null : present(fundamentals.eps());
        Double bps = fundamentals == null ? null : present(fundamentals.bps());
        Double brokers = eps != null && bps != null && bps > 0 ? eps / bps * 100 : null;
        Double per = fundamentals == null ? null : ratio(fundamentals.per(), close, eps);
        Double pbr = fundamentals == null ? null : ratio(fundamentals.pbr(), close, bps);
        if (standing == null) {
            return new Financials(per, pbr, null, null, null, null, null, brokers, null, null, null, null);
        }
        Long revenue = standing.revenue();
        Double sales = revenue == null || revenue <= 0 || companyShares <= 0 ? null : (double) revenue / companyShares;
        return new Financials(
                per,
                pbr,
                ratio(null, close, sales),
                null,
                standing.revenueGrowth(),
                standing.earningsGrowth(),
                standing.equityGrowth(),
                standing.roe() == null ? brokers : standing.roe(),
                standing.operatingMargin(),
                standing.netMargin(),
                standing.debtRatio(),
                standing.currentRatio());
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
