package io.haetae.kis;

import io.haetae.kis.KisException.Kind;
import io.haetae.time.TimeSource;
import java.io.IOException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Reads at Korea Investment and Securities. The HTTP status means nothing there: an answer is judged by {@code rt_cd} and
 * {@code msg_cd} in its body. Reads are tried again a few times, with a new token once; orders are {@link KisOrders}' own.
 */
public final class KisClient {

    private static final System.Logger LOG = System.getLogger(KisClient.class.getName());
    private static final String API = "uapi/domestic-stock/v1";
    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;

    /** Refused under the limit, for the broker counts on many machines: the one refusal that may be called again at once. */
    private static final String STRAY_REFUSAL = "EGW00201";

    private static final int ATTEMPTS = 3;
    private static final Duration WAIT = Duration.ofSeconds(1);

    /** No answer comes near it. */
    private static final int MOST_BYTES = 1 << 20;

    private final OkHttpClient http;
    private final HttpUrl base;
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
        this.base = HttpUrl.get(base);
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
     * What is asked.
     *
     * @param name for messages
     * @param path under {@value #API}
     */
    record Query(String name, String path, String transaction, Map<String, String> parameters) {
        private static Query quotation(String name, String api, String transaction, Map<String, String> parameters) {
            return new Query(name, "quotations/" + api, transaction, parameters);
        }
    }

    /** @param more what the broker says of further pages: {@code F} or {@code M} for more, {@code D} or {@code E} for none */
    record Page(KisAnswer answer, String more) {}

    private interface Reader<T> {
        T read(Page page) throws KisException;
    }

    /**
     * The price of a share on the Exchange itself, without other trading venues.
     *
     * @param symbol six characters
     * @throws KisException {@code REJECTED} or {@code MALFORMED} for trouble with this share alone
     */
    public KisPrice price(String symbol) throws KisException, InterruptedException {
        return read(
                Query.quotation(
                        "KIS inquire-price of " + symbol,
                        "inquire-price",
                        "FHKST01010100",
                        Map.of("FID_COND_MRKT_DIV_CODE", "J", "FID_INPUT_ISCD", symbol)),
                "",
                page -> KisPrices.price(page.answer(), symbol));
    }

    /**
     * Whether the Exchange's share market opens, by date, without a gap. A call tells 24 days; the broker asks not to be
     * called more than once a day.
     *
     * @param to not before {@code from}
     * @throws KisException {@code NOT_ON_PAPER} in the paper environment
     */
    public NavigableMap<LocalDate, Boolean> openDays(LocalDate from, LocalDate to)
            throws KisException, InterruptedException {
        NavigableMap<LocalDate, Boolean> days = new TreeMap<>();
        LocalDate next = from;
        while (!next.isAfter(to)) {
            LocalDate asked = next;
            days.putAll(read(
                    Query.quotation(
                            "KIS chk-holiday from " + asked,
                            "chk-holiday",
                            "CTCA0903R",
                            Map.of("BASS_DT", asked.format(DATE), "CTX_AREA_NK", "", "CTX_AREA_FK", "")),
                    "",
                    page -> KisHolidays.days(page.answer(), asked)));
            next = days.lastKey().plusDays(1);
        }
        return days.headMap(to, true);
    }

    /**
     * One page of an answer.
     *
     * @param next {@code N} for a page that goes on from another, else empty
     */
    Page page(Query query, String next) throws KisException, InterruptedException {
        return read(query, next, page -> page);
    }

    private <T> T read(Query query, String next, Reader<T> reader) throws KisException, InterruptedException {
        String bearer = bearer(query.name());
        boolean renewed = false;
        for (int attempt = 1; ; attempt++) {
            limiter.await();
            try {
                return reader.read(get(query, next, bearer));
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
                        if (attempt > 1 || !e.code().equals(STRAY_REFUSAL)) {
                            time.sleepUntil(time.now().plus(WAIT));
                        }
                    }
                    case CONFIGURATION, NOT_ON_PAPER, REJECTED, MALFORMED -> throw e;
                }
            }
        }
    }

    private Page get(Query query, String next, String bearer) throws KisException {
        HttpUrl.Builder address = address(query.path()).newBuilder();
        new TreeMap<>(query.parameters()).forEach(address::addQueryParameter);
        Request request = signed(address.build(), query.transaction(), bearer)
                .header("tr_cont", next)
                .build();
        try (Response response = http.newCall(request).execute()) {
            KisAnswer answer = KisAnswer.read(query.name(), response.code(), bytes(query.name(), response));
            String more = response.header("tr_cont");
            return new Page(answer, more == null ? "" : more.strip());
        } catch (IOException e) {
            throw new KisException(
                    Kind.UNAVAILABLE,
                    "",
                    query.name() + ": no whole answer (" + e.getClass().getSimpleName() + ")",
                    e);
        }
    }

    private HttpUrl address(String path) {
        return base.newBuilder().addPathSegments(API).addPathSegments(path).build();
    }

    private Request.Builder signed(HttpUrl address, String transaction, String bearer) {
        return new Request.Builder()
                .url(address)
                .header("content-type", "application/json; charset=utf-8")
                .header("authorization", "Bearer " + bearer)
                .header("appkey", keys.appKey())
                .header("appsecret", keys.appSecret())
                .header("tr_id", transaction)
                .header("custtype", "P");
    }

    /** @throws KisException also when a key cannot stand in a header */
    String bearer(String call) throws KisException, InterruptedException {
        if (!keys.arePrintable()) {
            throw new KisException(
                    Kind.CONFIGURATION, "", call + ": the secrets kis/… hold characters that no key has");
        }
        return token.current();
    }

    /** In place of a token that was refused. */
    String bearerInstead(String refused) throws KisException, InterruptedException {
        return token.instead(refused);
    }

    /** Returns when the next call may be made. */
    void awaitTurn() throws InterruptedException {
        limiter.await();
    }

    /** A POST that trades, without its body. */
    Request.Builder trading(String path, String transaction, String bearer) {
        return signed(address(path), transaction, bearer);
    }

    /** The whole body, which must not fill the memory. */
    static byte[] bytes(String call, Response response) throws IOException, KisException {
        byte[] bytes = response.body().byteStream().readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new KisException(Kind.MALFORMED, "", call + ": more than " + MOST_BYTES + " bytes");
        }
        return bytes;
    }
}
