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
    short[] file = {};

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
        file = Arrays.copyOf(file, size);
    }

    /** Puts a row where another stood; the other is gone. */
    void move(int from, int to) {
        copy(this, from, to);
    }

    /** The rows at {@code order}, in that order. */
    FileRows inOrder(int[] order, int size) {
        FileRows sorted = new FileRows();
        sorted.resize(size);
        sorted.count = size;
        for (int i = 0; i < size; i++) {
            sorted.copy(this, order[i], i);
        }
        return sorted;
    }

    private void copy(FileRows source, int from, int to) {
        line[to] = source.line[from];
        session[to] = source.session[from];
        symbol[to] = source.symbol[from];
        open[to] = source.open[from];
        high[to] = source.high[from];
        low[to] = source.low[from];
        close[to] = source.close[from];
        change[to] = source.change[from];
        volume[to] = source.volume[from];
        value[to] = source.value[from];
        shares[to] = source.shares[from];
        market[to] = source.market[from];
        file[to] = source.file[from];
    }

    boolean traded(int row) {
        return volume[row] > 0;
    }

    boolean samePrices(int row, int other) {
        return open[row] == open[other]
                && high[row] == high[other]
                && low[row] == low[other]
                && close[row] == close[other]
                && volume[row] == volume[other];
    }
}
