package io.haetae.store;

import io.haetae.indicator.MarketState;
import io.haetae.indicator.MarketState.Kept;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * A market's state as bytes. What an earlier state holds already can be left to that one: of the trailing bars, which are most of a
 * state, only those after its own are written then. A symbol whose bars differ from its, after a change of the share, is written
 * whole.
 *
 * <p>Series of whole numbers are written as differences from number to number, the index, which is the same for all
 * symbols, once with numbers that say where in it each bar lies.
 *
 * <p>Another way to write is another {@link MarketState#LAYOUT}.
 */
final class StateCodec {

    /** Rows of a saved symbol: the kernels' numbers, then the trailing bars' series. */
    private static final int ROWS = 7;

    /** The row with the index. */
    private static final int INDEX = 3;

    /** More than any series of a saved symbol has. */
    private static final int MOST_BARS = 1_000;

    private static final long NO_DATE = Long.MIN_VALUE;

    private StateCodec() {}

    /** @param base the saved symbols of an earlier state, which must be at hand to read this one; empty to write everything */
    static byte[] encode(MarketState state, Map<String, double[][]> base) {
        List<Kept> kept = state.save();
        int scalars = kept.isEmpty() ? 0 : kept.getFirst().indicators()[0].length;
        Columns.Writer<Kept> out = new Columns.Writer<>(kept)
                .numbers(new long[] {state.sessions(), scalars})
                .texts(Kept::symbol)
                .wholes(Kept::row)
                .wholes(Kept::close)
                .wholes(Kept::seen)
                .wholes(one -> one.lastBar() == null ? NO_DATE : one.lastBar().toEpochDay());
        for (int i = 0; i < scalars; i++) {
            int number = i;
            out.figures(one -> one.indicators()[0][number]);
        }
        for (int row = 1; row < ROWS; row++) {
            writeSeries(out, row, kept, base);
        }
        return out.bytes();
    }

    private static void writeSeries(Columns.Writer<Kept> out, int row, List<Kept> kept, Map<String, double[][]> base) {
        List<Tail> tails = new ArrayList<>(kept.size());
        for (Kept one : kept) {
            double[][] before = base.get(one.symbol());
            tails.add(Tail.of(one.indicators()[row], before == null ? new double[0] : before[row]));
        }
        out.numbers(numbers(tails, tail -> tail.all().length)).numbers(numbers(tails, Tail::length));
        if (row == INDEX) {
            writeIndex(out, tails);
        } else {
            writeNumbers(out, tails);
        }
    }

    private static long[] numbers(List<Tail> tails, ToLongFunction<Tail> number) {
        return tails.stream().mapToLong(number).toArray();
    }

    private static void writeNumbers(Columns.Writer<Kept> out, List<Tail> tails) {
        LongStream.Builder steps = LongStream.builder();
        LongStream.Builder others = LongStream.builder();
        long[] whole = numbers(tails, tail -> tail.isWhole() ? 1 : 0);
        for (int symbol = 0; symbol < whole.length; symbol++) {
            double[] all = tails.get(symbol).all();
            for (int i = tails.get(symbol).from(); i < all.length; i++) {
                if (whole[symbol] == 1) {
                    steps.add(zigzag((long) all[i] - (i == 0 ? 0 : (long) all[i - 1])));
                } else {
                    others.add(Double.doubleToLongBits(all[i]));
                }
            }
        }
        out.numbers(whole)
                .numbers(steps.build().toArray())
                .numbers(others.build().toArray());
    }

    private static void writeIndex(Columns.Writer<Kept> out, List<Tail> tails) {
        Map<Long, Integer> places = new HashMap<>();
        LongStream.Builder closes = LongStream.builder();
        LongStream.Builder steps = LongStream.builder();
        for (Tail tail : tails) {
            int expected = 0;
            for (int i = tail.from(); i < tail.all().length; i++) {
                long bits = Double.doubleToLongBits(tail.all()[i]);
                int next = places.size();
                Integer known = places.putIfAbsent(bits, next);
                if (known == null) {
                    closes.add(bits);
                }
                int place = known == null ? next : known;
                steps.add(zigzag(place - expected));
                expected = place + 1;
            }
        }
        out.numbers(closes.build().toArray()).numbers(steps.build().toArray());
    }

    /**
     * @param base of the same state as when it was written
     * @throws IOException when the bytes are not those of a state after this base
     * @throws IllegalArgumentException likewise
     */
    static MarketState decode(LocalDate session, byte[] plain, Map<String, double[][]> base) throws IOException {
        Columns.Reader in = new Columns.Reader(plain);
        long[] counts = in.numbers();
        String[] symbols = in.texts();
        long[] rows = in.wholes();
        long[] closes = in.wholes();
        long[] seen = in.wholes();
        long[] lastBars = in.wholes();
        double[][][] indicators = new double[symbols.length][ROWS][];
        readScalars(in, Math.toIntExact(counts[1]), indicators);
        for (int row = 1; row < ROWS; row++) {
            readSeries(in, row, symbols, indicators, base);
        }
        List<Kept> kept = new ArrayList<>(symbols.length);
        for (int i = 0; i < symbols.length; i++) {
            kept.add(new Kept(
                    symbols[i],
                    Math.toIntExact(rows[i]),
                    closes[i],
                    Math.toIntExact(seen[i]),
                    date(lastBars[i]),
                    indicators[i]));
        }
        return MarketState.restore(session, Math.toIntExact(counts[0]), kept);
    }

    private static @Nullable LocalDate date(long day) {
        return day == NO_DATE ? null : LocalDate.ofEpochDay(day);
    }

    private static void readScalars(Columns.Reader in, int count, double[][][] indicators) throws IOException {
        for (double[][] symbol : indicators) {
            symbol[0] = new double[count];
        }
        for (int number = 0; number < count; number++) {
            double[] column = in.figures();
            for (int i = 0; i < column.length; i++) {
                indicators[i][0][number] = column[i];
            }
        }
    }

    private static void readSeries(
            Columns.Reader in, int row, String[] symbols, double[][][] indicators, Map<String, double[][]> base)
            throws IOException {
        long[] lengths = in.numbers();
        long[] tails = in.numbers();
        int[] from = new int[symbols.length];
        for (int i = 0; i < symbols.length; i++) {
            if (tails[i] < 0 || tails[i] > lengths[i] || lengths[i] > MOST_BARS) {
                throw new IOException("%d new bars of %d of %s".formatted(tails[i], lengths[i], symbols[i]));
            }
            double[] all = new double[(int) lengths[i]];
            from[i] = all.length - (int) tails[i];
            if (from[i] > 0) {
                double[][] before = base.get(symbols[i]);
                if (before == null || before[row].length < from[i]) {
                    throw new IOException("fewer bars of %s than the earlier state had".formatted(symbols[i]));
                }
                System.arraycopy(before[row], before[row].length - from[i], all, 0, from[i]);
            }
            indicators[i][row] = all;
        }
        if (row == INDEX) {
            readIndex(in, row, from, indicators);
        } else {
            readNumbers(in, row, from, indicators);
        }
    }

    private static void readNumbers(Columns.Reader in, int row, int[] from, double[][][] indicators)
            throws IOException {
        long[] whole = in.numbers();
        long[] steps = in.numbers();
        long[] others = in.numbers();
        int step = 0;
        int other = 0;
        for (int symbol = 0; symbol < from.length; symbol++) {
            double[] all = indicators[symbol][row];
            for (int i = from[symbol]; i < all.length; i++) {
                all[i] = whole[symbol] == 1
                        ? (i == 0 ? 0 : (long) all[i - 1]) + unzigzag(steps[step++])
                        : Double.longBitsToDouble(others[other++]);
            }
        }
    }

    private static void readIndex(Columns.Reader in, int row, int[] from, double[][][] indicators) throws IOException {
        long[] closes = in.numbers();
        long[] steps = in.numbers();
        int step = 0;
        for (int symbol = 0; symbol < from.length; symbol++) {
            double[] all = indicators[symbol][row];
            int place = 0;
            for (int i = from[symbol]; i < all.length; i++) {
                place += Math.toIntExact(unzigzag(steps[step++]));
                all[i] = Double.longBitsToDouble(closes[place++]);
            }
        }
    }

    private static long zigzag(long number) {
        return number << 1 ^ number >> 63;
    }

    private static long unzigzag(long number) {
        return number >>> 1 ^ -(number & 1);
    }

    /**
     * What of a series is written.
     *
     * @param from its first number that the earlier series does not end with
     */
    private record Tail(double[] all, int from) {

        /** Bars looked for: as many sessions as lie between a state and the one it leans on. */
        private static final int MOST = 10;

        static Tail of(double[] all, double[] before) {
            for (int length = 0; length <= Math.min(MOST, all.length); length++) {
                int common = all.length - length;
                if (common <= before.length
                        && Arrays.equals(all, 0, common, before, before.length - common, before.length)) {
                    return new Tail(all, common);
                }
            }
            return new Tail(all, 0);
        }

        int length() {
            return all.length - from;
        }

        /** Whether each number, and the one before the first, is the double of a whole number. */
        boolean isWhole() {
            for (int i = Math.max(0, from - 1); i < all.length; i++) {
                if (Double.doubleToLongBits(all[i]) != Double.doubleToLongBits((long) all[i])) {
                    return false;
                }
            }
            return true;
        }
    }
}
