package io.haetae.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * Records column by column: figures of one kind lie together, and the bytes of a figure lie apart by significance, since
 * neighbours share the upper ones. That halves what compression leaves.
 */
final class Columns {

    private Columns() {}

    /** Collects columns of {@code rows}. */
    static final class Writer<T> {

        private final List<T> rows;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(bytes);

        Writer(List<T> rows) {
            this.rows = rows;
            put(() -> out.writeInt(rows.size()));
        }

        Writer<T> texts(Function<T, String> column) {
            rows.forEach(row -> put(() -> out.writeUTF(column.apply(row))));
            return this;
        }

        Writer<T> wholes(ToLongFunction<T> column) {
            return planes(rows.stream().mapToLong(column).toArray(), Long.BYTES);
        }

        /** Any NaN is kept as the one NaN. */
        Writer<T> figures(ToDoubleFunction<T> column) {
            return wholes(row -> Double.doubleToLongBits(column.applyAsDouble(row)));
        }

        Writer<T> lines(List<String> lines) {
            put(() -> out.writeInt(lines.size()));
            lines.forEach(line -> put(() -> out.writeUTF(line)));
            return this;
        }

        /** Any count of numbers, in no more bytes each than the largest needs. */
        Writer<T> numbers(long[] numbers) {
            long all = 0;
            for (long number : numbers) {
                all |= number;
            }
            int width = Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(all) + Byte.SIZE - 1) / Byte.SIZE);
            put(() -> out.writeInt(numbers.length));
            put(() -> out.writeByte(width));
            return planes(numbers, width);
        }

        byte[] bytes() {
            return bytes.toByteArray();
        }

        private Writer<T> planes(long[] values, int width) {
            byte[] planes = new byte[values.length * width];
            for (int i = 0; i < values.length; i++) {
                for (int plane = 0; plane < width; plane++) {
                    planes[plane * values.length + i] = (byte) (values[i] >>> (8 * (width - 1 - plane)));
                }
            }
            put(() -> out.write(planes));
            return this;
        }

        private static void put(Put put) {
            try {
                put.run();
            } catch (IOException e) {
                throw new UncheckedIOException("a text longer than 65535 bytes", e);
            }
        }

        private interface Put {
            void run() throws IOException;
        }
    }

    /** Gives columns back in the order they were written. */
    static final class Reader {

        private final DataInputStream in;
        private final int rows;

        /** @throws IOException when the bytes end early, as every reading method does */
        Reader(byte[] bytes) throws IOException {
            in = new DataInputStream(new ByteArrayInputStream(bytes));
            rows = in.readInt();
            if (rows < 0 || rows > bytes.length) {
                throw new IOException("a count of " + rows);
            }
        }

        int rows() {
            return rows;
        }

        String[] texts() throws IOException {
            return texts(rows);
        }

        long[] wholes() throws IOException {
            return planes(rows, Long.BYTES);
        }

        long[] numbers() throws IOException {
            int count = in.readInt();
            int width = in.readUnsignedByte();
            if (count < 0 || width < 1 || width > Long.BYTES || (long) count * width > in.available()) {
                throw new IOException("%d numbers of %d bytes".formatted(count, width));
            }
            return planes(count, width);
        }

        private long[] planes(int count, int width) throws IOException {
            byte[] planes = new byte[count * width];
            in.readFully(planes);
            long[] values = new long[count];
            for (int plane = 0; plane < width; plane++) {
                for (int i = 0; i < count; i++) {
                    values[i] = values[i] << 8 | (planes[plane * count + i] & 0xFF);
                }
            }
            return values;
        }

        double[] figures() throws IOException {
            long[] bits = wholes();
            double[] figures = new double[rows];
            for (int i = 0; i < rows; i++) {
                figures[i] = Double.longBitsToDouble(bits[i]);
            }
            return figures;
        }

        List<String> lines() throws IOException {
            int count = in.readInt();
            if (count < 0 || count > in.available()) {
                throw new IOException("a count of " + count);
            }
            return List.of(texts(count));
        }

        private String[] texts(int count) throws IOException {
            String[] texts = new String[count];
            for (int i = 0; i < count; i++) {
                texts[i] = in.readUTF();
            }
            return texts;
        }
    }
}
