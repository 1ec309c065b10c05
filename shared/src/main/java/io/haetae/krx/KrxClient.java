package io.haetae.krx;

import com.fasterxml.jackson.core.JsonFactory;
import io.haetae.krx.KrxException.Kind;
import io.haetae.market.DailyRow;
import io.haetae.market.KrxMarket;
import io.haetae.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Reads the Exchange's Open API: one call is one market's rows of one session. It has the rows of a session from the next
 * business morning on, answers with no rows for every other date, and allows 10,000 calls a day.
 */
public final class KrxClient {

    private static final System.Logger LOG = System.getLogger(KrxClient.class.getName());

    private static final DateTimeFormatter BASIC_DATE = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);
    private static final JsonFactory JSON = new JsonFactory();
    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    private final OkHttpClient http;
    private final HttpUrl base;
    private final String authKey;
    private final TimeSource time;

    /**
     * @param base address up to and without {@code /sto}
     * @param authKey sent as a header, never shown
     * @throws IllegalArgumentException when the address is no http address
     */
    public KrxClient(OkHttpClient http, String base, String authKey, TimeSource time) {
        this.http = http;
        this.base = HttpUrl.get(base);
        this.authKey = authKey;
        this.time = time;
    }

    /** A client with the waits this service needs. */
    public static OkHttpClient http() {
        return new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(5))
                .readTimeout(Duration.ofSeconds(30))
                .callTimeout(Duration.ofSeconds(60))
                .build();
    }

    /**
     * The rows of one market and session, as published, by symbol: all of that date, none twice, none impossible. Whether
     * they are all there is for the caller to judge. Tries again a few times where that can help.
     *
     * @throws KrxException when there are no such rows
     */
    public List<DailyRow> dailyTrades(KrxMarket market, LocalDate session) throws KrxException, InterruptedException {
        String api = api(market);
        Duration wait = FIRST_WAIT;
        for (int attempt = 1; ; attempt++) {
            try {
                return fetch(api, market, session);
            } catch (KrxException e) {
                boolean transientTrouble = e.kind() == Kind.UNAVAILABLE || e.kind() == Kind.MALFORMED;
                if (!transientTrouble || attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.log(System.Logger.Level.INFO, "{0}; trying again", e.getMessage());
                time.sleepUntil(time.now().plus(wait));
                wait = wait.multipliedBy(2);
            }
        }
    }

    private static String api(KrxMarket market) {
        return switch (market) {
            case KOSPI -> "stk_bydd_trd";
            case KOSDAQ -> "ksq_bydd_trd";
            case KONEX -> "knx_bydd_trd";
        };
    }

    private List<DailyRow> fetch(String api, KrxMarket market, LocalDate session) throws KrxException {
        String call = "KRX API %s for %s".formatted(api, session);
        HttpUrl address = base.newBuilder()
                .addPathSegment("sto")
                .addPathSegment(api)
                .addQueryParameter("basDd", session.format(BASIC_DATE))
                .build();
        Request request = new Request.Builder()
                .url(address)
                .header("AUTH_KEY", checkedKey(call))
                .build();
        try (Response response = http.newCall(request).execute();
                InputStream body = response.body().byteStream()) {
            return read(call, response.code(), body, market, session);
        } catch (IOException e) {
            throw new KrxException(Kind.UNAVAILABLE, call + ": no whole answer (" + e + ")", e);
        }
    }

    /** A key that no header can carry would otherwise be quoted in the HTTP client's own complaint. */
    private String checkedKey(String call) throws KrxException {
        boolean printable = authKey.chars().allMatch(c -> c > ' ' && c < 0x7F);
        if (authKey.isEmpty() || !printable) {
            throw new KrxException(
                    Kind.UNAUTHORIZED_KEY, call + ": the secret krx/auth-key holds characters that no key has");
        }
        return authKey;
    }

    private static List<DailyRow> read(String call, int status, InputStream body, KrxMarket market, LocalDate session)
            throws KrxException, IOException {
        if (status == 429 || status >= 500 || status == 403) {
            throw new KrxException(Kind.UNAVAILABLE, "%s: HTTP %d, try later".formatted(call, status));
        }
        DailyTradesParser.Parsed parsed;
        try {
            parsed = DailyTradesParser.parse(JSON, body, market, session.format(BASIC_DATE));
        } catch (DailyTradesParser.UnusableAnswerException e) {
            if (status == 401) {
                throw unauthorized(call, "");
            }
            if (status == 404) {
                throw wrongAddress(call);
            }
            throw new KrxException(Kind.MALFORMED, "%s: HTTP %d, %s".formatted(call, status, e.getMessage()), e);
        }
        return switch (parsed) {
            case DailyTradesParser.Parsed.Refusal(String code, String message) -> throw refusal(call, code, message);
            case DailyTradesParser.Parsed.Rows(List<DailyRow> rows) -> {
                if (status != 200) {
                    throw new KrxException(Kind.MALFORMED, "%s: rows under HTTP %d".formatted(call, status));
                }
                if (rows.isEmpty()) {
                    throw new KrxException(
                            Kind.NOT_PUBLISHED, call + ": no rows; published about 08:00 of the next business day");
                }
                yield rows;
            }
        };
    }

    private static KrxException refusal(String call, String code, String message) {
        return switch (code) {
            case "401" -> unauthorized(call, message);
            case "404" -> wrongAddress(call);
            // Not seen in public: taken for a passing trouble of the service.
            default ->
                new KrxException(Kind.UNAVAILABLE, "%s: refused with code %s, %s".formatted(call, code, message));
        };
    }

    private static KrxException unauthorized(String call, String message) {
        if (message.contains("API")) {
            return new KrxException(
                    Kind.UNAUTHORIZED_API,
                    call + ": the key is good, but not for this API; apply for it (again) at openapi.krx.co.kr");
        }
        return new KrxException(
                Kind.UNAUTHORIZED_KEY,
                call
                        + ": the key is unknown or has expired; renew it at openapi.krx.co.kr and store it as krx/auth-key");
    }

    private static KrxException wrongAddress(String call) {
        return new KrxException(Kind.WRONG_ADDRESS, call + ": no such API at the configured address");
    }
}
