package io.haetae.local.saxo;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.local.http.Answer;
import io.haetae.local.http.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How the simulated bank writes: PascalCase, collections in pages, times with six decimals. */
final class BankJson {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The bank's links name a host and a port that its clients must not follow blindly. */
    private static final String LINK_BASE = "https://gateway.simulated.invalid:443";

    private BankJson() {}

    static Answer ok(ObjectNode body) {
        return Answer.json(200, body.toString());
    }

    static Answer error(int status, String code, String message) {
        return Answer.json(
                status,
                MAPPER.createObjectNode()
                        .put("ErrorCode", code)
                        .put("Message", message)
                        .toString());
    }

    /** The bank's web server answers with a page when there is no such address. */
    static Answer notFound() {
        byte[] page = "<html><body><h1>404 - File or directory not found.</h1></body></html>"
                .getBytes(StandardCharsets.UTF_8);
        return new Answer(404, Map.of("Content-Type", "text/html"), page, page.length);
    }

    static ObjectNode collection(ArrayNode data) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("__count", data.size());
        body.set("Data", data);
        return body;
    }

    /** The page that {@code $skip} names, with a link to the next one while there is more. */
    static ObjectNode page(Request request, ArrayNode all, int size) {
        String skipped = request.parameter("$skip");
        int from = skipped.matches("[0-9]{1,9}") ? Math.min(Integer.parseInt(skipped), all.size()) : 0;
        int to = Math.min(from + size, all.size());
        ArrayNode data = MAPPER.createArrayNode();
        for (int i = from; i < to; i++) {
            data.add(all.get(i));
        }
        ObjectNode body = collection(data);
        body.put("__count", all.size());
        if (to < all.size()) {
            Map<String, String> query = new TreeMap<>(request.query());
            query.put("$skip", Integer.toString(to));
            StringBuilder link = new StringBuilder(LINK_BASE).append(request.path());
            char separator = '?';
            for (Map.Entry<String, String> parameter : query.entrySet()) {
                link.append(separator)
                        .append(encode(parameter.getKey()))
                        .append('=')
                        .append(encode(parameter.getValue()));
                separator = '&';
            }
            body.put("__next", link.toString());
        }
        return body;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    static String instant(Instant moment) {
        return MICROSECONDS.format(moment);
    }

    static Instant instant(JsonNode node, String name) {
        return Instant.parse(node.path(name).asText());
    }
}
