package io.haetae.local.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request as a simulated venue sees it.
 *
 * @param path without the query
 * @param query decoded; of a parameter given twice the last value
 * @param headers names in lower case; of a header given twice the first value
 */
public record Request(String method, String path, Map<String, String> query, Map<String, String> headers, byte[] body) {

    /** The header's value, null when the request has none. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** The query parameter, empty when it is missing. */
    public String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
