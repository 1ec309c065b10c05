package io.haetae.local.market;

import io.haetae.market.KrxMarket;
import java.util.Arrays;

/** Rows as they were read, a column an array: a year of the whole market is some 700,000 of them. */
final class FileRows {

    /** A change that the file does not give. */
    static final int NO_CHANGE = Integer.MIN_VALUE;

    /** A market, value or number of shares that the file does not give. */
    static final int NOT_GIVEN = -1;

    static final KrxMarket[] MARKETS = KrxMarket.values();

    int count;
    int[] line = {};
    int[] session = {};
    int[] symbol = {};
    int[] open = {};
    int[] high = {};
    int[] low = {};
    int[] close = {};
    int[] change = {};
    long[] volume = {};
    long[] value = {};
    long[] shares = {};
    byte[] market = {};

    /** Makes room for one more row and counts it. */
    int add() {
        if (count == line.length) {
            resize(Math.max(1 << 12, count + (count >> 1)));
        }
        return count++;
    }

    private void resize(int size) {
        line = Arrays.copyOf(line, size);
        session = Arrays.copyOf(session, size);
        symbol = Arrays.copyOf(symbol, size);
        open = Arrays.copyOf(open, size);
        high = Arrays.copyOf(high, size);
        low = Arrays.copyOf(low, size);
        close = Arrays.copyOf(close, size);
        change = Arrays.copyOf(change, size);
        volume = Arrays.copyOf(volume, size);
        value = Arrays.copyOf(value, size);
        shares = Arrays.copyOf(shares, size);
        market = Arrays.copyOf(market, size);
    }

    /** The rows at {@code order}, in that order. */
    FileRows inOrder(int[] order, int size) {
        FileRows sorted = new FileRows();
        sorted.resize(size);
        sorted.count = size;
        for (int i = 0; i < size; i++) {
            int from = order[i];
            sorted.line[i] = line[from];
            sorted.session[i] = session[from];
            sorted.symbol[i] = symbol[from];
            sorted.open[i] = open[from];
            sorted.high[i] = high[from];
            sorted.low[i] = low[from];
            sorted.close[i] = close[from];
            sorted.change[i] = change[from];
            sorted.volume[i] = volume[from];
            sorted.value[i] = value[from];
            sorted.shares[i] = shares[from];
            sorted.market[i] = market[from];
        }
        return sorted;
    }
}
