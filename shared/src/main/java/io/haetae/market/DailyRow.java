package io.haetae.market;

/**
 * One symbol's session as the Exchange publishes it: raw, in whole won and shares.
 *
 * @param symbol six characters of digits and capital letters
 * @param open 0, like high, low and volume, when nothing was traded
 * @param close the last price, or the base price carried on when nothing was traded
 * @param change signed, against the base price of the day: base = close − change
 * @param value traded value in won; 0 when the source does not say
 * @param shares listed shares; 0 when the source does not say
 */
public record DailyRow(
        String symbol,
        String name,
        KrxMarket market,
        long open,
        long high,
        long low,
        long close,
        long change,
        long volume,
        long value,
        long shares) {

    /** The price the day's change and limits are counted from. */
    public long base() {
        return close - change;
    }

    public boolean traded() {
        return volume > 0 && open > 0;
    }

    /** Whether a share can have traded, or rested, so. */
    public boolean isPossible() {
        if (close <= 0 || base() <= 0) {
            return false;
        }
        return !traded() || (low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close));
    }
}
