package io.haetae.saxo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.config.SecretLease;
import io.haetae.config.Secrets;
import io.haetae.time.TimeSource;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Keeps the chain of Saxo tokens alive. A refresh token works once and its successor comes with the answer, so every
 * refresh happens under a lease and the successor is stored before it is used.
 *
 * <p>{@code saxo/access-token}, made by hand for 24 hours, is never renewed.
 */
public final class SaxoToken implements AccessTokens {

    static final String TOKEN = "saxo/token";
    static final String MANUAL = "saxo/access-token";
    static final String APP_KEY = "saxo/app-key";
    static final String APP_SECRET = "saxo/app-secret";

    /** An access token is renewed this long before it ends. */
    private static final Duration AHEAD = Duration.ofSeconds(120);

    private static final int MAX_TRIES = 4;

    private final boolean oauth;
    private final Secrets secrets;
    private final SecretLease lease;
    private final String tokenAddress;
    private final TimeSource time;
    private final OkHttpClient http;

    /**
     * @param oauth {@code SAXO_AUTH_MODE=oauth}: only the chain counts; else a token made by hand wins over it
     * @param authBase without a trailing slash, such as {@code https://sim.logonvalidation.net}
     */
    public SaxoToken(boolean oauth, Secrets secrets, SecretLease lease, URI authBase, TimeSource time) {
        this.oauth = oauth;
        this.secrets = secrets;
        this.lease = lease;
        this.tokenAddress = authBase + "/token";
        this.time = time;
        this.http = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ofSeconds(30))
                // A refresh token that was sent may be used up: only we decide whether it is sent again.
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .build();
    }

    /** What the token job did. */
    public sealed interface Renewal {

        /** @param until when the new access token ends */
        record Renewed(Instant until) implements Renewal {}

        /** @param next when the chain will be due */
        record NotDue(Instant next) implements Renewal {}

        /** A token made by hand is in use; there is nothing to renew. */
        record Manual() implements Renewal {}
    }

    /** The first key that is missing for talking to Saxo at all. */
    public Optional<String> missingKey() {
        if (manual().isPresent()) {
            return Optional.empty();
        }
        if (!oauth && secrets.get(TOKEN).isEmpty()) {
            return Optional.of(MANUAL);
        }
        for (String name : new String[] {TOKEN, APP_KEY, APP_SECRET}) {
            if (secrets.get(name).isEmpty()) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    @Override
    public String current() {
        Optional<String> manual = manual();
        if (manual.isPresent()) {
            return manual.get().strip();
        }
        Chain chain = chain();
        if (time.now().isBefore(chain.accessEnds().minus(AHEAD))) {
            return chain.accessToken();
        }
        return lease.hold(TOKEN, () -> {
                    // Another run may have renewed it while this one waited.
                    Chain now = chain();
                    return time.now().isBefore(now.accessEnds().minus(AHEAD)) ? now : renew(now);
                })
                .accessToken();
    }

    @Override
    public String insteadOf(String rejected) {
        if (manual().isPresent()) {
            throw new AuthenticationRequiredException(
                    "Saxo refuses " + MANUAL + ": it lasts 24 hours, make a new one at developer.saxo");
        }
        return lease.hold(TOKEN, () -> {
                    Chain now = chain();
                    return now.accessToken().equals(rejected) ? renew(now) : now;
                })
                .accessToken();
    }

    /**
     * Renews when the access token is about to end or half of the refresh token's life has passed, so that an outage of
     * the other half can be survived.
     *
     * @throws AuthenticationRequiredException when the chain is lost
     * @throws MissingKeyException when nothing is configured
     */
    public Renewal renewIfDue() {
        if (manual().isPresent()) {
            return new Renewal.Manual();
        }
        Chain before = chain();
        if (time.now().isBefore(before.due())) {
            return new Renewal.NotDue(before.due());
        }
        return lease.hold(TOKEN, () -> {
            Chain now = chain();
            return time.now().isBefore(now.due())
                    ? new Renewal.NotDue(now.due())
                    : new Renewal.Renewed(renew(now).accessEnds());
        });
    }

    private Optional<String> manual() {
        return oauth ? Optional.empty() : secrets.get(MANUAL);
    }

    private Chain chain() {
        JsonNode node = JsonText.lenient(secret(TOKEN));
        Optional<Instant> issued = JsonText.instant(node, "issued_at");
        if (JsonText.text(node, "access_token").isEmpty() || issued.isEmpty()) {
            throw new AuthenticationRequiredException("what is stored as " + TOKEN + " is no token: log in again");
        }
        return new Chain(
                JsonText.text(node, "access_token"),
                JsonText.text(node, "refresh_token"),
                issued.get(),
                Duration.ofSeconds(node.path("expires_in").asLong(0)),
                Duration.ofSeconds(node.path("refresh_token_expires_in").asLong(0)),
                JsonText.text(node, "redirect_uri"));
    }

    private String secret(String name) {
        return secrets.get(name).orElseThrow(() -> new MissingKeyException(name));
    }

    private Chain renew(Chain old) {
        if (old.refreshToken().isEmpty() || !time.now().isBefore(old.refreshEnds())) {
            throw new AuthenticationRequiredException("the Saxo refresh token has ended: log in again");
        }
        FormBody.Builder form =
                new FormBody.Builder().add("grant_type", "refresh_token").add("refresh_token", old.refreshToken());
        if (!old.redirectUri().isEmpty()) {
            form.add("redirect_uri", old.redirectUri());
        }
        Request request = new Request.Builder()
                .url(tokenAddress)
                .header("Authorization", Credentials.basic(secret(APP_KEY), secret(APP_SECRET)))
                .header("Accept", "application/json")
                .post(form.build())
                .build();
        boolean answerLost = false;
        for (int attempt = 1; ; attempt++) {
            Instant asked = time.now();
            String failure;
            try (Response response = http.newCall(request).execute()) {
                String body = response.body().string();
                if (response.isSuccessful()) {
                    return store(body, asked, old.redirectUri());
                }
                if (response.code() < 500 && response.code() != 429) {
                    throw new AuthenticationRequiredException(
                            "Saxo refuses the refresh token (HTTP " + response.code() + "): log in again");
                }
                failure = "HTTP " + response.code();
            } catch (SocketTimeoutException e) {
                if (answerLost) {
                    throw new AuthenticationRequiredException(
                            "two answers to a token refresh were lost: if the next refresh fails, log in again");
                }
                // It may be used up or not: one more try tells.
                answerLost = true;
                failure = e.getClass().getSimpleName();
            } catch (IOException e) {
                failure = e.getClass().getSimpleName();
            }
            if (attempt == MAX_TRIES) {
                throw new SaxoUnavailableException("token refresh: " + failure + " after " + attempt + " tries");
            }
            try {
                time.sleepUntil(time.now().plusSeconds(1L << (attempt - 1)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SaxoUnavailableException("asked to stop while waiting for a token", e);
            }
        }
    }

    private Chain store(String body, Instant issued, String redirectUri) {
        JsonNode node = JsonText.lenient(body);
        String access = JsonText.text(node, "access_token");
        String refresh = JsonText.text(node, "refresh_token");
        if (access.isEmpty() || refresh.isEmpty()) {
            throw new SaxoFormatException("the answer to a token refresh holds no tokens");
        }
        long expiresIn = node.path("expires_in").asLong(0);
        long refreshExpiresIn = node.path("refresh_token_expires_in").asLong(0);
        ObjectNode stored = JsonText.MAPPER.createObjectNode();
        stored.put("access_token", access);
        stored.put("expires_in", expiresIn);
        stored.put("issued_at", issued.toString());
        if (!redirectUri.isEmpty()) {
            stored.put("redirect_uri", redirectUri);
        }
        stored.put("refresh_token", refresh);
        stored.put("refresh_token_expires_in", refreshExpiresIn);
        stored.put("token_type", "Bearer");
        secrets.put(TOKEN, stored.toString());
        return new Chain(
                access,
                refresh,
                issued,
                Duration.ofSeconds(expiresIn),
                Duration.ofSeconds(refreshExpiresIn),
                redirectUri);
    }

    private record Chain(
            String accessToken,
            String refreshToken,
            Instant issued,
            Duration accessLife,
            Duration refreshLife,
            String redirectUri) {

        Instant accessEnds() {
            return issued.plus(accessLife);
        }

        Instant refreshEnds() {
            return issued.plus(refreshLife);
        }

        Instant due() {
            Instant half = issued.plus(refreshLife.dividedBy(2));
            Instant access = accessEnds().minus(AHEAD);
            return half.isBefore(access) ? half : access;
        }

        /** No secret leaves through a log. */
        @Override
        public String toString() {
            return "Chain[issued=" + issued + "]";
        }
    }
}
