package io.haetae.local.saxo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.local.http.Answer;
import io.haetae.local.http.LoopbackServer;
import io.haetae.local.http.Request;
import io.haetae.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A Saxo Bank of our own: tokens, two accounts (USD and EUR), a seeded market and orders, in the shapes of the OpenAPI.
 * What it remembers is written to its state file before it answers.
 *
 * <p>All its instruments have real-time prices, as for a client who subscribes to them. Market orders fill at once at
 * bid or ask; limit orders fill when the walk reaches them. Bars go up to 240 minutes.
 */
public final class SaxoSimulator implements AutoCloseable {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String REST = "/sim/openapi";
    private static final String APP_KEY = "simulated-app-key";
    private static final String APP_SECRET = "simulated-app-secret";
    private static final String CLIENT_KEY = "simulated-client";
    private static final String USD_ACCOUNT = "simulated-account";
    private static final String EUR_ACCOUNT = "simulated|account-eur=";

    /** Stands for a token made by hand on the bank's web site; this one never ends. */
    private static final String MANUAL_TOKEN = "simulated-saxo-token";

    private static final String CLIENT_ID = "90000001";
    private static final Duration ACCESS_LIFE = Duration.ofSeconds(1200);

    /** Much longer than the bank's hour, so that a simulated world survives a holiday between two sessions. */
    private static final Duration REFRESH_LIFE = Duration.ofDays(30);

    private static final Duration ORDER_LIFE = Duration.ofHours(24);
    private static final Duration DUPLICATE_WINDOW = Duration.ofSeconds(15);
    private static final int CALLS_A_MINUTE = 120;
    private static final BigDecimal STARTING_CASH = BigDecimal.valueOf(1_000_000);

    private final TimeSource time;
    private final long seed;
    private final Path stateFile;
    private final SaxoMarket market;
    private final LoopbackServer server;
    private final ObjectNode state;
    private final Map<String, ObjectNode> closedBars = new HashMap<>();
    private final Map<String, long[]> budgets = new HashMap<>();
    private final Map<String, Instant> requestIds = new LinkedHashMap<>();

    /**
     * Starts answering.
     *
     * @param stateFile made when it does not exist; holds tokens, orders and activities
     * @param bind address and port; port 0 takes a free one
     * @throws UncheckedIOException when the address cannot be bound or the state file cannot be read
     */
    public SaxoSimulator(TimeSource time, long seed, Path stateFile, InetSocketAddress bind) {
        this.time = time;
        this.seed = seed;
        this.stateFile = stateFile;
        this.market = new SaxoMarket(seed);
        this.state = readState(stateFile);
        this.server = new LoopbackServer(bind, time, this::route);
    }

    /** Answers on {@code address} too, on the same port. */
    public void alsoOn(InetAddress address) {
        server.alsoOn(address);
    }

    /** Base of the REST services, without a slash at the end. */
    public URI restBase() {
        return URI.create(server.base() + REST);
    }

    /** Base of the token service, without a slash at the end. */
    public URI authBase() {
        return server.base();
    }

    /** For faults on request and for counting. */
    public LoopbackServer server() {
        return server;
    }

    @Override
    public void close() {
        server.close();
    }

    /**
     * The current pair of tokens as {@code saxo/token} keeps it. A world that was killed between the bank's answer and
     * its own writing takes it again from here, as a person would log in.
     */
    public synchronized String initialToken() {
        ObjectNode token = token();
        Instant now = time.now();
        if (token.path("sequence").asInt(-1) < 0
                || !now.isBefore(Instant.parse(token.path("issuedAt").asText()).plus(REFRESH_LIFE))) {
            issueToken(now);
            save();
        }
        ObjectNode stored = MAPPER.createObjectNode();
        tokenAnswer(stored);
        stored.put("issued_at", token().path("issuedAt").asText());
        return stored.toString();
    }

    /**
     * The middle price now, or the last one before when the market is closed; empty for an instrument it does not trade.
     *
     * @param code asset type and Uic, such as {@code FxSpot:21}
     */
    public synchronized Optional<BigDecimal> lastPrice(String code) {
        String[] parts = code.split(":", 2);
        return parts.length == 2
                ? instrument(parts[1], parts[0]).map(instrument -> market.middle(instrument, time.now()))
                : Optional.empty();
    }

    /** Everything a client of this bank has configured, by the names of secrets. */
    public Map<String, String> secrets() {
        Map<String, String> secrets = new TreeMap<>();
        secrets.put("saxo/account-key", USD_ACCOUNT);
        secrets.put("saxo/app-key", APP_KEY);
        secrets.put("saxo/app-secret", APP_SECRET);
        secrets.put("saxo/client-key", CLIENT_KEY);
        secrets.put("saxo/token", initialToken());
        return secrets;
    }

    // State.

    private static ObjectNode readState(Path file) {
        try {
            if (Files.exists(file)) {
                JsonNode read = MAPPER.readTree(Files.readString(file));
                if (read instanceof ObjectNode object) {
                    return object;
                }
                throw new IOException("it holds no state of a simulated bank");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
        ObjectNode fresh = MAPPER.createObjectNode();
        fresh.putArray("activities");
        fresh.putArray("orders");
        fresh.put("nextOrder", 5_000_000_001L);
        fresh.putObject("token").put("sequence", -1);
        return fresh;
    }

    private void save() {
        try {
            Path folder = stateFile.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path next = stateFile.resolveSibling(stateFile.getFileName() + ".next");
            Files.writeString(next, state.toString());
            Files.move(next, stateFile, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + stateFile + ": " + e.getMessage(), e);
        }
    }

    private ObjectNode token() {
        return (ObjectNode) state.path("token");
    }

    private ArrayNode orders() {
        return (ArrayNode) state.path("orders");
    }

    private ArrayNode activities() {
        return (ArrayNode) state.path("activities");
    }

    // Tokens.

    private void issueToken(Instant now) {
        ObjectNode token = token();
        if (token.has("issuedAt")) {
            token.put("previousIssuedAt", token.path("issuedAt").asText());
        }
        token.put("sequence", token.path("sequence").asInt(-1) + 1);
        token.put("issuedAt", now.toString());
    }

    private void tokenAnswer(ObjectNode answer) {
        int sequence = token().path("sequence").asInt();
        answer.put("access_token", secret("access", sequence));
        answer.put("token_type", "Bearer");
        answer.put("expires_in", ACCESS_LIFE.toSeconds());
        answer.put("refresh_token", secret("refresh", sequence));
        answer.put("refresh_token_expires_in", REFRESH_LIFE.toSeconds());
    }

    private String secret(String kind, int sequence) {
        return UUID.nameUUIDFromBytes((seed + "|" + kind + "|" + sequence).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private Answer refresh(Request request) {
        String basic = "Basic "
                + Base64.getEncoder().encodeToString((APP_KEY + ":" + APP_SECRET).getBytes(StandardCharsets.UTF_8));
        Map<String, String> form = new HashMap<>();
        for (String pair : request.text().split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(
                        pair.substring(0, equals),
                        URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        ObjectNode token = token();
        int sequence = token.path("sequence").asInt(-1);
        Instant now = time.now();
        boolean good = request.method().equals("POST")
                && basic.equals(request.header("Authorization"))
                && "refresh_token".equals(form.get("grant_type"))
                && sequence >= 0
                && secret("refresh", sequence).equals(form.get("refresh_token"))
                && now.isBefore(Instant.parse(token.path("issuedAt").asText()).plus(REFRESH_LIFE));
        if (!good) {
            return Answer.empty(401);
        }
        issueToken(now);
        save();
        ObjectNode answer = MAPPER.createObjectNode();
        tokenAnswer(answer);
        return Answer.json(201, answer.toString());
    }

    private boolean authorized(Request request) {
        String given = request.header("Authorization");
        int sequence = token().path("sequence").asInt(-1);
        if (("Bearer " + MANUAL_TOKEN).equals(given)) {
            return true;
        }
        if (given == null || sequence < 0) {
            return false;
        }
        return accepts(given, sequence, "issuedAt") || accepts(given, sequence - 1, "previousIssuedAt");
    }

    private boolean accepts(String given, int sequence, String issued) {
        return token().has(issued)
                && given.equals("Bearer " + secret("access", sequence))
                && time.now()
                        .isBefore(Instant.parse(token().path(issued).asText()).plus(ACCESS_LIFE));
    }

    // Routes.

    private synchronized Answer route(Request request) {
        if (request.path().equals("/token")) {
            return refresh(request);
        }
        if (!request.path().startsWith(REST + "/")) {
            return notFound();
        }
        if (!authorized(request)) {
            return Answer.empty(401);
        }
        String path = request.path().substring(REST.length() + 1);
        String group = path.substring(0, Math.max(0, path.indexOf('/')));
        long minute = time.now().getEpochSecond() / 60;
        long[] budget = budgets.computeIfAbsent(group, _ -> new long[] {minute, 0});
        if (budget[0] != minute) {
            budget[0] = minute;
            budget[1] = 0;
        }
        long reset = 60 - time.now().getEpochSecond() % 60;
        if (budget[1] >= CALLS_A_MINUTE) {
            return limits(error(429, "RateLimitExceeded", "Rate limit exceeded!"), 0, reset);
        }
        budget[1]++;
        fillReached();
        return limits(rest(request, path), CALLS_A_MINUTE - budget[1], reset);
    }

    private static Answer limits(Answer answer, long remaining, long reset) {
        return answer.with("X-RateLimit-Session-Limit", Integer.toString(CALLS_A_MINUTE))
                .with("X-RateLimit-Session-Remaining", Long.toString(remaining))
                .with("X-RateLimit-Session-Reset", Long.toString(reset));
    }

    private Answer rest(Request request, String path) {
        boolean get = request.method().equals("GET");
        String[] parts = path.split("/", -1);
        if (get) {
            switch (path) {
                case "port/v1/users/me" -> {
                    return ok(user());
                }
                case "port/v1/clients/me" -> {
                    return ok(client());
                }
                case "port/v1/accounts/me" -> {
                    return ok(accounts());
                }
                case "port/v1/balances", "port/v1/balances/me" -> {
                    return balance(request);
                }
                case "port/v1/netpositions", "port/v1/netpositions/me" -> {
                    return ok(netPositions(accountOf(request)));
                }
                case "port/v1/positions", "port/v1/positions/me" -> {
                    return ok(positions(accountOf(request)));
                }
                case "port/v1/orders", "port/v1/orders/me" -> {
                    return ok(openOrders());
                }
                case "ref/v1/instruments" -> {
                    return ok(search(request));
                }
                case "ref/v1/exchanges" -> {
                    return ok(exchanges());
                }
                case "trade/v1/infoprices/list" -> {
                    return infoPrices(request);
                }
                case "chart/v3/charts" -> {
                    return charts(request);
                }
                case "cs/v1/audit/orderactivities" -> {
                    return ok(orderActivities(request));
                }
                default -> {}
            }
            if (parts.length == 6 && path.startsWith("ref/v1/instruments/")) {
                Optional<SimulatedInstrument> instrument = instrument(parts[4], parts[5]);
                if (instrument.isEmpty()) {
                    return error(404, "IllegalInstrumentId", "Instrument ID is invalid");
                }
                if (parts[3].equals("details")) {
                    return ok(details(instrument.get()));
                }
                if (parts[3].equals("tradingschedule")) {
                    return ok(schedule(instrument.get()));
                }
            }
        }
        if (request.method().equals("POST") && path.equals("trade/v2/orders/precheck")) {
            return precheck(request);
        }
        if (request.method().equals("POST") && path.equals("trade/v2/orders")) {
            return place(request);
        }
        if (request.method().equals("DELETE") && parts.length == 4 && path.startsWith("trade/v2/orders/")) {
            return cancel(parts[3]);
        }
        return notFound();
    }

    /** The bank's web server answers with a page when there is no such address. */
    private static Answer notFound() {
        byte[] page = "<html><body><h1>404 - File or directory not found.</h1></body></html>"
                .getBytes(StandardCharsets.UTF_8);
        return new Answer(404, Map.of("Content-Type", "text/html"), page, page.length);
    }

    private static Answer ok(ObjectNode body) {
        return Answer.json(200, body.toString());
    }

    private static Answer error(int status, String code, String message) {
        return Answer.json(
                status,
                MAPPER.createObjectNode()
                        .put("ErrorCode", code)
                        .put("Message", message)
                        .toString());
    }

    private static ObjectNode collection(ArrayNode data) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("__count", data.size());
        body.set("Data", data);
        return body;
    }

    private static String instant(Instant moment) {
        return MICROSECONDS.format(moment);
    }

    // Portfolio.

    private static ObjectNode user() {
        ObjectNode user = MAPPER.createObjectNode();
        user.put("ClientKey", CLIENT_KEY);
        user.put("Culture", "en-GB");
        user.put("Language", "en");
        user.putArray("LegalAssetTypes").add("FxSpot").add("FxCrypto").add("Stock");
        user.put("MarketDataViaOpenApiTermsAccepted", true);
        user.put("Name", "Simulated Client");
        user.put("TimeZoneId", 0);
        user.put("UserId", CLIENT_ID);
        user.put("UserKey", CLIENT_KEY);
        return user;
    }

    private static ObjectNode client() {
        ObjectNode client = MAPPER.createObjectNode();
        client.put("ClientId", CLIENT_ID);
        client.put("ClientKey", CLIENT_KEY);
        client.put("CurrencyDecimals", 2);
        client.put("DefaultAccountId", CLIENT_ID + "EUR");
        client.put("DefaultAccountKey", EUR_ACCOUNT);
        client.put("DefaultCurrency", "EUR");
        client.put("IsMarginTradingAllowed", true);
        client.putArray("LegalAssetTypes").add("FxSpot").add("FxCrypto").add("Stock");
        client.put("Name", "Simulated Client");
        client.put("PositionNettingMethod", "FIFO");
        client.put("PositionNettingMode", "Intraday");
        client.put("PositionNettingProfile", "FifoRealTime");
        client.put("ReduceExposureOnly", false);
        return client;
    }

    private static ObjectNode accounts() {
        ArrayNode data = MAPPER.createArrayNode();
        for (String currency : List.of("EUR", "USD")) {
            ObjectNode account = data.addObject();
            account.put("AccountId", CLIENT_ID + currency);
            account.put("AccountKey", currency.equals("USD") ? USD_ACCOUNT : EUR_ACCOUNT);
            account.put("AccountType", "Normal");
            account.put("Active", true);
            account.put("ClientId", CLIENT_ID);
            account.put("ClientKey", CLIENT_KEY);
            account.put("Currency", currency);
            account.put("CurrencyDecimals", 2);
            account.put("FractionalOrderEnabled", false);
            account.put("IsMarginTradingAllowed", true);
            account.put("IsTrialAccount", true);
            account.putArray("LegalAssetTypes").add("FxSpot").add("FxCrypto").add("Stock");
        }
        return collection(data);
    }

    private static String accountOf(Request request) {
        String key = request.parameter("AccountKey");
        return key.isEmpty() ? USD_ACCOUNT : key;
    }

    private Answer balance(Request request) {
        String key = accountOf(request);
        if (!key.equals(USD_ACCOUNT) && !key.equals(EUR_ACCOUNT)) {
            return error(400, "IllegalAccount", "Account key is invalid");
        }
        BigDecimal cash = STARTING_CASH;
        BigDecimal value = BigDecimal.ZERO;
        for (Holding holding : holdings(key).values()) {
            cash = cash.subtract(holding.paid);
            value = value.add(holding.amount.multiply(market.middle(holding.instrument, time.now())));
        }
        ObjectNode balance = MAPPER.createObjectNode();
        balance.put("CalculationReliability", "Ok");
        balance.put("CashAvailableForTrading", cash);
        balance.put("CashBalance", cash);
        balance.put("ChangesScheduled", false);
        balance.put("Currency", key.equals(USD_ACCOUNT) ? "USD" : "EUR");
        balance.put("CurrencyDecimals", 2);
        balance.put("MarginAvailableForTrading", cash);
        balance.put("NonMarginPositionsValue", value);
        balance.put("OrdersCount", working());
        balance.put("TotalValue", cash.add(value));
        balance.put("TransactionsNotBooked", 0);
        return ok(balance);
    }

    private static final class Holding {
        private final SimulatedInstrument instrument;
        private BigDecimal amount = BigDecimal.ZERO;
        private BigDecimal paid = BigDecimal.ZERO;
        private BigDecimal openPrice = BigDecimal.ZERO;

        private Holding(SimulatedInstrument instrument) {
            this.instrument = instrument;
        }

        private void trade(BigDecimal signed, BigDecimal price) {
            BigDecimal after = amount.add(signed);
            if (amount.signum() == 0 || amount.signum() == signed.signum()) {
                openPrice = amount.multiply(openPrice)
                        .add(signed.multiply(price))
                        .divide(after, 8, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros();
            } else if (after.signum() != 0 && after.signum() != amount.signum()) {
                openPrice = price;
            }
            amount = after;
            paid = paid.add(signed.multiply(price));
        }
    }

    private Map<Long, Holding> holdings(String accountKey) {
        Map<Long, Holding> holdings = new TreeMap<>();
        for (JsonNode order : orders()) {
            if (order.path("State").asText().equals("FILLED")
                    && order.path("AccountKey").asText().equals(accountKey)) {
                SimulatedInstrument instrument =
                        byUic(order.path("Uic").asLong()).orElseThrow();
                BigDecimal amount = order.path("Amount").decimalValue();
                holdings.computeIfAbsent(instrument.uic(), _ -> new Holding(instrument))
                        .trade(
                                order.path("BuySell").asText().equals("Buy") ? amount : amount.negate(),
                                order.path("FillPrice").decimalValue());
            }
        }
        return holdings;
    }

    private ObjectNode netPositions(String accountKey) {
        ArrayNode data = MAPPER.createArrayNode();
        for (Holding holding : holdings(accountKey).values()) {
            if (holding.amount.signum() == 0) {
                continue;
            }
            SimulatedInstrument instrument = holding.instrument;
            BigDecimal price = market.middle(instrument, time.now());
            ObjectNode row = data.addObject();
            ObjectNode base = row.putObject("NetPositionBase");
            base.put("Amount", holding.amount);
            base.put("AssetType", instrument.assetType());
            base.put("CanBeClosed", true);
            base.put("ClientId", CLIENT_ID);
            base.put("IsMarketOpen", market.isOpen(instrument, time.now()));
            base.put("Uic", instrument.uic());
            row.put(
                    "NetPositionId",
                    instrument.isShare()
                            ? instrument.uic() + "__Share"
                            : instrument.symbol() + "__" + instrument.assetType());
            ObjectNode view = row.putObject("NetPositionView");
            view.put("AverageOpenPrice", holding.openPrice);
            view.put("CalculationReliability", "Ok");
            view.put("CurrentPrice", price);
            view.put(
                    "ProfitLossOnTrade",
                    price.subtract(holding.openPrice).multiply(holding.amount).setScale(2, RoundingMode.HALF_EVEN));
            view.put("Status", "Open");
        }
        return collection(data);
    }

    private ObjectNode positions(String accountKey) {
        ArrayNode data = MAPPER.createArrayNode();
        for (Holding holding : holdings(accountKey).values()) {
            if (holding.amount.signum() == 0) {
                continue;
            }
            SimulatedInstrument instrument = holding.instrument;
            ObjectNode row = data.addObject();
            ObjectNode base = row.putObject("PositionBase");
            base.put("AccountKey", accountKey);
            base.put("Amount", holding.amount);
            base.put("AssetType", instrument.assetType());
            base.put("CanBeClosed", true);
            base.put("OpenPrice", holding.openPrice);
            base.put("Status", "Open");
            base.put("Uic", instrument.uic());
            row.put("PositionId", Long.toString(5_026_000_000L + instrument.uic()));
            row.putObject("PositionView")
                    .put("CalculationReliability", "Ok")
                    .put("CurrentPrice", market.middle(instrument, time.now()));
        }
        return collection(data);
    }

    private int working() {
        int working = 0;
        for (JsonNode order : orders()) {
            if (order.path("State").asText().equals("WORKING")) {
                working++;
            }
        }
        return working;
    }

    private ObjectNode openOrders() {
        ArrayNode data = MAPPER.createArrayNode();
        for (JsonNode order : orders()) {
            if (!order.path("State").asText().equals("WORKING")) {
                continue;
            }
            SimulatedInstrument instrument = byUic(order.path("Uic").asLong()).orElseThrow();
            ObjectNode row = data.addObject();
            row.put("AccountKey", order.path("AccountKey").asText());
            row.put("Amount", order.path("Amount").decimalValue());
            row.put("AssetType", instrument.assetType());
            row.put("BuySell", order.path("BuySell").asText());
            row.put("ClientKey", CLIENT_KEY);
            row.putObject("Duration").put("DurationType", "DayOrder");
            row.put("ExternalReference", order.path("ExternalReference").asText());
            row.put("IsMarketOpen", market.isOpen(instrument, time.now()));
            row.put("OpenOrderType", "Limit");
            row.put("OrderId", order.path("OrderId").asText());
            row.put("OrderRelation", "StandAlone");
            row.put("OrderTime", instant(Instant.parse(order.path("PlacedAt").asText())));
            row.put("Price", order.path("OrderPrice").decimalValue());
            row.put("Status", "Working");
            row.put("Uic", instrument.uic());
        }
        return collection(data);
    }

    // Reference data.

    private static Optional<SimulatedInstrument> byUic(long uic) {
        return SimulatedInstrument.ALL.stream()
                .filter(instrument -> instrument.uic() == uic)
                .findFirst();
    }

    private static Optional<SimulatedInstrument> instrument(String uic, String assetType) {
        return SimulatedInstrument.ALL.stream()
                .filter(instrument -> Long.toString(instrument.uic()).equals(uic) && instrument.answersTo(assetType))
                .findFirst();
    }

    private static ObjectNode search(Request request) {
        ArrayNode data = MAPPER.createArrayNode();
        List<String> types = List.of(request.parameter("AssetTypes").split(",", -1));
        for (SimulatedInstrument instrument : SimulatedInstrument.ALL) {
            if (!instrument.matches(request.parameter("Keywords"))
                    || types.stream().noneMatch(type -> type.isEmpty() || instrument.answersTo(type))) {
                continue;
            }
            ObjectNode row = data.addObject();
            row.put("AssetType", instrument.assetType());
            row.put("CurrencyCode", instrument.currency());
            row.put("Description", instrument.description());
            row.put("ExchangeId", instrument.exchange());
            row.put("Identifier", instrument.uic());
            if (instrument.isShare()) {
                row.put("PrimaryListing", instrument.primaryListing());
            }
            row.put("SummaryType", "Instrument");
            row.put("Symbol", instrument.symbol());
            row.putArray("TradableAs").add(instrument.assetType());
        }
        return collection(data);
    }

    private static ObjectNode details(SimulatedInstrument instrument) {
        ObjectNode details = MAPPER.createObjectNode();
        details.put("AmountDecimals", instrument.amountDecimals());
        details.put("AssetType", instrument.assetType());
        details.put("CurrencyCode", instrument.currency());
        details.put("DefaultAmount", instrument.minimumAmount());
        details.put("Description", instrument.description());
        details.putObject("Exchange").put("ExchangeId", instrument.exchange());
        int decimals = instrument.isShare() ? 2 : Math.max(instrument.decimals() - 1, 2);
        details.putObject("Format")
                .put("Decimals", decimals)
                .put("Format", instrument.isShare() ? "Normal" : "AllowDecimalPips")
                .put("OrderDecimals", decimals);
        details.put("IncrementSize", instrument.minimumAmount());
        details.put("IsTradable", true);
        details.put("LotSizeType", "NotUsed");
        details.put("MinimumTradeSize", instrument.minimumAmount());
        details.put("NonTradableReason", "None");
        details.putArray("SupportedOrderTypes").add("Limit").add("Market");
        details.put("Symbol", instrument.symbol());
        details.put("TickSize", BigDecimal.ONE.movePointLeft(instrument.decimals()));
        details.put("TradingStatus", "Tradable");
        details.put("Uic", instrument.uic());
        return details;
    }

    private ObjectNode schedule(SimulatedInstrument instrument) {
        ObjectNode schedule = MAPPER.createObjectNode();
        ArrayNode sessions = schedule.putArray("Sessions");
        for (SaxoMarket.Stretch stretch : market.schedule(instrument, time.now())) {
            sessions.addObject()
                    .put("EndTime", instant(stretch.end()))
                    .put("StartTime", instant(stretch.start()))
                    .put("State", stretch.state());
        }
        ZoneOffset offset = SaxoMarket.NEW_YORK.getRules().getOffset(time.now());
        schedule.put("TimeZone", 3);
        schedule.put("TimeZoneAbbreviation", offset.getTotalSeconds() == -4 * 3600 ? "EDT" : "EST");
        schedule.put("TimeZoneOffset", offset + ":00");
        return schedule;
    }

    private ObjectNode exchanges() {
        ArrayNode data = MAPPER.createArrayNode();
        exchange(data, "NASDAQ", "XNAS", "NASDAQ", byUic(211).orElseThrow());
        exchange(data, "SBFX", "SBFX", "Inter Bank", byUic(21).orElseThrow());
        return collection(data);
    }

    private void exchange(ArrayNode data, String id, String mic, String name, SimulatedInstrument member) {
        ObjectNode row = data.addObject();
        row.put("AllDay", !member.isShare());
        row.put("CountryCode", member.isShare() ? "US" : "DK");
        row.put("Currency", "USD");
        row.put("ExchangeId", id);
        ArrayNode sessions = row.putArray("ExchangeSessions");
        for (SaxoMarket.Stretch stretch : market.schedule(member, time.now())) {
            sessions.addObject()
                    .put("EndTime", instant(stretch.end()))
                    .put("StartTime", instant(stretch.start()))
                    .put("State", stretch.state());
        }
        row.put("Mic", mic);
        row.put("Name", name);
    }

    // Prices.

    private Answer infoPrices(Request request) {
        String assetType = request.parameter("AssetType");
        ArrayNode data = MAPPER.createArrayNode();
        for (String uic : request.parameter("Uics").split(",", -1)) {
            Optional<SimulatedInstrument> instrument = instrument(uic, assetType);
            if (instrument.isEmpty()) {
                if (uic.isEmpty() || uic.length() > 12 || !uic.chars().allMatch(Character::isDigit)) {
                    return error(400, "InvalidUic", "Uic is invalid");
                }
                data.addObject()
                        .put("AssetType", assetType)
                        .put("ErrorCode", "IllegalInstrumentId")
                        .put("ErrorMessage", "Instrument ID is invalid")
                        .put("Uic", Long.parseLong(uic));
                continue;
            }
            data.add(infoPrice(instrument.get()));
        }
        return ok(collection(data));
    }

    private ObjectNode infoPrice(SimulatedInstrument instrument) {
        Instant now = time.now();
        boolean open = market.isOpen(instrument, now);
        BigDecimal middle = market.middle(instrument, now);
        Instant session = market.sessionStart(instrument, now);
        SaxoMarket.MiddleBar day = market.bar(
                instrument,
                session,
                Duration.between(session, market.lastTrading(instrument, now)).plusMinutes(1),
                now);
        ObjectNode row = MAPPER.createObjectNode();
        row.put("AssetType", instrument.assetType());
        row.putObject("DisplayAndFormat")
                .put("Currency", instrument.currency())
                .put("Decimals", instrument.decimals())
                .put("Description", instrument.description())
                .put("Symbol", instrument.symbol());
        row.put("LastUpdated", instant(market.lastTrading(instrument, now)));
        row.putObject("PriceInfo")
                .put("High", day.high())
                .put("Low", day.low())
                .put("NetChange", middle.subtract(day.open()));
        row.putObject("PriceInfoDetails")
                .put("LastTraded", instrument.isShare() ? middle : BigDecimal.ZERO)
                .put("Open", instrument.isShare() ? day.open() : BigDecimal.ZERO)
                .put("Volume", 0);
        row.put("PriceSource", instrument.exchange());
        String type = open ? "Tradable" : "OldIndicative";
        row.putObject("Quote")
                .put("Ask", middle.add(instrument.halfSpread()))
                .put("Bid", middle.subtract(instrument.halfSpread()))
                .put("DelayedByMinutes", 0)
                .put("ErrorCode", "None")
                .put("MarketState", open ? "Open" : "Closed")
                .put("Mid", middle)
                .put("PriceSource", instrument.exchange())
                .put("PriceSourceType", "Firm")
                .put("PriceTypeAsk", type)
                .put("PriceTypeBid", type);
        row.put("Uic", instrument.uic());
        return row;
    }

    private Answer charts(Request request) {
        Optional<SimulatedInstrument> found = instrument(request.parameter("Uic"), request.parameter("AssetType"));
        if (found.isEmpty()) {
            return error(404, "IllegalInstrumentId", "Instrument ID is invalid");
        }
        int horizon =
                switch (request.parameter("Horizon")) {
                    case "1" -> 1;
                    case "5" -> 5;
                    case "10" -> 10;
                    case "15" -> 15;
                    case "30" -> 30;
                    case "60" -> 60;
                    case "120" -> 120;
                    case "240" -> 240;
                    default -> 0;
                };
        String countText = request.parameter("Count");
        if (horizon == 0 || !countText.matches("[0-9]{1,4}|")) {
            return error(400, "InvalidRequest", "Horizon or Count is not served");
        }
        int count = countText.isEmpty() ? 1200 : Math.clamp(Integer.parseInt(countText), 1, 1200);
        SimulatedInstrument instrument = found.get();
        Duration length = Duration.ofMinutes(horizon);
        Instant now = time.now();
        ObjectNode body = MAPPER.createObjectNode();
        body.putObject("ChartInfo")
                .put("DelayedByMinutes", 0)
                .put("ExchangeId", instrument.exchange())
                .put("Horizon", horizon);
        ArrayNode data = body.putArray("Data");
        for (Instant start : market.barStarts(instrument, length, count, now)) {
            String name = instrument.uic() + "/" + horizon + "/" + start;
            ObjectNode known = closedBars.get(name);
            if (known == null) {
                SaxoMarket.MiddleBar bar = market.bar(instrument, start, length, now);
                known = sample(instrument, bar);
                if (bar.closed()) {
                    closedBars.put(name, known);
                }
            }
            data.add(known);
        }
        body.put("DataVersion", 1);
        return ok(body);
    }

    private static ObjectNode sample(SimulatedInstrument instrument, SaxoMarket.MiddleBar bar) {
        ObjectNode sample = MAPPER.createObjectNode();
        if (instrument.isShare()) {
            sample.put("Close", bar.close());
            sample.put("High", bar.high());
            sample.put("Interest", 0);
            sample.put("Low", bar.low());
            sample.put("Open", bar.open());
            sample.put("Time", instant(bar.start()));
            sample.put("Volume", 0);
            return sample;
        }
        BigDecimal half = instrument.halfSpread();
        sample.put("CloseAsk", bar.close().add(half));
        sample.put("CloseBid", bar.close().subtract(half));
        sample.put("HighAsk", bar.high().add(half));
        sample.put("HighBid", bar.high().subtract(half));
        sample.put("LowAsk", bar.low().add(half));
        sample.put("LowBid", bar.low().subtract(half));
        sample.put("OpenAsk", bar.open().add(half));
        sample.put("OpenBid", bar.open().subtract(half));
        sample.put("Time", instant(bar.start()));
        return sample;
    }

    // Orders.

    private static final BigDecimal SHARE_COMMISSION = BigDecimal.valueOf(1);

    /** An order request that can be judged, or the answer that refuses it. */
    private sealed interface Asked {
        record Order(
                JsonNode body,
                SimulatedInstrument instrument,
                BigDecimal amount,
                @Nullable BigDecimal limit) implements Asked {}

        record Refused(String code, String message) implements Asked {}
    }

    private Asked read(Request request) {
        JsonNode body;
        try {
            body = MAPPER.readTree(request.text());
        } catch (JsonProcessingException e) {
            return new Asked.Refused("InvalidRequest", "the body is not JSON");
        }
        Optional<SimulatedInstrument> instrument =
                instrument(body.path("Uic").asText(), body.path("AssetType").asText());
        String key = body.path("AccountKey").asText();
        if (!key.equals(USD_ACCOUNT) && !key.equals(EUR_ACCOUNT)) {
            return new Asked.Refused("IllegalAccount", "Account key is invalid");
        }
        if (instrument.isEmpty()) {
            return new Asked.Refused("IllegalInstrumentId", "Instrument ID is invalid");
        }
        if (!body.path("ManualOrder").isBoolean()) {
            return new Asked.Refused("InvalidModelState", "ManualOrder is required");
        }
        if (!body.path("Amount").isNumber()
                || body.path("Amount").decimalValue().signum() <= 0) {
            return new Asked.Refused("IllegalAmount", "Amount is invalid");
        }
        BigDecimal amount = body.path("Amount").decimalValue();
        if (amount.compareTo(instrument.get().minimumAmount()) < 0
                || amount.stripTrailingZeros().scale()
                        > (instrument.get().isShare() ? 0 : instrument.get().amountDecimals())) {
            return new Asked.Refused(
                    "AmountBelowMinimumLotSize", "Amount is below the minimum or has too many decimals");
        }
        if (body.path("ExternalReference").asText().length() > 50) {
            return new Asked.Refused("InvalidRequest", "ExternalReference is too long");
        }
        String side = body.path("BuySell").asText();
        String type = body.path("OrderType").asText();
        if ((!side.equals("Buy") && !side.equals("Sell")) || (!type.equals("Market") && !type.equals("Limit"))) {
            return new Asked.Refused("InvalidRequest", "BuySell or OrderType is invalid");
        }
        if (type.equals("Limit") && !body.path("OrderPrice").isNumber()) {
            return new Asked.Refused("InvalidRequest", "OrderPrice is required");
        }
        return new Asked.Order(
                body,
                instrument.get(),
                amount,
                type.equals("Limit") ? body.path("OrderPrice").decimalValue() : null);
    }

    private Answer precheck(Request request) {
        Asked asked = read(request);
        ObjectNode answer = MAPPER.createObjectNode();
        switch (asked) {
            case Asked.Refused(String code, String message) -> {
                answer.putObject("ErrorInfo").put("ErrorCode", code).put("Message", message);
                answer.put("PreCheckResult", "Error");
            }
            case Asked.Order order -> {
                BigDecimal price =
                        order.limit() == null ? market.middle(order.instrument(), time.now()) : order.limit();
                BigDecimal commission = order.instrument().isShare() ? SHARE_COMMISSION : BigDecimal.ZERO;
                BigDecimal cash = order.amount().multiply(price).add(commission).setScale(2, RoundingMode.HALF_UP);
                answer.putObject("Cost").put("Commission", commission).put("ExchangeFee", 0);
                if (!market.isOpen(order.instrument(), time.now())) {
                    answer.putObject("ErrorInfo")
                            .put("ErrorCode", "MarketClosed")
                            .put("Message", "The market is closed");
                }
                answer.put("EstimatedCashRequired", cash);
                answer.put("EstimatedCashRequiredCurrency", order.instrument().currency());
                answer.put("InstrumentToAccountConversionRate", 1);
                answer.put("PreCheckResult", "Ok");
            }
        }
        return ok(answer);
    }

    private static Answer refused(String code, String message) {
        ObjectNode answer = MAPPER.createObjectNode();
        answer.putObject("ErrorInfo").put("ErrorCode", code).put("Message", message);
        return Answer.json(400, answer.toString());
    }

    private Answer place(Request request) {
        Instant now = time.now();
        String requestId = request.header("x-request-id");
        String duplicate = request.text() + "|" + (requestId == null ? "" : requestId);
        Instant before = requestIds.get(duplicate);
        if (before != null && now.isBefore(before.plus(DUPLICATE_WINDOW))) {
            return error(409, "Conflict", "Duplicate request");
        }
        requestIds.put(duplicate, now);
        Asked asked = read(request);
        return switch (asked) {
            case Asked.Refused(String code, String message) -> refused(code, message);
            case Asked.Order order -> place(order, now);
        };
    }

    private Answer place(Asked.Order asked, Instant now) {
        boolean buy = asked.body().path("BuySell").asText().equals("Buy");
        boolean open = market.isOpen(asked.instrument(), now);
        if (asked.limit() == null && !open) {
            return refused("MarketClosed", "The market is closed");
        }
        String accountKey = asked.body().path("AccountKey").asText();
        if (!buy && asked.instrument().isShare()) {
            Holding holding = holdings(accountKey).get(asked.instrument().uic());
            if (holding == null || holding.amount.compareTo(asked.amount()) < 0) {
                return refused("NotOwned", "More than is held");
            }
        }
        long number = state.path("nextOrder").asLong();
        state.put("nextOrder", number + 1);
        ObjectNode order = orders().addObject();
        order.put("AccountKey", accountKey);
        order.put("Amount", asked.amount());
        order.put("BuySell", buy ? "Buy" : "Sell");
        order.put("CheckedUntil", now.toString());
        order.put("ExternalReference", asked.body().path("ExternalReference").asText());
        order.put("OrderId", Long.toString(number));
        if (asked.limit() != null) {
            order.put("OrderPrice", asked.limit());
        }
        order.put("PlacedAt", now.toString());
        order.put("State", "WORKING");
        order.put("Uic", asked.instrument().uic());
        activity(order, "Placed", now, null);
        if (asked.limit() == null) {
            BigDecimal middle = market.middle(asked.instrument(), now);
            BigDecimal half = asked.instrument().halfSpread();
            fill(order, buy ? middle.add(half) : middle.subtract(half), now);
        }
        save();
        return ok(MAPPER.createObjectNode().put("OrderId", Long.toString(number)));
    }

    private void fill(ObjectNode order, BigDecimal price, Instant at) {
        order.put("FillPrice", price);
        order.put("State", "FILLED");
        activity(order, "FinalFill", at, price);
    }

    private void activity(ObjectNode order, String status, Instant at, @Nullable BigDecimal price) {
        SimulatedInstrument instrument = byUic(order.path("Uic").asLong()).orElseThrow();
        BigDecimal amount = order.path("Amount").decimalValue();
        ObjectNode row = activities().addObject();
        row.put("AccountId", CLIENT_ID);
        row.put("ActivityTime", instant(at));
        row.put("Amount", amount);
        row.put("AssetType", instrument.assetType());
        if (price != null) {
            row.put("AveragePrice", price);
        }
        row.put("BuySell", order.path("BuySell").asText());
        row.putObject("Duration").put("DurationType", "DayOrder");
        if (price != null) {
            row.put("ExecutionPrice", price);
        }
        row.put("ExternalReference", order.path("ExternalReference").asText());
        if (price != null) {
            row.put("FillAmount", amount);
            row.put("FilledAmount", amount);
        }
        row.put("LogId", Integer.toString(activities().size()));
        row.put("OrderId", order.path("OrderId").asText());
        row.put("OrderRelation", "StandAlone");
        row.put("OrderType", order.has("OrderPrice") ? "Limit" : "Market");
        row.put("Status", status);
        row.put("SubStatus", "Confirmed");
        row.put("Uic", instrument.uic());
    }

    /** Fills and ends what the walk has reached since the last look. */
    private void fillReached() {
        Instant now = time.now();
        boolean changed = false;
        for (JsonNode node : orders()) {
            if (!(node instanceof ObjectNode order)
                    || !order.path("State").asText().equals("WORKING")) {
                continue;
            }
            SimulatedInstrument instrument = byUic(order.path("Uic").asLong()).orElseThrow();
            boolean buy = order.path("BuySell").asText().equals("Buy");
            BigDecimal limit = order.path("OrderPrice").decimalValue();
            Instant ends = Instant.parse(order.path("PlacedAt").asText()).plus(ORDER_LIFE);
            Instant at = Instant.parse(order.path("CheckedUntil").asText());
            Instant until = now.isBefore(ends) ? now : ends;
            while (at.isBefore(until) && order.path("State").asText().equals("WORKING")) {
                at = at.plusSeconds(60).isBefore(until) ? at.plusSeconds(60) : until;
                BigDecimal middle = market.middle(instrument, at);
                boolean reached = buy
                        ? middle.add(instrument.halfSpread()).compareTo(limit) <= 0
                        : middle.subtract(instrument.halfSpread()).compareTo(limit) >= 0;
                if (reached && market.isOpen(instrument, at)) {
                    fill(order, limit, at);
                }
                changed = true;
            }
            order.put("CheckedUntil", at.toString());
            if (order.path("State").asText().equals("WORKING") && !now.isBefore(ends)) {
                order.put("State", "EXPIRED");
                activity(order, "Expired", ends, null);
            }
        }
        if (changed) {
            save();
        }
    }

    private Answer cancel(String orderId) {
        for (JsonNode node : orders()) {
            if (node instanceof ObjectNode order
                    && order.path("OrderId").asText().equals(orderId)) {
                if (!order.path("State").asText().equals("WORKING")) {
                    break;
                }
                order.put("State", "CANCELLED");
                activity(order, "Cancelled", time.now(), null);
                save();
                ObjectNode answer = MAPPER.createObjectNode();
                answer.putArray("Orders").addObject().put("OrderId", orderId);
                return ok(answer);
            }
        }
        ObjectNode answer = MAPPER.createObjectNode();
        ObjectNode gone = answer.putArray("Orders").addObject();
        gone.putObject("ErrorInfo").put("ErrorCode", "OrderNotFound").put("Message", "Order not found");
        gone.put("OrderId", orderId);
        return Answer.json(404, answer.toString());
    }

    private ObjectNode orderActivities(Request request) {
        String from = request.parameter("FromDateTime");
        String orderId = request.parameter("OrderId");
        ArrayNode data = MAPPER.createArrayNode();
        for (JsonNode row : activities()) {
            if ((from.isEmpty() || row.path("ActivityTime").asText().compareTo(from) >= 0)
                    && (orderId.isEmpty() || row.path("OrderId").asText().equals(orderId))) {
                data.add(row);
            }
        }
        return collection(data);
    }
}
