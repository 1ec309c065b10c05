package io.haetae.local.saxo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.saxo.SaxoCosts;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The bank's book of orders: takes them, fills them minute by minute as far as the market reaches, and writes an
 * activity for everything that happens.
 *
 * <p>An order's minutes count from its own placement, so how often anybody looks changes nothing.
 */
final class BankOrders {

    private static final Duration STEP = Duration.ofMinutes(1);

    /** Shares settle a day after they were traded. */
    private static final Duration SETTLEMENT = Duration.ofDays(1);

    private final BankState state;
    private final SaxoMarket market;
    private final TimeSource time;

    /** Takes the place of every instrument's own depth while it is set. */
    private @Nullable BigDecimal depth;

    BankOrders(BankState state, SaxoMarket market, TimeSource time) {
        this.state = state;
        this.market = market;
        this.time = time;
    }

    void depth(@Nullable BigDecimal aMinute) {
        this.depth = aMinute;
    }

    /** What an order asks for. */
    record Wanted(
            String accountKey,
            SimulatedInstrument instrument,
            boolean buy,
            BigDecimal amount,
            @Nullable BigDecimal limit,
            String reference) {}

    /** All orders that were ever taken, oldest first. */
    List<ObjectNode> all() {
        List<ObjectNode> all = new ArrayList<>();
        for (JsonNode node : state.orders()) {
            if (node instanceof ObjectNode order) {
                all.add(order);
            }
        }
        return all;
    }

    List<ObjectNode> working() {
        return all().stream().filter(BankOrders::isWorking).toList();
    }

    static boolean isWorking(JsonNode order) {
        return order.path("State").asText().equals("WORKING");
    }

    static BigDecimal filled(JsonNode order) {
        BigDecimal filled = BigDecimal.ZERO;
        for (JsonNode fill : order.path("Fills")) {
            filled = filled.add(fill.path("Amount").decimalValue());
        }
        return filled;
    }

    static SimulatedInstrument instrument(JsonNode order) {
        return SimulatedInstrument.byUic(order.path("Uic").asLong()).orElseThrow();
    }

    /** Takes the order and fills at once what the market takes; its number. */
    String take(Wanted wanted) {
        Instant now = time.now();
        ObjectNode order = add(wanted, now);
        activity(order, "Placed", "Requested", now, null);
        activity(order, "Placed", "Confirmed", now, null);
        match(order, now);
        state.save();
        return order.path("OrderId").asText();
    }

    /** Takes the order's number and turns the order away afterwards, as an exchange may. */
    String takeAndReject(Wanted wanted) {
        Instant now = time.now();
        ObjectNode order = add(wanted, now);
        order.put("State", "REJECTED");
        activity(order, "Placed", "Rejected", now, null);
        state.save();
        return order.path("OrderId").asText();
    }

    private ObjectNode add(Wanted wanted, Instant now) {
        ObjectNode order = state.orders().addObject();
        order.put("AccountKey", wanted.accountKey());
        order.put("Amount", wanted.amount());
        order.put("BuySell", wanted.buy() ? "Buy" : "Sell");
        order.put("CheckedUntil", now.toString());
        order.put("Ends", sessionEnd(wanted.instrument(), now).toString());
        order.put("ExternalReference", wanted.reference());
        order.putArray("Fills");
        order.put("OrderId", Long.toString(state.nextOrder()));
        if (wanted.limit() != null) {
            order.put("OrderPrice", wanted.limit());
        }
        order.put("PlacedAt", now.toString());
        order.put("State", "WORKING");
        order.put("Uic", wanted.instrument().uic());
        return order;
    }

    /** End of the trading that is on, or of the next one: a day order lives until then. */
    private Instant sessionEnd(SimulatedInstrument instrument, Instant now) {
        return market.schedule(instrument, now).stream()
                .filter(stretch -> stretch.state().equals("AutomatedTrading")
                        && stretch.end().isAfter(now))
                .map(SaxoMarket.Stretch::end)
                .findFirst()
                .orElseGet(() -> now.plus(Duration.ofDays(1)));
    }

    /** Fills and ends what time has brought since the last look. */
    void catchUp() {
        Instant now = time.now();
        boolean changed = false;
        for (ObjectNode order : working()) {
            Instant ends = BankJson.instant(order, "Ends");
            Instant checked = BankJson.instant(order, "CheckedUntil");
            Instant next = checked.plus(STEP);
            while (isWorking(order) && !next.isAfter(now) && next.isBefore(ends)) {
                match(order, next);
                checked = next;
                next = next.plus(STEP);
                changed = true;
            }
            order.put("CheckedUntil", checked.toString());
            if (isWorking(order) && !now.isBefore(ends)) {
                order.put("State", "EXPIRED");
                activity(order, "Expired", "Confirmed", ends, null);
                changed = true;
            }
        }
        if (changed) {
            state.save();
        }
    }

    private void match(ObjectNode order, Instant at) {
        SimulatedInstrument instrument = instrument(order);
        if (!market.isOpen(instrument, at)) {
            return;
        }
        boolean buy = order.path("BuySell").asText().equals("Buy");
        BigDecimal middle = market.middle(instrument, at);
        BigDecimal price = buy ? middle.add(instrument.halfSpread()) : middle.subtract(instrument.halfSpread());
        if (order.has("OrderPrice")) {
            int distance = price.compareTo(order.path("OrderPrice").decimalValue());
            if (buy ? distance > 0 : distance < 0) {
                return;
            }
        }
        BigDecimal amount = left(order).min(depth == null ? instrument.depth() : depth);
        if (amount.signum() > 0) {
            fill(order, amount, price, at);
        }
    }

    private static BigDecimal left(JsonNode order) {
        return order.path("Amount").decimalValue().subtract(filled(order));
    }

    private void fill(ObjectNode order, BigDecimal amount, BigDecimal price, Instant at) {
        boolean last = amount.compareTo(left(order)) == 0;
        ObjectNode fill = ((ArrayNode) order.path("Fills")).addObject();
        fill.put("Amount", amount);
        fill.put("At", at.toString());
        fill.put("Price", price);
        if (last) {
            order.put("State", "FILLED");
        }
        activity(order, last ? "FinalFill" : "Fill", "Confirmed", at, fill);
    }

    /** Trades that much of a working limit order now, at its limit, whatever the market does. */
    void tradeAtLimit(String orderId, BigDecimal amount) {
        ObjectNode order = find(orderId).filter(BankOrders::isWorking).orElseThrow();
        fill(order, amount.min(left(order)), order.path("OrderPrice").decimalValue(), time.now());
        state.save();
    }

    /** False when no such order works. */
    boolean cancel(String orderId) {
        for (ObjectNode order : working()) {
            if (order.path("OrderId").asText().equals(orderId)) {
                order.put("State", "CANCELLED");
                activity(order, "Cancelled", "Confirmed", time.now(), null);
                state.save();
                return true;
            }
        }
        return false;
    }

    private void activity(ObjectNode order, String status, String subStatus, Instant at, @Nullable ObjectNode fill) {
        SimulatedInstrument instrument = instrument(order);
        ArrayNode activities = state.activities();
        ObjectNode row = activities.addObject();
        row.put("AccountId", BankClient.CLIENT_ID);
        row.put("AccountKey", order.path("AccountKey").asText());
        row.put("ActivityTime", BankJson.instant(at));
        row.put("Amount", order.path("Amount").decimalValue());
        row.put("AssetType", instrument.assetType());
        row.put("BuySell", order.path("BuySell").asText());
        row.put("ClientId", BankClient.CLIENT_ID);
        row.putObject("Duration").put("DurationType", "DayOrder");
        if (!order.path("ExternalReference").asText().isEmpty()) {
            row.put("ExternalReference", order.path("ExternalReference").asText());
        }
        row.put("LogId", Long.toString(249_000_000L + activities.size()));
        row.put("OrderId", order.path("OrderId").asText());
        row.put("OrderRelation", "StandAlone");
        row.put("OrderType", order.has("OrderPrice") ? "Limit" : "Market");
        if (order.has("OrderPrice")) {
            row.put("Price", order.path("OrderPrice").decimalValue());
        }
        row.put("Status", status);
        row.put("SubStatus", subStatus);
        row.put("Uic", instrument.uic());
        if (fill != null) {
            row.put("AveragePrice", averagePrice(order));
            row.put("ExecutionPrice", fill.path("Price").decimalValue());
            row.put("FillAmount", fill.path("Amount").decimalValue());
            row.put("FilledAmount", filled(order));
        }
    }

    private static BigDecimal averagePrice(JsonNode order) {
        return value(order).divide(filled(order), 8, RoundingMode.HALF_EVEN).stripTrailingZeros();
    }

    private static BigDecimal value(JsonNode order) {
        BigDecimal value = BigDecimal.ZERO;
        for (JsonNode fill : order.path("Fills")) {
            value = value.add(fill.path("Amount")
                    .decimalValue()
                    .multiply(fill.path("Price").decimalValue()));
        }
        return value;
    }

    /** What is held of one instrument and what trading it has brought. */
    static final class Holding {
        private final SimulatedInstrument instrument;
        private BigDecimal amount = BigDecimal.ZERO;
        private BigDecimal openPrice = BigDecimal.ZERO;
        private BigDecimal realised = BigDecimal.ZERO;
        private BigDecimal booked = BigDecimal.ZERO;
        private BigDecimal unbooked = BigDecimal.ZERO;

        private Holding(SimulatedInstrument instrument) {
            this.instrument = instrument;
        }

        SimulatedInstrument instrument() {
            return instrument;
        }

        /** Negative when short. */
        BigDecimal amount() {
            return amount;
        }

        BigDecimal openPrice() {
            return openPrice;
        }

        /** What it has moved the cash balance by; of a pair and of crypto only what was won or lost. */
        BigDecimal booked() {
            return instrument.isShare() ? booked : booked.add(realised);
        }

        /** Of shares that are not settled yet. */
        BigDecimal unbooked() {
            return unbooked;
        }

        private void trade(BigDecimal signed, BigDecimal price, boolean settled) {
            BigDecimal after = amount.add(signed);
            if (amount.signum() == 0 || amount.signum() == signed.signum()) {
                openPrice = amount.multiply(openPrice)
                        .add(signed.multiply(price))
                        .divide(after, 8, RoundingMode.HALF_EVEN)
                        .stripTrailingZeros();
            } else {
                BigDecimal closed = signed.abs().min(amount.abs()).multiply(BigDecimal.valueOf(amount.signum()));
                realised = realised.add(closed.multiply(price.subtract(openPrice)));
                if (after.signum() != 0 && after.signum() != amount.signum()) {
                    openPrice = price;
                }
            }
            amount = after;
            if (instrument.isShare()) {
                cash(signed.multiply(price).negate(), settled);
            }
        }

        private void cash(BigDecimal moved, boolean settled) {
            if (settled) {
                booked = booked.add(moved);
            } else {
                unbooked = unbooked.add(moved);
            }
        }
    }

    /** By Uic; instruments that were traded and are squared are among them. */
    Map<Long, Holding> holdings(String accountKey) {
        Map<Long, Holding> holdings = new TreeMap<>();
        Instant now = time.now();
        for (ObjectNode order : all()) {
            if (!order.path("AccountKey").asText().equals(accountKey)
                    || order.path("Fills").isEmpty()) {
                continue;
            }
            Holding holding = holdings.computeIfAbsent(instrument(order).uic(), _ -> new Holding(instrument(order)));
            boolean settled = true;
            for (JsonNode fill : order.path("Fills")) {
                BigDecimal amount = fill.path("Amount").decimalValue();
                settled = !now.isBefore(BankJson.instant(fill, "At").plus(SETTLEMENT));
                holding.trade(
                        order.path("BuySell").asText().equals("Buy") ? amount : amount.negate(),
                        fill.path("Price").decimalValue(),
                        settled);
            }
            holding.cash(
                    SaxoCosts.commission(holding.instrument.assetType(), value(order))
                            .negate(),
                    settled);
        }
        return holdings;
    }

    /** What working sales of the instrument have claimed. */
    BigDecimal offered(String accountKey, SimulatedInstrument instrument) {
        return working().stream()
                .filter(order -> order.path("AccountKey").asText().equals(accountKey)
                        && order.path("BuySell").asText().equals("Sell")
                        && order.path("Uic").asLong() == instrument.uic())
                .map(BankOrders::left)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    Optional<ObjectNode> find(String orderId) {
        return all().stream()
                .filter(order -> order.path("OrderId").asText().equals(orderId))
                .findFirst();
    }
}
