package io.haetae.local.market;

import io.haetae.market.DailyRow;
import java.time.LocalDate;

/**
 * A share at a moment: its session so far.
 *
 * @param session the session shown: from the start of order acceptance the day's own, until then the one before
 * @param row as it will stand after the close
 * @param last the last traded price; the base price before the first trade
 * @param open 0, like high, low and volume, before the first trade
 * @param value traded value so far, won
 * @param base the price that change and limits are counted from
 * @param upper highest allowed price of the day
 * @param lower lowest allowed price of the day
 * @param halted trading is suspended for the whole session
 * @param trading the session is open at this moment
 */
public record Moment(
        LocalDate session,
        DailyRow row,
        long last,
        long open,
        long high,
        long low,
        long volume,
        long value,
        long base,
        long upper,
        long lower,
        boolean halted,
        boolean trading) {

    /** The step between prices at {@link #last}. */
    public long tick() {
        return TickGrid.of(row.market(), session).tick(last);
    }

    /** The day's grid has this price. */
    public boolean onGrid(long price) {
        return TickGrid.of(row.market(), session).holds(price);
    }
}
