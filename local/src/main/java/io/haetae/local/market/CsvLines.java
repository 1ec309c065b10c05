package io.haetae.local.market;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a comma-separated file, plain or gzipped, field by field out of one buffer, without making a string of a number.
 * A field may stand in quotes, where a quote is doubled. Bytes read go into the digest. No line may be longer than
 * {@link #LONGEST_LINE}, so a file of any size takes the same room.
 */
final class CsvLines implements AutoCloseable {

    /** Bytes. */
    static final int LONGEST_LINE = 1 << 20;

    private static final int GZIP_MAGIC = 0x1f8b;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

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
    private boolean brokenQuote;

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

    /** Gzip is known by its first bytes, whatever the file is called. */
    private static InputStream open(Path path) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        try {
            raw.mark(2);
            int magic = raw.read() << 8 | raw.read();
            raw.reset();
            return magic == GZIP_MAGIC ? new GZIPInputStream(raw, 1 << 16) : raw;
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
            int begin = line == 1 && marked(stop) ? start + BYTE_ORDER_MARK.length : start;
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

    private boolean marked(int stop) {
        return stop - start >= BYTE_ORDER_MARK.length
                && Arrays.mismatch(
                                buffer,
                                start,
                                start + BYTE_ORDER_MARK.length,
                                BYTE_ORDER_MARK,
                                0,
                                BYTE_ORDER_MARK.length)
                        < 0;
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
            if (end >= LONGEST_LINE) {
                line++;
                throw new MarketFileException(
                        at("the line is longer than " + LONGEST_LINE + " bytes; this is no CSV file of prices"));
            }
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
        brokenQuote = false;
        int at = begin;
        while (true) {
            int first = at;
            int last;
            if (at < stop && buffer[at] == '"') {
                first = at + 1;
                at = first;
                while (at < stop && (buffer[at] != '"' || (at + 1 < stop && buffer[at + 1] == '"'))) {
                    at += buffer[at] == '"' ? 2 : 1;
                }
                last = Math.min(at, stop);
                at++;
                if (at > stop || (at < stop && buffer[at] != ',')) {
                    brokenQuote = true;
                    at = Math.min(at, stop);
                    while (at < stop && buffer[at] != ',') {
                        at++;
                    }
                }
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

    /** The number of the line the fields are of, from 1. */
    long line() {
        return line;
    }

    /** @throws RowFault when the line has not that many fields */
    void expect(int count) {
        if (brokenQuote) {
            throw new RowFault("a quote is not closed, or something stands behind it");
        }
        if (fields != count) {
            throw new RowFault("the line has " + fields + " fields, the header " + count);
        }
    }

    /**
     * The columns that the line names.
     *
     * @throws MarketFileException when it is no text, or names a column twice
     */
    List<String> header() {
        List<String> header;
        try {
            header = all();
        } catch (RowFault e) {
            throw new MarketFileException(at(e.reason()), e);
        }
        Set<String> seen = new HashSet<>();
        for (String column : header) {
            if (!seen.add(column)) {
                throw new MarketFileException(
                        at("column " + FileReader.shown(column) + " stands twice in the header; remove one"));
            }
        }
        return header;
    }

    private List<String> all() {
        List<String> texts = new ArrayList<>(fields);
        for (int i = 0; i < fields; i++) {
            texts.add(text(i));
        }
        return texts;
    }

    /** @throws RowFault when the bytes are no UTF-8 */
    String text(int field) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(buffer, from[field], to[field] - from[field]))
                    .toString();
            return text.replace("\"\"", "\"").strip();
        } catch (CharacterCodingException _) {
            throw new RowFault("the text is not UTF-8; save the file as UTF-8");
        }
    }

    /** As it can be shown: no control character, nothing endless. */
    private String shown(int field) {
        String text = new String(buffer, from[field], Math.min(to[field] - from[field], 40), StandardCharsets.UTF_8);
        return text.replaceAll("\\p{Cntrl}", "?");
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
            throw new RowFault(column + " is \"" + shown(field) + "\", not a whole number");
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
                throw new RowFault("date is \"" + shown(field) + "\", not like 2024-12-20");
            }
        }
        if (digits != 8) {
            throw new RowFault("date is \"" + shown(field) + "\", not like 2024-12-20");
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
                throw new RowFault("symbol is \"" + shown(field) + "\", not six digits or capital letters");
            }
            packed = packed << 8 | b;
        }
        if (length != 6) {
            throw new RowFault("symbol is \"" + shown(field) + "\", not six digits or capital letters");
        }
        return packed;
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
