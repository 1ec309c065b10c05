package io.haetae.krx;

import io.haetae.market.DailyRow;
import java.util.List;

/**
 * One market's rows of one session, as published.
 *
 * @param rows by symbol, none twice, none impossible
 * @param dropped why each row that cannot be was left out: at most 1 % of the answer, else there is no answer
 */
public record DailyTrades(List<DailyRow> rows, List<String> dropped) {
    public DailyTrades {
        dropped = List.copyOf(dropped);
    }
}
