package io.haetae.kis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.calendar.XkrxCalendar;
import io.haetae.config.KeptSecrets;
import io.haetae.http.CountingServer;
import io.haetae.http.OrderSender;
import io.haetae.market.InstrumentId;
import io.haetae.market.KrxCosts;
import io.haetae.market.KrxMarket;
import io.haetae.market.KrxTradeRules;
import io.haetae.market.Venue;
import io.haetae.order.Broker.Cancellation;
import io.haetae.order.Broker.Placement;
import io.haetae.order.Broker.Precheck;
import io.haetae.order.Broker.Read;
import io.haetae.order.BrokerOrder;
import io.haetae.order.BrokerOrder.State;
import io.haetae.order.Execution;
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
import io.haetae.store.MemoryStore;
import io.haetae.store.SecretLeases;
import io.haetae.time.VirtualTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The broker's wire, word by word; how it behaves as a whole is held by the conformance suite of all brokers. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class KisBrokerTest {

    private static final LocalDate SESSION = LocalDate.of(2026, 3, 6);
    private static final Instant TEN = Instant.parse("2026-03-06T01:00:00Z");
    private static final Instant SEND_BY = TEN.plusSeconds(300);
    private static final AccountId ACCOUNT = new AccountId(Mode.LIVE, Venue.KIS, "someone", "KRW");
    private static final KisAccountNumber NUMBER = new KisAccountNumber("31415926", "01");
    private static final InstrumentId SHARE = new InstrumentId(Venue.KIS, "000430");
    private static final OrderSender SENDER = new OrderSender(Duration.ofSeconds(5), Duration.ofSeconds(10));
    private static final String TAKEN =
            "{\"rt_cd\":\"0\",\"msg_cd\":\"APBK0013\",\"msg1\":\"ok\",\"output\":{\"KRX_FWDG_ORD_ORGNO\":\"91252\",\"ODNO\":\"0000000777\",\"ORD_TMD\":\"100001\"}}";

    private final VirtualTime time = new VirtualTime(TEN);
    private final FakeKis kis = new FakeKis(time::now);
    private final KisBroker broker = broker(kis.client(time), false);
    private final KisBroker onPaper = broker(kis.client(time), true);

    @AfterEach
    void stop() {
        kis.close();
    }

    private KisBroker broker(KisClient client, boolean paper) {
        KrxTradeRules rules =
                new KrxTradeRules(new KrxCosts(XkrxCalendar.bundled()), _ -> Optional.of(KrxMarket.KOSPI));
        return new KisBroker(client, NUMBER, paper, XkrxCalendar.bundled(), rules, SENDER, time);
    }

    private static Order order(Side side, OrderType type, String quantity, String price, @Nullable String brokerId) {
        Purpose purpose = side == Side.BUY ? Purpose.ENTRY : Purpose.EXIT;
        return new Order(
                "an-intent",
                new Intent(ACCOUNT, SESSION, "test", SHARE, side, purpose, "cause", 0),
                type,
                TimeInForce.DAY,
                new BigDecimal(price),
                new BigDecimal(quantity),
                BigDecimal.ONE,
                BigDecimal.ZERO,
                new Validity(
                        Instant.parse("2026-03-06T00:00:00Z"),
                        Instant.parse("2026-03-06T06:30:00Z"),
                        Instant.parse("2026-03-06T06:30:00Z")),
                new ExitTerms(BigDecimal.TEN, BigDecimal.TEN, BigDecimal.TEN),
                null,
                "a test",
                OrderState.SENDING,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                brokerId,
                null,
                "",
                TEN,
                SEND_BY,
                TEN,
                1,
                1,
                Set.of());
    }

    private static Order buy() {
        return order(Side.BUY, OrderType.LIMIT, "3", "71200", null);
    }

    private static String row(String number, String... changes) {
        String row = """
                {"ord_dt":"20260306","ord_gno_brno":"06010","odno":"%s","orgn_odno":"0000000000","ord_dvsn_name":"지정가","ord_dvsn_cd":"00",\
                "sll_buy_dvsn_cd":"02","sll_buy_dvsn_cd_name":"현금매수","pdno":"000430","ord_qty":"10","ord_unpr":"71200",\
                "ord_tmd":"100001","tot_ccld_qty":"0","avg_prvs":"0","cncl_yn":"N","tot_ccld_amt":"0","cncl_cfrm_qty":"0",\
                "rmn_qty":"10","rjct_qty":"0","infm_tmd":""}""".formatted(number);
        for (String change : changes) {
            String name = change.substring(0, change.indexOf('='));
            row = row.replaceFirst(
                    "\"" + name + "\":\"[^\"]*\"", "\"" + name + "\":\"" + change.substring(name.length() + 1) + "\"");
        }
        return row;
    }

    private static String orders(String... rows) {
        return "{\"rt_cd\":\"0\",\"msg_cd\":\"KIOK0510\",\"ctx_area_fk100\":\"f \",\"ctx_area_nk100\":\"n \",\"output1\":["
                + String.join(",", rows) + "],\"output2\":{\"tot_ord_qty\":\"0\"}}";
    }

    private List<BrokerOrder> read(String... rows) {
        kis.answers.clear();
        kis.answers.add(FakeKis.Scripted.page(orders(rows), "D"));
        return complete(broker.orders(ACCOUNT, SESSION));
    }

    private static <T> List<T> complete(Read<T> read) {
        assertThat(read).isInstanceOf(Read.Complete.class);
        return ((Read.Complete<T>) read).rows();
    }

    private static String cause(Read<?> read) {
        assertThat(read).isInstanceOf(Read.Failed.class);
        return ((Read.Failed<?>) read).cause();
    }

    // An order is one POST.

    private Placement place(CountingServer server) {
        KeptSecrets secrets = new KeptSecrets();
        KisKeys keys = new KisKeys("app-key-of-ours", "app-secret-of-ours");
        secrets.put(KisToken.SECRET, KisToken.kept(server.base(), keys, "first", time.now(), Duration.ofHours(24)));
        KisToken token = new KisToken(
                KisClient.http(),
                server.base(),
                keys,
                secrets,
                new SecretLeases(new MemoryStore(), time, () -> "run"),
                time);
        return broker(
                        new KisClient(
                                KisClient.http(),
                                server.base(),
                                keys,
                                token,
                                new KisRateLimiter(time, BigDecimal.TEN),
                                time),
                        false)
                .place(buy());
    }

    /** D1: the broker may have the order and says nothing. */
    @Test
    void aBrokerThatReadsAndClosesGetsOnePostAndTheOutcomeIsUnknown() {
        try (CountingServer server = new CountingServer("", false)) {
            assertThat(place(server)).isEqualTo(new Placement.Unknown("no whole answer", Optional.empty()));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"408,''", "503,'Retry-After: 0'", "307,'Location: /uapi/elsewhere'", "500,''", "200,''"})
    void whateverStatusComesThereIsOnePost(int status, String header) {
        String answer = CountingServer.answer(status, header.isEmpty() ? "" : header + "\r\n", "{}");
        try (CountingServer server = new CountingServer(answer, true)) {
            assertThat(place(server)).isInstanceOf(Placement.Unknown.class);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void theBodyIsBytesOfStringsWithTheirLength() {
        try (CountingServer server = new CountingServer(CountingServer.answer(200, "", TAKEN), false)) {
            assertThat(place(server)).isEqualTo(new Placement.Accepted("20260306-0000000777"));
            assertThat(server.requests().getFirst())
                    .startsWith("POST /uapi/domestic-stock/v1/trading/order-cash HTTP/1.1")
                    .contains("tr_id: TTTC0012U", "custtype: P", "authorization: Bearer first", "Content-Length: 128")
                    .doesNotContainIgnoringCase("transfer-encoding")
                    .endsWith(
                            "\r\n\r\n{\"CANO\":\"31415926\",\"ACNT_PRDT_CD\":\"01\",\"PDNO\":\"000430\",\"ORD_DVSN\":\"00\","
                                    + "\"ORD_QTY\":\"3\",\"ORD_UNPR\":\"71200\",\"EXCG_ID_DVSN_CD\":\"KRX\"}");
        }
    }

    /** Nobody says how far its lists lag: that an entry is not shown proves nothing before its session is over. */
    @Test
    void whatItsListsDoNotShowMayYetBeThere() {
        assertThat(broker.traits().readsProve()).isFalse();
        assertThat(onPaper.traits().readsProve()).isFalse();
        assertThat(broker.refusesOverselling(buy().instrument())).isTrue();
    }

    // Which orders are sent again: none but those that the gateway refused.

    private static FakeKis.Scripted refused(String code) {
        return new FakeKis.Scripted(500, "{\"rt_cd\":\"1\",\"msg_cd\":\"" + code + "\",\"msg1\":\"no\"}");
    }

    @Test
    void aCallTooManyIsMadeAgainBeforeItsTimeIsOver() {
        kis.answers.add(refused("EGW00201"));
        kis.answers.add(refused("EGW00201"));
        kis.answers.add(new FakeKis.Scripted(200, TAKEN));
        assertThat(broker.place(buy())).isEqualTo(new Placement.Accepted("20260306-0000000777"));
        assertThat(kis.bodies).hasSize(3);
    }

    @Test
    void aBrokerThatIsTooBusyForThreeCallsHasTakenNothing() {
        kis.answers.add(refused("EGW00215"));
        assertThat(broker.place(buy())).isEqualTo(Placement.Rejected.unjudged("EGW00215", "no"));
        assertThat(kis.bodies).hasSize(3);
    }

    @Test
    void nothingIsSentAgainAtOrAfterItsMoment() {
        kis.answers.add(refused("EGW00215"));
        Order order = buy();
        time.advanceTo(SEND_BY.minusMillis(500));
        assertThat(broker.place(order)).isEqualTo(Placement.Rejected.unjudged("EGW00215", "no"));
        assertThat(kis.bodies).hasSize(1);
        assertThat(broker.place(order)).isInstanceOfSatisfying(Placement.Rejected.class, late -> assertThat(late.code())
                .isEqualTo("TOO_LATE"));
        assertThat(kis.bodies).hasSize(1);
    }

    @Test
    void aRefusedTokenIsReplacedOnce() {
        kis.tokens.add(FakeKis.token("second"));
        kis.answers.add(refused("EGW00123"));
        kis.answers.add(new FakeKis.Scripted(200, TAKEN));
        Order order = buy();
        assertThat(broker.place(order)).isEqualTo(new Placement.Accepted("20260306-0000000777"));
        assertThat(kis.bearers).containsExactly("Bearer first", "Bearer second");
    }

    @Test
    void aSecondRefusalOfTheTokenIsTheEndOfIt() {
        kis.tokens.add(FakeKis.token("second"));
        kis.answers.add(refused("EGW00121"));
        assertThat(broker.place(buy())).isEqualTo(Placement.Rejected.unjudged("EGW00121", "no"));
        assertThat(kis.bodies).hasSize(2);
    }

    /** The token that is waited for may come after the moment until which the order may be sent. */
    @Test
    void anOrderWhoseTokenComesTooLateIsNotSent() {
        kis.tokens.clear();
        kis.tokens.add(FakeKis.Scripted.silence());
        kis.tokens.add(FakeKis.token("late"));
        time.advanceTo(SEND_BY.minusSeconds(50));
        assertThat(broker.place(buy())).isInstanceOfSatisfying(Placement.Rejected.class, late -> assertThat(late.code())
                .isEqualTo("TOO_LATE"));
        assertThat(kis.bodies).isEmpty();
    }

    @Test
    void anOrderWhoseTokenCannotBeReadIsNotSent() {
        kis.secrets.silent = true;
        assertThat(broker.place(buy())).isInstanceOfSatisfying(Placement.Rejected.class, unsent -> {
            assertThat(unsent.text())
                    .startsWith("not sent: KIS trading/order-cash: no token: the secrets do not answer");
            assertThat(unsent.judged()).isFalse();
        });
        assertThat(kis.bodies).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EGW00301", "EGW00302", "EGW00202", "EGW00203", "EGW00300"})
    void whatMayHaveArrivedIsNeverSentAgain(String code) {
        kis.answers.add(refused(code));
        assertThat(broker.place(buy())).isEqualTo(new Placement.Unknown("HTTP 500, " + code + " no", Optional.empty()));
        assertThat(kis.bodies).hasSize(1);
    }

    @Test
    void aSaleAtTheMarketHasNoPriceAndSaysWhatKindOfSale() {
        kis.answers.add(new FakeKis.Scripted(200, TAKEN));
        onPaper.place(order(Side.SELL, OrderType.MARKET, "3.00", "71200.5", null));
        assertThat(kis.queries.getFirst()).startsWith("VTTC0011U /uapi/domestic-stock/v1/trading/order-cash");
        assertThat(kis.bodies.getFirst())
                .contains("\"ORD_DVSN\":\"01\"", "\"ORD_QTY\":\"3\"", "\"ORD_UNPR\":\"0\"", "\"SLL_TYPE\":\"01\"");
    }

    @Test
    void partsOfSharesAndWonAreNotSent() {
        assertThat(broker.place(order(Side.BUY, OrderType.LIMIT, "1.5", "71200", null)))
                .isInstanceOf(Placement.Rejected.class);
        assertThat(broker.place(order(Side.BUY, OrderType.LIMIT, "1", "71200.5", null)))
                .isInstanceOf(Placement.Rejected.class);
        assertThat(broker.precheck(order(Side.BUY, OrderType.LIMIT, "0", "71200", null)))
                .isInstanceOf(Precheck.Refused.class);
        assertThat(kis.queries).isEmpty();
    }

    /** Invariant 12: the account number is a secret, also where the broker repeats it. */
    @Test
    void theAccountNumberIsInNoMessage() {
        kis.answers.add(new FakeKis.Scripted(
                200, "{\"rt_cd\":\"1\",\"msg_cd\":\"APBK0918\",\"msg1\":\"account 31415926 is closed\"}"));
        assertThat(broker.place(buy())).isEqualTo(new Placement.Rejected("APBK0918", "account ******** is closed"));
        assertThat(cause(broker.orders(ACCOUNT, SESSION))).contains("APBK0918").doesNotContain("31415926");
        assertThat(NUMBER.toString()).doesNotContain("31415926");
        KeptSecrets secrets = new KeptSecrets();
        assertThat(KisAccountNumber.in(secrets)).isEmpty();
        secrets.put(KisAccountNumber.SECRET, " 31415926-01 ");
        assertThat(KisAccountNumber.in(secrets)).contains(NUMBER);
        secrets.put(KisAccountNumber.SECRET, "31415926-1");
        assertThatThrownBy(() -> KisAccountNumber.in(secrets))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kis/account")
                .hasMessageNotContaining("31415926");
    }

    // What the broker lists.

    @Test
    void eachStateIsReadFromTheQuantities() {
        assertThat(read(
                        row("1"),
                        row("2", "tot_ccld_qty=4", "tot_ccld_amt=284800", "rmn_qty=6"),
                        row("3", "tot_ccld_qty=10", "tot_ccld_amt=712000", "rmn_qty=0"),
                        row("4", "cncl_cfrm_qty=10", "rmn_qty=0", "cncl_yn=Y"),
                        row("5", "tot_ccld_qty=4", "tot_ccld_amt=284800", "cncl_cfrm_qty=6", "rmn_qty=0"),
                        row("6", "cncl_cfrm_qty=3", "rmn_qty=7", "cncl_yn=Y"),
                        row("7", "rjct_qty=10", "rmn_qty=0", "sll_buy_dvsn_cd_name=현금매수거부"),
                        row("8", "rmn_qty=0")))
                .extracting(BrokerOrder::state)
                .containsExactly(
                        State.WORKING,
                        State.WORKING,
                        State.FILLED,
                        State.CANCELLED,
                        State.CANCELLED,
                        State.WORKING,
                        State.REJECTED,
                        State.WORKING);
    }

    @Test
    void anOrderIsShownAsTheBrokerHasIt() {
        assertThat(read(row("0000000007", "tot_ccld_qty=4", "tot_ccld_amt=284700", "rmn_qty=6", "pdno=0001A0")))
                .containsExactly(new BrokerOrder(
                        "20260306-0000000007",
                        Optional.empty(),
                        new InstrumentId(Venue.KIS, "0001A0"),
                        Side.BUY,
                        new BigDecimal("10"),
                        Optional.of(new BigDecimal("71200").stripTrailingZeros()),
                        Instant.parse("2026-03-06T01:00:01Z"),
                        State.WORKING,
                        new BigDecimal("4"),
                        ""));
        assertThat(read(row("7", "rjct_qty=10", "rmn_qty=0", "sll_buy_dvsn_cd_name=매수거부"))
                        .getFirst()
                        .note())
                .isEqualTo("매수거부");
        assertThat(read(row("7", "sll_buy_dvsn_cd=01", "sll_buy_dvsn_cd_name=임의매도"))
                        .getFirst()
                        .note())
                .isEqualTo("임의매도");
        assertThat(read(row("8", "ord_dvsn_cd=01", "ord_unpr=0")).getFirst().limit())
                .isEmpty();
    }

    @Test
    void cancelsAreNoOrdersAndAnAmendmentTakesTheOrdersPlace() {
        List<BrokerOrder> orders = read(
                row("1", "rmn_qty=0"),
                row("2", "orgn_odno=0000000001", "sll_buy_dvsn_cd_name=매수취소*", "rmn_qty=0", "cncl_cfrm_qty=10"),
                row("3", "rmn_qty=0"),
                row("4", "orgn_odno=0000000003", "sll_buy_dvsn_cd_name=매수정정*", "ord_unpr=71000"),
                row("5", "cncl_cfrm_qty=0"),
                row("6", "orgn_odno=0000000005", "sll_buy_dvsn_cd_name=매수취소", "rmn_qty=10"));
        assertThat(orders)
                .extracting(BrokerOrder::brokerId)
                .containsExactly(
                        "20260306-0000000001", "20260306-0000000003", "20260306-0000000004", "20260306-0000000005");
        assertThat(orders)
                .extracting(BrokerOrder::state)
                .containsExactly(State.CANCELLED, State.CANCELLED, State.WORKING, State.WORKING);
        assertThat(orders.get(2).note()).isEqualTo("매수정정*, in place of 0000000003");
    }

    /** D13: a day order that the close left unfilled is over, and not before its result can be known. */
    @Test
    void whatIsLeftAfterTheCloseHasExpired() {
        time.advanceTo(Instant.parse("2026-03-06T06:30:29Z"));
        assertThat(read(row("1")).getFirst().state()).isEqualTo(State.WORKING);
        time.advanceTo(Instant.parse("2026-03-06T06:30:30Z"));
        assertThat(read(row("1"), row("2", "rmn_qty=0")))
                .extracting(BrokerOrder::state)
                .containsExactly(State.EXPIRED, State.EXPIRED);
    }

    @Test
    void aListGoesOnWhileTheBrokerSaysSo() {
        kis.answers.add(FakeKis.Scripted.page(orders(row("1"), row("2")), "F"));
        kis.answers.add(
                FakeKis.Scripted.page(orders(row("2"), row("3")).replace("\"n \"", "\"n2                   \""), "M"));
        kis.answers.add(FakeKis.Scripted.page(orders(row("4")), "E"));
        assertThat(complete(broker.orders(ACCOUNT, SESSION)))
                .extracting(BrokerOrder::brokerId)
                .containsExactly(
                        "20260306-0000000001", "20260306-0000000002", "20260306-0000000003", "20260306-0000000004");
        assertThat(kis.continuations).containsExactly("", "N", "N");
        assertThat(kis.queries.get(0))
                .startsWith("TTTC0081R /uapi/domestic-stock/v1/trading/inquire-daily-ccld?")
                .contains(
                        "CCLD_DVSN=00",
                        "CTX_AREA_NK100=&",
                        "EXCG_ID_DVSN_CD=ALL",
                        "INQR_DVSN=01",
                        "INQR_STRT_DT=20260306",
                        "INQR_END_DT=20260306");
        assertThat(kis.queries.get(1)).contains("CTX_AREA_FK100=f%20&", "CTX_AREA_NK100=n%20&");
        assertThat(kis.queries.get(2)).contains("CTX_AREA_NK100=n2%20%20%20");
    }

    /** S9: a part of a list, or none, is never taken for the whole. */
    @Test
    void aListThatMayBeIncompleteIsNoList() {
        failing(FakeKis.Scripted.page(orders(row("1")).replace("\"n \"", "\"  \""), "F"), "goes on");
        failing(FakeKis.Scripted.page(orders(row("1")), "F"), "goes on");
        failing(FakeKis.Scripted.page(orders(), "M"), "goes on");
        failing(FakeKis.Scripted.page(orders(row("1")), "X"), "tr_cont");
        String[] full = new String[100];
        for (int i = 0; i < full.length; i++) {
            full[i] = row(Integer.toString(1000 + i));
        }
        failing(FakeKis.Scripted.page(orders(full), ""), "full page");
        failing(FakeKis.Scripted.page(orders().replace("tot_ord_qty\":\"0", "tot_ord_qty\":\"9"), "D"), "shows none");
        failing(FakeKis.Scripted.page("{\"rt_cd\":\"0\",\"output2\":{}}", "D"), "no output1");
        failing(FakeKis.Scripted.page(orders("5"), "D"), "no object");
        failing(refused("EGW00215"), "EGW00215");
        failing(
                new FakeKis.Scripted(200, "{\"rt_cd\":\"1\",\"msg_cd\":\"APBK1\",\"msg1\":\"failed\",\"output1\":[]}"),
                "failed");
    }

    private void failing(FakeKis.Scripted answer, String why) {
        kis.answers.clear();
        kis.answers.add(answer);
        assertThat(cause(broker.orders(ACCOUNT, SESSION))).contains(why);
        assertThat(cause(broker.executions(ACCOUNT, SESSION))).contains(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "odno=",
                "pdno=",
                "sll_buy_dvsn_cd=00",
                "ord_dt=20260305",
                "ord_dt=x",
                "ord_tmd=",
                "ord_qty=",
                "tot_ccld_qty=-1",
                "tot_ccld_qty=1",
                "rmn_qty=",
                "ord_unpr=a lot"
            })
    void aRowThatCannotBeReadSpoilsTheList(String change) {
        failing(FakeKis.Scripted.page(orders(row("1"), row("2", change)), "D"), "KIS inquire-daily-ccld: ");
    }

    @Test
    void aNumberOfTwoBranchesIsAmbiguousAndARepeatedRowIsNot() {
        assertThat(read(row("1", "rmn_qty=9", "tot_ccld_qty=1", "tot_ccld_amt=71200"), row("1"), row("1")))
                .extracting(BrokerOrder::filled)
                .containsExactly(BigDecimal.ONE);
        failing(FakeKis.Scripted.page(orders(row("1"), row("1", "ord_gno_brno=00950")), "D"), "two orders");
    }

    @Test
    void whatWasTradedIsToldByOrderWithWhatItCosts() {
        kis.answers.add(FakeKis.Scripted.page(
                orders(
                        row("1"),
                        row("2", "tot_ccld_qty=3", "tot_ccld_amt=1000000", "rmn_qty=7", "infm_tmd=112233"),
                        row("3", "sll_buy_dvsn_cd=01", "tot_ccld_qty=10", "tot_ccld_amt=1000000", "rmn_qty=0")),
                "D"));
        BigDecimal million = new BigDecimal("1000000");
        // 0.0140527 % and, of a sale in 2026, 0.20 %; whole won.
        assertThat(complete(broker.executions(ACCOUNT, SESSION)))
                .containsExactly(
                        new Execution.Total(
                                "20260306-0000000002",
                                new BigDecimal("3"),
                                million,
                                BigDecimal.ONE,
                                new BigDecimal("140"),
                                BigDecimal.ZERO,
                                Instant.parse("2026-03-06T02:22:33Z")),
                        new Execution.Total(
                                "20260306-0000000003",
                                BigDecimal.TEN,
                                million,
                                BigDecimal.ONE,
                                new BigDecimal("140"),
                                new BigDecimal("2000"),
                                TEN.plusSeconds(1)));
    }

    @Test
    void ordersOfLongAgoAreAskedForByAnotherName() {
        kis.answers.add(FakeKis.Scripted.page(orders(), "D"));
        complete(onPaper.orders(ACCOUNT, LocalDate.of(2025, 12, 5)));
        complete(onPaper.orders(ACCOUNT, LocalDate.of(2025, 12, 6)));
        assertThat(kis.queries.get(0)).startsWith("VTSC9215R ").contains("EXCG_ID_DVSN_CD=KRX");
        assertThat(kis.queries.get(1)).startsWith("VTTC0081R ");
    }

    // Cancels and amendments.

    private static Order working() {
        return order(Side.BUY, OrderType.LIMIT, "10", "71200", "20260306-0000000007");
    }

    @Test
    void aCancelIsConfirmedWhenTheListShowsTheOrderEnded() {
        kis.answers.add(FakeKis.Scripted.page(orders(row("0000000007")), "D"));
        kis.answers.add(new FakeKis.Scripted(200, TAKEN));
        kis.answers.add(FakeKis.Scripted.page(orders(row("0000000007")), "D"));
        kis.answers.add(FakeKis.Scripted.page(orders(row("0000000007", "rmn_qty=0", "cncl_cfrm_qty=10")), "D"));
        assertThat(broker.cancel(working())).isEqualTo(new Cancellation.Confirmed());
        assertThat(kis.queries.get(1)).startsWith("TTTC0013U ");
        assertThat(kis.bodies).containsExactly("""
                {"CANO":"31415926","ACNT_PRDT_CD":"01","KRX_FWDG_ORD_ORGNO":"06010","ORGN_ODNO":"0000000007","ORD_DVSN":"00",\
                "RVSE_CNCL_DVSN_CD":"02","ORD_QTY":"0","ORD_UNPR":"0","QTY_ALL_ORD_YN":"Y","EXCG_ID_DVSN_CD":"KRX"}""");
    }

    @Test
    void anOrderThatEndedByItselfNeedsNoCancel() {
        kis.answers.add(FakeKis.Scripted.page(
                orders(row("0000000007", "rmn_qty=0", "tot_ccld_qty=10", "tot_ccld_amt=712000")), "D"));
        assertThat(broker.cancel(working())).isEqualTo(new Cancellation.Confirmed());
        assertThat(kis.bodies).isEmpty();
    }

    @Test
    void aRefusedCancelOfAnOrderThatTradedMeanwhileIsConfirmed() {
        kis.answers.add(FakeKis.Scripted.page(orders(row("0000000007")), "D"));
        kis.answers.add(
                new FakeKis.Scripted(200, "{\"rt_cd\":\"1\",\"msg_cd\":\"APBK0344\",\"msg1\":\"nothing left\"}"));
        kis.answers.add(FakeKis.Scripted.page(
                orders(row("0000000007", "rmn_qty=0", "tot_ccld_qty=10", "tot_ccld_amt=712000")), "D"));
        assertThat(broker.cancel(working())).isEqualTo(new Cancellation.Confirmed());
    }

    @Test
    void aRefusedCancelOfAWorkingOrderIsRefused() {
        kis.answers.add(FakeKis.Scripted.page(orders(row("0000000007")), "D"));
        kis.answers.add(new FakeKis.Scripted(200, "{\"rt_cd\":\"1\",\"msg_cd\":\"APBK0918\",\"msg1\":\"closed\"}"));
        kis.answers.add(FakeKis.Scripted.page(orders(row("0000000007")), "D"));
        assertThat(broker.cancel(working())).isEqualTo(new Cancellation.Refused("APBK0918 closed"));
    }

    @Test
    void aCancelThatIsNotSeenToWorkIsUnknown() {
        kis.answers.add(FakeKis.Scripted.page(orders(row("0000000007")), "D"));
        kis.answers.add(refused("EGW00301"));
        kis.answers.add(FakeKis.Scripted.page(orders(row("0000000007")), "D"));
        assertThat(broker.cancel(working())).isEqualTo(new Cancellation.Unknown("HTTP 500, EGW00301 no"));
        assertThat(kis.bodies).hasSize(1);
    }

    /** S5: an order that the list does not show was not cancelled. */
    @Test
    void anOrderThatTheListDoesNotShowIsNotCancelled() {
        kis.answers.add(FakeKis.Scripted.page(orders(row("0000000008")), "D"));
        assertThat(broker.cancel(working()))
                .isInstanceOfSatisfying(Cancellation.Unknown.class, unknown -> assertThat(unknown.cause())
                        .contains("does not show order 20260306-0000000007"));
        assertThat(kis.bodies).isEmpty();
        assertThat(broker.cancel(buy())).isInstanceOf(Cancellation.Refused.class);
    }

    @Test
    void anAmendmentGetsANumberOfItsOwn() {
        kis.answers.add(FakeKis.Scripted.page(orders(row("0000000007")), "D"));
        kis.answers.add(new FakeKis.Scripted(200, TAKEN));
        assertThat(broker.amend(working(), new BigDecimal("71000"), TEN.plusSeconds(30)))
                .isEqualTo(new Placement.Accepted("20260306-0000000777"));
        assertThat(kis.bodies.getFirst())
                .contains("\"RVSE_CNCL_DVSN_CD\":\"01\"", "\"ORD_UNPR\":\"71000\"", "\"ORGN_ODNO\":\"0000000007\"");
    }

    // Holdings and money.

    private static String held(
            String symbol, String kind, String loan, String quantity, String sellable, String cost, String worth) {
        return """
                {"pdno":"%s","trad_dvsn_name":"%s","loan_dt":"%s","hldg_qty":"%s","ord_psbl_qty":"%s","pchs_amt":"%s","evlu_amt":"%s"}""".formatted(symbol, kind, loan, quantity, sellable, cost, worth);
    }

    private static String balance(String paid, String... rows) {
        return "{\"rt_cd\":\"0\",\"msg_cd\":\"KIOK0510\",\"ctx_area_nk100\":\" \",\"output1\":["
                + String.join(",", rows)
                + "],\"output2\":[{\"dnca_tot_amt\":\"900\",\"prvs_rcdl_excc_amt\":\"5000\",\"tot_loan_amt\":\"100\","
                + "\"pchs_amt_smtl_amt\":\"" + paid + "\"}]}";
    }

    private static final String POWER =
            "{\"rt_cd\":\"0\",\"msg_cd\":\"KIOK0510\",\"output\":{\"nrcvb_buy_amt\":\"4200\",\"nrcvb_buy_qty\":\"12\",\"max_buy_qty\":\"99\"}}";

    @Test
    void holdingsAreSummedOverTheKindsTheyWereBoughtBy() {
        kis.answers.add(FakeKis.Scripted.page(
                balance(
                        "1",
                        held("000430", "현금", "", "12", "10", "850000", "1"),
                        held("000430", "자기융자", "20260102", "3", "3", "230000", "1"),
                        held("000430", "현금", "", "12", "10", "850000", "1"),
                        held("000220", "현금", "", "0", "0", "0", "0"),
                        held("000110", "현금", "", "7", "7", "0", "1")),
                "D"));
        assertThat(complete(broker.holdings(ACCOUNT)))
                .containsExactly(
                        new Holding(
                                new InstrumentId(Venue.KIS, "000110"),
                                new BigDecimal("7"),
                                new BigDecimal("7"),
                                Optional.empty()),
                        new Holding(
                                SHARE,
                                new BigDecimal("15"),
                                new BigDecimal("10"),
                                Optional.of(new BigDecimal("72000").stripTrailingZeros())));
    }

    /** S9: an answer without holdings that counts some is a failure. */
    @Test
    void aBalanceThatLooksEmptyIsNotEmpty() {
        List<FakeKis.Scripted> answers = new ArrayList<>();
        answers.add(FakeKis.Scripted.page(balance("850000"), "D"));
        answers.add(FakeKis.Scripted.page(balance("1", held("000430", "현금", "", "", "10", "1", "1")), "D"));
        answers.add(FakeKis.Scripted.page(
                balance("1", held("000430", "", "", "1", "1", "1", "1"), held("000430", "", "", "2", "1", "1", "1")),
                "D"));
        answers.add(FakeKis.Scripted.page("{\"rt_cd\":\"0\",\"output1\":[],\"output2\":[]}", "D"));
        answers.add(new FakeKis.Scripted(200, "{\"rt_cd\":\"7\",\"msg_cd\":\"X\",\"output1\":[],\"output2\":[]}"));
        for (FakeKis.Scripted answer : answers) {
            kis.answers.clear();
            kis.answers.add(answer);
            assertThat(cause(broker.holdings(ACCOUNT))).isNotEmpty();
            assertThat(cause(broker.funds(ACCOUNT))).isNotEmpty();
        }
        kis.answers.clear();
        kis.answers.add(FakeKis.Scripted.page(balance("0"), "D"));
        assertThat(complete(broker.holdings(ACCOUNT))).isEmpty();
    }

    @Test
    void moneyIsWhatIsThereWhenAllIsSettled() {
        kis.answers.add(FakeKis.Scripted.page(
                balance(
                        "1",
                        held("000430", "현금", "", "12", "10", "850000", "900000"),
                        held("000110", "현금", "", "7", "7", "1", "0")),
                "D"));
        kis.answers.add(new FakeKis.Scripted(200, "{\"rt_cd\":\"0\",\"output\":{\"stck_prpr\":\"1000\"}}"));
        kis.answers.add(new FakeKis.Scripted(200, POWER));
        assertThat(complete(broker.funds(ACCOUNT)))
                .containsExactly(new Funds(new BigDecimal("5000"), new BigDecimal("4200"), new BigDecimal("911900")));
        assertThat(kis.queries.get(0)).startsWith("TTTC8434R ").contains("INQR_DVSN=01", "CTX_AREA_NK100=");
        assertThat(kis.queries.get(2)).startsWith("TTTC8908R ").endsWith("PDNO=");
    }

    // Before an order.

    @Test
    void theBrokerIsAskedWhatItWouldTake() {
        kis.answers.add(new FakeKis.Scripted(200, POWER));
        assertThat(broker.precheck(order(Side.BUY, OrderType.LIMIT, "12", "350", null)))
                .isEqualTo(new Precheck.Passed("the broker lets 12 be bought"));
        assertThat(broker.precheck(order(Side.BUY, OrderType.MARKET, "13", "350", null)))
                .isEqualTo(new Precheck.Refused("BUYING_POWER", "the broker lets 12 be bought, not 13"));
        assertThat(kis.queries.get(0)).contains("ORD_DVSN=00", "ORD_UNPR=350", "PDNO=000430");
        assertThat(kis.queries.get(1)).contains("ORD_DVSN=01", "ORD_UNPR=&");
    }

    @Test
    void aSaleIsAskedForByItsOwnCallWhereThereIsOne() {
        Order sale = order(Side.SELL, OrderType.LIMIT, "11", "350", null);
        kis.answers.add(new FakeKis.Scripted(200, "{\"rt_cd\":\"0\",\"output\":{\"ord_psbl_qty\":\"11\"}}"));
        assertThat(broker.precheck(sale)).isEqualTo(new Precheck.Passed("the broker lets 11 be sold"));
        assertThat(kis.queries.getFirst()).startsWith("TTTC8408R ");
        kis.answers.clear();
        kis.answers.add(FakeKis.Scripted.page(balance("1", held("000430", "", "", "12", "10", "1", "1")), "D"));
        assertThat(onPaper.precheck(sale))
                .isEqualTo(new Precheck.Refused("SELLABLE", "the broker lets 10 be sold, not 11"));
    }

    @Test
    void aQuestionWithoutAnAnswerIsNoRefusal() {
        kis.answers.add(refused("EGW00302"));
        assertThat(broker.precheck(buy())).isInstanceOf(Precheck.Failed.class);
        kis.answers.clear();
        kis.answers.add(new FakeKis.Scripted(200, "{\"rt_cd\":\"1\",\"msg_cd\":\"APBK0918\",\"msg1\":\"closed\"}"));
        assertThat(broker.precheck(buy())).isInstanceOf(Precheck.Refused.class);
    }

    @Test
    void aQuestionThatWasRefusedKeepsNoSaleBack() {
        kis.answers.add(new FakeKis.Scripted(200, "{\"rt_cd\":\"1\",\"msg_cd\":\"APBK0918\",\"msg1\":\"closed\"}"));
        assertThat(broker.precheck(order(Side.SELL, OrderType.MARKET, "3", "71200", null)))
                .isInstanceOf(Precheck.Failed.class);
    }
}
