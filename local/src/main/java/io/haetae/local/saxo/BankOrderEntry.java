package io.haetae.local.saxo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.local.http.Answer;
import io.haetae.local.http.Request;
import io.haetae.saxo.SaxoCosts;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where orders are handed in: judges them, as far as the bank judges, and answers in all the ways it is known to. */
final class BankOrderEntry {

    private static final Duration DUPLICATE_WINDOW = Duration.ofSeconds(15);
    private static final Duration BETWEEN_ORDERS = Duration.ofSeconds(1);

    /** What becomes of a placement that the bank would take. */
    sealed interface Turn {
        /** The bank has it, and answers 202 because it does not know yet what the exchange says. */
        record NotCompleted() implements Turn {}

        /** The bank has it, and answers 400 with its number and an error. */
        record LiveRefusal() implements Turn {}

        /** Answered like any other; the exchange turns it away a moment later. */
        record RejectedAfterwards() implements Turn {}

        /** Turned away with this code. */
        record Refused(String code, String message) implements Turn {}
    }

    private record Disclaimer(String title, String text, String token) {}

    private final BankOrders orders;
    private final BankPortfolio portfolio;
    private final SaxoMarket market;
    private final TimeSource time;
    private final Map<String, Instant> requestIds = new LinkedHashMap<>();
    private final Deque<Turn> turns = new ArrayDeque<>();
    private Instant nextOrder = Instant.MIN;
    private @Nullable Disclaimer disclaimer;
    private int placements;

    BankOrderEntry(BankOrders orders, BankPortfolio portfolio, SaxoMarket market, TimeSource time) {
        this.orders = orders;
        this.portfolio = portfolio;
        this.market = market;
        this.time = time;
    }

    /** The next placement that the bank would take goes so. */
    void next(Turn turn) {
        turns.add(turn);
    }

    void demand(String title, String text) {
        String token = UUID.nameUUIDFromBytes((title + "|" + text).getBytes(StandardCharsets.UTF_8)) + "=";
        disclaimer = new Disclaimer(title, text, token);
    }

    void demandNothing() {
        disclaimer = null;
    }

    int placements() {
        return placements;
    }

    /** An order request that can be judged, or why it cannot. */
    private sealed interface Asked {
        record Order(BankOrders.Wanted wanted) implements Asked {}

        record Refused(String code, String message) implements Asked {}
    }

    private static Asked read(Request request) {
        JsonNode body;
        try {
            body = BankJson.MAPPER.readTree(request.text());
        } catch (JsonProcessingException e) {
            return new Asked.Refused("InvalidRequest", "the body is not JSON");
        }
        Optional<SimulatedInstrument> instrument = SimulatedInstrument.find(
                body.path("Uic").asText(), body.path("AssetType").asText());
        String key = body.path("AccountKey").asText();
        if (!BankClient.has(key)) {
            return new Asked.Refused("IllegalAccount", "Account key is invalid");
        }
        if (instrument.isEmpty()) {
            return new Asked.Refused("IllegalInstrumentId", "Instrument ID is invalid");
        }
        if (!body.path("ManualOrder").isBoolean()) {
            return new Asked.Refused("InvalidModelState", "ManualOrder is required");
        }
        Optional<Asked.Refused> wrongAmount = wrongAmount(body, instrument.get());
        if (wrongAmount.isPresent()) {
            return wrongAmount.get();
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
        return new Asked.Order(new BankOrders.Wanted(
                key,
                instrument.get(),
                side.equals("Buy"),
                body.path("Amount").decimalValue(),
                type.equals("Limit") ? body.path("OrderPrice").decimalValue() : null,
                body.path("ExternalReference").asText()));
    }

    private static Optional<Asked.Refused> wrongAmount(JsonNode body, SimulatedInstrument instrument) {
        if (!body.path("Amount").isNumber()
                || body.path("Amount").decimalValue().signum() <= 0) {
            return Optional.of(new Asked.Refused("IllegalAmount", "Amount is invalid"));
        }
        BigDecimal amount = body.path("Amount").decimalValue();
        int decimals = instrument.isShare() ? 0 : instrument.amountDecimals();
        return amount.compareTo(instrument.minimumAmount()) < 0
                        || amount.stripTrailingZeros().scale() > decimals
                ? Optional.of(new Asked.Refused(
                        "AmountBelowMinimumLotSize", "Amount is below the minimum or has too many decimals"))
                : Optional.empty();
    }

    /** What stands in the way of a well-formed order at this moment. */
    private Optional<Asked.Refused> hindrance(BankOrders.Wanted wanted) {
        SimulatedInstrument instrument = wanted.instrument();
        if (wanted.limit() == null && !market.isOpen(instrument, time.now())) {
            return Optional.of(new Asked.Refused("MarketClosed", "The market is closed"));
        }
        if (wanted.buy()) {
            BigDecimal cash = cash(wanted);
            return cash.compareTo(portfolio.money(wanted.accountKey()).available()) > 0
                    ? Optional.of(new Asked.Refused("InsufficientCash", "Not enough cash available"))
                    : Optional.empty();
        }
        if (!instrument.isShare()) {
            return Optional.empty();
        }
        BankOrders.Holding holding = orders.holdings(wanted.accountKey()).get(instrument.uic());
        if (holding == null || holding.amount().compareTo(wanted.amount()) < 0) {
            return Optional.of(new Asked.Refused("NotOwned", "More than is held"));
        }
        BigDecimal offered = orders.offered(wanted.accountKey(), instrument);
        return offered.add(wanted.amount()).compareTo(holding.amount()) > 0
                ? Optional.of(new Asked.Refused(
                        "SellOrdersAlreadyExistForOwnedContracts", "Sell orders for the holding exist already"))
                : Optional.empty();
    }

    private BigDecimal commission(BankOrders.Wanted wanted) {
        return SaxoCosts.commission(
                wanted.instrument().assetType(), wanted.amount().multiply(price(wanted)));
    }

    private BigDecimal price(BankOrders.Wanted wanted) {
        return wanted.limit() == null ? market.middle(wanted.instrument(), time.now()) : wanted.limit();
    }

    private BigDecimal cash(BankOrders.Wanted wanted) {
        return wanted.amount().multiply(price(wanted)).add(commission(wanted)).setScale(2, RoundingMode.HALF_UP);
    }

    Answer precheck(Request request) {
        ObjectNode answer = BankJson.MAPPER.createObjectNode();
        switch (read(request)) {
            case Asked.Refused refused -> {
                errorInfo(answer, refused);
                answer.put("EstimatedCashRequired", 0);
                answer.put("PreCheckResult", "Error");
            }
            case Asked.Order(BankOrders.Wanted wanted) -> {
                answer.putObject("Cost").put("Commission", commission(wanted)).put("ExchangeFee", 0);
                hindrance(wanted).ifPresent(refused -> errorInfo(answer, refused));
                answer.put("EstimatedCashRequired", cash(wanted));
                answer.put("EstimatedCashRequiredCurrency", wanted.instrument().currency());
                answer.put("InstrumentToAccountConversionRate", 1);
                answer.put("PreCheckResult", "Ok");
                preTradeDisclaimers(answer);
            }
        }
        return BankJson.ok(answer);
    }

    private static ObjectNode errorInfo(ObjectNode answer, Asked.Refused refused) {
        return answer.putObject("ErrorInfo").put("ErrorCode", refused.code()).put("Message", refused.message());
    }

    private boolean preTradeDisclaimers(ObjectNode node) {
        Disclaimer outstanding = disclaimer;
        if (outstanding == null) {
            return false;
        }
        ObjectNode asked = node.putObject("PreTradeDisclaimers");
        asked.put("DisclaimerContext", "simulated-context");
        asked.putArray("DisclaimerTokens").add(outstanding.token());
        return true;
    }

    /** {@code /dm/v2/disclaimers}: the texts of the tokens that are asked for. */
    ObjectNode disclaimers(Request request) {
        ArrayNode data = BankJson.MAPPER.createArrayNode();
        Disclaimer outstanding = disclaimer;
        if (outstanding != null && request.parameter("DisclaimerTokens").equals(outstanding.token())) {
            ObjectNode row = data.addObject();
            row.put("Body", outstanding.text());
            row.putArray("Conditions");
            row.put("DisclaimerToken", outstanding.token());
            row.put("IsBlocking", false);
            row.putArray("ResponseOptions").addObject().put("Label", "I agree").put("ResponseType", "Accepted");
            row.put("Title", outstanding.title());
        }
        return BankJson.collection(data);
    }

    private static Answer refused(String code, String message) {
        ObjectNode answer = BankJson.MAPPER.createObjectNode();
        errorInfo(answer, new Asked.Refused(code, message));
        return Answer.json(400, answer.toString());
    }

    Answer place(Request request) {
        placements++;
        Instant now = time.now();
        if (now.isBefore(nextOrder)) {
            return BankJson.error(429, "RateLimitExceeded", "Rate limit exceeded!")
                    .with("X-RateLimit-SessionOrders-Limit", "1")
                    .with("X-RateLimit-SessionOrders-Remaining", "0")
                    .with("X-RateLimit-SessionOrders-Reset", "1");
        }
        nextOrder = now.plus(BETWEEN_ORDERS);
        String requestId = request.header("x-request-id");
        String duplicate = request.text() + "|" + (requestId == null ? "" : requestId);
        Instant before = requestIds.put(duplicate, now);
        if (before != null && now.isBefore(before.plus(DUPLICATE_WINDOW))) {
            return BankJson.error(409, "Conflict", "Duplicate request");
        }
        return switch (read(request)) {
            case Asked.Refused(String code, String message) -> refused(code, message);
            case Asked.Order(BankOrders.Wanted wanted) -> place(wanted);
        };
    }

    private Answer place(BankOrders.Wanted wanted) {
        if (disclaimer != null) {
            ObjectNode answer = BankJson.MAPPER.createObjectNode();
            boolean _ = preTradeDisclaimers(errorInfo(
                    answer, new Asked.Refused("DisclaimersNotAccepted", "A disclaimer has to be accepted first")));
            return Answer.json(400, answer.toString());
        }
        Optional<Asked.Refused> hindrance = hindrance(wanted);
        if (hindrance.isPresent()) {
            return refused(hindrance.get().code(), hindrance.get().message());
        }
        ObjectNode answer = BankJson.MAPPER.createObjectNode();
        return switch (turns.poll()) {
            case null -> BankJson.ok(answer.put("OrderId", orders.take(wanted)));
            case Turn.RejectedAfterwards _ -> BankJson.ok(answer.put("OrderId", orders.takeAndReject(wanted)));
            case Turn.NotCompleted _ -> {
                errorInfo(answer, new Asked.Refused("TradeNotCompleted", "The exchange has not answered yet"));
                answer.put("OrderId", orders.take(wanted));
                yield Answer.json(202, answer.toString());
            }
            case Turn.LiveRefusal _ -> {
                answer.put("OrderId", orders.take(wanted));
                errorInfo(
                        answer.putArray("Orders").addObject(),
                        new Asked.Refused("TooFarFromEntryOrder", "Order price is too far from the entry order"));
                yield Answer.json(400, answer.toString());
            }
            case Turn.Refused(String code, String message) -> refused(code, message);
        };
    }

    Answer cancel(String orderId) {
        ObjectNode answer = BankJson.MAPPER.createObjectNode();
        ObjectNode row = answer.putArray("Orders").addObject();
        boolean cancelled = orders.cancel(orderId);
        if (!cancelled) {
            errorInfo(row, new Asked.Refused("OrderNotFound", "Order not found"));
        }
        row.put("OrderId", orderId);
        return Answer.json(cancelled ? 200 : 404, answer.toString());
    }
}
