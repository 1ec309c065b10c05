package io.haetae.local.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes an answer of thousands of rows straight into bytes: a tree of it would cost more than making the rows. */
public final class JsonBytes {

    private static final long[] POWERS = new long[19];

    static {
        POWERS[0] = 1;
        for (int i = 1; i < POWERS.length; i++) {
            POWERS[i] = POWERS[i - 1] * 10;
        }
    }

    private byte[] bytes;
    private int length;

    /** @param expected bytes to make room for; it grows when they do not do */
    public JsonBytes(int expected) {
        this.bytes = new byte[Math.max(expected, 64)];
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /** Characters of ASCII as they are. */
    @SuppressWarnings("deprecation") // the one way to copy Latin-1 characters without an encoder between
    public JsonBytes raw(String ascii) {
        int count = ascii.length();
        room(count);
        ascii.getBytes(0, count, bytes, length);
        length += count;
        return this;
    }

    /** A string in quotes. */
    public JsonBytes text(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        room(encoded.length * 2 + 2);
        bytes[length++] = '"';
        for (byte b : encoded) {
            if (b == '"' || b == '\\') {
                bytes[length++] = '\\';
            }
            bytes[length++] = b >= 0 && b < ' ' ? (byte) ' ' : b;
        }
        bytes[length++] = '"';
        return this;
    }

    /** A whole number as it is. */
    public JsonBytes number(long value) {
        room(20);
        if (value < 0) {
            bytes[length++] = '-';
        }
        digits(Math.abs(value), 1);
        return this;
    }

    /** 123 as {@code 1.23}. */
    public JsonBytes hundredths(long value) {
        room(24);
        if (value < 0) {
            bytes[length++] = '-';
        }
        long magnitude = Math.abs(value);
        digits(magnitude / 100, 1);
        bytes[length++] = '.';
        digits(magnitude % 100, 2);
        return this;
    }

    private void digits(long value, int least) {
        int count = least;
        while (count < POWERS.length && value >= POWERS[count]) {
            count++;
        }
        long rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    /** The buffer itself; only the first {@link #length()} bytes are written. */
    public byte[] bytes() {
        return bytes;
    }

    /** Bytes written so far. */
    public int length() {
        return length;
    }

    /** A copy of what was written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
