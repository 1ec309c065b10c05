package io.haetae.local.kis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.local.http.Answer;
import io.haetae.local.market.Moment;
import io.haetae.local.market.SimulatedMarket;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the simulated broker does with orders: takes or refuses them, changes and cancels them, lets them trade. */
final class KisAccount {

    static final String BRANCH = "06010";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HHmmss", Locale.ROOT);

    private final SimulatedMarket market;
    private final TradingCalendar calendar;
    private final KisState state;
    private final KisLedger ledger;
    private final KisMatching matching;
    private final Deque<Answer> refusals = new ArrayDeque<>();
    private boolean changed;

    KisAccount(SimulatedMarket market, TradingCalendar calendar, KisState state, KisLedger ledger) {
        this.market = market;
        this.calendar = calendar;
        this.state = state;
        this.ledger = ledger;
        this.matching = new KisMatching(market, calendar, state, ledger);
    }

    /** True once after something changed. */
    boolean changed() {
        boolean was = changed;
        changed = false;
        return was;
    }

    /** The next order is answered so, and not taken. */
    void refuseNext(Answer answer) {
        refusals.addLast(answer);
    }

    void advance(Instant now) {
        changed |= matching.advance(now);
    }

    Answer order(JsonNode body, boolean buy, Instant now) {
        advance(now);
        Answer refusal = refusals.isEmpty() ? refusal(body, buy, now) : refusals.removeFirst();
        if (refusal != null) {
            return refusal;
        }
        KisState.Working order = placed(now);
        order.symbol = body.path("PDNO").asText();
        order.buy = buy;
        order.market = isAtMarket(body);
        order.quantity = body.path("ORD_QTY").asLong();
        order.price = order.market ? 0 : body.path("ORD_UNPR").asLong();
        advance(now);
        return accepted(order);
    }

    /** A person's order, which nothing refuses. */
    String byHand(String symbol, boolean buy, long quantity, long price, Instant now) {
        advance(now);
        KisState.Working order = placed(now);
        order.byHand = true;
        order.symbol = symbol;
        order.buy = buy;
        order.market = price == 0;
        order.quantity = quantity;
        order.price = price;
        advance(now);
        return order.number;
    }

    /** Trades that much of a working order now, at its limit or, of one at the market, at the last price. */
    void fill(String number, long quantity, Instant now) {
        KisState.Working order = standing(number, now).orElseThrow(() -> notWorking(number));
        long price = order.market ? market.at(now, order.symbol).orElseThrow().last() : order.price;
        ledger.trade(order, Math.min(quantity, order.left()), price, now);
        changed = true;
    }

    /** The exchange refuses what the broker had taken. */
    void reject(String number, Instant now) {
        KisState.Working order = standing(number, now).orElseThrow(() -> notWorking(number));
        order.rejected = order.left();
        changed = true;
    }

    private static IllegalArgumentException notWorking(String number) {
        return new IllegalArgumentException("no order " + number + " is working");
    }

    private KisState.Working placed(Instant now) {
        KisState.Working order = new KisState.Working();
        state.orders++;
        order.number = String.format(Locale.ROOT, "%010d", state.orders);
        order.date = DATE.format(calendar.dateAt(now));
        order.time = CLOCK.format(now.atZone(calendar.zone()));
        order.placedAt = now.toEpochMilli();
        state.working.add(order);
        changed = true;
        return order;
    }

    private static boolean isAtMarket(JsonNode body) {
        return body.path("ORD_DVSN").asText().equals("01");
    }

    private @Nullable Answer refusal(JsonNode body, boolean buy, Instant now) {
        String symbol = body.path("PDNO").asText();
        long quantity = body.path("ORD_QTY").asLong();
        Answer wrong = wrongCaller(body);
        if (wrong != null) {
            return wrong;
        }
        if (!isTaking(now)) {
            return KisLists.refused(200, "1", "APBK0918", "장운영시간이 아닙니다.");
        }
        Optional<Moment> found = market.at(now, symbol);
        if (found.isEmpty() || found.get().halted()) {
            return KisLists.refused(200, "1", "APBK0918", "거래할 수 없는 종목입니다.");
        }
        if (quantity <= 0) {
            return KisLists.refused(200, "1", "APBK0918", "주문수량을 확인하세요.");
        }
        Moment moment = found.get();
        long price = isAtMarket(body) ? moment.upper() : body.path("ORD_UNPR").asLong();
        if (price < moment.lower() || price > moment.upper() || !moment.onGrid(price)) {
            return KisLists.refused(200, "1", "APBK0918", "주문단가 오류입니다. 호가단위와 상하한가를 확인하세요.");
        }
        if (buy && ledger.withCommission(quantity * price) > free(now)) {
            return KisLists.refused(200, "7", "APBK0952", "주문가능금액을 초과 했습니다");
        }
        return !buy && quantity > sellable(symbol, now)
                ? KisLists.refused(200, "1", "APBK0400", "주문 가능한 수량을 초과 했습니다")
                : null;
    }

    /** Keys are capitals and values strings, and the account is the one there is. */
    private static @Nullable Answer wrongCaller(JsonNode body) {
        String account =
                body.path("CANO").asText() + "-" + body.path("ACNT_PRDT_CD").asText();
        for (JsonNode value : body) {
            if (!value.isTextual()) {
                return KisLists.refused(200, "2", "OPSQ2001", "ERROR : INPUT INVALID_CHECK_TYPE");
            }
        }
        return account.equals(KisSimulator.ACCOUNT)
                ? null
                : KisLists.refused(200, "2", "OPSQ2000", "ERROR : INPUT INVALID_CHECK_ACNO");
    }

    private boolean isTaking(Instant now) {
        Optional<Session> session = calendar.session(calendar.dateAt(now));
        return session.isPresent()
                && !now.isBefore(session.get().orderAcceptance())
                && now.isBefore(session.get().close());
    }

    private static Answer accepted(KisState.Working order) {
        ObjectNode node = JSON.createObjectNode();
        node.putObject("output")
                .put("KRX_FWDG_ORD_ORGNO", BRANCH)
                .put("ODNO", order.number)
                .put("ORD_TMD", order.time);
        return KisLists.done(node, "APBK0013", "주문 전송 완료 되었습니다.");
    }

    /** Cancels, or changes the price of what is left: either is a number of its own. */
    Answer change(JsonNode body, Instant now) {
        advance(now);
        Answer wrong = wrongCaller(body);
        if (wrong != null) {
            return wrong;
        }
        Optional<KisState.Working> found = standing(body.path("ORGN_ODNO").asText(), now);
        long part = found.map(order -> part(body, order)).orElse(0L);
        if (part <= 0 || !body.path("KRX_FWDG_ORD_ORGNO").asText().equals(BRANCH)) {
            return KisLists.refused(200, "1", "APBK0918", "정정취소할 수량이 없습니다.");
        }
        KisState.Working order = found.orElseThrow();
        boolean cancel = body.path("RVSE_CNCL_DVSN_CD").asText().equals("02");
        long price = body.path("ORD_UNPR").asLong();
        Moment moment = market.at(now, order.symbol).orElseThrow();
        if (!cancel && (price < moment.lower() || price > moment.upper() || !moment.onGrid(price))) {
            return KisLists.refused(200, "1", "APBK0918", "주문단가 오류입니다. 호가단위와 상하한가를 확인하세요.");
        }
        KisState.Working next = replacing(order, part, cancel, now);
        if (!cancel) {
            order.amended += part;
            next.price = price;
        }
        advance(now);
        return accepted(next);
    }

    private KisState.Working replacing(KisState.Working order, long part, boolean cancel, Instant now) {
        KisState.Working next = placed(now);
        next.original = order.number;
        next.symbol = order.symbol;
        next.buy = order.buy;
        next.quantity = part;
        next.cancel = cancel;
        if (cancel) {
            order.cancelled += part;
            next.cancelled = part;
        }
        return next;
    }

    /** A person cancels all that is left of an order; false when nothing is. */
    boolean cancelByHand(String number, Instant now) {
        advance(now);
        Optional<KisState.Working> standing = standing(number, now);
        standing.ifPresent(order -> replacing(order, order.left(), true, now).byHand = true);
        return standing.isPresent();
    }

    private static long part(JsonNode body, KisState.Working order) {
        boolean all = body.path("QTY_ALL_ORD_YN").asText().equals("Y");
        return all ? order.left() : Math.min(order.left(), body.path("ORD_QTY").asLong());
    }

    private Optional<KisState.Working> standing(String number, Instant now) {
        return state.working.stream()
                .filter(order -> order.number.equals(number) && matching.isWorking(order, now))
                .findFirst();
    }

    /** Cash that no working buy holds; a buy at the market holds the highest price of its day. */
    long free(Instant now) {
        long held = 0;
        for (KisState.Working order : state.working) {
            if (order.buy && matching.isWorking(order, now)) {
                long price = order.market
                        ? market.at(now, order.symbol).map(Moment::upper).orElse(0L)
                        : order.price;
                held += ledger.withCommission(order.left() * price);
            }
        }
        return state.cash - held;
    }

    /** As many as can be paid for at that price. */
    long affordable(long price, Instant now) {
        long cash = Math.max(0, free(now));
        long quantity = price <= 0 ? 0 : cash / price;
        while (quantity > 0 && ledger.withCommission(quantity * price) > cash) {
            quantity--;
        }
        return quantity;
    }

    long sellable(String symbol, Instant now) {
        KisState.Holding holding = state.holdings.get(symbol);
        long working = state.working.stream()
                .filter(order -> !order.buy && order.symbol.equals(symbol) && matching.isWorking(order, now))
                .mapToLong(KisState.Working::left)
                .sum();
        return holding == null ? 0 : Math.max(0, holding.quantity - working);
    }
}
