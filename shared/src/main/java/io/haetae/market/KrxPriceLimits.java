package io.haetae.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Map;

/**
 * The highest and lowest price of a session, in whole won. Where the broker gives limits, those hold: the Exchange may set
 * others for one share and one day (KOSPI Market Business Regulation, article 20(3); Enforcement Rules, article 31(2)).
 *
 * @param base the base price the limits were counted from, on a step
 * @param lower won
 * @param upper won
 */
public record KrxPriceLimits(long base, long lower, long upper) {

    /** The first date the limits here are known for. */
    public static final LocalDate FIRST_COVERED = KrxTicks.FIRST_COVERED;

    /** Since then the first day of a listing has limits of its own; Regulation 2123 of 2023-04-12. */
    private static final LocalDate FIRST_DAY_BY_OFFER = LocalDate.of(2023, 6, 26);

    private static final Dated<Integer> MAIN_MARKETS = percent(30);
    private static final Dated<Integer> KONEX = percent(15);

    private static Dated<Integer> percent(int percent) {
        return new Dated<>("Price limits of the Korea Exchange", Map.of(FIRST_COVERED, percent));
    }

    /** Limits of a share, as {@link #around(LocalDate, KrxMarket, KrxProduct, long)}. */
    public static KrxPriceLimits around(LocalDate date, KrxMarket market, long base) {
        return around(date, market, KrxProduct.SHARE, base);
    }

    /**
     * Limits around a base price: 30 %, on KONEX 15 %, of an ETF or ETN 30 % times its multiple where that is above 1.
     * An ELW has none. A base off its step is raised to the next one.
     *
     * <p>KOSPI Market Business Regulation, article 20(1) and (2), Enforcement Rules, articles 30(1)1, 30(3) and 31(1),
     * 31(2)2; KOSDAQ Market Business Regulation, article 14, Enforcement Rules, article 17-2; KONEX Enforcement Rules,
     * articles 25(3) and 26(1).
     *
     * @param base won, above 0
     * @throws UncoveredDateException before {@link #FIRST_COVERED}
     */
    public static KrxPriceLimits around(LocalDate date, KrxMarket market, KrxProduct product, long base) {
        if (product.kind() == KrxProduct.Kind.ELW) {
            return none(date, market, product, base);
        }
        Day day = new Day(date, market, product, base);
        long plain = day.wholeSteps(Math.multiplyExact(day.base, percent(date, market)) / 100);
        long width = BigDecimal.valueOf(plain)
                .multiply(product.widening())
                .setScale(0, RoundingMode.DOWN)
                .longValueExact();
        return day.limits(width, width);
    }

    /**
     * Limits of a share on the first day of its listing: 60 % to 400 % of the offer price, which is the base price of
     * that day. Until 2023-06-25 the first price was found between 90 % and 200 % of the offer price and became the base
     * of the ordinary limits; then the limits here are the furthest that could be reached.
     *
     * <p>KOSPI Enforcement Rules, article 31(3) and, until then, annex 1; the KOSDAQ rules follow them. Not for shares
     * that come from another of the Exchange's markets, whose base is their last close there.
     *
     * @param offerPrice won, above 0
     * @throws IllegalArgumentException for KONEX, which finds its first price by another rule
     * @throws UncoveredDateException before {@link #FIRST_COVERED}
     */
    public static KrxPriceLimits onFirstDay(LocalDate date, KrxMarket market, long offerPrice) {
        if (market == KrxMarket.KONEX) {
            throw new IllegalArgumentException("KONEX has no limits by offer price");
        }
        if (date.isBefore(FIRST_DAY_BY_OFFER)) {
            long lowest = KrxTicks.roundUp(date, market, percentOf(offerPrice, 90));
            long highest = KrxTicks.roundUp(date, market, percentOf(offerPrice, 200));
            return new KrxPriceLimits(
                    KrxTicks.roundUp(date, market, offerPrice),
                    around(date, market, lowest).lower,
                    around(date, market, highest).upper);
        }
        Day day = new Day(date, market, KrxProduct.SHARE, offerPrice);
        return day.limits(Math.multiplyExact(day.base, 40) / 100, Math.multiplyExact(day.base, 3));
    }

    /**
     * A share about to be delisted, in the seven sessions it may still be traded, has no limits: KOSPI Market Business
     * Regulation, article 20(3), and the KOSDAQ rules alike.
     *
     * @param base won, above 0
     * @throws UncoveredDateException before {@link #FIRST_COVERED}
     */
    public static KrxPriceLimits beforeDelisting(LocalDate date, KrxMarket market, long base) {
        return none(date, market, KrxProduct.SHARE, base);
    }

    private static KrxPriceLimits none(LocalDate date, KrxMarket market, KrxProduct product, long base) {
        return new KrxPriceLimits(
                new Day(date, market, product, base).base, KrxTicks.smallest(date, market, product), Long.MAX_VALUE);
    }

    private static int percent(LocalDate date, KrxMarket market) {
        return switch (market) {
            case KOSPI, KOSDAQ -> MAIN_MARKETS.at(date);
            case KONEX -> KONEX.at(date);
        };
    }

    private static BigDecimal percentOf(long price, int percent) {
        return BigDecimal.valueOf(price).multiply(BigDecimal.valueOf(percent)).movePointLeft(2);
    }

    /** A base price on its step, and how widths around it become limits. */
    private static final class Day {
        private final LocalDate date;
        private final KrxMarket market;
        private final KrxProduct product;
        private final long base;

        Day(LocalDate date, KrxMarket market, KrxProduct product, long base) {
            if (base <= 0) {
                throw new IllegalArgumentException("A base price must be above zero: " + base);
            }
            this.date = date;
            this.market = market;
            this.product = product;
            this.base = KrxTicks.roundUp(date, market, product, base);
        }

        /** A width loses what is not a whole step of the base. */
        long wholeSteps(long width) {
            return width - width % KrxTicks.tick(date, market, product, base);
        }

        /** Every width is one smallest step at least. */
        KrxPriceLimits limits(long down, long up) {
            long smallest = KrxTicks.smallest(date, market, product);
            long highest = base + Math.max(wholeSteps(up), smallest);
            long lowest = Math.max(base - Math.max(wholeSteps(down), smallest), 0);
            // A base of one smallest step is its own lower limit, and no multiple takes a price below that step.
            return new KrxPriceLimits(
                    base,
                    Math.max(KrxTicks.roundUp(date, market, product, lowest), smallest),
                    KrxTicks.roundDown(date, market, product, highest));
        }
    }

    /**
     * Whether a share traded beyond the ordinary limits of its day. That happens only on the first day of a listing, before a
     * delisting, or where the Exchange set others.
     *
     * @throws UncoveredDateException before {@link #FIRST_COVERED}
     */
    public static boolean isExceptional(LocalDate date, DailyRow row) {
        if (!row.traded() || row.base() <= 0) {
            return false;
        }
        KrxPriceLimits limits = around(date, row.market(), row.base());
        return !limits.allows(row.high()) || !limits.allows(row.low());
    }

    public boolean allows(long price) {
        return price >= lower && price <= upper;
    }
}
