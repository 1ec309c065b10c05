package io.haetae.kis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.http.OrderSender;
import io.haetae.http.OrderSender.Sent;
import io.haetae.kis.KisException.Kind;
import io.haetae.kis.KisOrderAnswer.Verdict;
import io.haetae.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import okio.ByteString;

/**
 * Sends what trades: orders, amendments, cancels. Each takes effect at most once: a POST follows another only when the broker
 * refused that one for its rate or its token, which it does before it looks at the order, and only before the given moment.
 */
final class KisOrders {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ATTEMPTS = 3;
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final String STRAY_REFUSAL = "EGW00201";

    private final KisClient client;
    private final OrderSender sender;
    private final TimeSource time;

    KisOrders(KisClient client, OrderSender sender, TimeSource time) {
        this.client = client;
        this.sender = sender;
        this.time = time;
    }

    /**
     * @param before no POST begins at or after this moment
     * @return Taken, Refused, Unjudged or Unsure
     */
    Verdict send(String path, String transaction, Map<String, String> body, Instant before) {
        try {
            return sending("KIS " + path, path, transaction, bytes(body), before);
        } catch (KisException e) {
            return new Verdict.Unjudged(e.code().isEmpty() ? e.kind().name() : e.code(), "not sent: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Verdict.Unjudged("INTERRUPTED", "asked to stop before it was sent");
        }
    }

    private Verdict sending(String call, String path, String transaction, ByteString body, Instant before)
            throws KisException, InterruptedException {
        String bearer = toSend(call, () -> client.bearer(call));
        boolean renewed = false;
        Verdict last = null;
        for (int attempt = 1; ; attempt++) {
            client.awaitTurn();
            Instant now = time.now();
            if (!now.isBefore(before)) {
                return last instanceof Verdict.Throttled throttled
                        ? unjudged(throttled)
                        : new Verdict.Unjudged("TOO_LATE", "its turn came at " + now + ", to be sent before " + before);
            }
            last = post(call, path, transaction, body, bearer);
            switch (last) {
                case Verdict.Taken _, Verdict.Refused _, Verdict.Unjudged _, Verdict.Unsure _ -> {
                    return last;
                }
                case Verdict.Throttled throttled -> {
                    if (attempt >= ATTEMPTS) {
                        return unjudged(throttled);
                    }
                    if (attempt > 1 || !throttled.code().equals(STRAY_REFUSAL)) {
                        time.sleepUntil(now.plus(WAIT));
                    }
                }
                case Verdict.TokenRefused(String code, String text) -> {
                    if (renewed) {
                        return new Verdict.Unjudged(code, text);
                    }
                    String other = bearer;
                    bearer = toSend(call, () -> client.bearerInstead(other));
                    renewed = true;
                }
            }
        }
    }

    private interface Token {
        String get() throws KisException, InterruptedException;
    }

    /** Without a token nothing is on its way, whatever kept it from us: that the secrets could not be read too. */
    private static String toSend(String call, Token token) throws KisException, InterruptedException {
        try {
            return token.get();
        } catch (RuntimeException e) {
            throw new KisException(Kind.UNAVAILABLE, "", call + ": no token: " + e.getMessage(), e);
        }
    }

    private static Verdict unjudged(Verdict.Throttled throttled) {
        return new Verdict.Unjudged(throttled.code(), throttled.text());
    }

    private Verdict post(String call, String path, String transaction, ByteString body, String bearer) {
        return switch (sender.send(client.trading(path, transaction, bearer), body)) {
            case Sent.Answered(int status, var _, ByteString answer) ->
                KisOrderAnswer.verdict(call, status, answer.toByteArray());
            case Sent.NotSent(String cause) -> new Verdict.Unjudged("NOT_SENT", cause);
            case Sent.Lost(String cause) -> new Verdict.Unsure(cause);
        };
    }

    private static ByteString bytes(Map<String, String> body) {
        try {
            return ByteString.of(JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Strings are JSON", e);
        }
    }
}
