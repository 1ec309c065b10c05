package io.haetae.functions.indicatorcalculation;

import io.haetae.indicator.Bars;
import io.haetae.market.Adjustment;
import io.haetae.market.DailyRow;
import io.haetae.market.MarketData;
import io.haetae.market.MarketDay;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The raw rows of many sessions in columns, and the adjusted bars of one symbol out of them. Holds the symbols of the
 * newest session only.
 */
final class MarketHistory {

    /** Sessions whose rows are objects at one time. */
    private static final int SESSIONS_A_READ = 25;

    /** Of the base price: no share's ordinary daily limit is wider. */
    private static final double WIDEST_LIMIT = 0.30;

    private final List<LocalDate> sessions;
    private final List<String> symbols = new ArrayList<>();
    private final Map<String, Integer> indexes;
    private final long[] base;
    private final long[] high;
    private final long[] low;
    private final long[] close;
    private final long[] volume;
    private final long[] value;
    private int stored;
    private long impossible;

    private MarketHistory(List<LocalDate> sessions, MarketDay newest) {
        this.sessions = sessions;
        this.indexes = HashMap.newHashMap(newest.rows().size());
        for (DailyRow row : newest.rows()) {
            indexes.put(row.symbol(), symbols.size());
            symbols.add(row.symbol());
        }
        int cells = Math.multiplyExact(sessions.size(), symbols.size());
        base = new long[cells];
        high = new long[cells];
        low = new long[cells];
        close = new long[cells];
        volume = new long[cells];
        value = new long[cells];
    }

    /** @param sessions of the exchange, without gaps, oldest first; the last one is that of {@code newest} */
    static MarketHistory read(MarketData market, List<LocalDate> sessions, MarketDay newest) {
        MarketHistory history = new MarketHistory(sessions, newest);
        int older = sessions.size() - 1;
        for (int from = 0; from < older; from += SESSIONS_A_READ) {
            for (MarketDay day : market.days(sessions.subList(from, Math.min(older, from + SESSIONS_A_READ)))) {
                history.add(day);
            }
        }
        history.add(newest);
        return history;
    }

    private void add(MarketDay day) {
        int session = sessions.indexOf(day.session());
        stored++;
        for (DailyRow row : day.rows()) {
            Integer index = indexes.get(row.symbol());
            if (index == null) {
                continue;
            }
            if (!possible(row)) {
                impossible++;
                continue;
            }
            int cell = index * sessions.size() + session;
            base[cell] = row.base();
            high[cell] = row.high();
            low[cell] = row.low();
            close[cell] = row.close();
            volume[cell] = row.traded() ? row.volume() : 0;
            value[cell] = row.value();
        }
    }

    private static boolean possible(DailyRow row) {
        if (row.close() <= 0 || row.base() <= 0) {
            return false;
        }
        return !row.traded()
                || (row.low() > 0
                        && row.low() <= Math.min(row.open(), row.close())
                        && row.high() >= Math.max(row.open(), row.close()));
    }

    List<String> symbols() {
        return symbols;
    }

    /** Sessions of the range that are not stored. */
    int missingSessions() {
        return sessions.size() - stored;
    }

    /** Rows left out because no share can have traded so. */
    long impossibleRows() {
        return impossible;
    }

    /** Whether the base lies further from the newest close known before it than the daily limits of the sessions between allow. */
    private boolean isBreakBehindGap(int first, int cell) {
        int known = cell - 1;
        while (known >= first && close[known] == 0) {
            known--;
        }
        int between = cell - 1 - known;
        if (base[cell] == 0 || known < first || between == 0) {
            return false;
        }
        double moved = (double) base[cell] / close[known];
        return moved > Math.pow(1 + WIDEST_LIMIT, between) || moved < Math.pow(1 - WIDEST_LIMIT, between);
    }

    /**
     * The symbol's traded sessions, adjusted. The base price of a session against the close of the session right before
     * tells whether the share changed; where that session's row is missing, nothing can be told and nothing is adjusted. What
     * lies before a gap that trade alone cannot have bridged is of another share, by a factor nobody knows: it is left out.
     *
     * @return empty when it never traded
     */
    Optional<Bars> bars(int symbol) {
        int size = sessions.size();
        int first = symbol * size;
        double[] highs = new double[size];
        double[] lows = new double[size];
        double[] closes = new double[size];
        double[] volumes = new double[size];
        double[] values = new double[size];
        int at = size;
        int newest = -1;
        double factor = 1;
        for (int session = size - 1; session >= 0; session--) {
            int cell = first + session;
            if (volume[cell] > 0) {
                at--;
                newest = Math.max(newest, session);
                highs[at] = high[cell] * factor;
                lows[at] = low[cell] * factor;
                closes[at] = close[cell] * factor;
                volumes[at] = volume[cell] / factor;
                values[at] = value[cell];
            }
            if (session > 0 && Adjustment.isDue(base[cell], close[cell - 1])) {
                factor *= Adjustment.factor(base[cell], close[cell - 1]);
            } else if (isBreakBehindGap(first, cell)) {
                break;
            }
        }
        if (newest < 0) {
            return Optional.empty();
        }
        return Optional.of(new Bars(
                sessions.get(newest),
                Arrays.copyOfRange(highs, at, size),
                Arrays.copyOfRange(lows, at, size),
                Arrays.copyOfRange(closes, at, size),
                Arrays.copyOfRange(volumes, at, size),
                Arrays.copyOfRange(values, at, size)));
    }
}
