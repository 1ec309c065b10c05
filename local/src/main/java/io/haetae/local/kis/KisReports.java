package io.haetae.local.kis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.calendar.TradingCalendar;
import io.haetae.local.http.Answer;
import io.haetae.local.http.Request;
import io.haetae.local.market.Listing;
import io.haetae.local.market.Moment;
import io.haetae.local.market.SimulatedMarket;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the simulated broker says of its account: orders, holdings, money, and what could be bought or sold. */
final class KisReports {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;

    private final SimulatedMarket market;
    private final TradingCalendar calendar;
    private final KisState state;
    private final KisLedger ledger;
    private final KisAccount account;
    private final KisLists lists;
    private final boolean paper;

    KisReports(
            SimulatedMarket market,
            TradingCalendar calendar,
            KisState state,
            KisLedger ledger,
            KisAccount account,
            KisLists lists,
            boolean paper) {
        this.market = market;
        this.calendar = calendar;
        this.state = state;
        this.ledger = ledger;
        this.account = account;
        this.lists = lists;
        this.paper = paper;
    }

    int ordersOnPage() {
        return paper ? 15 : 100;
    }

    Answer executions(Request request, Instant now) {
        account.advance(now);
        List<ObjectNode> rows = new ArrayList<>();
        long ordered = 0;
        long filled = 0;
        long amount = 0;
        for (KisState.Working order : state.working) {
            if (isAsked(request, order)) {
                ordered += order.quantity;
                filled += order.filled;
                amount += order.amount;
                rows.add(row(order));
            }
        }
        if (request.parameter("INQR_DVSN").equals("00")) {
            Collections.reverse(rows);
        }
        ObjectNode sums = JSON.createObjectNode();
        sums.put("tot_ord_qty", Long.toString(ordered)).put("tot_ccld_qty", Long.toString(filled));
        sums.put("tot_ccld_amt", Long.toString(amount)).put("prsm_tlex_smtl", "0");
        sums.put("pchs_avg_pric", "0.0000");
        return lists.page(request, rows, sums, ordersOnPage());
    }

    private static boolean isAsked(Request request, KisState.Working order) {
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
        row.put("ord_dt", order.date).put("ord_gno_brno", KisAccount.BRANCH).put("odno", order.number);
        row.put("orgn_odno", order.original).put("ord_dvsn_name", order.market ? "시장가" : "지정가");
        row.put("sll_buy_dvsn_cd", order.buy ? "02" : "01").put("sll_buy_dvsn_cd_name", word(order));
        row.put("pdno", order.symbol).put("prdt_name", name(order.symbol));
        row.put("ord_qty", Long.toString(order.quantity)).put("ord_unpr", Long.toString(order.price));
        row.put("ord_tmd", order.time).put("tot_ccld_qty", Long.toString(order.filled));
        row.put("avg_prvs", average(order.amount, order.filled, 0));
        row.put("cncl_yn", order.cancelled > 0 ? "Y" : "N");
        row.put("tot_ccld_amt", Long.toString(order.amount)).put("loan_dt", "");
        row.put("ord_dvsn_cd", order.market ? "01" : "00");
        row.put("cncl_cfrm_qty", Long.toString(order.cancelled));
        row.put("rmn_qty", Long.toString(order.left())).put("rjct_qty", Long.toString(order.rejected));
        row.put("ccld_cndt_name", "없음").put("infm_tmd", order.informed).put("excg_dvsn_cd", "02");
        return row.put("excg_id_dvsn_cd", "KRX");
    }

    /** The asterisk says that a change was carried out. */
    private static String word(KisState.Working order) {
        String side = order.buy ? "매수" : "매도";
        if (!order.original.isEmpty()) {
            return side + (order.cancel ? "취소*" : "정정*");
        }
        return "현금" + side + (order.rejected > 0 ? "거부" : "");
    }

    private static String average(long amount, long quantity, int decimals) {
        return quantity == 0
                ? "0"
                : BigDecimal.valueOf(amount)
                        .divide(BigDecimal.valueOf(quantity), decimals, RoundingMode.HALF_UP)
                        .toPlainString();
    }

    private String name(String symbol) {
        return market.listing(symbol).map(Listing::name).orElse(symbol);
    }

    Answer balance(Request request, Instant now) {
        if (!request.parameter("INQR_DVSN").equals("01")) {
            return KisLists.refused(200, "2", "OPSQ2001", "ERROR : INPUT INVALID_CHECK_INQR_DVSN");
        }
        account.advance(now);
        LocalDate today = calendar.dateAt(now);
        List<ObjectNode> rows = new ArrayList<>();
        long worth = 0;
        long paid = 0;
        for (Map.Entry<String, KisState.Holding> held : state.holdings.entrySet()) {
            KisState.Holding holding = held.getValue();
            if (holding.quantity == 0 && !ledger.isSettling(holding, today)) {
                continue;
            }
            long last = market.at(now, held.getKey()).map(Moment::last).orElse(0L);
            worth += last * holding.quantity;
            paid += holding.cost;
            rows.add(row(held.getKey(), holding, last, now));
        }
        return lists.page(request, rows, sums(today, worth, paid), paper ? 20 : 50);
    }

    private ObjectNode row(String symbol, KisState.Holding holding, long last, Instant now) {
        long value = last * holding.quantity;
        ObjectNode row = JSON.createObjectNode();
        row.put("pdno", symbol).put("prdt_name", name(symbol)).put("trad_dvsn_name", "현금");
        row.put("hldg_qty", Long.toString(holding.quantity));
        row.put("ord_psbl_qty", Long.toString(account.sellable(symbol, now)));
        row.put("pchs_avg_pric", average(holding.cost, holding.quantity, 4));
        row.put("pchs_amt", Long.toString(holding.cost)).put("prpr", Long.toString(last));
        row.put("evlu_amt", Long.toString(value)).put("evlu_pfls_amt", Long.toString(value - holding.cost));
        row.put("evlu_pfls_rt", average((value - holding.cost) * 100, holding.cost, 2));
        return row.put("loan_dt", "").put("loan_amt", "0");
    }

    /** The deposit of today is before the trades of the last two sessions are settled. */
    private ArrayNode sums(LocalDate today, long worth, long paid) {
        ArrayNode sums = JSON.createArrayNode();
        ObjectNode sum = sums.addObject();
        sum.put("dnca_tot_amt", Long.toString(ledger.deposit(today, 2)));
        sum.put("nxdy_excc_amt", Long.toString(ledger.deposit(today, 1)));
        sum.put("prvs_rcdl_excc_amt", Long.toString(ledger.deposit(today, 0)));
        String date = DATE.format(today);
        sum.put("thdt_buy_amt", Long.toString(traded(date, true)));
        sum.put("thdt_sll_amt", Long.toString(traded(date, false)));
        long charges = state.working.stream()
                .filter(order -> order.date.equals(date))
                .mapToLong(order -> order.charges)
                .sum();
        sum.put("thdt_tlex_amt", Long.toString(charges)).put("tot_loan_amt", "0");
        sum.put("scts_evlu_amt", Long.toString(worth));
        sum.put("tot_evlu_amt", Long.toString(state.cash + worth));
        sum.put("nass_amt", Long.toString(state.cash + worth));
        sum.put("pchs_amt_smtl_amt", Long.toString(paid)).put("evlu_amt_smtl_amt", Long.toString(worth));
        sum.put("evlu_pfls_smtl_amt", Long.toString(worth - paid));
        return sums;
    }

    private long traded(String date, boolean buy) {
        return state.working.stream()
                .filter(order -> order.date.equals(date) && order.buy == buy)
                .mapToLong(order -> order.amount)
                .sum();
    }

    /** Without a share only the amount is told. */
    Answer buyable(Request request, Instant now) {
        account.advance(now);
        String symbol = request.parameter("PDNO");
        String given = request.parameter("ORD_UNPR");
        Optional<Moment> moment = market.at(now, symbol);
        if ((moment.isEmpty() && !symbol.isEmpty()) || !given.matches("\\d{0,12}")) {
            return KisLists.refused(200, "2", "OPSQ2001", "ERROR : INPUT INVALID_CHECK_PDNO");
        }
        boolean atMarket = request.parameter("ORD_DVSN").equals("01") || given.isEmpty() || Long.parseLong(given) == 0;
        long price = atMarket ? moment.map(Moment::upper).orElse(0L) : Long.parseLong(given);
        String cash = Long.toString(Math.max(0, account.free(now)));
        String quantity = Long.toString(account.affordable(price, now));
        ObjectNode node = JSON.createObjectNode();
        node.putObject("output")
                .put("ord_psbl_cash", cash)
                .put("psbl_qty_calc_unpr", Long.toString(price))
                .put("nrcvb_buy_amt", cash)
                .put("nrcvb_buy_qty", quantity)
                .put("max_buy_amt", cash)
                .put("max_buy_qty", quantity);
        return KisLists.done(node, "KIOK0510", "조회가 완료되었습니다");
    }

    Answer sellable(Request request, Instant now) {
        account.advance(now);
        ObjectNode node = JSON.createObjectNode();
        node.putObject("output")
                .put("pdno", request.parameter("PDNO"))
                .put("ord_psbl_qty", Long.toString(account.sellable(request.parameter("PDNO"), now)));
        return KisLists.done(node, "KIOK0510", "조회가 완료되었습니다");
    }
}
