package io.haetae.local.kis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.local.http.Answer;
import io.haetae.local.http.Request;
import io.haetae.local.market.Listing;
import io.haetae.local.market.Moment;
import io.haetae.local.market.SimulatedMarket;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The cash account of the simulated broker: takes orders, lets the day's prices fill them, and shows what it holds. */
final class KisAccount {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);
    private static final String BRANCH = "06010";
    private static final Duration STEP = Duration.ofMinutes(1);

    private final SimulatedMarket market;
    private final TradingCalendar calendar;
    private final KisState state;
    private boolean changed;

    KisAccount(SimulatedMarket market, TradingCalendar calendar, KisState state) {
        this.market = market;
        this.calendar = calendar;
        this.state = state;
    }

    /** True once after something changed. */
    boolean changed() {
        boolean was = changed;
        changed = false;
        return was;
    }

    static Answer refused(int status, String result, String code, String message) {
        ObjectNode node = JSON.createObjectNode();
        node.put("rt_cd", result).put("msg_cd", code).put("msg1", message);
        return Answer.json(status, node.toString());
    }

    private static Answer done(ObjectNode node, String code, String message) {
        node.put("rt_cd", "0").put("msg_cd", code);
        node.put("msg1", message + " ".repeat(Math.max(0, 80 - message.length())));
        return Answer.json(200, node.toString()).with("tr_cont", "D");
    }

    Answer order(JsonNode body, boolean buy, Instant now) {
        advance(now);
        String symbol = body.path("PDNO").asText();
        boolean atMarket = body.path("ORD_DVSN").asText().equals("01");
        long quantity = body.path("ORD_QTY").asLong();
        long price = atMarket ? 0 : body.path("ORD_UNPR").asLong();
        Answer refusal = refusal(body, symbol, quantity, now);
        if (refusal != null) {
            return refusal;
        }
        Moment moment = market.at(now, symbol).orElseThrow();
        if (!atMarket && (price < moment.lower() || price > moment.upper() || !moment.onGrid(price))) {
            return refused(200, "1", "APBK0918", "주문단가 오류입니다. 호가단위와 상하한가를 확인하세요.");
        }
        if (buy && quantity * (atMarket ? moment.upper() : price) > free(now)) {
            return refused(200, "7", "APBK0952", "주문가능금액을 초과 했습니다");
        }
        if (!buy && quantity > sellable(symbol, now)) {
            return refused(200, "1", "APBK0400", "주문 가능한 수량을 초과 했습니다");
        }
        KisState.Working order = new KisState.Working();
        order.number = nextNumber();
        order.date = DATE.format(calendar.dateAt(now));
        order.time = CLOCK.format(now.atZone(calendar.zone()));
        order.placedAt = now.toEpochMilli();
        order.lookedUntil = order.placedAt;
        order.symbol = symbol;
        order.buy = buy;
        order.market = atMarket;
        order.quantity = quantity;
        order.price = price;
        state.working.add(order);
        changed = true;
        advance(now);
        return accepted(order.number, order.time);
    }

    private String nextNumber() {
        state.orders++;
        return String.format(Locale.ROOT, "%010d", state.orders);
    }

    private @Nullable Answer refusal(JsonNode body, String symbol, long quantity, Instant now) {
        String account =
                body.path("CANO").asText() + "-" + body.path("ACNT_PRDT_CD").asText();
        if (!account.equals(KisSimulator.ACCOUNT)) {
            return refused(200, "2", "OPSQ2000", "ERROR : INPUT INVALID_CHECK_ACNO");
        }
        Optional<Session> session = calendar.session(calendar.dateAt(now));
        boolean taking = session.isPresent()
                && !now.isBefore(session.get().orderAcceptance())
                && now.isBefore(session.get().close());
        if (!taking) {
            return refused(200, "1", "APBK0918", "장운영시간이 아닙니다.");
        }
        Optional<Moment> moment = market.at(now, symbol);
        if (moment.isEmpty() || moment.get().halted()) {
            return refused(200, "1", "APBK0918", "거래할 수 없는 종목입니다.");
        }
        return quantity > 0 ? null : refused(200, "1", "APBK0918", "주문수량을 확인하세요.");
    }

    private static Answer accepted(String number, String clock) {
        ObjectNode node = JSON.createObjectNode();
        node.putObject("output")
                .put("KRX_FWDG_ORD_ORGNO", BRANCH)
                .put("ODNO", number)
                .put("ORD_TMD", clock);
        return done(node, "APBK0013", "주문 전송 완료 되었습니다.");
    }

    /** Cancels, or changes the price of what is left. */
    Answer change(JsonNode body, Instant now) {
        advance(now);
        String number = body.path("ORGN_ODNO").asText();
        KisState.Working order = state.working.stream()
                .filter(candidate -> candidate.number.equals(number) && isWorking(candidate, now))
                .findFirst()
                .orElse(null);
        if (order == null) {
            return refused(200, "1", "APBK0918", "정정취소할 수량이 없습니다.");
        }
        String clock = CLOCK.format(now.atZone(calendar.zone()));
        boolean cancel = body.path("RVSE_CNCL_DVSN_CD").asText().equals("02");
        boolean all = body.path("QTY_ALL_ORD_YN").asText().equals("Y");
        long part =
                all ? order.left() : Math.min(order.left(), body.path("ORD_QTY").asLong());
        if (part <= 0) {
            return refused(200, "1", "APBK0918", "정정취소할 수량이 없습니다.");
        }
        long price = body.path("ORD_UNPR").asLong();
        if (!cancel) {
            Moment moment = market.at(now, order.symbol).orElseThrow();
            if (price < moment.lower() || price > moment.upper() || !moment.onGrid(price)) {
                return refused(200, "1", "APBK0918", "주문단가 오류입니다. 호가단위와 상하한가를 확인하세요.");
            }
        }
        order.cancelled += part;
        String given = nextNumber();
        if (!cancel) {
            KisState.Working next = new KisState.Working();
            next.number = given;
            next.original = order.number;
            next.date = order.date;
            next.time = clock;
            next.placedAt = now.toEpochMilli();
            next.lookedUntil = next.placedAt;
            next.symbol = order.symbol;
            next.buy = order.buy;
            next.quantity = part;
            next.price = price;
            state.working.add(next);
        }
        changed = true;
        return accepted(given, clock);
    }

    private boolean isWorking(KisState.Working order, Instant now) {
        Session session = calendar.session(LocalDate.parse(order.date, DATE)).orElseThrow();
        return order.left() > 0 && now.isBefore(session.close());
    }

    /** Lets the prices since the last look fill what they reach. */
    private void advance(Instant now) {
        for (KisState.Working order : state.working) {
            if (order.left() <= 0) {
                continue;
            }
            Session session =
                    calendar.session(LocalDate.parse(order.date, DATE)).orElseThrow();
            Instant at = Instant.ofEpochMilli(order.lookedUntil);
            at = at.isBefore(session.open()) ? session.open() : at;
            Instant until = now.isBefore(session.close()) ? now : session.close();
            while (!at.isAfter(until)) {
                if (reached(order, at, now)) {
                    break;
                }
                Instant next = at.plus(STEP);
                at = next.isAfter(until) && at.isBefore(until) ? until : next;
            }
            order.lookedUntil = Math.max(order.lookedUntil, until.toEpochMilli());
        }
    }

    private boolean reached(KisState.Working order, Instant at, Instant now) {
        if (at.isAfter(now)) {
            return false;
        }
        Moment moment = market.at(at, order.symbol).orElse(null);
        if (moment == null || moment.open() == 0) {
            return false;
        }
        long last = moment.last();
        boolean fits = order.market || (order.buy ? last <= order.price : last >= order.price);
        if (fits) {
            order.fillPrice = last;
            settle(order, order.left());
        }
        return fits;
    }

    private void settle(KisState.Working order, long quantity) {
        long amount = quantity * order.fillPrice;
        KisState.Holding holding = state.holdings.computeIfAbsent(order.symbol, _ -> new KisState.Holding());
        if (order.buy) {
            holding.quantity += quantity;
            holding.cost += amount;
            state.cash -= amount;
        } else {
            holding.cost -= holding.quantity == 0 ? 0 : holding.cost * quantity / holding.quantity;
            holding.quantity -= quantity;
            state.cash += amount;
        }
        if (holding.quantity == 0) {
            state.holdings.remove(order.symbol);
        }
        order.filled += quantity;
        changed = true;
    }

    /** Cash that no working buy holds; a buy at the market holds the highest price of its day. */
    private long free(Instant now) {
        long held = 0;
        for (KisState.Working order : state.working) {
            if (order.buy && isWorking(order, now)) {
                long price = order.market
                        ? market.at(now, order.symbol).map(Moment::upper).orElse(0L)
                        : order.price;
                held += order.left() * price;
            }
        }
        return state.cash - held;
    }

    private long sellable(String symbol, Instant now) {
        KisState.Holding holding = state.holdings.get(symbol);
        long working = state.working.stream()
                .filter(order -> !order.buy && order.symbol.equals(symbol) && isWorking(order, now))
                .mapToLong(KisState.Working::left)
                .sum();
        return holding == null ? 0 : holding.quantity - working;
    }

    Answer executions(Request request, Instant now) {
        advance(now);
        ObjectNode node = JSON.createObjectNode();
        ArrayNode rows = node.putArray("output1");
        long ordered = 0;
        long filled = 0;
        long amount = 0;
        for (KisState.Working order : state.working) {
            if (!asked(request, order)) {
                continue;
            }
            ordered += order.quantity;
            filled += order.filled;
            amount += order.filled * order.fillPrice;
            rows.add(row(order));
        }
        node.putObject("output2")
                .put("tot_ord_qty", Long.toString(ordered))
                .put("tot_ccld_qty", Long.toString(filled))
                .put("tot_ccld_amt", Long.toString(amount))
                .put("prsm_tlex_smtl", "0")
                .put("pchs_avg_pric", "0.0000");
        pageEnd(node);
        return done(node, "KIOK0510", "조회가 완료되었습니다");
    }

    private static boolean asked(Request request, KisState.Working order) {
        String from = request.parameter("INQR_STRT_DT");
        String to = request.parameter("INQR_END_DT");
        String side = request.parameter("SLL_BUY_DVSN_CD");
        String which = request.parameter("CCLD_DVSN");
        String number = request.parameter("ODNO");
        String symbol = request.parameter("PDNO");
        return (from.isEmpty() || order.date.compareTo(from) >= 0)
                && (to.isEmpty() || order.date.compareTo(to) <= 0)
                && !(side.equals("01") && order.buy)
                && !(side.equals("02") && !order.buy)
                && !(which.equals("01") && order.filled == 0)
                && !(which.equals("02") && order.left() == 0)
                && (number.isEmpty() || number.equals(order.number))
                && (symbol.isEmpty() || symbol.equals(order.symbol));
    }

    private ObjectNode row(KisState.Working order) {
        ObjectNode row = JSON.createObjectNode();
        row.put("ord_dt", order.date).put("ord_gno_brno", BRANCH).put("odno", order.number);
        row.put("orgn_odno", order.original).put("ord_dvsn_name", order.market ? "시장가" : "지정가");
        row.put("sll_buy_dvsn_cd", order.buy ? "02" : "01");
        row.put("sll_buy_dvsn_cd_name", order.buy ? "현금매수" : "현금매도");
        row.put("pdno", order.symbol).put("prdt_name", name(order.symbol));
        row.put("ord_qty", Long.toString(order.quantity)).put("ord_unpr", Long.toString(order.price));
        row.put("ord_tmd", order.time).put("tot_ccld_qty", Long.toString(order.filled));
        row.put("avg_prvs", Long.toString(order.fillPrice));
        row.put("cncl_yn", order.cancelled > 0 ? "Y" : "N");
        row.put("tot_ccld_amt", Long.toString(order.filled * order.fillPrice));
        row.put("cncl_cfrm_qty", Long.toString(order.cancelled));
        row.put("rmn_qty", Long.toString(order.left())).put("rjct_qty", "0");
        row.put("ccld_cndt_name", "없음").put("infm_tmd", "").put("excg_dvsn_cd", "02");
        return row;
    }

    private String name(String symbol) {
        return market.listing(symbol).map(Listing::name).orElse(symbol);
    }

    private static void pageEnd(ObjectNode node) {
        node.put("ctx_area_fk100", " ".repeat(100)).put("ctx_area_nk100", " ".repeat(100));
    }

    Answer balance(Request request, Instant now) {
        if (!request.parameter("INQR_DVSN").equals("01")) {
            return refused(200, "2", "OPSQ2001", "ERROR : INPUT INVALID_CHECK_INQR_DVSN");
        }
        advance(now);
        ObjectNode node = JSON.createObjectNode();
        ArrayNode rows = node.putArray("output1");
        long worth = 0;
        long paid = 0;
        for (var held : state.holdings.entrySet()) {
            KisState.Holding holding = held.getValue();
            long last = market.at(now, held.getKey()).map(Moment::last).orElse(0L);
            long value = last * holding.quantity;
            worth += value;
            paid += holding.cost;
            ObjectNode row = rows.addObject();
            row.put("pdno", held.getKey()).put("prdt_name", name(held.getKey())).put("trad_dvsn_name", "현금");
            row.put("hldg_qty", Long.toString(holding.quantity));
            row.put("ord_psbl_qty", Long.toString(sellable(held.getKey(), now)));
            row.put("pchs_avg_pric", String.format(Locale.ROOT, "%.4f", (double) holding.cost / holding.quantity));
            row.put("pchs_amt", Long.toString(holding.cost)).put("prpr", Long.toString(last));
            row.put("evlu_amt", Long.toString(value)).put("evlu_pfls_amt", Long.toString(value - holding.cost));
            row.put("evlu_pfls_rt", String.format(Locale.ROOT, "%.2f", (value - holding.cost) * 100.0 / holding.cost));
            row.put("loan_dt", "").put("loan_amt", "0");
        }
        String cash = Long.toString(state.cash);
        ObjectNode sum = node.putArray("output2").addObject();
        sum.put("dnca_tot_amt", cash).put("nxdy_excc_amt", cash).put("prvs_rcdl_excc_amt", cash);
        sum.put("thdt_tlex_amt", "0").put("scts_evlu_amt", Long.toString(worth));
        sum.put("tot_evlu_amt", Long.toString(state.cash + worth));
        sum.put("nass_amt", Long.toString(state.cash + worth));
        sum.put("pchs_amt_smtl_amt", Long.toString(paid)).put("evlu_amt_smtl_amt", Long.toString(worth));
        sum.put("evlu_pfls_smtl_amt", Long.toString(worth - paid));
        pageEnd(node);
        return done(node, "KIOK0510", "조회가 완료되었습니다");
    }

    Answer buyable(Request request, Instant now) {
        advance(now);
        boolean atMarket = request.parameter("ORD_DVSN").equals("01");
        Optional<Moment> moment = market.at(now, request.parameter("PDNO"));
        String given = request.parameter("ORD_UNPR");
        if (moment.isEmpty() || !given.matches("\\d{0,12}")) {
            return refused(200, "2", "OPSQ2001", "ERROR : INPUT INVALID_CHECK_PDNO");
        }
        long price = atMarket || given.isEmpty() || Long.parseLong(given) == 0
                ? moment.get().upper()
                : Long.parseLong(given);
        long cash = Math.max(0, free(now));
        long quantity = price == 0 ? 0 : cash / price;
        ObjectNode node = JSON.createObjectNode();
        node.putObject("output")
                .put("ord_psbl_cash", Long.toString(cash))
                .put("psbl_qty_calc_unpr", Long.toString(price))
                .put("nrcvb_buy_amt", Long.toString(cash))
                .put("nrcvb_buy_qty", Long.toString(quantity))
                .put("max_buy_amt", Long.toString(cash))
                .put("max_buy_qty", Long.toString(quantity));
        return done(node, "KIOK0510", "조회가 완료되었습니다");
    }
}
