package io.haetae.saxo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Saxo's JSON: PascalCase, nulls left out, numbers exact, and sometimes not JSON at all. */
final class JsonText {

    static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxNumberLength(64)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    /** No price or amount is beyond this; the exponent of a hostile number would fill memory. */
    private static final int MAX_EXPONENT = 30;

    private JsonText() {}

    /** The body as a tree; a missing node when it is empty or not JSON (an HTML page, for one). */
    static JsonNode lenient(String body) {
        if (body.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }

    /** @throws SaxoFormatException when it is absent */
    static String requiredText(JsonNode node, String name) {
        String text = text(node, name);
        if (text.isEmpty()) {
            throw new SaxoFormatException("the answer has no " + name);
        }
        return text;
    }

    static Optional<BigDecimal> decimal(JsonNode node, String name) {
        return Optional.ofNullable(decimalOrNull(node, name));
    }

    static @Nullable BigDecimal decimalOrNull(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.isNumber()) {
            return null;
        }
        BigDecimal decimal = value.decimalValue();
        if (Math.abs((long) decimal.scale()) > MAX_EXPONENT) {
            throw new SaxoFormatException(name + " is not a plausible number");
        }
        return decimal;
    }

    /** @throws SaxoFormatException when it is absent or no number */
    static BigDecimal requiredDecimal(JsonNode node, String name) {
        return decimal(node, name).orElseThrow(() -> new SaxoFormatException("the answer has no number " + name));
    }

    /** @throws SaxoFormatException when it is absent or no whole number */
    static long requiredLong(JsonNode node, String name) {
        JsonNode value = node.path(name);
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw new SaxoFormatException("the answer has no whole number " + name);
        }
        return value.longValue();
    }

    /** Empty when it is absent or no instant. */
    static Optional<Instant> instant(JsonNode node, String name) {
        String text = text(node, name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text.endsWith("Z") || text.contains("+") ? text : text + "Z"));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
