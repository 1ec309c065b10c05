package io.haetae.krx;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.haetae.krx.OutBlockParser.UnusableAnswerException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a field of a row holds. Every value comes as a string, without separators of thousands. */
final class Fields {

    static final DateTimeFormatter BASIC_DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    /** More digits than any figure of the market has. */
    private static final int MOST_DIGITS = 18;

    private Fields() {}

    /** Trimmed; empty for null and for the service's {@code -}. */
    static String text(String field, JsonParser json) throws IOException, UnusableAnswerException {
        String text = scalar(field, json) ? json.getValueAsString("").strip() : "";
        return text.equals("-") ? "" : text;
    }

    /** @throws UnusableAnswerException when the row is not of {@code date}, as the service writes it */
    static void requireDate(String date, JsonParser json) throws IOException, UnusableAnswerException {
        String found = json.getValueAsString();
        if (!date.equals(found)) {
            throw new UnusableAnswerException("is of another date, " + OutBlockParser.shown(found));
        }
    }

    static LocalDate date(String field, JsonParser json) throws IOException, UnusableAnswerException {
        String text = text(field, json);
        try {
            return LocalDate.parse(text, BASIC_DATE);
        } catch (DateTimeException e) {
            throw new UnusableAnswerException("has no date in %s: %s".formatted(field, OutBlockParser.shown(text)));
        }
    }

    static long whole(String field, JsonParser json) throws IOException, UnusableAnswerException {
        Figure figure = new Figure(field);
        figure.read(json);
        return figure.value();
    }

    /** Null for nothing and for the service's {@code -}. */
    static @Nullable BigDecimal decimal(String field, JsonParser json) throws IOException, UnusableAnswerException {
        String text = text(field, json);
        if (text.isEmpty()) {
            return null;
        }
        // The service leaves the zero before the point out; it knows no exponents.
        if (text.length() > MOST_DIGITS + 2 || !text.matches("-?(\\d+(\\.\\d*)?|\\.\\d+)")) {
            throw new UnusableAnswerException("%s is no number: %s".formatted(field, OutBlockParser.shown(text)));
        }
        return new BigDecimal(text);
    }

    /** @return false for null */
    private static boolean scalar(String field, JsonParser json) throws UnusableAnswerException {
        JsonToken token = json.currentToken();
        if (token == null || !token.isScalarValue()) {
            throw new UnusableAnswerException("has no text in " + field);
        }
        return token != JsonToken.VALUE_NULL;
    }

    static boolean isShortCode(String symbol) {
        return symbol.length() == 6 && symbol.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'A' && c <= 'Z');
    }

    /**
     * A whole number, read without making a string of it; a fraction of a won, from trades at the middle, is dropped.
     */
    static final class Figure {

        private final String field;
        private boolean present;
        private long number;

        Figure(String field) {
            this.field = field;
        }

        void read(JsonParser json) throws IOException, UnusableAnswerException {
            if (scalar(field, json)) {
                parse(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
            }
        }

        private void parse(char[] characters, int offset, int length) throws UnusableAnswerException {
            int at = offset;
            int end = offset + length;
            boolean negative = at < end && characters[at] == '-';
            if (negative) {
                at++;
            }
            int digits = 0;
            long sum = 0;
            while (at < end && characters[at] >= '0' && characters[at] <= '9' && digits < MOST_DIGITS) {
                sum = sum * 10 + (characters[at] - '0');
                at++;
                digits++;
            }
            if (digits > 0 && at < end && characters[at] == '.') {
                at++;
                while (at < end && characters[at] >= '0' && characters[at] <= '9') {
                    at++;
                }
            }
            if (digits == 0 || at != end) {
                throw new UnusableAnswerException("%s is no number: %s"
                        .formatted(field, OutBlockParser.shown(new String(characters, offset, length))));
            }
            number = negative ? -sum : sum;
            present = true;
        }

        long value() throws UnusableAnswerException {
            if (!present) {
                throw new UnusableAnswerException("lacks " + field);
            }
            return number;
        }
    }
}
