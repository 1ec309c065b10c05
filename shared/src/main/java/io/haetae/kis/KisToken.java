package io.haetae.kis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.config.SecretLease;
import io.haetae.config.Secrets;
import io.haetae.kis.KisException.Kind;
import io.haetae.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the broker's access token for all functions: it lives a day, one may be issued a minute, and every issue sends the
 * account's owner a message. So it is kept among the secrets, replaced an hour before its end, and issued only by whoever
 * has taken the turn of that minute.
 */
public final class KisToken {

    /** The name among the secrets. */
    public static final String SECRET = "kis/token";

    private static final Duration BEFORE_ITS_END = Duration.ofHours(1);
    private static final Duration BETWEEN_ISSUES = Duration.ofSeconds(60);
    private static final int ATTEMPTS = 3;
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final OkHttpClient http;
    private final HttpUrl base;
    private final KisKeys keys;
    private final Secrets secrets;
    private final SecretLease lease;
    private final TimeSource time;
    private final String owner;

    private @Nullable Held held;

    /** @param base the REST address */
    public KisToken(OkHttpClient http, String base, KisKeys keys, Secrets secrets, SecretLease lease, TimeSource time) {
        this.http = http;
        this.base = HttpUrl.get(base);
        this.keys = keys;
        this.secrets = secrets;
        this.lease = lease;
        this.time = time;
        this.owner = owner(this.base, keys);
    }

    private record Held(String token, Instant refreshAt) {
        @Override
        public String toString() {
            return "Held[hidden, " + refreshAt + "]";
        }
    }

    /** A token that is good as far as its dates say. */
    public synchronized String current() throws KisException, InterruptedException {
        Held known = held;
        if (known == null || !time.now().isBefore(known.refreshAt())) {
            known = stored().orElse(null);
        }
        if (known == null) {
            known = issueOrAwait(null);
        }
        held = known;
        return known.token();
    }

    /**
     * A token other than the one the broker refused, unless the broker itself issues the same again.
     *
     * @param refused what {@link #current} gave
     */
    public synchronized String instead(String refused) throws KisException, InterruptedException {
        Held known = stored().filter(other -> !other.token().equals(refused)).orElse(null);
        if (known == null) {
            known = issueOrAwait(refused);
        }
        held = known;
        return known.token();
    }

    private Held issueOrAwait(@Nullable String refused) throws KisException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (lease.takeTurn(turn(owner), BETWEEN_ISSUES)) {
                try {
                    return issue();
                } catch (KisException e) {
                    // One a minute, also for programs that do not share our store.
                    if (e.kind() != Kind.RATE_LIMITED || attempt == ATTEMPTS - 1) {
                        throw e;
                    }
                }
            }
            time.sleepUntil(time.now().plus(BETWEEN_ISSUES));
            Optional<Held> fromAnother = stored().filter(other -> !other.token().equals(refused));
            if (fromAnother.isPresent()) {
                return fromAnother.get();
            }
        }
        throw new KisException(Kind.RATE_LIMITED, "", "KIS token: another function is issuing one and does not finish");
    }

    private Optional<Held> stored() {
        return secrets.get(SECRET).flatMap(this::parse).filter(token -> time.now()
                .isBefore(token.refreshAt()));
    }

    /** What cannot be read is as good as absent: the token is issued anew. */
    private Optional<Held> parse(String secret) {
        try {
            JsonNode node = MAPPER.readTree(secret);
            String token = node.path("accessToken").asText("");
            if (token.isEmpty() || !owner.equals(node.path("issuedFor").asText())) {
                return Optional.empty();
            }
            return Optional.of(
                    new Held(token, Instant.parse(node.path("refreshAt").asText())));
        } catch (IOException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private Held issue() throws KisException {
        String call = "KIS /oauth2/tokenP";
        byte[] body;
        try {
            body = MAPPER.writeValueAsBytes(
                    Map.of("grant_type", "client_credentials", "appkey", keys.appKey(), "appsecret", keys.appSecret()));
        } catch (IOException e) {
            throw new IllegalStateException("Three strings are JSON", e);
        }
        Request request = new Request.Builder()
                .url(base.newBuilder().addPathSegments("oauth2/tokenP").build())
                .post(RequestBody.create(body, JSON))
                .build();
        Instant asked = time.now();
        try (Response response = http.newCall(request).execute()) {
            JsonNode node =
                    KisClient.tree(call, response.code(), response.body().bytes());
            String token = node.path("access_token").asText("");
            if (token.isEmpty()) {
                throw KisClient.failure(call, response.code(), node);
            }
            if (token.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
                throw new KisException(Kind.MALFORMED, "", call + ": a token that no header can carry");
            }
            Duration life = Duration.ofSeconds(node.path("expires_in").asLong(0));
            if (life.compareTo(BEFORE_ITS_END) <= 0) {
                throw new KisException(Kind.MALFORMED, "", call + ": a token that lives for " + life);
            }
            Held issued = new Held(token, refreshAt(asked, life));
            keep(issued);
            return issued;
        } catch (IOException e) {
            throw new KisException(Kind.UNAVAILABLE, "", call + ": no whole answer (" + e + ")", e);
        }
    }

    private void keep(Held issued) {
        secrets.put(SECRET, secret(owner, issued));
    }

    private static String secret(String owner, Held issued) {
        return MAPPER.createObjectNode()
                .put("accessToken", issued.token())
                .put("refreshAt", issued.refreshAt().toString())
                .put("issuedFor", owner)
                .toString();
    }

    /**
     * A token that was issued elsewhere, as this class keeps it among the secrets under {@value #SECRET}.
     *
     * @param base the REST address it is good for
     * @param asked when it was issued
     */
    public static String kept(String base, KisKeys keys, String token, Instant asked, Duration life) {
        return secret(owner(HttpUrl.get(base), keys), new Held(token, refreshAt(asked, life)));
    }

    /** The name of the turn that is taken before a token is issued, see {@link SecretLease#takeTurn}. */
    public static String turn(String base, KisKeys keys) {
        return turn(owner(HttpUrl.get(base), keys));
    }

    private static String turn(String owner) {
        return SECRET + " " + owner;
    }

    private static Instant refreshAt(Instant asked, Duration life) {
        return asked.plus(life).minus(BEFORE_ITS_END);
    }

    /** The broker's real and its paper service differ by host; a port says nothing of whose token it is. */
    private static String owner(HttpUrl base, KisKeys keys) {
        return fingerprint(base.host() + "\n" + keys.appKey());
    }

    /** Tells the tokens of two keys or environments apart without showing either. */
    private static String fingerprint(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
