package io.haetae.watchlist;

import org.jspecify.annotations.Nullable;

/**
 * How a watched share has done since it was added, in terms of one and the same share: a split changes none of it.
 *
 * @param changePct of the price, per cent; also the total return, since dividends are not collected
 * @param change of the price, won; null in what older versions stored
 * @param target price, won of the session's share; null when none was given
 * @param targetDistancePct from the price up to the target, per cent of the price; negative once it is passed
 * @param days calendar days on the list
 * @param annualisedPct the total return compounded to a year of 365 days; null before {@value #ANNUALISED_FROM} days
 */
public record Progress(
        double changePct,
        @Nullable Long change,
        @Nullable Long target,
        @Nullable Double targetDistancePct,
        long days,
        @Nullable Double annualisedPct) {

    /**
     * Days on the list from which a return is annualised. A few days' move compounded to a year tells of chance alone: 3 % in
     * 3 days would be 3,545 %.
     */
    public static final int ANNUALISED_FROM = 30;

    /** @throws IllegalArgumentException when a price was 0 and nothing can be said */
    public Progress {
        if (!Double.isFinite(changePct) || targetDistancePct != null && !Double.isFinite(targetDistancePct)) {
            throw new IllegalArgumentException("a price of 0 has no change in per cent");
        }
    }

    static @Nullable Double annualised(double changePct, long days) {
        if (days < ANNUALISED_FROM) {
            return null;
        }
        double year = (Math.pow(1 + changePct / 100, 365.0 / days) - 1) * 100;
        return Double.isFinite(year) ? year : null;
    }
}
