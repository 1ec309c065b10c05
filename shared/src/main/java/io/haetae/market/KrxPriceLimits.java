package io.haetae.market;

import java.time.LocalDate;

/**
 * The highest and lowest price of a session: KOSPI Market Business Regulation, article 20, and Enforcement Rules, article
 * 31; KOSDAQ Enforcement Rules, articles 14 and 17-2. 30 % on KOSPI and KOSDAQ, 15 % on KONEX.
 *
 * <p>Not for the first day after a listing, nor for shares about to be delisted, whose limits are others or none: where the
 * broker gives limits, those hold.
 *
 * @param base the base price the limits were counted from, on a step
 * @param lower won
 * @param upper won
 */
public record KrxPriceLimits(long base, long lower, long upper) {

    /**
     * Limits around a base price. A base off its step is raised to the next one.
     *
     * @param base won, above 0
     * @throws UncoveredDateException where {@link KrxTicks} has no table
     */
    public static KrxPriceLimits around(LocalDate date, KrxMarket market, long base) {
        if (base <= 0) {
            throw new IllegalArgumentException("A base price must be above zero: " + base);
        }
        long onStep = KrxTicks.roundUp(date, market, base);
        long step = KrxTicks.tick(date, market, onStep);
        long share = onStep * percent(market) / 100;
        long width = Math.max(share - share % step, 1);
        long upper = KrxTicks.roundDown(date, market, onStep + width);
        long lower = onStep <= width ? onStep : KrxTicks.roundUp(date, market, onStep - width);
        return new KrxPriceLimits(onStep, lower, upper);
    }

    private static long percent(KrxMarket market) {
        return switch (market) {
            case KOSPI, KOSDAQ -> 30;
            case KONEX -> 15;
        };
    }

    public boolean allows(long price) {
        return price >= lower && price <= upper;
    }
}
