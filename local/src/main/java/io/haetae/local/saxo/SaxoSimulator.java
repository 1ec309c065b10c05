package io.haetae.local.saxo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.local.http.Answer;
import io.haetae.local.http.LoopbackServer;
import io.haetae.local.http.Request;
import io.haetae.time.TimeSource;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A Saxo Bank of our own: tokens, two accounts (USD and EUR), a seeded market and orders, in the shapes of the OpenAPI.
 * What it remembers is written to its state file before it answers.
 *
 * <p>All its instruments have real-time prices, as for a client who subscribes to them. Orders fill at bid or ask, as
 * much a minute as the market takes. Bars go up to 240 minutes. What goes wrong on request goes wrong once, and is not
 * remembered over a restart.
 */
public final class SaxoSimulator implements AutoCloseable {

    private static final String REST = "/sim/openapi";
    private static final int CALLS_A_MINUTE = 120;

    /** The audit has a small budget of its own. */
    private static final int AUDITS_A_MINUTE = 10;

    private final TimeSource time;
    private final BankLogin login;
    private final SaxoMarket market;
    private final BankOrders orders;
    private final BankPortfolio portfolio;
    private final BankOrderEntry entry;
    private final BankReference reference;
    private final BankPrices prices;
    private final LoopbackServer server;
    private final Map<String, long[]> budgets = new HashMap<>();

    /**
     * Starts answering.
     *
     * @param stateFile made when it does not exist; holds tokens, orders and activities
     * @param bind address and port; port 0 takes a free one
     * @throws UncheckedIOException when the address cannot be bound or the state file cannot be read
     */
    public SaxoSimulator(TimeSource time, long seed, Path stateFile, InetSocketAddress bind) {
        BankState state = new BankState(stateFile);
        this.time = time;
        this.market = new SaxoMarket(seed);
        this.login = new BankLogin(state, time, seed);
        this.orders = new BankOrders(state, market, time);
        this.portfolio = new BankPortfolio(state, orders, market, time);
        this.entry = new BankOrderEntry(orders, portfolio, market, time);
        this.reference = new BankReference(market, time);
        this.prices = new BankPrices(market, time);
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
        return login.current();
    }

    /**
     * The middle price now, or the last one before when the market is closed; empty for an instrument it does not trade.
     *
     * @param code asset type and Uic, such as {@code FxSpot:21}
     */
    public synchronized Optional<BigDecimal> lastPrice(String code) {
        return instrument(code).map(instrument -> market.middle(instrument, time.now()));
    }

    private static Optional<SimulatedInstrument> instrument(String code) {
        String[] parts = code.split(":", 2);
        return parts.length == 2 ? SimulatedInstrument.find(parts[1], parts[0]) : Optional.empty();
    }

    /** Everything a client of this bank has configured, by the names of secrets. */
    public Map<String, String> secrets() {
        Map<String, String> secrets = new TreeMap<>();
        secrets.put("saxo/account-key", BankClient.USD_ACCOUNT);
        secrets.put("saxo/app-key", BankLogin.APP_KEY);
        secrets.put("saxo/app-secret", BankLogin.APP_SECRET);
        secrets.put("saxo/client-key", BankClient.CLIENT_KEY);
        secrets.put("saxo/token", initialToken());
        return secrets;
    }

    /**
     * One order in the bank's book.
     *
     * @param reference what its sender called it, empty when nothing
     * @param code asset type and Uic
     * @param side {@code Buy} or {@code Sell}
     * @param state {@code WORKING}, {@code FILLED}, {@code CANCELLED}, {@code EXPIRED} or {@code REJECTED}
     */
    public record BookedOrder(
            String orderId,
            String reference,
            String code,
            String side,
            BigDecimal amount,
            BigDecimal filled,
            String state) {}

    /** Every order the bank ever took, oldest first. */
    public synchronized List<BookedOrder> book() {
        orders.catchUp();
        return orders.all().stream()
                .map(order -> new BookedOrder(
                        order.path("OrderId").asText(),
                        order.path("ExternalReference").asText(),
                        code(BankOrders.instrument(order)),
                        order.path("BuySell").asText(),
                        order.path("Amount").decimalValue(),
                        BankOrders.filled(order),
                        order.path("State").asText()))
                .toList();
    }

    private static String code(SimulatedInstrument instrument) {
        return instrument.assetType() + ":" + instrument.uic();
    }

    /** What the USD account holds, by code; negative when short. */
    public synchronized Map<String, BigDecimal> held() {
        orders.catchUp();
        Map<String, BigDecimal> held = new TreeMap<>();
        orders.holdings(BankClient.USD_ACCOUNT).values().stream()
                .filter(holding -> holding.amount().signum() != 0)
                .forEach(holding -> held.put(code(holding.instrument()), holding.amount()));
        return held;
    }

    /** The USD account's cash as books that pay for what they buy count it: lent money is spent money. */
    public synchronized BigDecimal cash() {
        orders.catchUp();
        BankPortfolio.Money money = portfolio.money(BankClient.USD_ACCOUNT);
        return orders.holdings(BankClient.USD_ACCOUNT).values().stream()
                .filter(holding -> !holding.instrument().isShare())
                .map(holding -> holding.amount().multiply(holding.openPrice()))
                .reduce(money.cash().add(money.unbooked()), BigDecimal::subtract);
    }

    /**
     * An order that a person gives in the bank's own program: no reference of ours.
     *
     * @param code asset type and Uic
     * @param limit empty for a market order
     * @return the bank's number of it
     */
    public synchronized String orderByHand(String code, boolean buy, BigDecimal amount, Optional<BigDecimal> limit) {
        return orders.take(new BankOrders.Wanted(
                BankClient.USD_ACCOUNT, instrument(code).orElseThrow(), buy, amount, limit.orElse(null), ""));
    }

    /** A person cancels an order in the bank's own program; false when it does not work any more. */
    public synchronized boolean cancelByHand(String orderId) {
        orders.catchUp();
        return orders.cancel(orderId);
    }

    /** What one order may trade a minute from now on; null for what each instrument's market takes. */
    public synchronized void depth(@Nullable BigDecimal aMinute) {
        orders.depth(aMinute);
    }

    /** Placements that reached the bank since the start, refused ones too. */
    public synchronized int placements() {
        return entry.placements();
    }

    /** Trades that much of a working limit order now, at its limit, whatever the market does. */
    public synchronized void trade(String orderId, BigDecimal amount) {
        orders.catchUp();
        orders.tradeAtLimit(orderId, amount);
    }

    /** From now on every list of the portfolio and the audit shows each row twice. */
    public synchronized void rowsTwice() {
        portfolio.rowsTwice();
    }

    /** From now on every list of the portfolio and the audit is in the opposite order. */
    public synchronized void rowsBackwards() {
        portfolio.rowsBackwards();
    }

    /** The next {@code requests} for a page after the first one end in an error. */
    public synchronized void breakPages(int requests) {
        portfolio.breakPages(requests);
    }

    /** Rows on a page of orders, positions and activities from now on. */
    public synchronized void pageSize(int rows) {
        portfolio.pageSize(rows);
    }

    /** How long an activity takes until the audit shows it. */
    public synchronized void auditLag(Duration lag) {
        portfolio.auditLag(lag);
    }

    /** The next placement is turned away with this code. */
    public synchronized void refuseNext(String code, String message) {
        entry.next(new BankOrderEntry.Turn.Refused(code, message));
    }

    /** The next placement is taken like any other, and turned away by the exchange a moment later. */
    public synchronized void rejectNextAfterwards() {
        entry.next(new BankOrderEntry.Turn.RejectedAfterwards());
    }

    /** The next placement is taken, and answered with 202: the bank does not know yet. */
    public synchronized void leaveNextOpen() {
        entry.next(new BankOrderEntry.Turn.NotCompleted());
    }

    /** The next placement is taken, and answered with 400: an error, and the number of a live order. */
    public synchronized void refuseNextYetTakeIt() {
        entry.next(new BankOrderEntry.Turn.LiveRefusal());
    }

    /** From now on a text has to be accepted before any order. */
    public synchronized void demandDisclaimer(String title, String text) {
        entry.demand(title, text);
    }

    /** A person has accepted what there was to accept. */
    public synchronized void acceptDisclaimer() {
        entry.demandNothing();
    }

    private synchronized Answer route(Request request) {
        if (request.path().equals("/token")) {
            return login.refresh(request);
        }
        if (!request.path().startsWith(REST + "/")) {
            return BankJson.notFound();
        }
        if (!login.accepts(request)) {
            return Answer.empty(401);
        }
        String path = request.path().substring(REST.length() + 1);
        String group = path.substring(0, Math.max(0, path.indexOf('/')));
        int limit = group.equals("cs") ? AUDITS_A_MINUTE : CALLS_A_MINUTE;
        long minute = time.now().getEpochSecond() / 60;
        long[] budget = budgets.computeIfAbsent(group, _ -> new long[] {minute, 0});
        if (budget[0] != minute) {
            budget[0] = minute;
            budget[1] = 0;
        }
        if (budget[1] >= limit) {
            return limits(BankJson.error(429, "RateLimitExceeded", "Rate limit exceeded!"), limit, 0);
        }
        budget[1]++;
        orders.catchUp();
        return limits(rest(request, path), limit, limit - budget[1]);
    }

    private Answer limits(Answer answer, int limit, long remaining) {
        return answer.with("X-RateLimit-Session-Limit", Integer.toString(limit))
                .with("X-RateLimit-Session-Remaining", Long.toString(remaining))
                .with("X-RateLimit-Session-Reset", Long.toString(60 - time.now().getEpochSecond() % 60));
    }

    private Answer rest(Request request, String path) {
        return switch (request.method() + " " + path) {
            case "GET port/v1/users/me" -> BankJson.ok(BankClient.user());
            case "GET port/v1/clients/me" -> BankJson.ok(BankClient.client());
            case "GET port/v1/accounts/me" -> BankJson.ok(BankClient.accounts());
            case "GET port/v1/balances", "GET port/v1/balances/me" -> portfolio.balance(request);
            case "GET port/v1/netpositions", "GET port/v1/netpositions/me" -> portfolio.netPositions(request);
            case "GET port/v1/positions", "GET port/v1/positions/me" -> portfolio.positions(request);
            case "GET port/v1/orders", "GET port/v1/orders/me" -> portfolio.openOrders(request);
            case "GET cs/v1/audit/orderactivities" -> portfolio.orderActivities(request);
            case "GET ref/v1/instruments" -> BankJson.ok(BankReference.search(request));
            case "GET ref/v1/exchanges" -> BankJson.ok(reference.exchanges());
            case "GET trade/v1/infoprices/list" -> prices.infoPrices(request);
            case "GET chart/v3/charts" -> prices.charts(request);
            case "GET dm/v2/disclaimers" -> BankJson.ok(entry.disclaimers(request));
            case "POST trade/v2/orders/precheck" -> entry.precheck(request);
            case "POST trade/v2/orders" -> entry.place(request);
            default -> named(request, path.split("/", -1));
        };
    }

    /** What has the name of an instrument or an order in its path. */
    private Answer named(Request request, String[] parts) {
        if (request.method().equals("DELETE")
                && parts.length == 4
                && String.join("/", parts).startsWith("trade/v2/orders/")) {
            return entry.cancel(parts[3]);
        }
        if (request.method().equals("GET")
                && parts.length == 6
                && String.join("/", parts).startsWith("ref/v1/instruments/")) {
            Optional<SimulatedInstrument> instrument = SimulatedInstrument.find(parts[4], parts[5]);
            if (instrument.isEmpty()) {
                return BankJson.error(404, "IllegalInstrumentId", "Instrument ID is invalid");
            }
            Optional<ObjectNode> body =
                    switch (parts[3]) {
                        case "details" -> Optional.of(BankReference.details(instrument.get()));
                        case "tradingschedule" -> Optional.of(reference.schedule(instrument.get()));
                        default -> Optional.empty();
                    };
            return body.map(BankJson::ok).orElseGet(BankJson::notFound);
        }
        return BankJson.notFound();
    }
}
