package io.haetae.local.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a simulated venue answers.
 *
 * @param body written as it is
 * @param length bytes of {@code body} that count, from the first
 */
public record Answer(int status, Map<String, String> headers, byte[] body, int length) {

    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json; charset=utf-8");

    public static Answer json(int status, String body) {
        return json(status, body.getBytes(StandardCharsets.UTF_8));
    }

    public static Answer json(int status, byte[] body) {
        return new Answer(status, JSON, body, body.length);
    }

    /** The first {@code length} bytes of {@code body}, so that a growing buffer need not be copied. */
    public static Answer json(int status, byte[] body, int length) {
        return new Answer(status, JSON, body, length);
    }

    /** A status without a body. */
    public static Answer empty(int status) {
        return new Answer(status, Map.of(), new byte[0], 0);
    }

    /** The same answer with one more header. */
    public Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, Map.copyOf(more), body, length);
    }
}
