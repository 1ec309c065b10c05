package io.haetae.local.kis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.market.DailyRow;
import io.haetae.market.KrxCosts;
import io.haetae.market.KrxMarket;
import io.haetae.time.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KisSimulatorTest {

    private static final GeneratedMarket MARKET = new GeneratedMarket(5);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEYS = "\"appkey\":\"simulated\",\"appsecret\":\"simulated\"";
    private static final String ORDER = "/uapi/domestic-stock/v1/trading/order-cash";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-17T23:46:00Z"));

    @SuppressWarnings("NullAway.Init")
    private KisSimulator kis;

    @BeforeEach
    void start() {
        kis = open();
    }

    private KisSimulator open() {
        return open(false);
    }

    private KisSimulator open(boolean paper) {
        return new KisSimulator(
                time,
                MARKET,
                folder.resolve("kis.json"),
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                paper);
    }

    @AfterEach
    void stop() {
        kis.close();
    }

    private static JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        return JSON.readTree(
                CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private JsonNode token() throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create(kis.base() + "/oauth2/tokenP"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"grant_type\":\"client_credentials\"," + KEYS + "}"))
                .build());
    }

    private HttpRequest.Builder signed(String path, String transaction, String token) {
        return HttpRequest.newBuilder(URI.create(kis.base() + path))
                .header("authorization", "Bearer " + token)
                .header("appkey", KisSimulator.APP_KEY)
                .header("appsecret", KisSimulator.APP_SECRET)
                .header("tr_id", transaction);
    }

    private JsonNode price(String symbol, String token) throws IOException, InterruptedException {
        return send(signed(
                        "/uapi/domestic-stock/v1/quotations/inquire-price?FID_COND_MRKT_DIV_CODE=J&FID_INPUT_ISCD="
                                + symbol,
                        "FHKST01010100",
                        token)
                .build());
    }

    private JsonNode order(String transaction, String token, String symbol, long quantity, long price)
            throws IOException, InterruptedException {
        String body = "{\"CANO\":\"00000000\",\"ACNT_PRDT_CD\":\"01\",\"PDNO\":\"" + symbol
                + "\",\"ORD_DVSN\":\"00\",\"ORD_QTY\":\"" + quantity + "\",\"ORD_UNPR\":\"" + price + "\"}";
        return send(signed(ORDER, transaction, token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private JsonNode executions(String token, String which) throws IOException, InterruptedException {
        return send(signed(
                        "/uapi/domestic-stock/v1/trading/inquire-daily-ccld?INQR_STRT_DT=20260318&INQR_END_DT=20260318"
                                + "&SLL_BUY_DVSN_CD=00&CCLD_DVSN=" + which,
                        "TTTC0081R",
                        token)
                .build());
    }

    /** A share that falls far enough on the default day for a bid one percent lower. */
    private static DailyRow falling() {
        return MARKET.rows(GeneratedMarket.DEFAULT_DAY, KrxMarket.KOSPI).stream()
                .filter(row -> row.traded() && row.low() < row.base() * 98 / 100 && row.base() < 100_000)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aTokenIsIssuedOnceAMinuteAndIsTheSameForSixHours() throws Exception {
        JsonNode first = token();
        assertThat(first.path("expires_in").asInt()).isEqualTo(86_400);
        assertThat(first.path("access_token_token_expired").asText()).isEqualTo("2026-03-19 08:46:00");
        assertThat(token().path("error_code").asText()).isEqualTo("EGW00133");

        time.advanceTo(time.now().plusSeconds(60));
        assertThat(token().path("access_token")).isEqualTo(first.path("access_token"));
        time.advanceTo(time.now().plusSeconds(6 * 3600));
        assertThat(token().path("access_token")).isNotEqualTo(first.path("access_token"));
    }

    @Test
    void aCallNeedsALivingToken() throws Exception {
        String symbol = falling().symbol();
        String token = token().path("access_token").asText();
        assertThat(price(symbol, "other").path("msg_cd").asText()).isEqualTo("EGW00121");
        assertThat(price(symbol, token).path("rt_cd").asText()).isEqualTo("0");
        kis.forgetTokens();
        assertThat(price(symbol, token).path("msg_cd").asText()).isEqualTo("EGW00121");
        time.advanceTo(time.now().plusSeconds(60));
        String next = token().path("access_token").asText();
        time.advanceTo(time.now().plusSeconds(24 * 3600));
        assertThat(price(symbol, next).path("msg_cd").asText()).isEqualTo("EGW00123");
    }

    @Test
    void theNineteenthCallWithinASecondIsRefused() throws Exception {
        String token = token().path("access_token").asText();
        for (int i = 0; i < 18; i++) {
            assertThat(price(falling().symbol(), token).path("rt_cd").asText()).isEqualTo("0");
        }
        assertThat(price(falling().symbol(), token).path("msg_cd").asText()).isEqualTo("EGW00201");
        time.advanceTo(time.now().plusSeconds(1));
        assertThat(price(falling().symbol(), token).path("rt_cd").asText()).isEqualTo("0");
    }

    @Test
    void aQuoteAfterTheCloseEqualsTheDaysRow() throws Exception {
        DailyRow row = falling();
        time.advanceTo(Instant.parse("2026-03-18T07:00:00Z"));
        JsonNode quote =
                price(row.symbol(), token().path("access_token").asText()).path("output");
        assertThat(quote.path("stck_prpr").asLong()).isEqualTo(row.close());
        assertThat(quote.path("stck_oprc").asLong()).isEqualTo(row.open());
        assertThat(quote.path("stck_hgpr").asLong()).isEqualTo(row.high());
        assertThat(quote.path("stck_lwpr").asLong()).isEqualTo(row.low());
        assertThat(quote.path("acml_vol").asLong()).isEqualTo(row.volume());
        assertThat(quote.path("stck_sdpr").asLong()).isEqualTo(row.base());
        assertThat(quote.path("prdy_vrss").asLong()).isEqualTo(row.change());
        assertThat(quote.path("lstn_stcn").asLong()).isEqualTo(row.shares());
    }

    @Test
    void aBidFillsWhenThePriceReachesItAndSurvivesARestart() throws Exception {
        DailyRow row = falling();
        String token = token().path("access_token").asText();
        long tick = price(row.symbol(), token).path("output").path("aspr_unit").asLong();
        long limit = row.base() * 99 / 100 / tick * tick;
        JsonNode accepted = order("TTTC0012U", token, row.symbol(), 10, limit);
        assertThat(accepted.path("msg_cd").asText()).isEqualTo("APBK0013");
        assertThat(executions(token, "02").path("output1")).hasSize(1);

        kis.close();
        kis = open();
        time.advanceTo(Instant.parse("2026-03-18T06:30:00Z"));
        JsonNode filled = executions(token, "01").path("output1").get(0);
        assertThat(filled.path("odno")).isEqualTo(accepted.path("output").path("ODNO"));
        assertThat(filled.path("tot_ccld_qty").asText()).isEqualTo("10");
        assertThat(filled.path("avg_prvs").asLong()).isBetween(row.low(), limit);
        JsonNode balance =
                send(signed("/uapi/domestic-stock/v1/trading/inquire-balance?INQR_DVSN=01", "TTTC8434R", token)
                        .build());
        assertThat(balance.path("output1").get(0).path("hldg_qty").asText()).isEqualTo("10");
        long amount = filled.path("tot_ccld_amt").asLong();
        JsonNode money = balance.path("output2").get(0);
        assertThat(money.path("prvs_rcdl_excc_amt").asLong())
                .isEqualTo(100_000_000 - amount - new KrxCosts(XkrxCalendar.bundled()).commission(amount));
        assertThat(money.path("dnca_tot_amt").asLong()).isEqualTo(100_000_000);
    }

    @Test
    void ordersBeyondCashHoldingsLimitsOrHoursAreRefused() throws Exception {
        DailyRow row = falling();
        String token = token().path("access_token").asText();
        assertThat(order("TTTC0012U", token, row.symbol(), 10_000_000, row.base())
                        .path("msg_cd")
                        .asText())
                .isEqualTo("APBK0952");
        assertThat(order("TTTC0011U", token, row.symbol(), 1, row.base())
                        .path("msg_cd")
                        .asText())
                .isEqualTo("APBK0400");
        assertThat(order("TTTC0012U", token, row.symbol(), 1, row.base() * 2)
                        .path("rt_cd")
                        .asText())
                .isEqualTo("1");
        time.advanceTo(Instant.parse("2026-03-18T06:30:00Z"));
        assertThat(order("TTTC0012U", token, row.symbol(), 1, row.base())
                        .path("msg1")
                        .asText())
                .isEqualTo("장운영시간이 아닙니다.");
    }

    @Test
    void aCancelledOrderNeverFills() throws Exception {
        DailyRow row = falling();
        String token = token().path("access_token").asText();
        long tick = price(row.symbol(), token).path("output").path("aspr_unit").asLong();
        JsonNode accepted = order("TTTC0012U", token, row.symbol(), 10, row.base() * 99 / 100 / tick * tick);
        String body = "{\"CANO\":\"00000000\",\"ACNT_PRDT_CD\":\"01\",\"KRX_FWDG_ORD_ORGNO\":\"06010\",\"ORGN_ODNO\":\""
                + accepted.path("output").path("ODNO").asText()
                + "\",\"RVSE_CNCL_DVSN_CD\":\"02\",\"ORD_QTY\":\"0\",\"QTY_ALL_ORD_YN\":\"Y\"}";
        JsonNode cancelled = send(signed("/uapi/domestic-stock/v1/trading/order-rvsecncl", "TTTC0013U", token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        assertThat(cancelled.path("rt_cd").asText()).isEqualTo("0");
        time.advanceTo(Instant.parse("2026-03-18T06:30:00Z"));
        JsonNode order = executions(token, "00").path("output1").get(0);
        assertThat(order.path("cncl_cfrm_qty").asText()).isEqualTo("10");
        assertThat(order.path("tot_ccld_qty").asText()).isEqualTo("0");
    }

    private JsonNode balance(String token) throws IOException, InterruptedException {
        return send(signed("/uapi/domestic-stock/v1/trading/inquire-balance?INQR_DVSN=01", "TTTC8434R", token)
                .build());
    }

    @Test
    void anOrderTradesATenthOfWhatTheMarketTradesAndTheRestWaits() throws Exception {
        DailyRow row = MARKET.rows(GeneratedMarket.DEFAULT_DAY, KrxMarket.KOSPI).stream()
                .filter(candidate -> candidate.traded() && candidate.volume() < 300_000 && candidate.base() < 5_000)
                .findFirst()
                .orElseThrow();
        String token = token().path("access_token").asText();
        long quantity = row.volume() / 20;
        long upper = MARKET.at(time.now(), row.symbol()).orElseThrow().upper();
        assertThat(order("TTTC0012U", token, row.symbol(), quantity, upper)
                        .path("rt_cd")
                        .asText())
                .isEqualTo("0");
        time.advanceTo(Instant.parse("2026-03-18T00:00:00Z"));
        long atOpen = MARKET.at(time.now(), row.symbol()).orElseThrow().volume();
        JsonNode opened = executions(token, "00").path("output1").get(0);
        assertThat(opened.path("tot_ccld_qty").asLong()).isPositive().isEqualTo(atOpen / 10);
        assertThat(opened.path("tot_ccld_amt").asLong()).isEqualTo(atOpen / 10 * row.open());
        assertThat(opened.path("rmn_qty").asLong()).isEqualTo(quantity - atOpen / 10);

        time.advanceTo(Instant.parse("2026-03-18T06:30:00Z"));
        JsonNode closed = executions(token, "00").path("output1").get(0);
        assertThat(closed.path("tot_ccld_qty").asLong()).isEqualTo(quantity);
    }

    @Test
    void tradesArePaidForTwoSessionsLater() throws Exception {
        DailyRow row = falling();
        String token = token().path("access_token").asText();
        time.advanceTo(Instant.parse("2026-03-18T01:00:00Z"));
        kis.byHand(row.symbol(), true, 10, 0);
        long paid = 100_000_000
                - balance(token)
                        .path("output2")
                        .get(0)
                        .path("prvs_rcdl_excc_amt")
                        .asLong();
        long amount = executions(token, "01")
                .path("output1")
                .get(0)
                .path("tot_ccld_amt")
                .asLong();
        assertThat(paid).isEqualTo(amount + new KrxCosts(XkrxCalendar.bundled()).commission(amount));
        for (int day = 18; day <= 20; day++) {
            time.advanceTo(Instant.parse("2026-03-%dT01:00:10Z".formatted(day)));
            kis.forgetTokens();
            JsonNode money = balance(token().path("access_token").asText())
                    .path("output2")
                    .get(0);
            assertThat(100_000_000 - money.path("dnca_tot_amt").asLong()).isEqualTo(day < 20 ? 0 : paid);
            assertThat(100_000_000 - money.path("nxdy_excc_amt").asLong()).isEqualTo(day < 19 ? 0 : paid);
        }
    }

    @Test
    void anAmendmentIsAnOrderOfItsOwnInPlaceOfTheOther() throws Exception {
        DailyRow row = falling();
        String token = token().path("access_token").asText();
        long lower = MARKET.at(time.now(), row.symbol()).orElseThrow().lower();
        String first = kis.byHand(row.symbol(), true, 10, lower);
        String body = """
                {"CANO":"00000000","ACNT_PRDT_CD":"01","KRX_FWDG_ORD_ORGNO":"06010","ORGN_ODNO":"%s","RVSE_CNCL_DVSN_CD":"01",\
                "ORD_QTY":"4","ORD_UNPR":"%d","QTY_ALL_ORD_YN":"N"}""".formatted(first, row.base());
        JsonNode amended = send(signed("/uapi/domestic-stock/v1/trading/order-rvsecncl", "TTTC0013U", token)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
        assertThat(amended.path("output").path("ODNO").asText()).isEqualTo("0000000002");
        JsonNode rows = executions(token, "00").path("output1");
        assertThat(rows.get(0).path("rmn_qty").asText()).isEqualTo("6");
        assertThat(rows.get(1).path("orgn_odno").asText()).isEqualTo(first);
        assertThat(rows.get(1).path("sll_buy_dvsn_cd_name").asText()).isEqualTo("매수정정*");

        kis.reject("0000000002");
        JsonNode rejected = executions(token, "00").path("output1").get(1);
        assertThat(rejected.path("rjct_qty").asText()).isEqualTo("4");
        assertThat(rejected.path("rmn_qty").asText()).isEqualTo("0");
    }

    @Test
    void thePaperEnvironmentHasItsOwnNamesAndOneCallASecond() throws Exception {
        kis.close();
        kis = open(true);
        String token = token().path("access_token").asText();
        String symbol = falling().symbol();
        String[][] calls = {
            {"VTTC0012U", "APBK0918"}, {"TTTC0012U", "EGW02006"}, {"VTTC8408R", "EGW02006"}, {"CTCA0903R", "EGW02006"}
        };
        for (String[] call : calls) {
            time.advanceTo(time.now().plusSeconds(1));
            assertThat(order(call[0], token, symbol, 0, 1).path("msg_cd").asText())
                    .as(call[0])
                    .isEqualTo(call[1]);
        }
        assertThat(price(symbol, token).path("msg_cd").asText()).isEqualTo("EGW00201");
        kis.close();
        kis = open(false);
        assertThat(order("VTTC0012U", token, symbol, 1, 1).path("msg_cd").asText())
                .isEqualTo("EGW00213");
    }

    @Test
    void aBodyWithoutItsLengthIsNotRouted() throws Exception {
        String token = token().path("access_token").asText();
        JsonNode answer = send(signed(ORDER, "TTTC0012U", token)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[10])))
                .build());
        assertThat(answer.path("msg_cd").asText()).isEqualTo("EGW00202");
    }
}
