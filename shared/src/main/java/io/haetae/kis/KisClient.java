package io.haetae.kis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.kis.KisException.Kind;
import io.haetae.time.TimeSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Reads prices at Korea Investment and Securities. The HTTP status means nothing there: an answer is judged by {@code rt_cd}
 * and {@code msg_cd} in its body.
 */
public final class KisClient {

    private static final System.Logger LOG = System.getLogger(KisClient.class.getName());
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int ATTEMPTS = 3;
    private static final Duration WAIT = Duration.ofSeconds(1);
    private static final int LONGEST_MESSAGE = 80;

    private final OkHttpClient http;
    private final HttpUrl price;
    private final KisKeys keys;
    private final KisToken token;
    private final KisRateLimiter limiter;
    private final TimeSource time;

    /**
     * @param base the REST address
     * @param limiter this function's share of the broker's rate
     */
    public KisClient(
            OkHttpClient http, String base, KisKeys keys, KisToken token, KisRateLimiter limiter, TimeSource time) {
        this.http = http;
        this.price = HttpUrl.get(base)
                .newBuilder()
                .addPathSegments("uapi/domestic-stock/v1/quotations/inquire-price")
                .build();
        this.keys = keys;
        this.token = token;
        this.limiter = limiter;
        this.time = time;
    }

    /** A client with the waits this service needs, for reads. */
    public static OkHttpClient http() {
        return new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(3))
                .readTimeout(Duration.ofSeconds(10))
                .callTimeout(Duration.ofSeconds(15))
                .build();
    }

    /**
     * The price of a share on the Exchange itself, without other trading venues. A read: tried again a few times, with a
     * new token once.
     *
     * @param symbol six characters
     * @throws KisException {@code REJECTED} or {@code MALFORMED} for trouble with this share alone
     */
    public KisPrice price(String symbol) throws KisException, InterruptedException {
        String call = "KIS inquire-price of " + symbol;
        if (!keys.arePrintable()) {
            throw new KisException(
                    Kind.CONFIGURATION, "", call + ": the secrets kis/… hold characters that no key has");
        }
        String bearer = token.current();
        boolean renewed = false;
        for (int attempt = 1; ; attempt++) {
            limiter.await();
            try {
                return parse(symbol, get(call, symbol, bearer));
            } catch (KisException e) {
                switch (e.kind()) {
                    case TOKEN -> {
                        if (renewed) {
                            throw e;
                        }
                        bearer = token.instead(bearer);
                        renewed = true;
                    }
                    case RATE_LIMITED, UNAVAILABLE -> {
                        if (attempt >= ATTEMPTS) {
                            throw e;
                        }
                        LOG.log(System.Logger.Level.DEBUG, "{0}; trying again", e.getMessage());
                        // A single refusal under the limit may be called again at once; after that, wait.
                        if (attempt > 1 || e.kind() == Kind.UNAVAILABLE) {
                            time.sleepUntil(time.now().plus(WAIT));
                        }
                    }
                    case CONFIGURATION, REJECTED, MALFORMED -> throw e;
                }
            }
        }
    }

    private JsonNode get(String call, String symbol, String bearer) throws KisException {
        Request request = new Request.Builder()
                .url(price.newBuilder()
                        .addQueryParameter("FID_COND_MRKT_DIV_CODE", "J")
                        .addQueryParameter("FID_INPUT_ISCD", symbol)
                        .build())
                .header("content-type", "application/json; charset=utf-8")
                .header("authorization", "Bearer " + bearer)
                .header("appkey", keys.appKey())
                .header("appsecret", keys.appSecret())
                .header("tr_id", "FHKST01010100")
                .header("custtype", "P")
                .build();
        try (Response response = http.newCall(request).execute()) {
            JsonNode node = tree(call, response.code(), response.body().bytes());
            if (!"0".equals(node.path("rt_cd").asText())) {
                throw failure(call, response.code(), node);
            }
            JsonNode output = node.path("output");
            if (!output.isObject()) {
                throw new KisException(Kind.MALFORMED, "", call + ": no output");
            }
            return output;
        } catch (IOException e) {
            throw new KisException(Kind.UNAVAILABLE, "", call + ": no whole answer (" + e + ")", e);
        }
    }

    static JsonNode tree(String call, int status, byte[] body) throws KisException {
        JsonNode node;
        try {
            node = MAPPER.readTree(body);
        } catch (IOException e) {
            node = null;
        }
        if (node == null || !node.isObject()) {
            Kind kind = status == 200 ? Kind.MALFORMED : Kind.UNAVAILABLE;
            throw new KisException(kind, "", "%s: HTTP %d, not a JSON object".formatted(call, status));
        }
        return node;
    }

    /** What a body that is no success says; tokens are refused in a shape of their own. */
    static KisException failure(String call, int status, JsonNode node) {
        String code =
                node.path("msg_cd").asText(node.path("error_code").asText("")).strip();
        String text = node.path("msg1")
                .asText(node.path("error_description").asText(""))
                .strip();
        if (text.length() > LONGEST_MESSAGE) {
            text = text.substring(0, LONGEST_MESSAGE);
        }
        Kind kind =
                switch (code) {
                    case "EGW00201", "EGW00215", "EGW00133" -> Kind.RATE_LIMITED;
                    case "EGW00121", "EGW00122", "EGW00123" -> Kind.TOKEN;
                    case "EGW00103", "EGW00105", "EGW00304", "EGW02004", "EGW02006", "EGW00213" -> Kind.CONFIGURATION;
                    case "EGW00202", "EGW00203", "EGW00300", "EGW00301", "EGW00302" -> Kind.UNAVAILABLE;
                    case "" -> status >= 500 ? Kind.UNAVAILABLE : Kind.MALFORMED;
                    default -> Kind.REJECTED;
                };
        return new KisException(
                kind,
                code,
                "%s: HTTP %d, %s %s".formatted(call, status, code, text).strip());
    }

    private static KisPrice parse(String symbol, JsonNode output) throws KisException {
        String status = output.path("iscd_stat_cls_code").asText("");
        boolean halted = "Y".equals(output.path("temp_stop_yn").asText()) || "58".equals(status);
        Long volume = whole(symbol, output, "acml_vol");
        Long value = whole(symbol, output, "acml_tr_pbmn");
        return new KisPrice(
                symbol,
                whole(symbol, output, "stck_prpr"),
                whole(symbol, output, "stck_sdpr"),
                whole(symbol, output, "stck_oprc"),
                whole(symbol, output, "stck_hgpr"),
                whole(symbol, output, "stck_lwpr"),
                volume == null ? 0 : volume,
                value == null ? 0 : value,
                whole(symbol, output, "lstn_stcn"),
                whole(symbol, output, "stck_mxpr"),
                whole(symbol, output, "stck_llam"),
                status,
                halted,
                figure(symbol, output, "per"),
                figure(symbol, output, "pbr"),
                figure(symbol, output, "eps"),
                figure(symbol, output, "bps"));
    }

    /** Above zero, else null: a price or count of zero means that there is none. */
    private static @Nullable Long whole(String symbol, JsonNode output, String field) throws KisException {
        BigDecimal number = number(symbol, output, field);
        if (number == null) {
            return null;
        }
        if (number.signum() < 0 || number.precision() - number.scale() > 18) {
            throw malformed(symbol, field);
        }
        return number.setScale(0, RoundingMode.DOWN).longValueExact();
    }

    private static @Nullable Double figure(String symbol, JsonNode output, String field) throws KisException {
        BigDecimal number = number(symbol, output, field);
        return number == null ? null : number.doubleValue();
    }

    private static @Nullable BigDecimal number(String symbol, JsonNode output, String field) throws KisException {
        String text = output.path(field).asText("").strip();
        if (text.isEmpty()) {
            return null;
        }
        if (text.length() > 30) {
            throw malformed(symbol, field);
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return number.signum() == 0 ? null : number;
        } catch (NumberFormatException e) {
            throw malformed(symbol, field);
        }
    }

    private static KisException malformed(String symbol, String field) {
        return new KisException(
                Kind.MALFORMED, "", "KIS inquire-price of %s: %s is no number we can use".formatted(symbol, field));
    }
}
