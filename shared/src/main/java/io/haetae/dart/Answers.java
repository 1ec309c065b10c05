package io.haetae.dart;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;

/** The frame that every JSON answer has: a status and a message, and under some statuses a list of rows. */
final class Answers {

    private static final JsonFactory JSON = new JsonFactory();

    private Answers() {}

    /**
     * @param totalPages 0 when the answer has no pages
     * @param listed whether there was a list at all
     */
    record Frame(String status, String message, int totalPages, boolean listed) {}

    /** Reads one row; the parser stands at its start and must stand at its end afterwards. */
    @FunctionalInterface
    interface RowReader {
        void read(JsonParser row, int number) throws IOException, UnusableAnswerException;
    }

    /** @throws IOException when the answer could not be read to its end */
    static Frame read(InputStream body, RowReader rows) throws IOException, UnusableAnswerException {
        try (JsonParser json = JSON.createParser(body)) {
            return frame(json, rows);
        } catch (JsonParseException | StreamConstraintsException e) {
            throw new UnusableAnswerException("not JSON, or cut off, near byte "
                    + (e.getLocation() == null ? "?" : e.getLocation().getByteOffset()));
        } catch (CharConversionException e) {
            throw new UnusableAnswerException("no text");
        }
    }

    private static Frame frame(JsonParser json, RowReader rows) throws IOException, UnusableAnswerException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new UnusableAnswerException("not a JSON object");
        }
        String status = null;
        String message = "";
        int totalPages = 0;
        boolean listed = false;
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            switch (field) {
                case "status" -> status = json.getValueAsString("");
                case "message" -> message = json.getValueAsString("");
                case "total_page" -> totalPages = json.getValueAsInt(-1);
                case "list" -> {
                    if (value != JsonToken.START_ARRAY) {
                        throw new UnusableAnswerException("its list is no list");
                    }
                    listed = true;
                    list(json, rows);
                }
                default -> json.skipChildren();
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
            throw new UnusableAnswerException("something after the end");
        }
        if (status == null) {
            throw new UnusableAnswerException("no status");
        }
        return new Frame(status, message, totalPages, listed);
    }

    private static void list(JsonParser json, RowReader rows) throws IOException, UnusableAnswerException {
        int number = 0;
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            number++;
            if (token != JsonToken.START_OBJECT) {
                throw new UnusableAnswerException("row " + number + " is no object");
            }
            rows.read(json, number);
        }
    }

    /** The text of a scalar, trimmed; empty for null. */
    static String text(JsonParser json, int row, String field) throws IOException, UnusableAnswerException {
        JsonToken token = json.currentToken();
        if (token == null || !token.isScalarValue()) {
            throw new UnusableAnswerException("row " + row + ": " + field + " is no text");
        }
        return token == JsonToken.VALUE_NULL ? "" : json.getText().strip();
    }
}
