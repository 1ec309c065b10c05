package io.haetae.saxo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.http.OrderSender;
import io.haetae.market.Bar;
import io.haetae.time.TimeSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the Saxo OpenAPI that trading needs.
 *
 * <p>Reads are tried again, within bounds, after a network failure, 429 or 5xx. An order goes over the wire once, by an
 * {@link OrderSender}; only what proves that nothing was accepted sends it again. Safe for use by several threads.
 */
public final class SaxoClient {

    private static final String NOT_SENT = "NOT_SENT";

    private static final int MAX_TRIES = 4;
    private static final Duration MAX_WAIT = Duration.ofSeconds(120);
    private static final Duration MIN_WAIT = Duration.ofSeconds(1);
    private static final int UICS_PER_CALL = 50;
    private static final int MAX_PAGES = 50;
    private static final String RATE_PREFIX = "x-ratelimit-";
    private static final String DISCLAIMERS = "PreTradeDisclaimers";

    /** Saxo takes one order a second; a little more keeps clear of its clock. */
    private static final Duration BETWEEN_ORDERS = Duration.ofMillis(1100);

    private final HttpUrl base;
    private final AccessTokens tokens;
    private final TimeSource time;
    private final OkHttpClient reads;
    private final OrderSender orders;

    /** Until when a service group's budget is used up, by group ({@code port}, {@code trade}, …). */
    private final Map<String, Instant> exhaustedUntil = new ConcurrentHashMap<>();

    /** The earliest moment of the next order: Saxo takes one a second. */
    private Instant nextOrder = Instant.MIN;

    /** @param restBase without a trailing slash, such as {@code https://gateway.saxobank.com/sim/openapi} */
    public SaxoClient(URI restBase, AccessTokens tokens, TimeSource time) {
        // Saxo itself may wait 60 s for the exchange before it answers.
        this(restBase, tokens, time, new OrderSender(Duration.ofSeconds(10), Duration.ofSeconds(90)));
    }

    /** @param orders sends what trades; prechecks too, since equal ones within 15 s are refused */
    public SaxoClient(URI restBase, AccessTokens tokens, TimeSource time, OrderSender orders) {
        this.base = HttpUrl.get(restBase.toString());
        this.tokens = tokens;
        this.time = time;
        this.reads = new OkHttpClient.Builder()
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ofSeconds(30))
                .followRedirects(false)
                .build();
        this.orders = orders;
    }

    /** The longest time that sending one order takes. */
    public Duration orderTimeout() {
        return orders.callTimeout();
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
        BigDecimal booked = JsonText.requiredDecimal(node, "CashBalance");
        BigDecimal available = JsonText.decimal(node, "CashAvailableForTrading")
                .orElseGet(() -> booked.min(
                        JsonText.decimal(node, "MarginAvailableForTrading").orElse(booked)));
        return new SaxoBalance(
                JsonText.requiredText(node, "Currency"),
                booked.add(JsonText.decimal(node, "TransactionsNotBooked").orElse(BigDecimal.ZERO)),
                available,
                JsonText.requiredDecimal(node, "TotalValue"),
                JsonText.text(node, "CalculationReliability").equals("Ok"));
    }

    /** Net positions of one account, squared ones included with amount 0. */
    public List<NetPosition> netPositions(String clientKey, String accountKey) {
        // A row that is shown twice is one position.
        Map<String, NetPosition> positions = new TreeMap<>();
        for (JsonNode row : rows(url("port/v1/netpositions")
                .addQueryParameter("ClientKey", clientKey)
                .addQueryParameter("AccountKey", accountKey)
                .addQueryParameter("FieldGroups", "DisplayAndFormat,NetPositionBase,NetPositionView")
                .build())) {
            JsonNode held = row.path("NetPositionBase");
            String name = JsonText.text(held, "AssetType") + ":" + JsonText.text(held, "Uic") + ":"
                    + JsonText.text(row, "NetPositionId");
            positions.put(
                    name,
                    new NetPosition(
                            JsonText.requiredText(held, "AssetType"),
                            JsonText.requiredLong(held, "Uic"),
                            JsonText.requiredDecimal(held, "Amount"),
                            JsonText.decimal(row.path("NetPositionView"), "AverageOpenPrice")
                                    .filter(price -> price.signum() > 0),
                            JsonText.text(row.path("DisplayAndFormat"), "Currency")));
        }
        return List.copyOf(positions.values());
    }

    /** Every order of the account that Saxo still works on, children and those not working yet included. */
    public List<OpenOrder> openOrders(String clientKey, String accountKey) {
        Map<String, OpenOrder> open = new TreeMap<>();
        for (JsonNode row : rows(url("port/v1/orders")
                .addQueryParameter("ClientKey", clientKey)
                .addQueryParameter("AccountKey", accountKey)
                .addQueryParameter("Status", "All")
                .build())) {
            String orderId = JsonText.requiredText(row, "OrderId");
            open.put(
                    orderId,
                    new OpenOrder(
                            orderId,
                            JsonText.text(row, "ExternalReference"),
                            JsonText.requiredText(row, "AssetType"),
                            JsonText.requiredLong(row, "Uic"),
                            JsonText.requiredText(row, "BuySell"),
                            JsonText.requiredDecimal(row, "Amount"),
                            JsonText.decimal(row, "FilledAmount").orElse(BigDecimal.ZERO),
                            limit(row, "OpenOrderType"),
                            requiredInstant(row, "OrderTime"),
                            JsonText.text(row, "Status")));
        }
        return List.copyOf(open.values());
    }

    private static Optional<BigDecimal> limit(JsonNode row, String type) {
        return JsonText.text(row, type).equals("Market") ? Optional.empty() : JsonText.decimal(row, "Price");
    }

    private static Instant requiredInstant(JsonNode row, String name) {
        return JsonText.instant(row, name).orElseThrow(() -> new SaxoFormatException("the answer has no time " + name));
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
        Answer answer = prechecked(body, requestId);
        JsonNode node = JsonText.lenient(answer.body());
        if (answer.status() != 200 && answer.status() != 201) {
            if (answer.status() >= 500) {
                throw new SaxoUnavailableException("precheck: HTTP " + answer.status());
            }
            List<String> tokens = disclaimerTokens(node);
            return tokens.isEmpty()
                    ? new Precheck.Failed(errorCode(node, answer.status()), errorMessage(node))
                    : new Precheck.Failed(DISCLAIMERS, shown(tokens));
        }
        Optional<Precheck.Failed> hindrance = hindrance(node);
        if (hindrance.isPresent()) {
            List<String> tokens = disclaimerTokens(node);
            return tokens.isEmpty() ? hindrance.get() : new Precheck.Failed(DISCLAIMERS, shown(tokens));
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

    private Answer prechecked(ObjectNode body, String requestId) {
        HttpUrl url = url("trade/v2/orders/precheck").build();
        String token = tokens.current();
        boolean renewed = false;
        while (true) {
            waitForBudget(url);
            switch (send(url, body, requestId, token)) {
                case OrderSender.Sent.NotSent(String cause) -> throw new SaxoUnavailableException("precheck: " + cause);
                case OrderSender.Sent.Lost(String cause) -> throw new SaxoUnavailableException("precheck: " + cause);
                case OrderSender.Sent.Answered answered -> {
                    Answer answer = answer(url, answered);
                    if (answer.status() == 429) {
                        throw new SaxoUnavailableException("precheck: HTTP 429");
                    }
                    if (answer.status() != 401) {
                        return answer;
                    }
                    if (renewed) {
                        throw refusedFreshToken();
                    }
                    token = tokens.insteadOf(token);
                    renewed = true;
                }
            }
        }
    }

    private static Optional<Precheck.Failed> hindrance(JsonNode node) {
        if (node.path("ErrorInfo").isObject()) {
            JsonNode error = node.path("ErrorInfo");
            return Optional.of(new Precheck.Failed(JsonText.text(error, "ErrorCode"), JsonText.text(error, "Message")));
        }
        if (node.path(DISCLAIMERS).isObject()) {
            return Optional.of(new Precheck.Failed(DISCLAIMERS, ""));
        }
        for (JsonNode child : node.path("Orders")) {
            Optional<Precheck.Failed> inChild = hindrance(child);
            if (inChild.isPresent()) {
                return inChild;
            }
        }
        return Optional.empty();
    }

    /** Where the answer says that texts have to be accepted first: beside the order or in its error. */
    private static List<String> disclaimerTokens(JsonNode node) {
        List<String> tokens = new ArrayList<>();
        for (JsonNode place : List.of(node, node.path("ErrorInfo"))) {
            if (place.path(DISCLAIMERS).isObject()) {
                place.path(DISCLAIMERS).path("DisclaimerTokens").forEach(token -> tokens.add(token.asText()));
                if (tokens.isEmpty()) {
                    tokens.add("");
                }
            }
        }
        for (JsonNode child : node.path("Orders")) {
            tokens.addAll(disclaimerTokens(child));
        }
        return tokens;
    }

    /** What a person has to read and accept. One text a call: how Saxo wants several named is not known. */
    private String shown(List<String> tokens) {
        List<String> texts = new ArrayList<>();
        for (String token : tokens) {
            try {
                for (JsonNode row : token.isEmpty()
                        ? List.<JsonNode>of()
                        : rows(url("dm/v2/disclaimers")
                                .addQueryParameter("DisclaimerTokens", token)
                                .build())) {
                    texts.add(new Disclaimer(
                                    JsonText.text(row, "Title"),
                                    JsonText.text(row, "Body"),
                                    row.path("IsBlocking").asBoolean(false))
                            .shown());
                }
            } catch (SaxoUnavailableException | SaxoRefusedException | SaxoFormatException e) {
                texts.add("its text could not be read: " + e.getMessage());
            }
        }
        return "a person has to accept in SaxoTrader first" + (texts.isEmpty() ? "" : ": " + String.join("; ", texts));
    }

    /**
     * Sends an order; over the wire again only after what proves that it was not taken: no connection, 401, 429.
     *
     * @param requestId stored with the order before this call; the same each time
     * @param sendBy nothing is sent from this moment on
     */
    public Placement place(OrderTicket ticket, String requestId, Instant sendBy) {
        HttpUrl url = url("trade/v2/orders").build();
        ObjectNode body = ticket.toJson();
        boolean renewed = false;
        try {
            String token = tokenToSend(tokens::current);
            for (int attempt = 1; ; attempt++) {
                if (!waitForTurn(url, sendBy)) {
                    return Placement.Rejected.unjudged(NOT_SENT, "no longer before " + sendBy);
                }
                Duration wait;
                switch (send(url, body, requestId, token)) {
                    case OrderSender.Sent.Lost(String cause) -> {
                        return new Placement.Unknown(Optional.empty(), cause);
                    }
                    case OrderSender.Sent.NotSent(String cause) -> {
                        if (attempt == MAX_TRIES) {
                            return Placement.Rejected.unjudged(NOT_SENT, cause);
                        }
                        wait = backoff(attempt);
                    }
                    case OrderSender.Sent.Answered answered -> {
                        Answer answer = answer(url, answered);
                        if (answer.status() == 401) {
                            if (renewed) {
                                throw refusedFreshToken();
                            }
                            String refused = token;
                            token = tokenToSend(() -> tokens.insteadOf(refused));
                            renewed = true;
                            continue;
                        }
                        if (answer.status() != 429 || attempt == MAX_TRIES) {
                            return withTexts(placement(answer), answer);
                        }
                        wait = waitFor(answer, attempt);
                    }
                }
                if (!time.now().plus(wait).isBefore(sendBy)) {
                    return Placement.Rejected.unjudged(NOT_SENT, "it would come after " + sendBy);
                }
                waitUntil(time.now().plus(wait));
            }
        } catch (AuthenticationRequiredException | MissingKeyException e) {
            // Thrown before a first sending, or after a 401, which took nothing.
            return Placement.Rejected.unjudged("NOT_AUTHENTICATED", String.valueOf(e.getMessage()));
        } catch (SaxoUnavailableException e) {
            // No token could be had, or a wait between two sendings was broken off: nothing is on its way.
            return Placement.Rejected.unjudged(NOT_SENT, String.valueOf(e.getMessage()));
        }
    }

    /** Without a token nothing is on its way, whatever kept it from us: secrets that could not be read too. */
    private static String tokenToSend(Supplier<String> token) {
        try {
            return token.get();
        } catch (AuthenticationRequiredException | MissingKeyException | SaxoUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new SaxoUnavailableException("no token: " + e.getMessage(), e);
        }
    }

    /** False when the turn would come too late. */
    private boolean waitForTurn(HttpUrl url, Instant sendBy) {
        Instant turn;
        synchronized (this) {
            Instant now = time.now();
            turn = nextOrder.isBefore(now) ? now : nextOrder;
            Instant free = exhaustedUntil.get(group(url));
            if (free != null && free.isAfter(turn)) {
                turn = free;
            }
            if (!turn.isBefore(sendBy)) {
                return false;
            }
            nextOrder = turn.plus(BETWEEN_ORDERS);
        }
        waitUntil(turn);
        return time.now().isBefore(sendBy);
    }

    private OrderSender.Sent send(HttpUrl url, ObjectNode body, String requestId, String token) {
        return orders.send(
                new Request.Builder()
                        .url(url)
                        .header("Accept", "application/json")
                        .header("Authorization", "Bearer " + token)
                        .header("x-request-id", requestId),
                ByteString.encodeUtf8(body.toString()));
    }

    private Answer answer(HttpUrl url, OrderSender.Sent.Answered answered) {
        Answer answer = new Answer(answered.status(), answered.body().utf8(), answered.headers());
        noteBudget(group(url), answer);
        return answer;
    }

    private Placement withTexts(Placement placement, Answer answer) {
        List<String> tokens = disclaimerTokens(JsonText.lenient(answer.body()));
        return placement instanceof Placement.Rejected && !tokens.isEmpty()
                ? new Placement.Rejected(DISCLAIMERS, shown(tokens))
                : placement;
    }

    /** The table of outcomes: status, error and number of an order are read together. */
    static Placement placement(Answer answer) {
        JsonNode node = JsonText.lenient(answer.body());
        int status = answer.status();
        Optional<String> orderId = anyOrderId(node);
        boolean error = saysError(node);
        String code = errorCode(node, status);
        Placement unknown = new Placement.Unknown(orderId, "HTTP " + status + " " + code);
        if (orderId.isPresent() && (status == 200 || status == 201) && !error) {
            return new Placement.Accepted(orderId.get());
        }
        if (orderId.isPresent() || ambiguous(code)) {
            return unknown;
        }
        return switch (status) {
            // A refusal says why. A body without a reason, or cut off, may have held the number of a live order.
            case 200, 201 ->
                node.path("ErrorInfo").isObject() || firstChildError(node).isPresent()
                        ? new Placement.Rejected(code, errorMessage(node))
                        : unknown;
            case 400 -> error ? new Placement.Rejected(code, errorMessage(node)) : unknown;
            case 403, 404 -> new Placement.Rejected(code, errorMessage(node));
            case 429 -> Placement.Rejected.unjudged(code, errorMessage(node));
            default -> unknown;
        };
    }

    private static boolean saysError(JsonNode node) {
        return node.path("ErrorInfo").isObject()
                || !JsonText.text(node, "ErrorCode").isEmpty()
                || node.path("ModelState").isObject()
                || firstChildError(node).isPresent();
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

    /**
     * Asks to cancel an order; safe to repeat.
     *
     * @throws SaxoUnavailableException when there was no answer: it may have been cancelled all the same
     */
    public Cancellation cancel(String orderId, String accountKey) {
        Request.Builder request = new Request.Builder()
                .url(url("trade/v2/orders")
                        .addPathSegment(orderId)
                        .addQueryParameter("AccountKey", accountKey)
                        .build())
                .delete();
        Answer answer = retrying("cancel", request);
        JsonNode node = JsonText.lenient(answer.body());
        if (answer.status() == 200 && node.path("Orders").isArray() && !saysError(node)) {
            return new Cancellation.Accepted();
        }
        String code = errorCode(node, answer.status());
        if (answer.status() == 404 || code.equals("OrderNotFound")) {
            return new Cancellation.Gone();
        }
        // A cancel that is under way already is no refusal, and a page of HTML is no answer.
        return saysError(node) && !ambiguous(code) && !code.equals("AlreadyPendingCancelReplace")
                ? new Cancellation.Rejected(code, errorMessage(node))
                : new Cancellation.Unknown("HTTP " + answer.status() + " " + code);
    }

    /**
     * What happened to the account's orders, in Saxo's order. What happened in the last seconds may not be there yet.
     *
     * @param to empty for until now
     */
    public List<OrderActivity> orderActivities(
            String clientKey, String accountKey, Instant from, Optional<Instant> to) {
        HttpUrl.Builder url = url("cs/v1/audit/orderactivities")
                .addQueryParameter("AccountKey", accountKey)
                .addQueryParameter("ClientKey", clientKey)
                .addQueryParameter("EntryType", "All")
                .addQueryParameter("FromDateTime", from.toString());
        to.ifPresent(end -> url.addQueryParameter("ToDateTime", end.toString()));
        List<OrderActivity> activities = new ArrayList<>();
        for (JsonNode row : rows(url.build())) {
            activities.add(new OrderActivity(
                    JsonText.requiredText(row, "LogId"),
                    JsonText.requiredText(row, "OrderId"),
                    JsonText.text(row, "ExternalReference"),
                    JsonText.requiredText(row, "AssetType"),
                    JsonText.requiredLong(row, "Uic"),
                    JsonText.requiredText(row, "BuySell"),
                    JsonText.requiredText(row, "Status"),
                    JsonText.text(row, "SubStatus"),
                    JsonText.requiredDecimal(row, "Amount"),
                    limit(row, "OrderType"),
                    JsonText.decimal(row, "FillAmount"),
                    JsonText.decimal(row, "ExecutionPrice"),
                    JsonText.decimal(row, "FilledAmount"),
                    requiredInstant(row, "ActivityTime")));
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

    private Answer retrying(String what, Request.Builder request) {
        for (int attempt = 1; ; attempt++) {
            Duration wait;
            try {
                Answer answer = exchange(request);
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
    private Answer exchange(Request.Builder request) throws IOException {
        String token = tokens.current();
        Answer answer = once(request, token);
        if (answer.status() != 401) {
            return answer;
        }
        answer = once(request, tokens.insteadOf(token));
        if (answer.status() == 401) {
            throw refusedFreshToken();
        }
        return answer;
    }

    private static AuthenticationRequiredException refusedFreshToken() {
        return new AuthenticationRequiredException("Saxo refuses a fresh access token: log in again");
    }

    private Answer once(Request.Builder request, String token) throws IOException {
        Request ready = request.header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .build();
        waitForBudget(ready.url());
        try (Response response = reads.newCall(ready).execute()) {
            Answer answer = new Answer(response.code(), response.body().string(), response.headers());
            noteBudget(group(ready.url()), answer);
            return answer;
        }
    }

    private void waitForBudget(HttpUrl url) {
        String group = group(url);
        Instant free = exhaustedUntil.get(group);
        if (free != null) {
            waitUntil(free);
            exhaustedUntil.remove(group, free);
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
