package io.haetae.local.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.kis.KisAccountNumber;
import io.haetae.kis.KisBroker;
import io.haetae.local.http.Request;
import io.haetae.market.InstrumentId;
import io.haetae.market.KrxCosts;
import io.haetae.market.KrxMarket;
import io.haetae.market.KrxTradeRules;
import io.haetae.market.Venue;
import io.haetae.order.Broker;
import io.haetae.order.ExitTerms;
import io.haetae.order.Funds;
import io.haetae.order.Holding;
import io.haetae.order.Intent;
import io.haetae.order.Order;
import io.haetae.order.OrderState;
import io.haetae.order.OrderType;
import io.haetae.order.Purpose;
import io.haetae.order.Side;
import io.haetae.order.TimeInForce;
import io.haetae.order.Validity;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Recorded answers of the Korean broker about orders and accounts: what its port makes of them, and that it asks alike. */
final class RecordedKisOrders {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AccountId BOOK = new AccountId(Mode.LIVE, Venue.KIS, "someone", "KRW");
    private static final LocalDate SESSION = LocalDate.of(2026, 3, 9);

    /** The account is not the recorded one. */
    private static final String ACCOUNT = "CANO";

    private final RecordedSamples samples;
    private final KisBroker broker;
    private final Instant sendBy;

    RecordedKisOrders(RecordedSamples samples) throws IOException {
        this.samples = samples;
        KrxTradeRules rules =
                new KrxTradeRules(new KrxCosts(XkrxCalendar.bundled()), _ -> Optional.of(KrxMarket.KOSPI));
        broker = new KisBroker(
                samples.kis(),
                new KisAccountNumber("81000000", "01"),
                false,
                XkrxCalendar.bundled(),
                rules,
                KisBroker.sender(),
                samples.time());
        sendBy = samples.time().now().plusSeconds(3_600);
    }

    String placed(JsonNode sample) throws IOException {
        samples.serve("order-cash", sample);
        JsonNode asked = sample.get("_request").get("body");
        String accepted = accepted(broker.place(order(asked, OrderType.LIMIT, null)), sample);
        alike(asked, sent("order-cash"), Set.of(ACCOUNT));
        return "accepted as " + accepted;
    }

    /** What is left of an order gets another limit: all of it, where the recorded caller named how much. */
    String amended(JsonNode sample) throws IOException {
        JsonNode asked = sample.get("_request").get("body");
        String original = asked.get("ORGN_ODNO").asText();
        samples.serve("inquire-daily-ccld", 200, JSON.readTree("""
                {"rt_cd":"0","msg_cd":"KIOK0510","msg1":"","output1":[{"ord_dt":"20260309","ord_gno_brno":"06010",\
                "odno":"%s","orgn_odno":"","ord_dvsn_name":"","ord_dvsn_cd":"00","sll_buy_dvsn_cd":"02",\
                "sll_buy_dvsn_cd_name":"","pdno":"009150","ord_qty":"1","ord_unpr":"140000","ord_tmd":"085900",\
                "tot_ccld_qty":"0","tot_ccld_amt":"0","cncl_yn":"N","cncl_cfrm_qty":"0","rmn_qty":"1","rjct_qty":"0",\
                "infm_tmd":""}],"output2":{}}""".formatted(original)));
        samples.serve("order-rvsecncl", sample);
        Order order =
                order(asked.<ObjectNode>deepCopy().put("PDNO", "009150"), OrderType.LIMIT, "20260309-" + original);
        String accepted = accepted(broker.amend(order, order.price(), sendBy), sample);
        alike(asked, sent("order-rvsecncl"), Set.of(ACCOUNT, "KRX_FWDG_ORD_ORGNO", "ORD_QTY", "QTY_ALL_ORD_YN"));
        return "amended, now " + accepted;
    }

    String buyable(JsonNode sample) throws IOException {
        samples.serve("inquire-psbl-order", sample);
        JsonNode asked = sample.get("_request").get("query");
        String most = sample.get("body").get("output").get("nrcvb_buy_qty").asText();
        Order all = order(asked, OrderType.MARKET, null, new BigDecimal(most));
        Order more = order(asked, OrderType.MARKET, null, new BigDecimal(most).add(BigDecimal.ONE));
        if (!(broker.precheck(all) instanceof Broker.Precheck.Passed)
                || !(broker.precheck(more) instanceof Broker.Precheck.Refused)) {
            throw new IllegalStateException("not as much as " + most + " passes: " + broker.precheck(all));
        }
        // A market order has no price: the document shows a zero where real callers leave it empty.
        alike(asked, heard("inquire-psbl-order").query(), Set.of(ACCOUNT, "ORD_UNPR"));
        return most + " may be bought, not one more";
    }

    /**
     * @param power and {@code price} of other samples: the worth of an account needs them too. The price was another
     *     share's
     */
    String balance(JsonNode sample, JsonNode power, JsonNode price) throws IOException {
        samples.serve("inquire-balance", sample);
        samples.serve("inquire-psbl-order", power);
        JsonNode held = sample.get("body").get("output1").get(0).get("pdno");
        JsonNode priced = price.deepCopy();
        ((ObjectNode) priced.get("body").get("output")).set("stck_shrn_iscd", held);
        samples.serve("inquire-price", priced);
        List<Holding> holdings = complete(broker.holdings(BOOK));
        alike(sample.get("_request").get("query"), heard("inquire-balance").query(), Set.of(ACCOUNT, "PRCS_DVSN"));
        long recorded = 0;
        for (JsonNode row : sample.get("body").get("output1")) {
            recorded += row.get("hldg_qty").asLong();
        }
        if (holdings.stream()
                        .mapToLong(holding -> holding.quantity().longValueExact())
                        .sum()
                != recorded) {
            throw new IllegalStateException(holdings + " are not the " + recorded + " recorded");
        }
        Funds funds = complete(broker.funds(BOOK)).getFirst();
        String cash = sample.get("body")
                .get("output2")
                .get(0)
                .get("prvs_rcdl_excc_amt")
                .asText();
        String free = power.get("body").get("output").get("nrcvb_buy_amt").asText();
        if (funds.balance().compareTo(new BigDecimal(cash)) != 0
                || funds.buyingPower().compareTo(new BigDecimal(free)) != 0) {
            throw new IllegalStateException(funds + " is not " + cash + " and " + free);
        }
        return holdings.size() + " share, " + recorded + " of it, and " + cash + " won";
    }

    /** As answers to an order. None of them is an acceptance; what says "check first" proves no refusal either. */
    String refusals(JsonNode bodies) throws IOException {
        Map<String, Integer> outcomes = new TreeMap<>();
        JsonNode asked = JSON.readTree("""
                {"PDNO":"009150","ORD_QTY":"3","ORD_UNPR":"150000"}""");
        for (JsonNode one : bodies) {
            JsonNode body = one.get("body");
            samples.serve("order-cash", RecordedSamples.status(one), body);
            boolean proves = body.has("rt_cd") && !one.get("act").asText().startsWith("AMBIGUOUS");
            Broker.Placement placement = broker.place(order(asked, OrderType.LIMIT, null));
            boolean understood =
                    switch (placement) {
                        case Broker.Placement.Accepted _ -> false;
                        case Broker.Placement.Rejected _ -> proves;
                        case Broker.Placement.Unknown _ -> !proves;
                    };
            if (!understood) {
                throw new IllegalStateException(one + " was taken for " + placement);
            }
            outcomes.merge(placement.getClass().getSimpleName().toUpperCase(Locale.ROOT), 1, Integer::sum);
        }
        return "orders " + outcomes;
    }

    private static String accepted(Broker.Placement placement, JsonNode sample) {
        String number = sample.get("body").get("output").get("ODNO").asText();
        if (placement instanceof Broker.Placement.Accepted(String id) && id.equals("20260309-" + number)) {
            return id;
        }
        throw new IllegalStateException(placement + " instead of an order " + number);
    }

    private static <T> List<T> complete(Broker.Read<T> read) {
        return switch (read) {
            case Broker.Read.Complete<T>(List<T> rows) -> rows;
            case Broker.Read.Failed<T>(String cause) -> throw new IllegalStateException(cause);
        };
    }

    private Request heard(String api) {
        return samples.heard(api);
    }

    private Map<String, String> sent(String api) throws IOException {
        Map<String, String> fields = new TreeMap<>();
        JSON.readTree(heard(api).body())
                .properties()
                .forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
        return fields;
    }

    private static void alike(JsonNode recorded, Map<String, String> ours, Set<String> besides) {
        recorded.properties().forEach(field -> {
            String name = field.getKey();
            if (!besides.contains(name) && !field.getValue().asText().equals(ours.get(name))) {
                throw new IllegalStateException(
                        "asks " + name + "=" + ours.get(name) + ", the recorded caller " + field.getValue());
            }
        });
    }

    private Order order(JsonNode asked, OrderType type, @Nullable String brokerId) {
        return order(asked, type, brokerId, new BigDecimal(asked.get("ORD_QTY").asText()));
    }

    private Order order(JsonNode asked, OrderType type, @Nullable String brokerId, BigDecimal quantity) {
        InstrumentId share = new InstrumentId(Venue.KIS, asked.get("PDNO").asText());
        Instant now = samples.time().now();
        return new Order(
                "an-intent",
                new Intent(BOOK, SESSION, "samples", share, Side.BUY, Purpose.ENTRY, "cause", 0),
                type,
                TimeInForce.DAY,
                new BigDecimal(asked.get("ORD_UNPR").asText()),
                quantity,
                BigDecimal.ONE,
                BigDecimal.ZERO,
                new Validity(now, sendBy, sendBy),
                ExitTerms.NONE,
                null,
                "",
                brokerId == null ? OrderState.SENDING : OrderState.ACCEPTED,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                brokerId,
                null,
                "",
                now,
                sendBy,
                now,
                1,
                1,
                Set.of());
    }
}
