package io.haetae.krx;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.haetae.krx.KrxException.Kind;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the answer behind the Exchange's page of closures. */
final class ClosurePage {

    private static final int MOST_ROWS = 400;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private ClosurePage() {}

    /**
     * The weekdays in it. Of a row {@code calnd_dd} alone is used: the names differ by language, and {@code calnd_dd_dy} may
     * carry a weekday behind the date.
     *
     * @return empty when the year has no rows
     */
    static SortedSet<LocalDate> weekdays(String call, byte[] body, Year year) throws KrxException {
        JsonNode rows;
        try {
            rows = MAPPER.readTree(body).path("block1");
        } catch (IOException e) {
            throw malformed(call, "not JSON", e);
        }
        if (!rows.isArray() || rows.size() > MOST_ROWS) {
            throw malformed(call, "no list block1 of a year", null);
        }
        SortedSet<LocalDate> closed = new TreeSet<>();
        for (JsonNode row : rows) {
            LocalDate date = date(call, row);
            if (date.getYear() != year.getValue()) {
                throw malformed(call, "a row of " + date, null);
            }
            if (date.getDayOfWeek() != DayOfWeek.SATURDAY && date.getDayOfWeek() != DayOfWeek.SUNDAY) {
                closed.add(date);
            }
        }
        return closed;
    }

    private static LocalDate date(String call, JsonNode row) throws KrxException {
        try {
            return LocalDate.parse(row.path("calnd_dd").asText("").strip());
        } catch (DateTimeException e) {
            throw malformed(call, "a row whose calnd_dd is no date", e);
        }
    }

    private static KrxException malformed(String call, String what, @Nullable Exception cause) {
        return new KrxException(Kind.MALFORMED, call + ": " + what + "; nothing of the answer is used", cause);
    }
}
