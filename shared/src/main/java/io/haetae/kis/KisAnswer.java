package io.haetae.kis;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.haetae.kis.KisException.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One object of an answer, read field by field. Names are found whatever their case, which the broker's own documents do not
 * keep to; texts come padded with blanks.
 *
 * @param call what was asked, for messages
 */
record KisAnswer(String call, JsonNode node) {

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,24}(\\.\\d{1,8})?");
    private static final int MOST_DIGITS = 18;
    private static final int LONGEST_MESSAGE = 80;

    /**
     * An answer that the broker calls a success. The HTTP status means nothing: {@code rt_cd} decides, and {@code msg_cd}
     * says which failure it is.
     *
     * @throws KisException when it is none, by what the body says
     */
    static KisAnswer read(String call, int status, byte[] body) throws KisException {
        KisAnswer answer = object(call, status, body);
        if (!"0".equals(answer.text("rt_cd"))) {
            throw answer.failure(status);
        }
        return answer;
    }

    /** Whatever object the body holds. */
    static KisAnswer object(String call, int status, byte[] body) throws KisException {
        JsonNode node;
        try {
            node = MAPPER.readTree(body);
        } catch (IOException e) {
            node = null;
        }
        if (node == null || !node.isObject()) {
            Kind kind =
                    switch (status) {
                        case 200 -> Kind.MALFORMED;
                        case 429 -> Kind.RATE_LIMITED;
                        default -> Kind.UNAVAILABLE;
                    };
            throw new KisException(kind, "", "%s: HTTP %d, not a JSON object".formatted(call, status));
        }
        return new KisAnswer(call, node);
    }

    /** The broker's code of what came of the call; empty when there is none. */
    String code() {
        return text("msg_cd").isEmpty() ? text("error_code") : text("msg_cd");
    }

    /** The broker's words, on one line. */
    String said() {
        String said = (text("msg1").isEmpty() ? text("error_description") : text("msg1")).replaceAll("\\s+", " ");
        return said.length() > LONGEST_MESSAGE ? said.substring(0, LONGEST_MESSAGE) : said;
    }

    /** What a body that is no success says; tokens are refused in a shape of their own. */
    KisException failure(int status) {
        String code = code();
        String said = said();
        Kind kind =
                switch (code) {
                    case "EGW00201", "EGW00215", "EGW00133" -> Kind.RATE_LIMITED;
                    case "EGW00121", "EGW00122", "EGW00123" -> Kind.TOKEN;
                    case "EGW02006" -> Kind.NOT_ON_PAPER;
                    case "EGW00103", "EGW00105", "EGW00304", "EGW02004", "EGW00213" -> Kind.CONFIGURATION;
                    case "EGW00202", "EGW00203", "EGW00300", "EGW00301", "EGW00302" -> Kind.UNAVAILABLE;
                    case "" -> status == 429 ? Kind.RATE_LIMITED : status == 200 ? Kind.MALFORMED : Kind.UNAVAILABLE;
                    default -> Kind.REJECTED;
                };
        return new KisException(
                kind,
                code,
                "%s: HTTP %d, %s %s".formatted(call, status, code, said).strip());
    }

    /** Missing when there is no such field. */
    JsonNode field(String name) {
        JsonNode exact = node.get(name);
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (entry.getKey().equalsIgnoreCase(name)) {
                return entry.getValue();
            }
        }
        return MissingNode.getInstance();
    }

    /** Stripped; empty when there is none. */
    String text(String name) {
        JsonNode found = field(name);
        return found.isNull() ? "" : found.asText("").strip();
    }

    /** Without its blanks, or null for zero and for none: a price or count of zero means that there is none. */
    @Nullable
    Long whole(String name) throws KisException {
        BigDecimal number = number(name);
        if (number == null) {
            return null;
        }
        if (number.signum() < 0 || number.precision() - number.scale() > MOST_DIGITS) {
            throw unusable(name);
        }
        return number.setScale(0, RoundingMode.DOWN).longValueExact();
    }

    /** As it came, blanks and all: what a following page is asked for with. */
    String raw(String name) {
        JsonNode found = field(name);
        return found.isNull() ? "" : found.asText("");
    }

    /** A count that must be there, 0 or more, without a fraction. */
    long count(String name) throws KisException {
        BigDecimal exact = amount(name);
        if (exact.signum() < 0 || exact.stripTrailingZeros().scale() > 0 || exact.precision() > MOST_DIGITS) {
            throw unusable(name);
        }
        return exact.longValueExact();
    }

    /** An amount that must be there. */
    BigDecimal amount(String name) throws KisException {
        String text = text(name);
        if (!NUMBER.matcher(text).matches()) {
            throw unusable(name);
        }
        return new BigDecimal(text);
    }

    /** The rows under that name, of which there may be none; their absence is no empty list. */
    List<KisAnswer> rows(String name) throws KisException {
        JsonNode list = field(name);
        if (!list.isArray()) {
            throw malformed("no " + name);
        }
        List<KisAnswer> rows = new ArrayList<>();
        for (JsonNode row : list) {
            if (!row.isObject()) {
                throw malformed("a row of " + name + " is no object");
            }
            rows.add(new KisAnswer(call, row));
        }
        return rows;
    }

    /** Null for zero and for none. */
    @Nullable
    Double figure(String name) throws KisException {
        BigDecimal number = number(name);
        return number == null ? null : number.doubleValue();
    }

    private @Nullable BigDecimal number(String name) throws KisException {
        String text = text(name);
        if (text.isEmpty()) {
            return null;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw unusable(name);
        }
        BigDecimal number = new BigDecimal(text);
        return number.signum() == 0 ? null : number;
    }

    /** The object or row under that name. */
    KisAnswer inside(String name) throws KisException {
        JsonNode inner = field(name);
        if (!inner.isObject()) {
            throw malformed("no " + name);
        }
        return new KisAnswer(call, inner);
    }

    KisException malformed(String what) {
        return new KisException(Kind.MALFORMED, "", call + ": " + what);
    }

    private KisException unusable(String name) {
        return malformed(name + " is no number we can use");
    }
}
