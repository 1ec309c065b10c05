package io.haetae.local.kis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.market.DailyRow;
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
        return new KisSimulator(
                time, MARKET, folder.resolve("kis.json"), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
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
        assertThat(balance.path("output2").get(0).path("dnca_tot_amt").asLong())
                .isEqualTo(100_000_000 - 10 * filled.path("avg_prvs").asLong());
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
        String body = "{\"ORGN_ODNO\":\"" + accepted.path("output").path("ODNO").asText()
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
}
