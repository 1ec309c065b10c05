package io.haetae.market;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * The steps in which shares are priced on the Korea Exchange: KOSPI Enforcement Rules, article 32; KOSDAQ Enforcement
 * Rules, article 18. One table for all markets since 2023-01-25; before that KOSDAQ and KONEX stayed at 100 won from
 * 50,000 won up.
 *
 * <p>Since 2026 a high or low may lie half a step off, from trades at the middle of the spread: orders obey the steps,
 * rows that were read need not.
 */
public final class KrxTicks {

    /** The first date the tables here are known for. */
    public static final LocalDate FIRST_COVERED = LocalDate.of(2021, 1, 1);

    private static final LocalDate COMMON_TABLE = LocalDate.of(2023, 1, 25);

    private static final Table KOSPI_UNTIL_2023 = new Table(
            new long[] {1_000, 5_000, 10_000, 50_000, 100_000, 500_000}, new long[] {1, 5, 10, 50, 100, 500, 1_000});
    private static final Table KOSDAQ_UNTIL_2023 =
            new Table(new long[] {1_000, 5_000, 10_000, 50_000}, new long[] {1, 5, 10, 50, 100});
    private static final Table COMMON = new Table(
            new long[] {2_000, 5_000, 20_000, 50_000, 200_000, 500_000}, new long[] {1, 5, 10, 50, 100, 500, 1_000});

    private KrxTicks() {}

    /** Steps by price: {@code steps[i]} holds below {@code bounds[i]}, the last from the last bound up. */
    private record Table(long[] bounds, long[] steps) {
        long step(long price) {
            int i = 0;
            while (i < bounds.length && price >= bounds[i]) {
                i++;
            }
            return steps[i];
        }
    }

    /**
     * The step at a price, in won.
     *
     * @param price won, 0 or more
     * @throws UncoveredDateException before {@link #FIRST_COVERED}
     */
    public static long tick(LocalDate date, KrxMarket market, long price) {
        if (price < 0) {
            throw new IllegalArgumentException("A price below zero: " + price);
        }
        return table(date, market).step(price);
    }

    /**
     * The highest valid price at or under {@code price}: what a buyer may bid at most. 0 when there is none.
     *
     * @param price won, 0 or more
     * @throws UncoveredDateException before {@link #FIRST_COVERED}
     */
    public static long roundDown(LocalDate date, KrxMarket market, long price) {
        // Every bound is a multiple of the steps on both sides of it, so rounding never leaves the band.
        return price - price % tick(date, market, price);
    }

    /** As {@link #roundDown(LocalDate, KrxMarket, long)}, from a computed price in won. */
    public static long roundDown(LocalDate date, KrxMarket market, BigDecimal price) {
        return roundDown(date, market, price.setScale(0, RoundingMode.FLOOR).longValueExact());
    }

    /**
     * The lowest valid price at or above {@code price}: what a seller may ask at least.
     *
     * @param price won, 0 or more
     * @throws UncoveredDateException before {@link #FIRST_COVERED}
     */
    public static long roundUp(LocalDate date, KrxMarket market, long price) {
        long down = roundDown(date, market, price);
        return down == price ? price : down + tick(date, market, price);
    }

    /** As {@link #roundUp(LocalDate, KrxMarket, long)}, from a computed price in won. */
    public static long roundUp(LocalDate date, KrxMarket market, BigDecimal price) {
        return roundUp(date, market, price.setScale(0, RoundingMode.CEILING).longValueExact());
    }

    public static boolean isValid(LocalDate date, KrxMarket market, long price) {
        return price > 0 && price % tick(date, market, price) == 0;
    }

    private static Table table(LocalDate date, KrxMarket market) {
        if (date.isBefore(FIRST_COVERED)) {
            throw new UncoveredDateException("Price steps of the Korea Exchange", date, FIRST_COVERED);
        }
        if (!date.isBefore(COMMON_TABLE)) {
            return COMMON;
        }
        return switch (market) {
            case KOSPI -> KOSPI_UNTIL_2023;
            case KOSDAQ, KONEX -> KOSDAQ_UNTIL_2023;
        };
    }
}
