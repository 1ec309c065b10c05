package io.haetae.krx;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.haetae.market.DailyRow;
import io.haetae.market.KrxMarket;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads {@code {"OutBlock_1":[…]}} as it arrives: a market has 1 MB of it, and history has hundreds of markets. */
final class DailyTradesParser {

    private static final int TYPICAL_ROWS = 2_000;

    private final JsonParser json;
    private final KrxMarket market;
    private final String date;

    private DailyTradesParser(JsonParser json, KrxMarket market, String date) {
        this.json = json;
        this.market = market;
        this.date = date;
    }

    /** What an answer says. */
    sealed interface Parsed {
        /** In order of symbol. */
        record Rows(List<DailyRow> rows) implements Parsed {}

        record Refusal(String code, String message) implements Parsed {}
    }

    /** The answer does not have the promised form; the message says where. */
    static final class UnusableAnswerException extends Exception {
        UnusableAnswerException(String message) {
            super(message);
        }
    }

    /**
     * @param date as the service writes it; rows of any other make the answer unusable
     * @throws IOException when the answer could not be read to its end
     */
    static Parsed parse(JsonFactory factory, InputStream body, KrxMarket market, String date)
            throws IOException, UnusableAnswerException {
        try (JsonParser json = factory.createParser(body)) {
            return new DailyTradesParser(json, market, date).answer();
        } catch (JacksonException e) {
            throw new UnusableAnswerException("not JSON, or cut off, near byte "
                    + (e.getLocation() == null ? "?" : e.getLocation().getByteOffset()));
        } catch (CharConversionException e) {
            throw new UnusableAnswerException("in no encoding of JSON");
        }
    }

    private Parsed answer() throws IOException, UnusableAnswerException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new UnusableAnswerException("not a JSON object");
        }
        String code = null;
        String message = "";
        List<DailyRow> rows = null;
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            JsonToken value = json.nextToken();
            switch (field) {
                case "respCode" -> code = json.getValueAsString("");
                case "respMsg" -> message = json.getValueAsString("");
                case "OutBlock_1" -> {
                    if (value != JsonToken.START_ARRAY) {
                        throw new UnusableAnswerException("OutBlock_1 is no list");
                    }
                    rows = rows();
                }
                default -> json.skipChildren();
            }
        }
        if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
            throw new UnusableAnswerException("something after the end");
        }
        // The refusal first: it may come under HTTP 200, with or without rows.
        if (code != null) {
            return new Parsed.Refusal(code, message);
        }
        if (rows == null) {
            throw new UnusableAnswerException("neither OutBlock_1 nor respCode");
        }
        return new Parsed.Rows(inOrder(rows));
    }

    private static List<DailyRow> inOrder(List<DailyRow> rows) throws UnusableAnswerException {
        rows.sort(Comparator.comparing(DailyRow::symbol));
        for (int i = 1; i < rows.size(); i++) {
            if (rows.get(i).symbol().equals(rows.get(i - 1).symbol())) {
                throw new UnusableAnswerException(rows.get(i).symbol() + " stands twice");
            }
        }
        return rows;
    }

    private List<DailyRow> rows() throws IOException, UnusableAnswerException {
        List<DailyRow> rows = new ArrayList<>(TYPICAL_ROWS);
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            if (token != JsonToken.START_OBJECT) {
                throw new UnusableAnswerException("row " + (rows.size() + 1) + " is no object");
            }
            rows.add(row(rows.size() + 1));
        }
        return rows;
    }

    private DailyRow row(int number) throws IOException, UnusableAnswerException {
        String symbol = null;
        String name = "";
        boolean dated = false;
        Figure open = new Figure("TDD_OPNPRC");
        Figure high = new Figure("TDD_HGPRC");
        Figure low = new Figure("TDD_LWPRC");
        Figure close = new Figure("TDD_CLSPRC");
        Figure change = new Figure("CMPPREVDD_PRC");
        Figure volume = new Figure("ACC_TRDVOL");
        Figure value = new Figure("ACC_TRDVAL");
        Figure shares = new Figure("LIST_SHRS");
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "BAS_DD" -> {
                    dated = date.equals(json.getValueAsString());
                    if (!dated) {
                        throw new UnusableAnswerException(
                                "row " + number + " is of another date, " + shown(json.getValueAsString()));
                    }
                }
                case "ISU_CD" -> symbol = json.getValueAsString();
                case "ISU_NM" -> name = json.getValueAsString("");
                case "TDD_OPNPRC" -> open.read(json);
                case "TDD_HGPRC" -> high.read(json);
                case "TDD_LWPRC" -> low.read(json);
                case "TDD_CLSPRC" -> close.read(json);
                case "CMPPREVDD_PRC" -> change.read(json);
                case "ACC_TRDVOL" -> volume.read(json);
                case "ACC_TRDVAL" -> value.read(json);
                case "LIST_SHRS" -> shares.read(json);
                default -> json.skipChildren();
            }
        }
        if (!dated || symbol == null || !isShortCode(symbol)) {
            throw new UnusableAnswerException(
                    "row " + number + " lacks its date or a six-character code, " + shown(symbol));
        }
        DailyRow row = new DailyRow(
                symbol,
                name,
                market,
                open.value(symbol),
                high.value(symbol),
                low.value(symbol),
                close.value(symbol),
                change.value(symbol),
                volume.value(symbol),
                value.value(symbol),
                shares.value(symbol));
        if (!isPossible(row)) {
            throw new UnusableAnswerException("impossible figures of " + symbol);
        }
        return row;
    }

    private static boolean isShortCode(String symbol) {
        return symbol.length() == 6 && symbol.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'A' && c <= 'Z');
    }

    /** Highs and lows may lie beside open and close by a rounding, in adjusted prices, so these are not compared. */
    private static boolean isPossible(DailyRow row) {
        return row.close() > 0
                && row.base() > 0
                && row.open() >= 0
                && row.high() >= row.low()
                && row.low() >= 0
                && row.volume() >= 0
                && row.value() >= 0
                && row.shares() >= 0;
    }

    private static String shown(@Nullable String text) {
        if (text == null) {
            return "none";
        }
        return text.length() <= 20 ? text : text.substring(0, 20) + "…";
    }

    /** A whole number that the service writes as a string; a fraction of a won, from trades at the middle, is dropped. */
    private static final class Figure {

        private final String field;
        private boolean present;
        private long number;

        Figure(String field) {
            this.field = field;
        }

        void read(JsonParser json) throws IOException, UnusableAnswerException {
            JsonToken token = json.currentToken();
            if (token == null || !token.isScalarValue()) {
                throw new UnusableAnswerException(field + " is no number");
            }
            if (token == JsonToken.VALUE_NULL) {
                return;
            }
            parse(json.getTextCharacters(), json.getTextOffset(), json.getTextLength());
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
            while (at < end && characters[at] >= '0' && characters[at] <= '9' && digits < 18) {
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
                throw new UnusableAnswerException(
                        "%s is no number: %s".formatted(field, shown(new String(characters, offset, length))));
            }
            number = negative ? -sum : sum;
            present = true;
        }

        long value(String symbol) throws UnusableAnswerException {
            if (!present) {
                throw new UnusableAnswerException(symbol + " lacks " + field);
            }
            return number;
        }
    }
}
