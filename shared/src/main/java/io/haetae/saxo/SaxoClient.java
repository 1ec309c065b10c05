package io.haetae.saxo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.market.Bar;
import io.haetae.time.TimeSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the Saxo OpenAPI that trading needs.
 *
 * <p>Reads are tried again, within bounds, after a network failure, 429 or 5xx. An order POST goes over the wire once:
 * its own HTTP client neither retries, redirects nor reuses a connection. Only 401 and 429 send it again, because they
 * prove that nothing was accepted. Safe for use by several threads.
 */
public final class SaxoClient {

    private static final int MAX_TRIES = 4;
    private static final Duration MAX_WAIT = Duration.ofSeconds(120);
    private static final Duration MIN_WAIT = Duration.ofSeconds(1);
    private static final int UICS_PER_CALL = 50;
    private static final int MAX_PAGES = 50;
    private static final MediaType JSON = MediaType.get("application/json");
    private static final String RATE_PREFIX = "x-ratelimit-";

    private final HttpUrl base;
    private final AccessTokens tokens;
    private final TimeSource time;
    private final OkHttpClient reads;
    private final OkHttpClient orders;

    /** Until when a service group's budget is used up, by group ({@code port}, {@code trade}, …). */
    private final Map<String, Instant> exhaustedUntil = new ConcurrentHashMap<>();

    /** @param restBase without a trailing slash, such as {@code https://gateway.saxobank.com/sim/openapi} */
    public SaxoClient(URI restBase, AccessTokens tokens, TimeSource time) {
        this.base = HttpUrl.get(restBase.toString());
        this.tokens = tokens;
        this.time = time;
        this.reads = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ofSeconds(30))
                .followRedirects(false)
                .build();
        this.orders = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(10))
                // Saxo itself may wait 60 s for the exchange before it answers.
                .readTimeout(Duration.ofSeconds(75))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.MILLISECONDS))
                .build();
    }

    /** The client's key, {@code /port/v1/clients/me}. */
    public String clientKey() {
        return JsonText.requiredText(get(url("port/v1/clients/me").build()), "ClientKey");
    }

    /** All accounts, {@code /port/v1/accounts/me}. */
    public List<SaxoAccount> accounts() {
        List<SaxoAccount> accounts = new ArrayList<>();
        for (JsonNode row : rows(url("port/v1/accounts/me").build())) {
            accounts.add(new SaxoAccount(
                    JsonText.text(row, "AccountId"),
                    JsonText.requiredText(row, "AccountKey"),
                    JsonText.requiredText(row, "ClientKey"),
                    JsonText.requiredText(row, "Currency"),
                    row.path("Active").asBoolean(false),
                    row.path("IsTrialAccount").asBoolean(false),
                    row.path("FractionalOrderEnabled").asBoolean(false)));
        }
        return List.copyOf(accounts);
    }

    /** Cash and equity of one account, {@code /port/v1/balances}. */
    public SaxoBalance balance(String clientKey, String accountKey) {
        JsonNode node = get(url("port/v1/balances")
                .addQueryParameter("ClientKey", clientKey)
                .addQueryParameter("AccountKey", accountKey)
                .addQueryParameter("FieldGroups", "CalculateCashForTrading,MarginOverview")
                .build());
        BigDecimal cash = JsonText.decimal(node, "CashAvailableForTrading")
                .orElseGet(() -> JsonText.requiredDecimal(node, "CashBalance")
                        .min(JsonText.decimal(node, "MarginAvailableForTrading")
                                .orElseGet(() -> JsonText.requiredDecimal(node, "CashBalance"))));
        return new SaxoBalance(
                JsonText.requiredText(node, "Currency"),
                cash,
                JsonText.requiredDecimal(node, "TotalValue"),
                JsonText.text(node, "CalculationReliability").equals("Ok"));
    }

    /** Net positions of one account, squared ones included with amount 0. */
    public List<NetPosition> netPositions(String clientKey, String accountKey) {
        List<NetPosition> positions = new ArrayList<>();
        for (JsonNode row : rows(url("port/v1/netpositions")
                .addQueryParameter("ClientKey", clientKey)
                .addQueryParameter("AccountKey", accountKey)
                .addQueryParameter("FieldGroups", "NetPositionBase,NetPositionView")
                .build())) {
            JsonNode held = row.path("NetPositionBase");
            positions.add(new NetPosition(
                    JsonText.requiredText(held, "AssetType"),
                    JsonText.requiredLong(held, "Uic"),
                    JsonText.requiredDecimal(held, "Amount"),
                    JsonText.decimal(row.path("NetPositionView"), "AverageOpenPrice")
                            .orElse(BigDecimal.ZERO)));
        }
        return List.copyOf(positions);
    }

    /** Every order Saxo still works on, children and those not working yet included. */
    public List<OpenOrder> openOrders() {
        List<OpenOrder> open = new ArrayList<>();
        for (JsonNode row :
                rows(url("port/v1/orders/me").addQueryParameter("Status", "All").build())) {
            open.add(new OpenOrder(
                    JsonText.requiredText(row, "OrderId"),
                    JsonText.text(row, "ExternalReference"),
                    JsonText.requiredText(row, "AssetType"),
                    JsonText.requiredLong(row, "Uic"),
                    JsonText.requiredText(row, "BuySell"),
                    JsonText.requiredDecimal(row, "Amount"),
                    JsonText.decimal(row, "FilledAmount").orElse(BigDecimal.ZERO),
                    JsonText.text(row, "Status")));
        }
        return List.copyOf(open);
    }

    /**
     * Prices of the moment, by Uic. An instrument that Saxo does not answer for is absent.
     *
     * @param uics of one asset type, distinct
     */
    public Map<Long, InfoPrice> infoPrices(String assetType, Collection<Long> uics, String accountKey) {
        Map<Long, InfoPrice> prices = new TreeMap<>();
        List<Long> all = uics.stream().distinct().sorted().toList();
        for (int from = 0; from < all.size(); from += UICS_PER_CALL) {
            String chunk = all.subList(from, Math.min(all.size(), from + UICS_PER_CALL)).stream()
                    .map(uic -> Long.toString(uic))
                    .collect(Collectors.joining(","));
            JsonNode answer = get(url("trade/v1/infoprices/list")
                    .addQueryParameter("AccountKey", accountKey)
                    .addQueryParameter("AssetType", assetType)
                    .addQueryParameter("Uics", chunk)
                    .addQueryParameter("FieldGroups", "Quote,PriceInfo,PriceInfoDetails")
                    .build());
            for (JsonNode row : data(answer)) {
                long uic = JsonText.requiredLong(row, "Uic");
                prices.put(uic, infoPrice(row, assetType, uic));
            }
        }
        return prices;
    }

    private static InfoPrice infoPrice(JsonNode row, String assetType, long uic) {
        JsonNode quote = row.path("Quote");
        JsonNode info = row.path("PriceInfo");
        JsonNode details = row.path("PriceInfoDetails");
        String error = JsonText.text(quote, "ErrorCode");
        return new InfoPrice(
                assetType,
                uic,
                JsonText.decimalOrNull(quote, "Bid"),
                JsonText.decimalOrNull(quote, "Ask"),
                JsonText.decimalOrNull(quote, "Mid"),
                positiveOrNull(JsonText.decimalOrNull(details, "LastTraded")),
                positiveOrNull(JsonText.decimalOrNull(details, "Open")),
                positiveOrNull(JsonText.decimalOrNull(info, "High")),
                positiveOrNull(JsonText.decimalOrNull(info, "Low")),
                JsonText.decimal(details, "Volume").map(BigDecimal::longValue).orElse(0L),
                JsonText.text(quote, "PriceTypeBid"),
                JsonText.text(quote, "PriceTypeAsk"),
                JsonText.text(quote, "MarketState"),
                quote.path("DelayedByMinutes").asInt(0),
                JsonText.instant(row, "LastUpdated"),
                error.isEmpty() ? JsonText.text(row, "ErrorCode") : error);
    }

    /** Saxo writes 0.0 where it has no price. */
    private static @Nullable BigDecimal positiveOrNull(@Nullable BigDecimal price) {
        return price == null || price.signum() <= 0 ? null : price;
    }

    /**
     * The newest bars, oldest first, the one that still forms included. Currency pairs come as bid and ask and give
     * their middle; a sample with neither form is left out.
     *
     * @param horizonMinutes one of Saxo's horizons
     * @param count 1 to 1200
     */
    public List<Bar> bars(String assetType, long uic, int horizonMinutes, int count, String accountKey) {
        JsonNode answer = get(url("chart/v3/charts")
                .addQueryParameter("AccountKey", accountKey)
                .addQueryParameter("AssetType", assetType)
                .addQueryParameter("Count", Integer.toString(count))
                .addQueryParameter("FieldGroups", "Data")
                .addQueryParameter("Horizon", Integer.toString(horizonMinutes))
                .addQueryParameter("Uic", Long.toString(uic))
                .build());
        TreeMap<Instant, Bar> bars = new TreeMap<>();
        for (JsonNode row : data(answer)) {
            Optional<Instant> start = JsonText.instant(row, "Time");
            BigDecimal open = middle(row, "Open");
            BigDecimal high = middle(row, "High");
            BigDecimal low = middle(row, "Low");
            BigDecimal close = middle(row, "Close");
            if (start.isEmpty() || open == null || high == null || low == null || close == null) {
                continue;
            }
            bars.put(
                    start.get(),
                    new Bar(start.get(), start.get().plus(Duration.ofMinutes(horizonMinutes)), open, high, low, close));
        }
        return List.copyOf(bars.values());
    }

    private static @Nullable BigDecimal middle(JsonNode row, String name) {
        BigDecimal traded = JsonText.decimalOrNull(row, name);
        if (traded != null) {
            return traded;
        }
        BigDecimal bid = JsonText.decimalOrNull(row, name + "Bid");
        BigDecimal ask = JsonText.decimalOrNull(row, name + "Ask");
        return bid == null || ask == null ? null : half(bid.add(ask));
    }

    /** Exact: half of a decimal always is one. */
    static BigDecimal half(BigDecimal sum) {
        return sum.multiply(new BigDecimal("0.5")).stripTrailingZeros();
    }

    /** Instruments whose names match, which need not be the one that was meant. */
    public List<FoundInstrument> search(String keywords, String assetType) {
        List<FoundInstrument> found = new ArrayList<>();
        for (JsonNode row : rows(url("ref/v1/instruments")
                .addQueryParameter("AssetTypes", assetType)
                .addQueryParameter("IncludeNonTradable", "false")
                .addQueryParameter("Keywords", keywords)
                .addQueryParameter("$top", "50")
                .build())) {
            // An option root's Identifier is no Uic.
            if (JsonText.text(row, "SummaryType").equals("Instrument")) {
                found.add(new FoundInstrument(
                        JsonText.requiredText(row, "AssetType"),
                        JsonText.requiredLong(row, "Identifier"),
                        JsonText.requiredText(row, "Symbol"),
                        JsonText.text(row, "Description"),
                        JsonText.text(row, "CurrencyCode"),
                        JsonText.text(row, "ExchangeId"),
                        row.path("PrimaryListing").asLong(0)));
            }
        }
        return List.copyOf(found);
    }

    /** What an order on the instrument must obey. */
    public InstrumentDetails details(String assetType, long uic, String accountKey) {
        JsonNode node = get(url("ref/v1/instruments/details")
                .addPathSegment(Long.toString(uic))
                .addPathSegment(assetType)
                .addQueryParameter("AccountKey", accountKey)
                .build());
        JsonNode format = node.path("Format");
        int decimals = format.path("Decimals").asInt(2);
        List<String> orderTypes = new ArrayList<>();
        for (JsonNode type : node.path("SupportedOrderTypes")) {
            orderTypes.add(type.asText());
        }
        String status = JsonText.text(node, "TradingStatus");
        return new InstrumentDetails(
                JsonText.requiredText(node, "AssetType"),
                JsonText.requiredLong(node, "Uic"),
                JsonText.requiredText(node, "Symbol"),
                JsonText.text(node, "Description"),
                JsonText.requiredText(node, "CurrencyCode"),
                decimals,
                format.path("OrderDecimals").asInt(decimals),
                node.path("AmountDecimals").asInt(0),
                JsonText.decimal(node, "MinimumTradeSize").orElse(BigDecimal.ZERO),
                JsonText.text(node, "LotSizeType").equals("OddLotsNotAllowed")
                        ? JsonText.decimalOrNull(node, "LotSize")
                        : null,
                node.path("IsTradable").asBoolean(false) && status.equals("Tradable"),
                JsonText.text(node, "NonTradableReason"),
                orderTypes);
    }

    /** The next few days' sessions of an instrument. */
    public List<TradingSession> tradingSchedule(String assetType, long uic) {
        JsonNode node = get(url("ref/v1/instruments/tradingschedule")
                .addPathSegment(Long.toString(uic))
                .addPathSegment(assetType)
                .build());
        List<TradingSession> sessions = new ArrayList<>();
        for (JsonNode row : node.path("Sessions")) {
            Optional<Instant> start = JsonText.instant(row, "StartTime");
            Optional<Instant> end = JsonText.instant(row, "EndTime");
            if (start.isPresent() && end.isPresent()) {
                sessions.add(new TradingSession(start.get(), end.get(), JsonText.text(row, "State")));
            }
        }
        return List.copyOf(sessions);
    }

    /**
     * Asks whether an order would be taken. Reserves nothing. Only a plain {@code Ok} passes: an error beside it, or a
     * disclaimer that nobody has accepted, does not.
     *
     * @param requestId fresh; Saxo refuses equal bodies within 15 s without one
     */
    public Precheck precheck(OrderTicket ticket, String requestId) {
        ObjectNode body = ticket.toJson();
        body.putArray("FieldGroups").add("Costs").add("MarginImpactBuySell");
        Answer answer = send(
                "precheck",
                post(url("trade/v2/orders/precheck").build(), body, requestId, new AtomicBoolean()),
                orders);
        JsonNode node = JsonText.lenient(answer.body());
        if (answer.status() != 200 && answer.status() != 201) {
            if (answer.status() >= 500) {
                throw new SaxoUnavailableException("precheck: HTTP " + answer.status());
            }
            return new Precheck.Failed(errorCode(node, answer.status()), errorMessage(node));
        }
        Optional<Precheck.Failed> hindrance = hindrance(node);
        if (hindrance.isPresent()) {
            return hindrance.get();
        }
        if (!JsonText.text(node, "PreCheckResult").equals("Ok")) {
            return new Precheck.Failed("PreCheckResult", JsonText.text(node, "PreCheckResult"));
        }
        return new Precheck.Passed(
                JsonText.decimal(node, "EstimatedCashRequired"),
                JsonText.text(node, "EstimatedCashRequiredCurrency"),
                JsonText.decimal(node.path("Cost"), "Commission"),
                JsonText.decimal(node, "InstrumentToAccountConversionRate"));
    }

    private static Optional<Precheck.Failed> hindrance(JsonNode node) {
        if (node.path("ErrorInfo").isObject()) {
            JsonNode error = node.path("ErrorInfo");
            return Optional.of(
                    error.path("PreTradeDisclaimers").isObject()
                            ? disclaimer()
                            : new Precheck.Failed(JsonText.text(error, "ErrorCode"), JsonText.text(error, "Message")));
        }
        if (node.path("PreTradeDisclaimers").isObject()) {
            return Optional.of(disclaimer());
        }
        for (JsonNode child : node.path("Orders")) {
            Optional<Precheck.Failed> inChild = hindrance(child);
            if (inChild.isPresent()) {
                return inChild;
            }
        }
        return Optional.empty();
    }

    private static Precheck.Failed disclaimer() {
        return new Precheck.Failed("PreTradeDisclaimers", "a person has to accept a disclaimer in SaxoTrader first");
    }

    /**
     * Sends an order, once.
     *
     * @param requestId stored with the order before this call; repeated only after 401 and 429
     * @throws AuthenticationRequiredException when there is no token that works: nothing was sent or accepted
     */
    public Placement place(OrderTicket ticket, String requestId) {
        HttpUrl url = url("trade/v2/orders").build();
        for (int attempt = 1; ; attempt++) {
            AtomicBoolean bodyStarted = new AtomicBoolean();
            Answer answer;
            try {
                answer = exchange(orders, post(url, ticket.toJson(), requestId, bodyStarted));
            } catch (IOException e) {
                return bodyStarted.get()
                        ? new Placement.Unknown(
                                Optional.empty(), "no answer: " + e.getClass().getSimpleName())
                        : new Placement.Rejected(
                                "NOT_SENT", "no connection: " + e.getClass().getSimpleName());
            }
            if (answer.status() == 429 && attempt < MAX_TRIES) {
                waitUntil(time.now().plus(waitFor(answer, attempt)));
                continue;
            }
            return placement(answer);
        }
    }

    static Placement placement(Answer answer) {
        JsonNode node = JsonText.lenient(answer.body());
        int status = answer.status();
        Optional<String> orderId = anyOrderId(node);
        boolean error = node.path("ErrorInfo").isObject();
        String code = errorCode(node, status);
        if (status == 200 || status == 201) {
            if (orderId.isPresent() && !error && firstChildError(node).isEmpty()) {
                return new Placement.Accepted(orderId.get());
            }
            if (orderId.isPresent() || !error || ambiguous(code)) {
                return new Placement.Unknown(orderId, "HTTP " + status + " " + code);
            }
            return new Placement.Rejected(code, errorMessage(node));
        }
        if (status >= 400 && status < 500 && status != 408 && status != 409 && orderId.isEmpty() && !ambiguous(code)) {
            return new Placement.Rejected(code, errorMessage(node));
        }
        return new Placement.Unknown(orderId, "HTTP " + status + " " + code);
    }

    private static boolean ambiguous(String code) {
        return switch (code) {
            case "TradeNotCompleted",
                    "OrderCommandPending",
                    "OrderCommandTimeout",
                    "CouldNotCompleteRequest",
                    "OtherError" -> true;
            default -> false;
        };
    }

    private static Optional<String> anyOrderId(JsonNode node) {
        String id = JsonText.text(node, "OrderId");
        if (!id.isEmpty()) {
            return Optional.of(id);
        }
        for (JsonNode child : node.path("Orders")) {
            String childId = JsonText.text(child, "OrderId");
            if (!childId.isEmpty()) {
                return Optional.of(childId);
            }
        }
        return Optional.empty();
    }

    private static Optional<JsonNode> firstChildError(JsonNode node) {
        for (JsonNode child : node.path("Orders")) {
            if (child.path("ErrorInfo").isObject()) {
                return Optional.of(child.path("ErrorInfo"));
            }
        }
        return Optional.empty();
    }

    private static String errorCode(JsonNode node, int status) {
        String own = JsonText.text(node, "ErrorCode");
        if (!own.isEmpty()) {
            return own;
        }
        String info = JsonText.text(node.path("ErrorInfo"), "ErrorCode");
        if (!info.isEmpty()) {
            return info;
        }
        return firstChildError(node)
                .map(error -> JsonText.text(error, "ErrorCode"))
                .filter(code -> !code.isEmpty())
                .orElse("HTTP_" + status);
    }

    private static String errorMessage(JsonNode node) {
        String own = JsonText.text(node, "Message");
        String message = own.isEmpty() ? JsonText.text(node.path("ErrorInfo"), "Message") : own;
        if (message.isEmpty()) {
            message = firstChildError(node)
                    .map(error -> JsonText.text(error, "Message"))
                    .orElse("");
        }
        JsonNode model = node.path("ModelState");
        return model.isObject() ? message + " " + model : message;
    }

    /** Asks to cancel an order; safe to repeat. */
    public Cancellation cancel(String orderId, String accountKey) {
        Request.Builder request = new Request.Builder()
                .url(url("trade/v2/orders")
                        .addPathSegment(orderId)
                        .addQueryParameter("AccountKey", accountKey)
                        .build())
                .delete();
        Answer answer = retrying("cancel", request);
        JsonNode node = JsonText.lenient(answer.body());
        if (answer.status() == 404) {
            return new Cancellation.Gone();
        }
        if (answer.status() != 200) {
            return new Cancellation.Rejected(errorCode(node, answer.status()), errorMessage(node));
        }
        Optional<JsonNode> error = firstChildError(node);
        if (error.isEmpty()) {
            return new Cancellation.Accepted();
        }
        String code = JsonText.text(error.get(), "ErrorCode");
        return code.equals("OrderNotFound")
                ? new Cancellation.Gone()
                : new Cancellation.Rejected(code, JsonText.text(error.get(), "Message"));
    }

    /** What happened to the client's orders since {@code from}, in Saxo's order. */
    public List<OrderActivity> orderActivities(String clientKey, String accountKey, Instant from) {
        List<OrderActivity> activities = new ArrayList<>();
        for (JsonNode row : rows(url("cs/v1/audit/orderactivities")
                .addQueryParameter("AccountKey", accountKey)
                .addQueryParameter("ClientKey", clientKey)
                .addQueryParameter("EntryType", "All")
                .addQueryParameter("FromDateTime", from.toString())
                .build())) {
            activities.add(new OrderActivity(
                    JsonText.requiredText(row, "OrderId"),
                    JsonText.text(row, "ExternalReference"),
                    JsonText.requiredText(row, "Status"),
                    JsonText.text(row, "SubStatus"),
                    JsonText.decimal(row, "FilledAmount"),
                    JsonText.decimal(row, "AveragePrice"),
                    JsonText.instant(row, "ActivityTime")));
        }
        return List.copyOf(activities);
    }

    // Transport.

    record Answer(int status, String body, Headers headers) {}

    private HttpUrl.Builder url(String path) {
        return base.newBuilder().addPathSegments(path);
    }

    private JsonNode get(HttpUrl url) {
        String what = "GET " + url.encodedPath();
        Answer answer = retrying(what, new Request.Builder().url(url).get());
        JsonNode node = JsonText.lenient(answer.body());
        if (answer.status() != 200) {
            throw new SaxoRefusedException(
                    url.encodedPath(),
                    answer.status(),
                    JsonText.text(node, "ErrorCode"),
                    JsonText.text(node, "Message"));
        }
        if (!node.isObject() && !node.isArray()) {
            throw new SaxoFormatException(what + ": the answer is not JSON");
        }
        return node;
    }

    /** All pages of a collection. A bare array is a collection too. */
    private List<JsonNode> rows(HttpUrl first) {
        List<JsonNode> rows = new ArrayList<>();
        HttpUrl next = first;
        for (int page = 0; page < MAX_PAGES; page++) {
            JsonNode answer = get(next);
            data(answer).forEach(rows::add);
            String following = JsonText.text(answer, "__next");
            if (following.isEmpty()) {
                return rows;
            }
            HttpUrl link = HttpUrl.parse(following);
            if (link == null) {
                throw new SaxoFormatException(first.encodedPath() + ": __next is no address");
            }
            // The link may name another host or port; only our own is ever asked, and only it sees the token.
            next = link.newBuilder()
                    .scheme(base.scheme())
                    .host(base.host())
                    .port(base.port())
                    .build();
        }
        throw new SaxoFormatException(first.encodedPath() + ": more than " + MAX_PAGES + " pages");
    }

    private static JsonNode data(JsonNode answer) {
        if (answer.isArray()) {
            return answer;
        }
        JsonNode data = answer.path("Data");
        if (!data.isArray()) {
            throw new SaxoFormatException("the answer has no Data");
        }
        return data;
    }

    private static Request.Builder post(HttpUrl url, ObjectNode body, String requestId, AtomicBoolean bodyStarted) {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return new Request.Builder()
                .url(url)
                .header("x-request-id", requestId)
                .header("Connection", "close")
                .post(new RequestBody() {
                    @Override
                    public MediaType contentType() {
                        return JSON;
                    }

                    @Override
                    public long contentLength() {
                        return bytes.length;
                    }

                    @Override
                    public boolean isOneShot() {
                        return true;
                    }

                    @Override
                    public void writeTo(BufferedSink sink) throws IOException {
                        bodyStarted.set(true);
                        sink.write(bytes);
                    }
                });
    }

    private Answer send(String what, Request.Builder request, OkHttpClient client) {
        try {
            return exchange(client, request);
        } catch (IOException e) {
            throw new SaxoUnavailableException(what + ": " + e.getClass().getSimpleName(), e);
        }
    }

    private Answer retrying(String what, Request.Builder request) {
        for (int attempt = 1; ; attempt++) {
            Duration wait;
            try {
                Answer answer = exchange(reads, request);
                if (answer.status() != 429 && answer.status() < 500) {
                    return answer;
                }
                if (attempt == MAX_TRIES) {
                    throw new SaxoUnavailableException(
                            what + ": HTTP " + answer.status() + " after " + attempt + " tries");
                }
                wait = waitFor(answer, attempt);
            } catch (IOException e) {
                if (attempt == MAX_TRIES) {
                    throw new SaxoUnavailableException(
                            what + ": " + e.getClass().getSimpleName() + " after " + attempt + " tries", e);
                }
                wait = backoff(attempt);
            }
            waitUntil(time.now().plus(wait));
        }
    }

    /** One exchange; a 401 renews the token once and sends once more. */
    private Answer exchange(OkHttpClient client, Request.Builder request) throws IOException {
        String token = tokens.current();
        Answer answer = once(client, request, token);
        if (answer.status() != 401) {
            return answer;
        }
        answer = once(client, request, tokens.insteadOf(token));
        if (answer.status() == 401) {
            throw new AuthenticationRequiredException("Saxo refuses a fresh access token: log in again");
        }
        return answer;
    }

    private Answer once(OkHttpClient client, Request.Builder request, String token) throws IOException {
        Request ready = request.header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .build();
        String group = group(ready.url());
        Instant free = exhaustedUntil.get(group);
        if (free != null) {
            waitUntil(free);
            exhaustedUntil.remove(group, free);
        }
        try (Response response = client.newCall(ready).execute()) {
            Answer answer = new Answer(response.code(), response.body().string(), response.headers());
            noteBudget(group, answer);
            return answer;
        }
    }

    /** The service group is the first path segment after the base: each has its own budget a minute. */
    private String group(HttpUrl url) {
        int index = (int) base.pathSegments().stream().filter(s -> !s.isEmpty()).count();
        return index < url.pathSegments().size() ? url.pathSegments().get(index) : "";
    }

    private void noteBudget(String group, Answer answer) {
        if (answer.status() != 429) {
            exhaustedReset(answer.headers())
                    .ifPresent(wait -> exhaustedUntil.put(group, time.now().plus(clamp(wait))));
        }
    }

    private static Duration waitFor(Answer answer, int attempt) {
        Optional<Long> retryAfter = wholeSeconds(answer.headers().get("Retry-After"));
        if (retryAfter.isPresent()) {
            return clamp(Duration.ofSeconds(retryAfter.get()));
        }
        return exhaustedReset(answer.headers()).map(SaxoClient::clamp).orElse(backoff(attempt));
    }

    /** The longest reset among the budgets that are used up; those with something left do not count. */
    private static Optional<Duration> exhaustedReset(Headers headers) {
        return headers.names().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> name.startsWith(RATE_PREFIX) && name.endsWith("-remaining"))
                .filter(name -> "0".equals(headers.get(name)))
                .map(name -> wholeSeconds(headers.get(name.replace("-remaining", "-reset")))
                        .orElse(1L))
                .map(Duration::ofSeconds)
                .max(Comparator.naturalOrder());
    }

    private static Optional<Long> wholeSeconds(@Nullable String header) {
        if (header == null
                || header.isEmpty()
                || header.length() > 9
                || !header.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(header));
    }

    private static Duration backoff(int attempt) {
        return clamp(Duration.ofSeconds(1L << (attempt - 1)));
    }

    private static Duration clamp(Duration wait) {
        return wait.compareTo(MIN_WAIT) < 0 ? MIN_WAIT : wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
    }

    private void waitUntil(Instant moment) {
        try {
            time.sleepUntil(moment);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SaxoUnavailableException("asked to stop while waiting for Saxo", e);
        }
    }
}
