package io.haetae.store;

import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.KrxMarket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Rows as the bytes of a chunk: a version byte, the CRC-32 of what follows, the length unpacked, then columns packed
 * with Deflate. Within the columns numbers take as many bytes as they need, and prices stand against the close.
 *
 * <p>A decoder is used for one call over many chunks: texts that stay the same from chunk to chunk are one object.
 */
final class MarketDayCodec {

    private static final byte VERSION = 1;
    private static final int CHECKSUM_AT = 1;
    private static final int LENGTH_AT = CHECKSUM_AT + Integer.BYTES;
    private static final int HEADER_BYTES = LENGTH_AT + Integer.BYTES;
    private static final int LARGEST_CHUNK = 16 * 1024 * 1024;

    private MarketDayCodec() {}

    /** The bytes are not what {@link #rows} or {@link #fundamentals} wrote. */
    static final class DamagedChunkException extends Exception {
        private final String expected;

        DamagedChunkException(String expected) {
            super("not " + expected);
            this.expected = expected;
        }

        /** What the bytes are not, for the end of a sentence. */
        String expected() {
            return expected;
        }
    }

    static byte[] rows(List<DailyRow> rows) {
        Columns columns = new Columns();
        columns.unsigned(rows.size());
        for (DailyRow row : rows) {
            columns.text(row.symbol());
        }
        for (DailyRow row : rows) {
            columns.text(row.name());
        }
        column(columns, rows, DailyRow::close);
        column(columns, rows, DailyRow::change);
        column(columns, rows, row -> row.open() - row.close());
        column(columns, rows, row -> row.high() - row.close());
        column(columns, rows, row -> row.low() - row.close());
        column(columns, rows, DailyRow::volume);
        column(columns, rows, DailyRow::value);
        column(columns, rows, DailyRow::shares);
        return pack(columns.bytes());
    }

    private static void column(Columns columns, List<DailyRow> rows, ToLongFunction<DailyRow> number) {
        for (DailyRow row : rows) {
            columns.signed(number.applyAsLong(row));
        }
    }

    static byte[] fundamentals(List<Fundamentals> fundamentals) {
        Columns columns = new Columns();
        columns.unsigned(fundamentals.size());
        for (Fundamentals one : fundamentals) {
            columns.text(one.symbol());
        }
        for (Fundamentals one : fundamentals) {
            columns.figure(one.per());
            columns.figure(one.pbr());
            columns.figure(one.eps());
            columns.figure(one.bps());
        }
        return pack(columns.bytes());
    }

    static List<Fundamentals> fundamentals(byte[] chunk) throws DamagedChunkException {
        Reader in = new Reader(unpack(chunk));
        int count = in.count();
        String[] symbols = new String[count];
        for (int i = 0; i < count; i++) {
            symbols[i] = in.text();
        }
        List<Fundamentals> fundamentals = new ArrayList<>(count);
        for (String symbol : symbols) {
            fundamentals.add(new Fundamentals(symbol, in.figure(), in.figure(), in.figure(), in.figure()));
        }
        in.end();
        return fundamentals;
    }

    private static byte[] pack(byte[] plain) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(plain);
            deflater.finish();
            byte[] chunk = new byte[HEADER_BYTES + plain.length / 2 + 64];
            int at = HEADER_BYTES;
            while (!deflater.finished()) {
                if (at == chunk.length) {
                    chunk = Arrays.copyOf(chunk, chunk.length * 2);
                }
                at += deflater.deflate(chunk, at, chunk.length - at);
            }
            ByteBuffer.wrap(chunk).put(0, VERSION).putInt(LENGTH_AT, plain.length);
            ByteBuffer.wrap(chunk).putInt(CHECKSUM_AT, checksum(chunk, at));
            return Arrays.copyOf(chunk, at);
        } finally {
            deflater.end();
        }
    }

    private static byte[] unpack(byte[] chunk) throws DamagedChunkException {
        if (chunk.length <= HEADER_BYTES) {
            throw new DamagedChunkException("a chunk (too short)");
        }
        ByteBuffer header = ByteBuffer.wrap(chunk);
        byte version = header.get(0);
        if (version != VERSION) {
            throw new DamagedChunkException("a chunk of version " + VERSION + " but of " + version);
        }
        int length = header.getInt(LENGTH_AT);
        if (header.getInt(CHECKSUM_AT) != checksum(chunk, chunk.length) || length < 0 || length > LARGEST_CHUNK) {
            throw new DamagedChunkException("a chunk (its checksum differs)");
        }
        byte[] plain = new byte[length];
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(chunk, HEADER_BYTES, chunk.length - HEADER_BYTES);
            int at = 0;
            while (at < length) {
                int read = inflater.inflate(plain, at, length - at);
                if (read == 0) {
                    throw new DamagedChunkException("a whole chunk");
                }
                at += read;
            }
        } catch (DataFormatException e) {
            throw new DamagedChunkException("a chunk (does not unpack)");
        } finally {
            inflater.end();
        }
        return plain;
    }

    /** Over everything after the checksum itself. */
    private static int checksum(byte[] chunk, int end) {
        CRC32 crc = new CRC32();
        crc.update(chunk, LENGTH_AT, end - LENGTH_AT);
        return (int) crc.getValue();
    }

    /** Decodes the chunks of one market, session after session. */
    static final class RowDecoder {

        private final KrxMarket market;
        private List<DailyRow> previous = List.of();

        RowDecoder(KrxMarket market) {
            this.market = market;
        }

        List<DailyRow> decode(byte[] chunk) throws DamagedChunkException {
            Reader in = new Reader(unpack(chunk));
            int count = in.count();
            String[] symbols = new String[count];
            int[] before = new int[count];
            int at = 0;
            for (int i = 0; i < count; i++) {
                at = skipTo(at, in);
                boolean known =
                        at < previous.size() && in.isNext(previous.get(at).symbol());
                before[i] = known ? at : -1;
                symbols[i] = known ? in.skipText(previous.get(at).symbol()) : in.text();
            }
            String[] names = new String[count];
            for (int i = 0; i < count; i++) {
                String name = before[i] < 0 ? null : previous.get(before[i]).name();
                names[i] = name != null && in.isNext(name) ? in.skipText(name) : in.text();
            }
            long[] close = in.column(count);
            long[] change = in.column(count);
            long[] open = in.column(count);
            long[] high = in.column(count);
            long[] low = in.column(count);
            long[] volume = in.column(count);
            long[] value = in.column(count);
            long[] shares = in.column(count);
            in.end();
            List<DailyRow> rows = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                rows.add(new DailyRow(
                        symbols[i],
                        names[i],
                        market,
                        open[i] + close[i],
                        high[i] + close[i],
                        low[i] + close[i],
                        close[i],
                        change[i],
                        volume[i],
                        value[i],
                        shares[i]));
            }
            previous = rows;
            return rows;
        }

        /** Rows are in order of symbol, so the symbols of the chunk before are passed at most once. */
        private int skipTo(int at, Reader in) {
            int next = at;
            while (next < previous.size() && in.isNextAfter(previous.get(next).symbol())) {
                next++;
            }
            return next;
        }
    }

    private static final class Columns {

        private byte[] bytes = new byte[64 * 1024];
        private int length;

        void unsigned(long number) {
            long rest = number;
            while ((rest & ~0x7FL) != 0) {
                put((byte) (rest | 0x80));
                rest >>>= 7;
            }
            put((byte) rest);
        }

        void signed(long number) {
            unsigned((number << 1) ^ (number >> 63));
        }

        void text(String text) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            unsigned(encoded.length);
            for (byte one : encoded) {
                put(one);
            }
        }

        void figure(@Nullable Double figure) {
            put((byte) (figure == null ? 0 : 1));
            if (figure != null) {
                long bits = Double.doubleToLongBits(figure);
                for (int shift = 56; shift >= 0; shift -= 8) {
                    put((byte) (bits >>> shift));
                }
            }
        }

        private void put(byte one) {
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, length * 2);
            }
            bytes[length++] = one;
        }

        byte[] bytes() {
            return Arrays.copyOf(bytes, length);
        }
    }

    private static final class Reader {

        private final byte[] bytes;
        private int at;

        Reader(byte[] bytes) {
            this.bytes = bytes;
        }

        int count() throws DamagedChunkException {
            long count = unsigned();
            if (count < 0 || count > bytes.length) {
                throw new DamagedChunkException("a chunk (impossible count)");
            }
            return (int) count;
        }

        long unsigned() throws DamagedChunkException {
            long number = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                byte one = next();
                number |= (long) (one & 0x7F) << shift;
                if (one >= 0) {
                    return number;
                }
            }
            throw new DamagedChunkException("a chunk (impossible number)");
        }

        long[] column(int count) throws DamagedChunkException {
            long[] column = new long[count];
            for (int i = 0; i < count; i++) {
                long zigzag = unsigned();
                column[i] = (zigzag >>> 1) ^ -(zigzag & 1);
            }
            return column;
        }

        String text() throws DamagedChunkException {
            int length = textLength();
            String text = new String(bytes, at, length, StandardCharsets.UTF_8);
            at += length;
            return text;
        }

        private int textLength() throws DamagedChunkException {
            long length = unsigned();
            if (length < 0 || length > bytes.length - at) {
                throw new DamagedChunkException("a chunk (impossible text)");
            }
            return (int) length;
        }

        String skipText(String known) throws DamagedChunkException {
            int length = textLength();
            at += length;
            return known;
        }

        /** Whether the next text is {@code text}; reads nothing. Texts of 128 bytes or more are said to be unknown. */
        boolean isNext(String text) {
            int from = at + 1;
            int length = at < bytes.length ? bytes[at] : -1;
            if (length < 0 || length > bytes.length - from) {
                return false;
            }
            int read = 0;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (c < 0x80) {
                    if (read >= length || bytes[from + read++] != (byte) c) {
                        return false;
                    }
                } else if (c < 0x800 || Character.isSurrogate(c)) {
                    return false;
                } else {
                    // The Hangul syllables, three bytes each.
                    if (read + 3 > length
                            || bytes[from + read] != (byte) (0xE0 | c >> 12)
                            || bytes[from + read + 1] != (byte) (0x80 | c >> 6 & 0x3F)
                            || bytes[from + read + 2] != (byte) (0x80 | c & 0x3F)) {
                        return false;
                    }
                    read += 3;
                }
            }
            return read == length;
        }

        /** Whether the next text, of ASCII, comes after {@code symbol} in order. */
        boolean isNextAfter(String symbol) {
            int from = at + 1;
            int length = at < bytes.length ? bytes[at] : -1;
            if (length < 0 || length > bytes.length - from) {
                return false;
            }
            int common = Math.min(length, symbol.length());
            for (int i = 0; i < common; i++) {
                int order = bytes[from + i] - symbol.charAt(i);
                if (order != 0) {
                    return order > 0;
                }
            }
            return length > symbol.length();
        }

        @Nullable
        Double figure() throws DamagedChunkException {
            if (next() == 0) {
                return null;
            }
            long bits = 0;
            for (int i = 0; i < Long.BYTES; i++) {
                bits = bits << 8 | next() & 0xFF;
            }
            return Double.longBitsToDouble(bits);
        }

        private byte next() throws DamagedChunkException {
            if (at >= bytes.length) {
                throw new DamagedChunkException("a whole chunk");
            }
            return bytes[at++];
        }

        void end() throws DamagedChunkException {
            if (at != bytes.length) {
                throw new DamagedChunkException("a chunk (something is left over)");
            }
        }
    }
}
