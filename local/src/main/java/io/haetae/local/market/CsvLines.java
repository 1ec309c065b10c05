package io.haetae.local.market;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a comma-separated file, plain or gzipped, field by field out of one buffer, without making a string of a number.
 * A field may stand in quotes. Bytes read go into the digest.
 */
final class CsvLines implements AutoCloseable {

    private final String file;
    private final InputStream in;
    private byte[] buffer = new byte[1 << 18];
    private int start;
    private int end;
    private boolean atEnd;
    private long line;

    private int[] from = new int[32];
    private int[] to = new int[32];
    private int fields;

    /** @throws MarketFileException when the file cannot be opened */
    CsvLines(Path path, MessageDigest digest) {
        this.file = path.toString();
        try {
            this.in = new DigestInputStream(open(path), digest);
        } catch (IOException e) {
            throw new MarketFileException(
                    file + ": cannot be opened (" + e.getClass().getSimpleName() + "); name a readable CSV file", e);
        }
    }

    private static InputStream open(Path path) throws IOException {
        InputStream raw = Files.newInputStream(path);
        if (!path.toString().endsWith(".gz")) {
            return raw;
        }
        try {
            return new GZIPInputStream(raw, 1 << 16);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** Moves to the next line that is not empty; false after the last one. */
    boolean next() {
        while (true) {
            int newline = find();
            if (newline < 0) {
                return false;
            }
            line++;
            int stop = newline > start && buffer[newline - 1] == '\r' ? newline - 1 : newline;
            int begin = start;
            start = Math.min(newline + 1, end);
            if (stop > begin) {
                split(begin, stop);
                return true;
            }
            if (start >= end && atEnd) {
                return false;
            }
        }
    }

    /** Where the line ends that begins at {@code start}; −1 when there is none. */
    private int find() {
        int at = start;
        while (true) {
            while (at < end) {
                if (buffer[at] == '\n') {
                    return at;
                }
                at++;
            }
            if (atEnd) {
                return start < end ? end : -1;
            }
            int searched = at - start;
            fill();
            at = start + searched;
        }
    }

    private void fill() {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        try {
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) {
                atEnd = true;
            } else {
                end += read;
            }
        } catch (EOFException | ZipException e) {
            line++;
            throw new MarketFileException(at("the compressed data is torn; fetch the file again"), e);
        } catch (IOException e) {
            line++;
            throw new MarketFileException(at("cannot be read: " + e.getMessage()), e);
        }
    }

    private void split(int begin, int stop) {
        fields = 0;
        int at = begin;
        while (true) {
            int first = at;
            int last;
            if (at < stop && buffer[at] == '"') {
                first = at + 1;
                at = first;
                while (at < stop && buffer[at] != '"') {
                    at++;
                }
                last = at;
                at++;
            } else {
                while (at < stop && buffer[at] != ',') {
                    at++;
                }
                last = at;
            }
            if (fields == from.length) {
                from = Arrays.copyOf(from, fields * 2);
                to = Arrays.copyOf(to, fields * 2);
            }
            from[fields] = first;
            to[fields] = last;
            fields++;
            if (at >= stop) {
                return;
            }
            at++;
        }
    }

    int fields() {
        return fields;
    }

    List<String> all() {
        List<String> texts = new ArrayList<>(fields);
        for (int i = 0; i < fields; i++) {
            texts.add(text(i));
        }
        return texts;
    }

    String text(int field) {
        return new String(buffer, from[field], to[field] - from[field], StandardCharsets.UTF_8).strip();
    }

    boolean isEmpty(int field) {
        return from[field] >= to[field];
    }

    /** Whole won or shares; a fraction of zeros ({@code 9350.0}) is let pass. */
    long number(int field, String column) {
        int at = from[field];
        int stop = to[field];
        boolean negative = at < stop && buffer[at] == '-';
        if (negative) {
            at++;
        }
        long value = 0;
        int digits = 0;
        while (at < stop && buffer[at] >= '0' && buffer[at] <= '9' && digits < 18) {
            value = value * 10 + (buffer[at] - '0');
            at++;
            digits++;
        }
        if (at < stop && buffer[at] == '.') {
            at++;
            while (at < stop && buffer[at] == '0') {
                at++;
            }
        }
        if (digits == 0 || at != stop) {
            throw bad(column + " is \"" + text(field) + "\", not a whole number");
        }
        return negative ? -value : value;
    }

    /** {@code 2024-12-20} or {@code 20241220} as 20241220. */
    int date(int field) {
        int value = 0;
        int digits = 0;
        for (int at = from[field]; at < to[field]; at++) {
            byte b = buffer[at];
            if (b >= '0' && b <= '9' && digits < 8) {
                value = value * 10 + (b - '0');
                digits++;
            } else if (b != '-') {
                throw bad("date is \"" + text(field) + "\", not like 2024-12-20");
            }
        }
        if (digits != 8) {
            throw bad("date is \"" + text(field) + "\", not like 2024-12-20");
        }
        return value;
    }

    /** Six digits or capital letters, eight bits each. */
    long symbol(int field) {
        int length = to[field] - from[field];
        long packed = 0;
        for (int at = from[field]; at < to[field]; at++) {
            byte b = buffer[at];
            if (!(b >= '0' && b <= '9') && !(b >= 'A' && b <= 'Z')) {
                throw bad("symbol is \"" + text(field) + "\", not six digits or capital letters");
            }
            packed = packed << 8 | b;
        }
        if (length != 6) {
            throw bad("symbol is \"" + text(field) + "\", not six digits or capital letters");
        }
        return packed;
    }

    MarketFileException bad(String what) {
        return new MarketFileException(at(what + "; mend or remove the line"));
    }

    String at(String what) {
        return file + ", line " + line + ": " + what;
    }

    String file() {
        return file;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new MarketFileException(file + ": cannot be closed: " + e.getMessage(), e);
        }
    }
}
