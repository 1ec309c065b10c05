package io.haetae.functions;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.haetae.job.InvalidEventException;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of what a function is invoked with, read strictly: an event that is odd in any way runs nothing. The event
 * that the Lambda console offers for a first test has none, as {@code {}} has none.
 */
public final class EventFields {

    /** Scheduler hands over no more than this either. */
    static final int LONGEST_EVENT = 256 * 1024;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Map<String, String> CONSOLE_TEST =
            Map.of("key1", "value1", "key2", "value2", "key3", "value3");

    private final JsonNode event;

    private EventFields(JsonNode event) {
        this.event = event;
    }

    /**
     * @param known names that the event may have
     * @throws InvalidEventException in one line, without the event's content
     */
    public static EventFields read(InputStream input, Set<String> known) throws IOException {
        byte[] bytes = input.readNBytes(LONGEST_EVENT + 1);
        if (bytes.length > LONGEST_EVENT) {
            throw new InvalidEventException("the event is longer than " + LONGEST_EVENT / 1024 + " KB");
        }
        JsonNode event;
        try {
            event = JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            throw new InvalidEventException("the event is not one JSON object");
        }
        if (event == null || !event.isObject()) {
            throw new InvalidEventException("the event is not one JSON object");
        }
        if (isConsoleTest(event)) {
            return new EventFields(JSON.createObjectNode());
        }
        refuseStrangers(event, known);
        return new EventFields(event);
    }

    private static boolean isConsoleTest(JsonNode event) {
        return event.size() == CONSOLE_TEST.size()
                && CONSOLE_TEST.entrySet().stream()
                        .allMatch(field -> event.path(field.getKey()).asText().equals(field.getValue()));
    }

    private static void refuseStrangers(JsonNode event, Set<String> known) {
        List<String> strangers = event.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !known.contains(name))
                .map(name -> name.replaceAll("\\p{Cntrl}", "?"))
                .map(name -> name.length() <= 40 ? name : name.substring(0, 40) + "…")
                .sorted()
                .limit(5)
                .toList();
        if (!strangers.isEmpty()) {
            throw new InvalidEventException("the event has unknown fields: " + String.join(", ", strangers));
        }
    }

    public boolean has(String name) {
        return event.has(name);
    }

    /** Null when it is not there; likewise for the other kinds. */
    public @Nullable String text(String name) {
        JsonNode value = event.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()
                || value.textValue().isEmpty()
                || value.textValue().length() > 200) {
            throw new InvalidEventException(name + " must be a short text");
        }
        return value.textValue();
    }

    public @Nullable Integer whole(String name) {
        JsonNode value = event.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isInt()) {
            throw new InvalidEventException(name + " must be a whole number");
        }
        return value.intValue();
    }

    public @Nullable Boolean flag(String name) {
        JsonNode value = event.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            throw new InvalidEventException(name + " must be true or false");
        }
        return value.booleanValue();
    }

    public @Nullable Instant instant(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidEventException(name + " must look like 2026-01-05T00:15:00Z");
        }
    }
}
