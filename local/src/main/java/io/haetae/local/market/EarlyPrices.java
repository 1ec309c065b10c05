package io.haetae.local.market;

/**
 * Prices of the sessions before a generated market's own first one, told backwards from it: each session is made by
 * itself when it is asked for, so that years of history cost nothing until someone reads them.
 *
 * <p>A price's path is the sum of slow and fast waves of noise, the same for all shares and one of its own, and is 0 at the
 * anchor: the base price of the first session that the market made in order.
 */
final class EarlyPrices {

    /** Sessions a wave, from the slow ones to the fast. */
    private static final int[] WAVES = {256, 64, 16, 4, 1};

    private static final double OF_ALL = 0.006;
    private static final int LOWEST = 1_000;
    private static final int HIGHEST = 1_000_000;

    private final long market;

    EarlyPrices(long seed) {
        this.market = Rng.mix(seed, 3);
    }

    /** What an early session says of a share; open is 0, like high, low and volume, when nothing was traded. */
    record Day(long base, long open, long high, long low, long close, long volume) {}

    /**
     * @param share the share's own number
     * @param anchor the base price of the first session made in order
     * @param usual shares traded on an ordinary day
     * @param back sessions before that one, from 1 up
     */
    Day day(long share, long anchor, long usual, int back) {
        long base = close(share, anchor, back + 1);
        if (idle(share, back)) {
            return new Day(base, 0, 0, 0, base, 0);
        }
        long close = close(share, anchor, back);
        long low = Math.max(LOWEST, TickGrid.COMMON.up(base * 7 / 10));
        long high = Math.min(HIGHEST, TickGrid.COMMON.down(base * 13 / 10));
        Rng rng = new Rng(Rng.mix(share, -back));
        long open = onGrid(base + (close - base) * rng.between(-0.2, 0.6), low, high);
        long top = onGrid(Math.max(open, close) * (1 + rng.between(0, 0.015)), low, high);
        long bottom = onGrid(Math.min(open, close) * (1 - rng.between(0, 0.015)), low, high);
        long volume = Math.max(1, Math.round(usual * StrictMath.exp(0.5 * rng.bell())));
        return new Day(
                base,
                open,
                Math.max(top, Math.max(open, close)),
                Math.min(bottom, Math.min(open, close)),
                close,
                volume);
    }

    /** Never on the newest one, whose close is the anchor. */
    private static boolean idle(long share, int back) {
        return back > 1 && Math.floorMod(Rng.mix(share, 1_000_003L + back), 64) == 0;
    }

    private long close(long share, long anchor, int back) {
        int traded = back;
        while (idle(share, traded)) {
            traded++;
        }
        if (traded <= 1) {
            // The anchor itself is the close of the newest early session.
            return anchor;
        }
        double own = 0.008 + 0.008 * (Math.floorMod(share, 1_000L) / 1_000.0);
        double path =
                own * (noise(share, traded) - noise(share, 1)) + OF_ALL * (noise(market, traded) - noise(market, 1));
        return onGrid(anchor * StrictMath.exp(path), LOWEST, HIGHEST);
    }

    private static double noise(long stream, int at) {
        double sum = 0;
        for (int wave : WAVES) {
            int from = at / wave;
            double share = (double) (at % wave) / wave;
            double amplitude = StrictMath.sqrt(wave) * 0.5;
            sum += amplitude * (lattice(stream, wave, from) * (1 - share) + lattice(stream, wave, from + 1) * share);
        }
        return sum;
    }

    private static double lattice(long stream, int wave, int point) {
        return new Rng(Rng.mix(stream, wave * 1_000_000L + point)).bell();
    }

    private static long onGrid(double exact, long low, long high) {
        long rounded = Math.round(exact);
        long tick = TickGrid.COMMON.tick(rounded);
        return Math.clamp((rounded + tick / 2) / tick * tick, low, high);
    }
}
