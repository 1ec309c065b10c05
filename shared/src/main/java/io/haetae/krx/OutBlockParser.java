package io.haetae.krx;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads {@code {"OutBlock_1":[…]}} as it arrives: a market has 1 MB of it, and history has hundreds of markets. */
final class OutBlockParser {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int TYPICAL_ROWS = 2_000;

    /** Of the rows of one answer, in percent: beyond it not the rows are wrong but the answer. */
    private static final int MOST_DROPPED_PERCENT = 1;

    private OutBlockParser() {}

    /** What an answer says. */
    sealed interface Parsed<T> {

        /**
         * @param rows in order of their keys
         * @param dropped why each row that cannot be was left out
         */
        record Rows<T>(List<T> rows, List<String> dropped) implements Parsed<T> {}

        record Refusal<T>(String code, String message) implements Parsed<T> {}
    }

    /** The answer does not have the promised form; the message says where. */
    static final class UnusableAnswerException extends Exception {
        UnusableAnswerException(String message) {
            super(message);
        }
    }

    /** Well written, but no such thing can be; the message says which. */
    static final class ImpossibleRowException extends Exception {
        ImpossibleRowException(String message) {
            super(message);
        }
    }

    /** Collects the fields of one row. */
    interface RowReader<T> {

        /** Called with the parser at the field's value; a value it does not want is left where it is. */
        void field(String name, JsonParser value) throws IOException, UnusableAnswerException;

        /**
         * The row; null for one that is rightly empty.
         *
         * @throws UnusableAnswerException when a field is missing
         */
        @Nullable
        T row() throws UnusableAnswerException, ImpossibleRowException;
    }

    /**
     * @param key names a row; no two rows have the same
     * @throws IOException when the answer could not be read to its end
     */
    static <T> Parsed<T> parse(InputStream body, Supplier<RowReader<T>> readers, Function<T, String> key)
            throws IOException, UnusableAnswerException {
        try (JsonParser json = FACTORY.createParser(body)) {
            return answer(json, readers, key);
        } catch (JacksonException e) {
            throw new UnusableAnswerException("not JSON, or cut off, near byte "
                    + (e.getLocation() == null ? "?" : e.getLocation().getByteOffset()));
        } catch (CharConversionException e) {
            throw new UnusableAnswerException("in no encoding of JSON");
        }
    }

    private static <T> Parsed<T> answer(JsonParser json, Supplier<RowReader<T>> readers, Function<T, String> key)
            throws IOException, UnusableAnswerException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new UnusableAnswerException("not a JSON object");
        }
        String code = null;
        String message = "";
        Parsed.Rows<T> rows = null;
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            switch (field) {
                case "respCode" -> code = json.getValueAsString("");
                case "respMsg" -> message = json.getValueAsString("");
                case "OutBlock_1" -> {
                    if (value != JsonToken.START_ARRAY || rows != null) {
                        throw new UnusableAnswerException("OutBlock_1 is not one list");
                    }
                    rows = rows(json, readers);
                }
                default -> json.skipChildren();
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
            throw new UnusableAnswerException("something after the end");
        }
        // The refusal first: it may come under HTTP 200, with or without rows.
        if (code != null) {
            return new Parsed.Refusal<>(code, message);
        }
        if (rows == null) {
            throw new UnusableAnswerException("neither OutBlock_1 nor respCode");
        }
        sort(rows.rows(), key);
        return rows;
    }

    private static <T> void sort(List<T> rows, Function<T, String> key) throws UnusableAnswerException {
        rows.sort(Comparator.comparing(key));
        for (int i = 1; i < rows.size(); i++) {
            if (key.apply(rows.get(i)).equals(key.apply(rows.get(i - 1)))) {
                throw new UnusableAnswerException(shown(key.apply(rows.get(i))) + " stands twice");
            }
        }
    }

    private static <T> Parsed.Rows<T> rows(JsonParser json, Supplier<RowReader<T>> readers)
            throws IOException, UnusableAnswerException {
        List<T> rows = new ArrayList<>(TYPICAL_ROWS);
        List<String> dropped = new ArrayList<>();
        int number = 0;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            number++;
            if (token != JsonToken.START_OBJECT) {
                throw new UnusableAnswerException("row " + number + " is no object");
            }
            try {
                T row = row(json, readers.get());
                if (row != null) {
                    rows.add(row);
                }
            } catch (ImpossibleRowException e) {
                dropped.add(e.getMessage());
            } catch (UnusableAnswerException e) {
                throw new UnusableAnswerException("row " + number + " " + e.getMessage());
            }
        }
        if (dropped.size() * 100L > (long) number * MOST_DROPPED_PERCENT) {
            throw new UnusableAnswerException(
                    "%d of %d rows cannot be, first: %s".formatted(dropped.size(), number, dropped.getFirst()));
        }
        return new Parsed.Rows<>(rows, Collections.unmodifiableList(dropped));
    }

    private static <T> @Nullable T row(JsonParser json, RowReader<T> reader)
            throws IOException, UnusableAnswerException, ImpossibleRowException {
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            reader.field(field, json);
            json.skipChildren();
        }
        return reader.row();
    }

    /** A text of the answer, short enough for a message. */
    static String shown(@Nullable String text) {
        if (text == null) {
            return "none";
        }
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= 20 ? printable : printable.substring(0, 20) + "…";
    }
}
