package io.haetae.kis;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.http.OrderSender;
import io.haetae.kis.KisClient.Query;
import io.haetae.kis.KisOrderAnswer.Verdict;
import io.haetae.market.Charges;
import io.haetae.market.Costs;
import io.haetae.market.InstrumentId;
import io.haetae.market.Venue;
import io.haetae.order.Broker;
import io.haetae.order.BrokerOrder;
import io.haetae.order.Execution;
import io.haetae.order.Funds;
import io.haetae.order.Holding;
import io.haetae.order.Order;
import io.haetae.order.OrderType;
import io.haetae.order.Side;
import io.haetae.portfolio.AccountId;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An account at Korea Investment and Securities, in its real environment or in its paper one.
 *
 * <p>The broker carries no name of ours with an order: one whose answer was lost is told by what it is. Its acceptance of a
 * cancel is no proof either, for the order may trade meanwhile: a cancel counts when the list shows the order ended. What a
 * trade costs is charged when it is settled and not told by order; it is computed here, and the broker's cash corrects it.
 */
public final class KisBroker implements Broker {

    private static final String ORDER = "trading/order-cash";
    private static final String CHANGE = "trading/order-rvsecncl";
    private static final DateTimeFormatter DATE = DateTimeFormatter.BASIC_ISO_DATE;
    private static final String EXCHANGE = "KRX";

    /** Its lists may lag behind what it answered; nobody says by how much. */
    private static final Duration LAG = Duration.ofSeconds(30);

    private static final List<Duration> POLLS =
            List.of(Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(8));
    private static final int CANCEL_LOOKS = 4;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** The query for orders of the last three months; older ones have one of their own. */
    private static final int RECENT_MONTHS = 3;

    private final KisClient client;
    private final KisAccountNumber account;
    private final boolean paper;
    private final TradingCalendar calendar;
    private final Costs costs;
    private final KisOrders orders;
    private final Duration callTimeout;
    private final TimeSource time;

    /**
     * @param client for that environment
     * @param paper the broker's paper environment, which has its own transaction names, shorter pages and fewer questions
     * @param calendar of the Korea Exchange
     * @param sender {@link #sender()}, but for tests
     */
    public KisBroker(
            KisClient client,
            KisAccountNumber account,
            boolean paper,
            TradingCalendar calendar,
            Costs costs,
            OrderSender sender,
            TimeSource time) {
        this.client = client;
        this.account = account;
        this.paper = paper;
        this.calendar = calendar;
        this.costs = costs;
        this.orders = new KisOrders(client, sender, time);
        this.callTimeout = sender.callTimeout();
        this.time = time;
    }

    /** With the waits that orders need here. */
    public static OrderSender sender() {
        return new OrderSender(Duration.ofSeconds(3), Duration.ofSeconds(15));
    }

    @Override
    public Traits traits() {
        return new Traits(callTimeout, LAG, false, false, true, POLLS);
    }

    @Override
    public boolean refusesOverselling(InstrumentId instrument) {
        return true;
    }

    private interface Question<T> {
        T ask() throws KisException, InterruptedException;
    }

    private <T> Read<T> reading(Question<List<T>> question) {
        try {
            return new Read.Complete<>(question.ask());
        } catch (KisException e) {
            return new Read.Failed<>(said(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Read.Failed<>("asked to stop while asking KIS");
        }
    }

    private String said(KisException e) {
        return account.hide(String.valueOf(e.getMessage()));
    }

    // Questions before an order.

    @Override
    public Precheck precheck(Order order) {
        if (!isWhole(order)) {
            return new Precheck.Refused("NOT_WHOLE", "shares and won are whole numbers");
        }
        try {
            long most = order.side() == Side.BUY ? buyable(order) : sellable(order.instrument());
            String note = "the broker lets " + most + " be " + (order.side() == Side.BUY ? "bought" : "sold");
            return BigDecimal.valueOf(most).compareTo(order.quantity()) >= 0
                    ? new Precheck.Passed(note)
                    : new Precheck.Refused(
                            order.side() == Side.BUY ? "BUYING_POWER" : "SELLABLE",
                            note + ", not " + order.quantity().toPlainString());
        } catch (KisException e) {
            // A sale may be a stop: a question that was refused says nothing against it.
            return e.kind() == KisException.Kind.REJECTED && order.side() == Side.BUY
                    ? new Precheck.Refused(e.code(), said(e))
                    : new Precheck.Failed(said(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Precheck.Failed("asked to stop while asking KIS");
        }
    }

    private static boolean isWhole(Order order) {
        return order.quantity().stripTrailingZeros().scale() <= 0
                && order.quantity().signum() > 0
                && (order.type() == OrderType.MARKET
                        || (order.price().signum() > 0
                                && order.price().stripTrailingZeros().scale() <= 0));
    }

    /** Without borrowed money. At the market the broker holds the day's highest price against the cash. */
    private long buyable(Order order) throws KisException, InterruptedException {
        return buyingPower(order.instrument().code(), price(order), division(order))
                .count("nrcvb_buy_qty");
    }

    private KisAnswer buyingPower(String symbol, String price, String division)
            throws KisException, InterruptedException {
        Map<String, String> asked = parameters();
        asked.put("PDNO", symbol);
        asked.put("ORD_UNPR", price.equals("0") ? "" : price);
        asked.put("ORD_DVSN", division);
        asked.put("CMA_EVLU_AMT_ICLD_YN", "N");
        asked.put("OVRS_ICLD_YN", "N");
        return client.page(query("inquire-psbl-order", "TTTC8908R", asked), "")
                .answer()
                .inside("output");
    }

    private long sellable(InstrumentId instrument) throws KisException, InterruptedException {
        if (paper) {
            return balance().holdings().stream()
                    .filter(holding -> holding.instrument().equals(instrument))
                    .mapToLong(holding -> holding.sellable().longValueExact())
                    .sum();
        }
        Map<String, String> asked = parameters();
        asked.put("PDNO", instrument.code());
        KisAnswer answer =
                client.page(query("inquire-psbl-sell", "TTTC8408R", asked), "").answer();
        // The broker's own document calls it output1.
        return answer.inside(answer.field("output").isObject() ? "output" : "output1")
                .count("ord_psbl_qty");
    }

    // What trades.

    @Override
    public Placement place(Order order) {
        Instant sendBy = order.sendBy();
        if (sendBy == null || !time.now().isBefore(sendBy)) {
            return Placement.Rejected.unjudged("TOO_LATE", "came at " + time.now() + ", to be sent before " + sendBy);
        }
        if (order.instrument().venue() != Venue.KIS || !isWhole(order)) {
            return new Placement.Rejected("NOT_WHOLE", "shares of the Exchange and won are whole numbers");
        }
        Map<String, String> body = parameters();
        body.put("PDNO", order.instrument().code());
        body.put("ORD_DVSN", division(order));
        body.put("ORD_QTY", order.quantity().toBigIntegerExact().toString());
        body.put("ORD_UNPR", price(order));
        body.put("EXCG_ID_DVSN_CD", EXCHANGE);
        if (order.side() == Side.SELL) {
            body.put("SLL_TYPE", "01");
        }
        String transaction = order.side() == Side.BUY ? "TTTC0012U" : "TTTC0011U";
        return placement(orders.send(ORDER, transaction(transaction), body, sendBy));
    }

    private Placement placement(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Taken(String number) -> new Placement.Accepted(KisOrderRow.id(today(), number));
            case Verdict.Refused(String code, String text) -> new Placement.Rejected(code, account.hide(text));
            case Verdict.Throttled(String code, String text) -> Placement.Rejected.unjudged(code, account.hide(text));
            case Verdict.TokenRefused(String code, String text) ->
                Placement.Rejected.unjudged(code, account.hide(text));
            case Verdict.Unjudged(String code, String text) -> Placement.Rejected.unjudged(code, account.hide(text));
            case Verdict.Unsure(String cause) -> new Placement.Unknown(account.hide(cause), Optional.empty());
        };
    }

    private LocalDate today() {
        return time.now().atZone(KisOrderRow.SEOUL).toLocalDate();
    }

    private static String division(Order order) {
        return switch (order.type()) {
            case LIMIT -> "00";
            case MARKET -> "01";
        };
    }

    private static String price(Order order) {
        return switch (order.type()) {
            case LIMIT -> order.price().toBigIntegerExact().toString();
            case MARKET -> "0";
        };
    }

    @Override
    public Cancellation cancel(Order order) {
        String id = order.brokerId();
        if (id == null) {
            return new Cancellation.Refused("the broker's number of it is not known");
        }
        try {
            Optional<KisOrderRow> row = ended(order, id);
            if (row.isEmpty()) {
                return new Cancellation.Confirmed();
            }
            Map<String, String> body = change(row.get(), "02", division(order), "0");
            Verdict verdict = orders.send(CHANGE, transaction("TTTC0013U"), body, Instant.MAX);
            return cancelled(order, id, verdict);
        } catch (KisException e) {
            return new Cancellation.Unknown(said(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Cancellation.Unknown("asked to stop while cancelling");
        }
    }

    /** What the list shows after the asking; a refusal means "nothing left to cancel" as often as anything else. */
    private Cancellation cancelled(Order order, String id, Verdict verdict) throws KisException, InterruptedException {
        for (int look = 1; look <= CANCEL_LOOKS; look++) {
            if (ended(order, id).isEmpty()) {
                return new Cancellation.Confirmed();
            }
            switch (verdict) {
                case Verdict.Refused(String code, String text) -> {
                    return new Cancellation.Refused(account.hide(code + " " + text));
                }
                case Verdict.Unjudged(String code, String text) -> {
                    return new Cancellation.Refused(account.hide(code + " " + text));
                }
                case Verdict.Taken _, Verdict.Unsure _, Verdict.Throttled _, Verdict.TokenRefused _ ->
                    time.sleepUntil(time.now().plus(BETWEEN_LOOKS));
            }
        }
        return new Cancellation.Unknown(
                verdict instanceof Verdict.Unsure(String cause)
                        ? account.hide(cause)
                        : "the broker took the cancel and does not show the order ended");
    }

    /** Empty when the order has ended; its row while it works. */
    private Optional<KisOrderRow> ended(Order order, String id) throws KisException, InterruptedException {
        KisOrderList list = list(order.intent().session());
        KisOrderRow row = list.row(id)
                .orElseThrow(() -> new KisException(
                        KisException.Kind.MALFORMED, "", "KIS inquire-daily-ccld: does not show order " + id));
        return list.state(row) == BrokerOrder.State.WORKING ? Optional.of(row) : Optional.empty();
    }

    /**
     * Gives what is left of a working order another limit, which makes it another order at the broker. The desk cancels and
     * intends anew instead: an order has one name at the broker, and another limit is another decision.
     *
     * @param limit whole won
     * @param sendBy nothing is sent at or after this moment
     * @return Accepted with the number of the order that took its place
     */
    public Placement amend(Order order, BigDecimal limit, Instant sendBy) {
        String id = order.brokerId();
        if (id == null) {
            return Placement.Rejected.unjudged("NO_NUMBER", "the broker's number of it is not known");
        }
        try {
            Optional<KisOrderRow> row = ended(order, id);
            if (row.isEmpty()) {
                return new Placement.Rejected("ENDED", "there is nothing left of it");
            }
            Map<String, String> body =
                    change(row.get(), "01", "00", limit.toBigIntegerExact().toString());
            return placement(orders.send(CHANGE, transaction("TTTC0013U"), body, sendBy));
        } catch (KisException e) {
            return Placement.Rejected.unjudged("NOT_SENT", said(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Placement.Rejected.unjudged("INTERRUPTED", "asked to stop before it was sent");
        }
    }

    /** All that is left of the order is changed. */
    private Map<String, String> change(KisOrderRow row, String kind, String division, String price) {
        Map<String, String> body = parameters();
        body.put("KRX_FWDG_ORD_ORGNO", row.branch());
        body.put("ORGN_ODNO", row.number());
        body.put("ORD_DVSN", division);
        body.put("RVSE_CNCL_DVSN_CD", kind);
        body.put("ORD_QTY", "0");
        body.put("ORD_UNPR", price);
        body.put("QTY_ALL_ORD_YN", "Y");
        body.put("EXCG_ID_DVSN_CD", EXCHANGE);
        return body;
    }

    // What became of it.

    @Override
    public Read<BrokerOrder> orders(AccountId book, LocalDate session) {
        return reading(() -> list(session).orders());
    }

    @Override
    public Read<Execution> executions(AccountId book, LocalDate session) {
        return reading(() -> {
            List<Execution> totals = new ArrayList<>();
            for (KisOrderRow row : list(session).traded()) {
                totals.add(total(row));
            }
            return totals;
        });
    }

    private Execution.Total total(KisOrderRow row) {
        InstrumentId instrument = new InstrumentId(Venue.KIS, row.symbol());
        // One unit at the price of all: the average price need not be a decimal that ends.
        Charges charges =
                switch (row.side()) {
                    case BUY -> costs.buying(instrument, BigDecimal.ONE, row.amount(), row.date());
                    case SELL -> costs.selling(instrument, BigDecimal.ONE, row.amount(), row.date());
                };
        return new Execution.Total(
                row.id(),
                BigDecimal.valueOf(row.filled()),
                row.amount(),
                BigDecimal.ONE,
                charges.commission(),
                charges.tax(),
                row.informedAt());
    }

    /** The whole list, also to find one order in it: what became of it may stand in another row. */
    private KisOrderList list(LocalDate session) throws KisException, InterruptedException {
        boolean recent = !session.isBefore(today().minusMonths(RECENT_MONTHS));
        Map<String, String> asked = parameters();
        asked.put("INQR_STRT_DT", session.format(DATE));
        asked.put("INQR_END_DT", session.format(DATE));
        asked.put("SLL_BUY_DVSN_CD", "00");
        asked.put("PDNO", "");
        asked.put("ORD_GNO_BRNO", "");
        asked.put("ODNO", "");
        asked.put("CCLD_DVSN", "00");
        // Oldest first: an order that comes between two pages stands on the last one.
        asked.put("INQR_DVSN", "01");
        asked.put("INQR_DVSN_1", "");
        asked.put("INQR_DVSN_3", "00");
        asked.put("EXCG_ID_DVSN_CD", paper ? EXCHANGE : "ALL");
        String transaction = recent ? "TTTC0081R" : "CTSC9215R";
        KisPages pages = KisPages.read(client, query("inquire-daily-ccld", transaction, asked), paper ? 15 : 100);
        Instant judged = time.now().minus(LAG);
        return KisOrderList.of(
                pages,
                session,
                close(session).map(close -> !judged.isBefore(close)).orElse(session.isBefore(today())));
    }

    private Optional<Instant> close(LocalDate session) {
        return calendar.session(session).map(Session::close);
    }

    @Override
    public Read<Holding> holdings(AccountId book) {
        return reading(() -> balance().holdings());
    }

    @Override
    public Read<Funds> funds(AccountId book) {
        return reading(() -> {
            KisBalance balance = balance();
            BigDecimal cash = balance.settledCash();
            BigDecimal equity = cash.subtract(balance.borrowed());
            for (KisBalance.Row row : balance.rows()) {
                equity = equity.add(row.worth().signum() > 0 ? row.worth() : worth(row));
            }
            // Neither share nor price: the amount alone.
            BigDecimal power = buyingPower("", "", "00").amount("nrcvb_buy_amt");
            return List.of(new Funds(cash, power, equity));
        });
    }

    /** Before the open the balance has no prices: what is held is worth its last one. */
    private BigDecimal worth(KisBalance.Row row) throws KisException, InterruptedException {
        KisPrice price = client.price(row.symbol());
        Long won = price.last() == null ? price.base() : price.last();
        if (won == null) {
            throw new KisException(
                    KisException.Kind.MALFORMED, "", "KIS inquire-balance: " + row.symbol() + " has no price");
        }
        return BigDecimal.valueOf(won).multiply(BigDecimal.valueOf(row.quantity()));
    }

    private KisBalance balance() throws KisException, InterruptedException {
        Map<String, String> asked = parameters();
        asked.put("AFHR_FLPR_YN", "N");
        asked.put("OFL_YN", "");
        asked.put("INQR_DVSN", "01");
        asked.put("UNPR_DVSN", "01");
        asked.put("FUND_STTL_ICLD_YN", "N");
        asked.put("FNCG_AMT_AUTO_RDPT_YN", "N");
        asked.put("PRCS_DVSN", "00");
        return KisBalance.of(KisPages.read(client, query("inquire-balance", "TTTC8434R", asked), paper ? 20 : 50));
    }

    private Query query(String api, String transaction, Map<String, String> asked) {
        return new Query("KIS " + api, "trading/" + api, transaction(transaction), asked);
    }

    /** The paper environment's names differ in the first letter. */
    private String transaction(String real) {
        return paper ? "V" + real.substring(1) : real;
    }

    private Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("CANO", account.number());
        parameters.put("ACNT_PRDT_CD", account.product());
        return parameters;
    }
}
