package io.haetae.krx;

import io.haetae.krx.KrxException.Kind;
import io.haetae.krx.OutBlockParser.Parsed;
import io.haetae.krx.OutBlockParser.UnusableAnswerException;
import io.haetae.market.CallAllowance;
import io.haetae.market.CallQuota;
import io.haetae.market.DailyRow;
import io.haetae.market.IndexRow;
import io.haetae.market.KrxMarket;
import io.haetae.market.ListedShare;
import io.haetae.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Reads the Exchange's Open API: one call is one market, or one family of indices, of one session. It has the rows of a
 * session from the next business morning on, answers with no rows for every other date, and allows a key 10,000 calls a
 * day (terms of use of the Open API). Every API needs an approval of its own.
 */
public final class KrxClient {

    /** From midnight to midnight in Seoul. */
    public static final int CALLS_A_DAY = 10_000;

    private static final System.Logger LOG = System.getLogger(KrxClient.class.getName());

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    private static final int ATTEMPTS = 3;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(2);

    private final OkHttpClient http;
    private final HttpUrl base;
    private final String authKey;
    private final List<KrxMarket> markets;
    private final CallAllowance allowance;
    private final int callsADay;
    private final TimeSource time;

    /**
     * @param base address up to and without {@code /sto}
     * @param authKey sent as a header, never shown
     * @param markets those that are collected
     * @throws IllegalArgumentException when the address is no http address
     */
    public KrxClient(
            OkHttpClient http, String base, String authKey, List<KrxMarket> markets, CallQuota quota, TimeSource time) {
        this(http, base, authKey, markets, quota, CALLS_A_DAY, time);
    }

    /** With another limit than the Exchange's. */
    KrxClient(
            OkHttpClient http,
            String base,
            String authKey,
            List<KrxMarket> markets,
            CallQuota quota,
            int callsADay,
            TimeSource time) {
        this.http = http;
        this.base = HttpUrl.get(base);
        this.authKey = authKey;
        this.markets = List.copyOf(markets);
        this.allowance = new CallAllowance(quota, "krx", callsADay);
        this.callsADay = callsADay;
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

    /** The markets that are collected, in order. */
    public List<KrxMarket> markets() {
        return markets;
    }

    /**
     * The rows of one market and session, as published: all of that date, none twice. Whether they are all there is for
     * the caller to judge. Tries again a few times where that can help, as every read here does.
     *
     * @throws KrxException when there are no such rows
     */
    public DailyTrades dailyTrades(KrxMarket market, LocalDate session) throws KrxException, InterruptedException {
        Parsed.Rows<DailyRow> parsed = read(
                new Call("sto", prefix(market) + "_bydd_trd", session),
                body -> DailyTradesReader.parse(body, market, session));
        return new DailyTrades(parsed.rows(), parsed.dropped());
    }

    /**
     * What the Exchange says of the shares listed on one market on that session, by symbol. The rows carry no date: that
     * they are of the day asked for rests on the service.
     *
     * @throws KrxException when there are no such rows
     */
    public List<ListedShare> baseInformation(KrxMarket market, LocalDate session)
            throws KrxException, InterruptedException {
        return told(
                read(
                        new Call("sto", prefix(market) + "_isu_base_info", session),
                        body -> BaseInformationReader.parse(body, market)),
                "base information");
    }

    /**
     * The indices of one family and session, by name; those without a level are left out.
     *
     * @throws KrxException when there are none
     */
    public List<IndexRow> indices(IndexFamily family, LocalDate session) throws KrxException, InterruptedException {
        return told(read(new Call("idx", family.api(), session), body -> IndexReader.parse(body, session)), "index");
    }

    private static <T> List<T> told(Parsed.Rows<T> parsed, String what) {
        parsed.dropped().forEach(reason -> LOG.log(System.Logger.Level.WARNING, "KRX {0}: {1}", what, reason));
        return parsed.rows();
    }

    private static String prefix(KrxMarket market) {
        return switch (market) {
            case KOSPI -> "stk";
            case KOSDAQ -> "ksq";
            case KONEX -> "knx";
        };
    }

    private record Call(String category, String api, LocalDate session) {
        @Override
        public String toString() {
            return "KRX API %s for %s".formatted(api, session);
        }
    }

    @FunctionalInterface
    private interface Parser<T> {
        Parsed<T> parse(InputStream body) throws IOException, UnusableAnswerException;
    }

    private <T> Parsed.Rows<T> read(Call call, Parser<T> parser) throws KrxException, InterruptedException {
        Duration wait = FIRST_WAIT;
        for (int attempt = 1; ; attempt++) {
            try {
                return fetch(call, parser);
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

    private <T> Parsed.Rows<T> fetch(Call call, Parser<T> parser) throws KrxException {
        Request request = new Request.Builder()
                .url(base.newBuilder()
                        .addPathSegment(call.category())
                        .addPathSegment(call.api())
                        .addQueryParameter("basDd", call.session().format(Fields.BASIC_DATE))
                        .build())
                .header("AUTH_KEY", checkedKey(call))
                .build();
        LocalDate today = LocalDate.ofInstant(time.now(), SEOUL);
        if (!allowance.take(today)) {
            throw new KrxException(
                    Kind.QUOTA_USED_UP,
                    "%s: not asked, the %d calls that the key has on %s are used up; go on after midnight in Seoul"
                            .formatted(call, callsADay, today));
        }
        try (Response response = http.newCall(request).execute();
                InputStream body = response.body().byteStream()) {
            return rows(call, response.code(), body, parser);
        } catch (IOException e) {
            throw new KrxException(
                    Kind.UNAVAILABLE, call + ": no whole answer (" + e + "); check the connection, or ask later", e);
        }
    }

    /** A key that no header can carry would otherwise be quoted in the HTTP client's own complaint. */
    private String checkedKey(Call call) throws KrxException {
        boolean printable = authKey.chars().allMatch(c -> c > ' ' && c < 0x7F);
        if (authKey.isEmpty() || !printable) {
            throw new KrxException(
                    Kind.UNAUTHORIZED_KEY,
                    call + ": the secret krx/auth-key holds characters that no key has; store it again");
        }
        return authKey;
    }

    private static <T> Parsed.Rows<T> rows(Call call, int status, InputStream body, Parser<T> parser)
            throws KrxException, IOException {
        if (status == 403) {
            throw new KrxException(
                    Kind.UNAVAILABLE,
                    call + ": HTTP 403, this address is kept out; ask later, or from another network");
        }
        if (status == 429 || status >= 500) {
            throw new KrxException(
                    Kind.UNAVAILABLE, "%s: HTTP %d, the service is busy or down; ask later".formatted(call, status));
        }
        Parsed<T> parsed;
        try {
            parsed = parser.parse(body);
        } catch (UnusableAnswerException e) {
            if (status == 401) {
                throw unauthorized(call, "");
            }
            if (status == 404) {
                throw wrongAddress(call);
            }
            throw new KrxException(
                    Kind.MALFORMED,
                    "%s: HTTP %d, %s; nothing of it is used, ask again later".formatted(call, status, e.getMessage()),
                    e);
        }
        return switch (parsed) {
            case Parsed.Refusal<T>(String code, String message) -> throw refusal(call, code, message);
            case Parsed.Rows<T> rows -> {
                if (status != 200) {
                    throw new KrxException(
                            Kind.MALFORMED,
                            "%s: rows under HTTP %d; nothing of it is used, ask again later".formatted(call, status));
                }
                if (rows.rows().isEmpty()) {
                    throw new KrxException(
                            Kind.NOT_PUBLISHED,
                            call + ": no rows; published about 08:00 of the next business day, ask then");
                }
                yield rows;
            }
        };
    }

    private static KrxException refusal(Call call, String code, String message) {
        return switch (code) {
            case "401" -> unauthorized(call, message);
            case "404" -> wrongAddress(call);
            // Not seen in public: taken for a passing trouble of the service.
            default ->
                new KrxException(
                        Kind.UNAVAILABLE,
                        "%s: refused with code %s, %s; ask later"
                                .formatted(call, OutBlockParser.shown(code), OutBlockParser.shown(message)));
        };
    }

    private static KrxException unauthorized(Call call, String message) {
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

    private static KrxException wrongAddress(Call call) {
        return new KrxException(
                Kind.WRONG_ADDRESS, call + ": no such API at the configured address; correct KRX_REST_BASE");
    }
}
