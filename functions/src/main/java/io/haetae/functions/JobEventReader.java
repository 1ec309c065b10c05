package io.haetae.functions;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.haetae.job.InvalidEventException;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a function is invoked with, strictly: an event that is odd in any way runs nothing.
 *
 * <p>{@code {}} asks for a run by hand, and so does the event that the Lambda console offers for a first test.
 */
final class JobEventReader {

    /** Scheduler hands over no more than this either. */
    static final int LONGEST_EVENT = 256 * 1024;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final Map<String, String> CONSOLE_TEST =
            Map.of("key1", "value1", "key2", "value2", "key3", "value3");

    private static final Set<String> FIELDS =
            Set.of("job", "scheduledTime", "everyMinutes", "userId", "dryRun", "session", "revision");

    /** @throws InvalidEventException in one line, without the event's content */
    JobEvent read(InputStream input) throws IOException {
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
        return isConsoleTest(event) ? read(JSON.createObjectNode()) : read(event);
    }

    private static boolean isConsoleTest(JsonNode event) {
        return event.size() == CONSOLE_TEST.size()
                && CONSOLE_TEST.entrySet().stream()
                        .allMatch(field -> event.path(field.getKey()).asText().equals(field.getValue()));
    }

    private static JobEvent read(JsonNode event) {
        List<String> strangers = event.properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> !FIELDS.contains(name))
                .map(name -> name.replaceAll("\\p{Cntrl}", "?"))
                .map(name -> name.length() <= 40 ? name : name.substring(0, 40) + "…")
                .sorted()
                .limit(5)
                .toList();
        if (!strangers.isEmpty()) {
            throw new InvalidEventException("the event has unknown fields: " + String.join(", ", strangers));
        }
        String session = text(event, "session");
        String revision = text(event, "revision");
        String scheduled = text(event, "scheduledTime");
        if ((session == null) != (revision == null) || (session != null && scheduled != null)) {
            throw new InvalidEventException("session and revision go together, and without scheduledTime");
        }
        return new JobEvent(
                job(text(event, "job")),
                instant(scheduled),
                whole(event, "everyMinutes"),
                text(event, "userId"),
                flag(event, "dryRun"),
                date(session),
                revision);
    }

    private static @Nullable JobName job(@Nullable String text) {
        if (text == null) {
            return null;
        }
        return JobName.parse(text)
                .orElseThrow(() -> new InvalidEventException("the event's job is none of "
                        + String.join(
                                ", ",
                                List.of(JobName.values()).stream()
                                        .map(JobName::text)
                                        .toList())));
    }

    private static @Nullable Instant instant(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidEventException("scheduledTime must look like 2026-01-05T00:15:00Z");
        }
    }

    private static @Nullable LocalDate date(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidEventException("session must look like 2026-01-05");
        }
    }

    private static @Nullable String text(JsonNode event, String name) {
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

    private static @Nullable Integer whole(JsonNode event, String name) {
        JsonNode value = event.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isInt()) {
            throw new InvalidEventException(name + " must be a whole number");
        }
        return value.intValue();
    }

    private static @Nullable Boolean flag(JsonNode event, String name) {
        JsonNode value = event.get(name);
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            throw new InvalidEventException(name + " must be true or false");
        }
        return value.booleanValue();
    }
}
