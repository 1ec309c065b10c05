package io.haetae.score;

import io.haetae.market.Fundamentals;
import org.jspecify.annotations.Nullable;

/**
 * A company's figures as known on the session. Null is not known, never zero.
 *
 * <p>The broker's quote feeds PER, PBR, EPS and BPS. The company's statements with the Exchange's close and listed shares
 * feed all but the dividend yield; they stand in where the broker is silent. No source feeds a dividend yield, nor cash
 * flow, inventories and interest: there is no PCR, quick ratio, return on invested capital, interest coverage or payout.
 *
 * @param eps earnings of twelve months a share, won; negative for a loss
 * @param bps book value a share, won; negative when debts exceed assets
 * @param per close ÷ EPS; negative for a loss
 * @param pbr close ÷ BPS; negative when debts exceed assets
 * @param psr price ÷ sales a share
 * @param dividendYield per cent, as all growths, margins and ratios but the current ratio
 * @param epsGrowth of twelve months against the twelve before, of the size of those; also on a loss
 * @param roe net profit of twelve months ÷ equity
 * @param roa net profit of twelve months ÷ assets
 * @param debtRatio liabilities ÷ assets
 * @param currentRatio current assets ÷ current liabilities
 */
public record Financials(
        @Nullable Double eps,
        @Nullable Double bps,
        @Nullable Double per,
        @Nullable Double pbr,
        @Nullable Double psr,
        @Nullable Double dividendYield,
        @Nullable Double epsGrowth,
        @Nullable Double revenueGrowth,
        @Nullable Double earningsGrowth,
        @Nullable Double equityGrowth,
        @Nullable Double roe,
        @Nullable Double roa,
        @Nullable Double operatingMargin,
        @Nullable Double netMargin,
        @Nullable Double debtRatio,
        @Nullable Double currentRatio) {

    public static final Financials UNKNOWN = new Financials(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    /**
     * What the broker's figures and the company's statements say, field by field: an empty field of one never hides the
     * other's. A ratio the broker leaves out, or gives as 0 (which no price over earnings is), comes from the close and the
     * earnings or book value a share, the broker's before the statements'. Return on equity is the statements' where they
     * give it, else earnings ÷ book value, for a positive book value.
     *
     * @param fundamentals null when the broker said nothing
     * @param close won
     * @param standing null when no statement is known
     * @param companyShares of all classes of the company's shares; 0 when not known
     */
    public static Financials of(
            @Nullable Fundamentals fundamentals, long close, @Nullable CompanyStanding standing, long companyShares) {
        CompanyStanding known = standing == null ? CompanyStanding.UNKNOWN : standing;
        Double brokersEps = fundamentals == null ? null : present(fundamentals.eps());
        Double brokersBps = fundamentals == null ? null : present(fundamentals.bps());
        Double brokers =
                brokersEps != null && brokersBps != null && brokersBps > 0 ? brokersEps / brokersBps * 100 : null;
        Double eps = brokersEps == null ? perShare(known.profit(), companyShares) : brokersEps;
        Double bps = brokersBps == null ? perShare(known.equity(), companyShares) : brokersBps;
        return new Financials(
                eps,
                bps,
                ratio(fundamentals == null ? null : fundamentals.per(), close, eps),
                ratio(fundamentals == null ? null : fundamentals.pbr(), close, bps),
                positive(ratio(null, close, perShare(known.revenue(), companyShares))),
                null,
                known.profitGrowth(),
                known.revenueGrowth(),
                known.earningsGrowth(),
                known.equityGrowth(),
                known.roe() == null ? brokers : known.roe(),
                known.roa(),
                known.operatingMargin(),
                known.netMargin(),
                known.debtRatio(),
                known.currentRatio());
    }

    private static @Nullable Double perShare(@Nullable Long won, long shares) {
        return won == null || shares <= 0 ? null : Double.valueOf((double) won / shares);
    }

    private static @Nullable Double ratio(@Nullable Double given, long close, @Nullable Double perShare) {
        Double known = present(given);
        if (known != null) {
            return known;
        }
        return perShare == null || perShare == 0 || close <= 0 ? null : close / perShare;
    }

    private static @Nullable Double positive(@Nullable Double value) {
        return value == null || value <= 0 ? null : value;
    }

    private static @Nullable Double present(@Nullable Double value) {
        return value == null || value == 0 || !Double.isFinite(value) ? null : value;
    }
}
