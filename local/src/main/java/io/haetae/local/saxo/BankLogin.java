package io.haetae.local.saxo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.local.http.Answer;
import io.haetae.local.http.Request;
import io.haetae.time.TimeSource;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Tokens: a pair that rotates, and one made by hand that never ends. */
final class BankLogin {

    static final String APP_KEY = "simulated-app-key";
    static final String APP_SECRET = "simulated-app-secret";

    /** Stands for a token made by hand on the bank's web site; this one never ends. */
    private static final String MANUAL_TOKEN = "simulated-saxo-token";

    private static final Duration ACCESS_LIFE = Duration.ofSeconds(1200);

    /** Much longer than the bank's hour, so that a simulated world survives a holiday between two sessions. */
    private static final Duration REFRESH_LIFE = Duration.ofDays(30);

    private final BankState state;
    private final TimeSource time;
    private final long seed;

    BankLogin(BankState state, TimeSource time, long seed) {
        this.state = state;
        this.time = time;
        this.seed = seed;
    }

    /** The current pair as {@code saxo/token} keeps it; a new one when there is none that still lives. */
    String current() {
        ObjectNode token = state.token();
        Instant now = time.now();
        if (token.path("sequence").asInt(-1) < 0
                || !now.isBefore(BankJson.instant(token, "issuedAt").plus(REFRESH_LIFE))) {
            issue(now);
            state.save();
        }
        ObjectNode stored = BankJson.MAPPER.createObjectNode();
        answer(stored);
        stored.put("issued_at", token.path("issuedAt").asText());
        return stored.toString();
    }

    private void issue(Instant now) {
        ObjectNode token = state.token();
        if (token.has("issuedAt")) {
            token.put("previousIssuedAt", token.path("issuedAt").asText());
        }
        token.put("sequence", token.path("sequence").asInt(-1) + 1);
        token.put("issuedAt", now.toString());
    }

    private void answer(ObjectNode answer) {
        int sequence = state.token().path("sequence").asInt();
        answer.put("access_token", secret("access", sequence));
        answer.put("token_type", "Bearer");
        answer.put("expires_in", ACCESS_LIFE.toSeconds());
        answer.put("refresh_token", secret("refresh", sequence));
        answer.put("refresh_token_expires_in", REFRESH_LIFE.toSeconds());
    }

    private String secret(String kind, int sequence) {
        return UUID.nameUUIDFromBytes((seed + "|" + kind + "|" + sequence).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    Answer refresh(Request request) {
        String basic = "Basic "
                + Base64.getEncoder().encodeToString((APP_KEY + ":" + APP_SECRET).getBytes(StandardCharsets.UTF_8));
        Map<String, String> form = new HashMap<>();
        for (String pair : request.text().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        ObjectNode token = state.token();
        int sequence = token.path("sequence").asInt(-1);
        Instant now = time.now();
        boolean good = request.method().equals("POST")
                && basic.equals(request.header("Authorization"))
                && "refresh_token".equals(form.get("grant_type"))
                && sequence >= 0
                && secret("refresh", sequence).equals(form.get("refresh_token"))
                && now.isBefore(BankJson.instant(token, "issuedAt").plus(REFRESH_LIFE));
        if (!good) {
            return Answer.empty(401);
        }
        issue(now);
        state.save();
        ObjectNode answer = BankJson.MAPPER.createObjectNode();
        answer(answer);
        return Answer.json(201, answer.toString());
    }

    boolean accepts(Request request) {
        String given = request.header("Authorization");
        int sequence = state.token().path("sequence").asInt(-1);
        if (("Bearer " + MANUAL_TOKEN).equals(given)) {
            return true;
        }
        if (given == null || sequence < 0) {
            return false;
        }
        return accepts(given, sequence, "issuedAt") || accepts(given, sequence - 1, "previousIssuedAt");
    }

    private boolean accepts(String given, int sequence, String issued) {
        return state.token().has(issued)
                && given.equals("Bearer " + secret("access", sequence))
                && time.now().isBefore(BankJson.instant(state.token(), issued).plus(ACCESS_LIFE));
    }
}
