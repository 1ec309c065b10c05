package io.haetae.market;

/** How a share's row continues the newest one known before it. */
public enum Continuation {
    /** It is the same share, as far as anybody can tell. */
    SAME,
    /** The base price says by how much the share changed since the session right before; see {@link Adjustment}. */
    CHANGED,
    /** Rows between are missing that trade alone cannot have bridged: it is another share, by a factor nobody knows. */
    BROKEN;

    /** Sessions without a row after which nothing of a share is known any more: a year. A halted share has its rows. */
    public static final int MOST_BETWEEN = 252;

    /** Of the base price: no share's ordinary daily limit is wider. */
    private static final double WIDEST_LIMIT = 0.30;

    /**
     * @param previousClose won, of the newest row before; 0 when there is none
     * @param between sessions between that row and this one
     * @param base won, of this row
     */
    public static Continuation of(long previousClose, int between, long base) {
        if (between == 0) {
            return Adjustment.isDue(base, previousClose) ? CHANGED : SAME;
        }
        return previousClose > 0 && (between >= MOST_BETWEEN || isBeyondTrade(previousClose, between, base))
                ? BROKEN
                : SAME;
    }

    /** Whether the base lies further from the close before than the daily limits of the sessions between allow. */
    private static boolean isBeyondTrade(long previousClose, int between, long base) {
        double moved = (double) base / previousClose;
        return moved > Math.pow(1 + WIDEST_LIMIT, between) || moved < Math.pow(1 - WIDEST_LIMIT, between);
    }
}
