package io.haetae.local.market;

import io.haetae.market.KrxMarket;
import java.time.LocalDate;

/**
 * The venue's own price grid and daily band, kept apart from the rules that clients compute by: a client's mistake must
 * not be the venue's too. Prices are whole won.
 *
 * <p>Source: KOSPI Enforcement Rules §31 and §32, KOSDAQ §14 and §18; the split tables until 2023-01-24.
 */
enum TickGrid {
    COMMON(new long[] {2_000, 5_000, 20_000, 50_000, 200_000, 500_000}, new long[] {1, 5, 10, 50, 100, 500, 1_000}),
    KOSPI_UNTIL_2023(
            new long[] {1_000, 5_000, 10_000, 50_000, 100_000, 500_000}, new long[] {1, 5, 10, 50, 100, 500, 1_000}),
    KOSDAQ_UNTIL_2023(new long[] {1_000, 5_000, 10_000, 50_000}, new long[] {1, 5, 10, 50, 100});

    private static final LocalDate COMMON_SINCE = LocalDate.of(2023, 1, 25);

    private final long[] bounds;
    private final long[] ticks;

    TickGrid(long[] bounds, long[] ticks) {
        this.bounds = bounds;
        this.ticks = ticks;
    }

    static TickGrid of(KrxMarket market, LocalDate session) {
        if (!session.isBefore(COMMON_SINCE)) {
            return COMMON;
        }
        return switch (market) {
            case KOSPI -> KOSPI_UNTIL_2023;
            case KOSDAQ, KONEX -> KOSDAQ_UNTIL_2023;
        };
    }

    long tick(long price) {
        for (int i = 0; i < bounds.length; i++) {
            if (price < bounds[i]) {
                return ticks[i];
            }
        }
        return ticks[ticks.length - 1];
    }

    long down(long price) {
        return price - price % tick(price);
    }

    long up(long price) {
        long tick = tick(price);
        return (price + tick - 1) / tick * tick;
    }

    boolean holds(long price) {
        return price % tick(price) == 0;
    }

    /** Highest price of a day. */
    long upper(long base, KrxMarket market) {
        return down(base + width(base, market));
    }

    /** Lowest price of a day. */
    long lower(long base, KrxMarket market) {
        return base <= 1 ? base : up(base - width(base, market));
    }

    private long width(long base, KrxMarket market) {
        int percent =
                switch (market) {
                    case KOSPI, KOSDAQ -> 30;
                    case KONEX -> 15;
                };
        long width = base * percent / 100;
        return Math.max(width - width % tick(base), 1);
    }
}
