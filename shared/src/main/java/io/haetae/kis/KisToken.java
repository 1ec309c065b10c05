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
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.Locale;
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
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    /** Two turns: one that came to nothing, and the next. */
    private static final Duration LONGEST_WAIT = BETWEEN_ISSUES.multipliedBy(2);

    /** Longer than any token's. */
    private static final Duration LONGEST_LIFE = Duration.ofDays(7);

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final DateTimeFormatter ENDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
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
        // A second post within the minute would be refused: whether the first one arrived is for the next turn to see.
        this.http = http.newBuilder().retryOnConnectionFailure(false).build();
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

    /**
     * Whoever gets the turn issues; the others look for what it stores. A refusal or a lost answer waits for the next turn:
     * for six hours the broker issues the same token again.
     */
    private Held issueOrAwait(@Nullable String refused) throws KisException, InterruptedException {
        Instant patience = time.now().plus(LONGEST_WAIT);
        while (true) {
            boolean last = !time.now().isBefore(patience);
            if (lease.takeTurn(turn(owner), BETWEEN_ISSUES)) {
                try {
                    return issue();
                } catch (KisException e) {
                    boolean later = e.kind() == Kind.RATE_LIMITED || e.kind() == Kind.UNAVAILABLE;
                    if (!later || last) {
                        throw e;
                    }
                }
            } else if (last) {
                throw new KisException(
                        Kind.RATE_LIMITED, "", "KIS token: another function is issuing one and does not finish");
            }
            time.sleepUntil(time.now().plus(LOOK_AGAIN));
            Optional<Held> fromAnother = stored().filter(other -> !other.token().equals(refused));
            if (fromAnother.isPresent()) {
                return fromAnother.get();
            }
        }
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
            KisAnswer answer = KisAnswer.object(call, response.code(), KisClient.bytes(call, response));
            String token = answer.text("access_token");
            if (token.isEmpty()) {
                throw answer.failure(response.code());
            }
            if (token.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
                throw answer.malformed("a token that no header can carry");
            }
            Duration life = life(answer, asked);
            if (life.compareTo(BEFORE_ITS_END) <= 0) {
                throw answer.malformed("a token that lives for " + life);
            }
            Held issued = new Held(token, refreshAt(asked, life));
            keep(issued);
            return issued;
        } catch (IOException e) {
            throw new KisException(Kind.UNAVAILABLE, "", call + ": no whole answer (" + e + ")", e);
        }
    }

    /**
     * How long a token lives: the seconds the broker gives, or until the moment it gives, whichever is shorter. That moment
     * is Seoul's wall clock without a zone.
     */
    private static Duration life(KisAnswer answer, Instant asked) throws KisException {
        Long seconds = answer.whole("expires_in");
        Duration life = Duration.ofSeconds(seconds == null ? 0 : Math.min(seconds, LONGEST_LIFE.toSeconds()));
        String ends = answer.text("access_token_token_expired");
        if (ends.isEmpty()) {
            return life;
        }
        try {
            Duration left = Duration.between(
                    asked, LocalDateTime.parse(ends, ENDS).atZone(SEOUL).toInstant());
            return left.compareTo(life) < 0 ? left : life;
        } catch (DateTimeParseException e) {
            throw answer.malformed("access_token_token_expired is no time");
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
