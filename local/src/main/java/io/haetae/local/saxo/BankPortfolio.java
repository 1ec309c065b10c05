package io.haetae.local.saxo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.local.http.Answer;
import io.haetae.local.http.Request;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the client's accounts hold, what works for them, and the audit of what happened. */
final class BankPortfolio {

    private static final BigDecimal STARTING_CASH = BigDecimal.valueOf(1_000_000);

    /** What is seen of a fill lags behind it at the bank by 2.4 to 3.2 s. */
    private static final Duration AUDIT_LAG = Duration.ofSeconds(3);

    private final BankState state;
    private final BankOrders orders;
    private final SaxoMarket market;
    private final TimeSource time;
    private int pageSize = 100;
    private boolean twice;
    private boolean backwards;
    private int brokenPages;
    private Duration auditLag = AUDIT_LAG;

    BankPortfolio(BankState state, BankOrders orders, SaxoMarket market, TimeSource time) {
        this.state = state;
        this.orders = orders;
        this.market = market;
        this.time = time;
    }

    void pageSize(int rows) {
        this.pageSize = rows;
    }

    void auditLag(Duration lag) {
        this.auditLag = lag;
    }

    void rowsTwice() {
        this.twice = true;
    }

    void rowsBackwards() {
        this.backwards = true;
    }

    /** That many requests for a page after the first one fail. */
    void breakPages(int requests) {
        this.brokenPages = requests;
    }

    private Answer list(Request request, ArrayNode rows) {
        if (brokenPages > 0 && !request.parameter("$skip").isEmpty()) {
            brokenPages--;
            return Answer.empty(500);
        }
        List<JsonNode> shown = new ArrayList<>();
        rows.forEach(shown::add);
        if (twice) {
            rows.forEach(shown::add);
        }
        if (backwards) {
            Collections.reverse(shown);
        }
        return BankJson.ok(
                BankJson.page(request, BankJson.MAPPER.createArrayNode().addAll(shown), pageSize));
    }

    private static String accountOf(Request request) {
        String key = request.parameter("AccountKey");
        return key.isEmpty() ? BankClient.USD_ACCOUNT : key;
    }

    /** @param available what another order may spend: margin is not lent here */
    record Money(BigDecimal cash, BigDecimal unbooked, BigDecimal value, BigDecimal unrealised, BigDecimal available) {}

    Money money(String accountKey) {
        BigDecimal cash = STARTING_CASH;
        BigDecimal unbooked = BigDecimal.ZERO;
        BigDecimal value = BigDecimal.ZERO;
        BigDecimal unrealised = BigDecimal.ZERO;
        BigDecimal margin = BigDecimal.ZERO;
        for (BankOrders.Holding holding : orders.holdings(accountKey).values()) {
            cash = cash.add(holding.booked());
            unbooked = unbooked.add(holding.unbooked());
            BigDecimal price = market.middle(holding.instrument(), time.now());
            if (holding.instrument().isShare()) {
                value = value.add(holding.amount().multiply(price));
            } else {
                unrealised = unrealised.add(holding.amount().multiply(price.subtract(holding.openPrice())));
                margin = margin.add(holding.amount().abs().multiply(holding.openPrice()));
            }
        }
        return new Money(cash, unbooked, value, unrealised, cash.add(unbooked).subtract(margin));
    }

    Answer balance(Request request) {
        String key = accountOf(request);
        if (!BankClient.has(key)) {
            return BankJson.error(400, "IllegalAccount", "Account key is invalid");
        }
        Money money = money(key);
        ObjectNode balance = BankJson.MAPPER.createObjectNode();
        balance.put("CalculationReliability", "Ok");
        balance.put("CashAvailableForTrading", money.available());
        balance.put("CashBalance", money.cash());
        balance.put("ChangesScheduled", false);
        balance.put("Currency", key.equals(BankClient.USD_ACCOUNT) ? "USD" : "EUR");
        balance.put("CurrencyDecimals", 2);
        balance.put("MarginAvailableForTrading", money.available());
        balance.put("NonMarginPositionsValue", money.value());
        balance.put("OrdersCount", orders.working().size());
        balance.put(
                "TotalValue",
                money.cash().add(money.unbooked()).add(money.value()).add(money.unrealised()));
        balance.put("TransactionsNotBooked", money.unbooked());
        balance.put("UnrealizedMarginClosedProfitLoss", 0);
        balance.put("UnrealizedMarginOpenProfitLoss", money.unrealised());
        balance.put("UnrealizedMarginProfitLoss", money.unrealised());
        return BankJson.ok(balance);
    }

    Answer netPositions(Request request) {
        ArrayNode data = BankJson.MAPPER.createArrayNode();
        for (BankOrders.Holding holding : orders.holdings(accountOf(request)).values()) {
            if (holding.amount().signum() == 0) {
                continue;
            }
            SimulatedInstrument instrument = holding.instrument();
            BigDecimal price = market.middle(instrument, time.now());
            ObjectNode row = data.addObject();
            ObjectNode base = row.putObject("NetPositionBase");
            base.put("Amount", holding.amount());
            base.put("AssetType", instrument.assetType());
            base.put("CanBeClosed", true);
            base.put("ClientId", BankClient.CLIENT_ID);
            base.put("IsMarketOpen", market.isOpen(instrument, time.now()));
            base.put("Uic", instrument.uic());
            row.put(
                    "NetPositionId",
                    instrument.isShare()
                            ? instrument.uic() + "__Share"
                            : instrument.symbol() + "__" + instrument.assetType());
            ObjectNode view = row.putObject("NetPositionView");
            view.put("AverageOpenPrice", holding.openPrice());
            view.put("CalculationReliability", "Ok");
            view.put("CurrentPrice", price);
            view.put(
                    "ProfitLossOnTrade",
                    price.subtract(holding.openPrice())
                            .multiply(holding.amount())
                            .setScale(2, RoundingMode.HALF_EVEN));
            view.put("Status", "Open");
        }
        return list(request, data);
    }

    Answer positions(Request request) {
        String accountKey = accountOf(request);
        ArrayNode data = BankJson.MAPPER.createArrayNode();
        for (BankOrders.Holding holding : orders.holdings(accountKey).values()) {
            if (holding.amount().signum() == 0) {
                continue;
            }
            SimulatedInstrument instrument = holding.instrument();
            ObjectNode row = data.addObject();
            ObjectNode base = row.putObject("PositionBase");
            base.put("AccountKey", accountKey);
            base.put("Amount", holding.amount());
            base.put("AssetType", instrument.assetType());
            base.put("CanBeClosed", true);
            base.put("OpenPrice", holding.openPrice());
            base.put("Status", "Open");
            base.put("Uic", instrument.uic());
            row.put("PositionId", Long.toString(5_026_000_000L + instrument.uic()));
            row.putObject("PositionView")
                    .put("CalculationReliability", "Ok")
                    .put("CurrentPrice", market.middle(instrument, time.now()));
        }
        return list(request, data);
    }

    /** What works now, of one account when the request names it. */
    Answer openOrders(Request request) {
        String accountKey = request.parameter("AccountKey");
        ArrayNode data = BankJson.MAPPER.createArrayNode();
        for (ObjectNode order : orders.working()) {
            if (!accountKey.isEmpty() && !order.path("AccountKey").asText().equals(accountKey)) {
                continue;
            }
            SimulatedInstrument instrument = BankOrders.instrument(order);
            ObjectNode row = data.addObject();
            row.put("AccountKey", order.path("AccountKey").asText());
            row.put("Amount", order.path("Amount").decimalValue());
            row.put("AssetType", instrument.assetType());
            row.put("BuySell", order.path("BuySell").asText());
            row.put("ClientKey", BankClient.CLIENT_KEY);
            row.putObject("Duration").put("DurationType", "DayOrder");
            if (!order.path("ExternalReference").asText().isEmpty()) {
                row.put("ExternalReference", order.path("ExternalReference").asText());
            }
            if (BankOrders.filled(order).signum() > 0) {
                row.put("FilledAmount", BankOrders.filled(order));
            }
            row.put("IsMarketOpen", market.isOpen(instrument, time.now()));
            row.put("OpenOrderType", order.has("OrderPrice") ? "Limit" : "Market");
            row.put("OrderId", order.path("OrderId").asText());
            row.put("OrderRelation", "StandAlone");
            row.put("OrderTime", BankJson.instant(BankJson.instant(order, "PlacedAt")));
            if (order.has("OrderPrice")) {
                row.put("Price", order.path("OrderPrice").decimalValue());
            }
            row.put("Status", "Working");
            row.put("Uic", instrument.uic());
        }
        return list(request, data);
    }

    /** Activities that have come through to the audit, in the order they were written. */
    Answer orderActivities(Request request) {
        Instant seen = time.now().minus(auditLag);
        String from = request.parameter("FromDateTime");
        Instant since = from.isEmpty() ? Instant.EPOCH : Instant.parse(from);
        Map<String, JsonNode> last = new LinkedHashMap<>();
        ArrayNode data = BankJson.MAPPER.createArrayNode();
        for (JsonNode row : state.activities()) {
            Instant at = BankJson.instant(row, "ActivityTime");
            if (!at.isAfter(seen)
                    && !at.isBefore(since)
                    && asked(request, "OrderId", row.path("OrderId").asText())
                    && asked(request, "AccountKey", row.path("AccountKey").asText())) {
                data.add(row);
                last.put(row.path("OrderId").asText(), row);
            }
        }
        if (request.parameter("EntryType").equals("Last")) {
            data.removeAll();
            last.values().forEach(data::add);
        }
        return list(request, data);
    }

    /** True when the request does not ask for it. */
    private static boolean asked(Request request, String name, String value) {
        String wanted = request.parameter(name);
        return wanted.isEmpty() || value.equals(wanted);
    }
}
