package io.haetae.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Map;

/**
 * The steps in which prices are quoted on the Korea Exchange, from 2021 on.
 *
 * <ul>
 *   <li>Shares: KOSPI Enforcement Rules, article 32(2); KOSDAQ Enforcement Rules, article 18; KONEX Enforcement Rules,
 *       article 27(2). One table for all markets since 2023-01-25; before that KOSDAQ and KONEX stayed at 100 won from
 *       50,000 won up.
 *   <li>ETF and ETN: KOSPI Enforcement Rules, article 32(2)2: 5 won; below 2,000 won 1 won since 2023-12-11 (Regulation
 *       2181 of 2023-10-17).
 *   <li>ELW: the same article, 5 won.
 * </ul>
 *
 * <p>Since 2026 a high or low may lie half a step off, from trades at the middle of the spread: orders obey the steps,
 * rows that were read need not.
 */
public final class KrxTicks {

    /** The first date the tables here are known for. */
    public static final LocalDate FIRST_COVERED = LocalDate.of(2021, 1, 1);

    private static final LocalDate ONE_TABLE_FOR_SHARES = LocalDate.of(2023, 1, 25);
    private static final LocalDate ONE_WON_FOR_CHEAP_FUNDS = LocalDate.of(2023, 12, 11);

    private static final Table COMMON =
            new Table(new long[] {2_000, 5_000, 20_000, 50_000, 200_000, 500_000}, 1, 5, 10, 50, 100, 500, 1_000);
    private static final Table FIVE = new Table(new long[] {}, 5);

    private static final Dated<Table> KOSPI_SHARES = steps(Map.of(
            FIRST_COVERED,
            new Table(new long[] {1_000, 5_000, 10_000, 50_000, 100_000, 500_000}, 1, 5, 10, 50, 100, 500, 1_000),
            ONE_TABLE_FOR_SHARES,
            COMMON));
    private static final Dated<Table> KOSDAQ_SHARES = steps(Map.of(
            FIRST_COVERED,
            new Table(new long[] {1_000, 5_000, 10_000, 50_000}, 1, 5, 10, 50, 100),
            ONE_TABLE_FOR_SHARES,
            COMMON));
    private static final Dated<Table> FUNDS =
            steps(Map.of(FIRST_COVERED, FIVE, ONE_WON_FOR_CHEAP_FUNDS, new Table(new long[] {2_000}, 1, 5)));
    private static final Dated<Table> WARRANTS = steps(Map.of(FIRST_COVERED, FIVE));

    private KrxTicks() {}

    private static Dated<Table> steps(Map<LocalDate, Table> versions) {
        return new Dated<>("Price steps of the Korea Exchange", versions);
    }

    /** Steps by price: the i-th holds below the i-th bound, the last from the last bound up. */
    private static final class Table {
        private final long[] bounds;
        private final long[] steps;

        Table(long[] bounds, long... steps) {
            this.bounds = bounds;
            this.steps = steps;
        }

        long step(long price) {
            if (price < 0) {
                throw new IllegalArgumentException("A price below zero: " + price);
            }
            int i = 0;
            while (i < bounds.length && price >= bounds[i]) {
                i++;
            }
            return steps[i];
        }
    }

    /**
     * The step at a price of a share, in won.
     *
     * @param price won, 0 or more
     * @throws UncoveredDateException before {@link #FIRST_COVERED}
     */
    public static long tick(LocalDate date, KrxMarket market, long price) {
        return tick(date, market, KrxProduct.SHARE, price);
    }

    /** As {@link #tick(LocalDate, KrxMarket, long)}, of any product. */
    public static long tick(LocalDate date, KrxMarket market, KrxProduct product, long price) {
        return table(date, market, product).step(price);
    }

    /** The smallest step there is: no price is lower. */
    static long smallest(LocalDate date, KrxMarket market, KrxProduct product) {
        return tick(date, market, product, 0);
    }

    /**
     * The highest valid price of a share at or under {@code price}: what a buyer may bid at most. 0 when there is none.
     *
     * @param price won, 0 or more
     * @throws UncoveredDateException before {@link #FIRST_COVERED}
     */
    public static long roundDown(LocalDate date, KrxMarket market, long price) {
        return roundDown(date, market, KrxProduct.SHARE, price);
    }

    /** As {@link #roundDown(LocalDate, KrxMarket, long)}, of any product. */
    public static long roundDown(LocalDate date, KrxMarket market, KrxProduct product, long price) {
        // Every bound is a multiple of the steps on both sides of it, so rounding never leaves the band.
        return price - price % tick(date, market, product, price);
    }

    /** As {@link #roundDown(LocalDate, KrxMarket, long)}, from a computed price in won. */
    public static long roundDown(LocalDate date, KrxMarket market, BigDecimal price) {
        return roundDown(date, market, price.setScale(0, RoundingMode.FLOOR).longValueExact());
    }

    /**
     * The lowest valid price of a share at or above {@code price}: what a seller may ask at least.
     *
     * @param price won, 0 or more
     * @throws UncoveredDateException before {@link #FIRST_COVERED}
     */
    public static long roundUp(LocalDate date, KrxMarket market, long price) {
        return roundUp(date, market, KrxProduct.SHARE, price);
    }

    /** As {@link #roundUp(LocalDate, KrxMarket, long)}, of any product. */
    public static long roundUp(LocalDate date, KrxMarket market, KrxProduct product, long price) {
        long down = roundDown(date, market, product, price);
        return down == price ? price : down + tick(date, market, product, price);
    }

    /** As {@link #roundUp(LocalDate, KrxMarket, long)}, from a computed price in won. */
    public static long roundUp(LocalDate date, KrxMarket market, BigDecimal price) {
        return roundUp(date, market, price.setScale(0, RoundingMode.CEILING).longValueExact());
    }

    /** Whether a share can be quoted at this price. */
    public static boolean isValid(LocalDate date, KrxMarket market, long price) {
        return isValid(date, market, KrxProduct.SHARE, price);
    }

    /** As {@link #isValid(LocalDate, KrxMarket, long)}, of any product. */
    public static boolean isValid(LocalDate date, KrxMarket market, KrxProduct product, long price) {
        return price > 0 && price % tick(date, market, product, price) == 0;
    }

    private static Table table(LocalDate date, KrxMarket market, KrxProduct product) {
        return switch (product.kind()) {
            case SHARE ->
                switch (market) {
                    case KOSPI -> KOSPI_SHARES.at(date);
                    case KOSDAQ, KONEX -> KOSDAQ_SHARES.at(date);
                };
            case ETF, ETN -> FUNDS.at(date);
            case ELW -> WARRANTS.at(date);
        };
    }
}
