package io.haetae.krx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.haetae.krx.KrxException.Kind;
import io.haetae.market.CallQuota;
import io.haetae.market.DailyRow;
import io.haetae.market.IndexRow;
import io.haetae.market.KrxMarket;
import io.haetae.market.ListedShare;
import io.haetae.store.CallQuotaMapper;
import io.haetae.store.MemoryStore;
import io.haetae.time.VirtualTime;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KrxClientTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 3, 6);
    private static final Instant MORNING = Instant.parse("2026-03-08T23:10:00Z");

    private record Scripted(int status, String body) {}

    private final Deque<Scripted> script = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final VirtualTime time = new VirtualTime(MORNING);
    private final CallQuota quota = new CallQuotaMapper(new MemoryStore());
    private int limit = KrxClient.CALLS_A_DAY;
    private HttpServer server;
    private KrxClient client;

    @BeforeEach
    void serve() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            keys.add(exchange.getRequestHeaders().getFirst("AUTH_KEY"));
            Scripted next = script.size() > 1 ? script.poll() : script.peek();
            byte[] body = next.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(next.status(), body.length);
            try (var out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        client = client("a-key-of-ours");
    }

    private KrxClient client(String key) {
        return new KrxClient(
                KrxClient.http(),
                "http://127.0.0.1:" + server.getAddress().getPort() + "/svc/apis",
                key,
                KrxMarket.MAIN,
                quota,
                limit,
                time);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void rowsAreReadAsPublishedInOrderOfSymbol() throws Exception {
        script.add(new Scripted(
                200,
                answer(
                        row(
                                "0071M0",
                                "가나다로봇",
                                "12340",
                                "-160",
                                "12500",
                                "12600",
                                "12300",
                                "4200",
                                "51828000",
                                "8000000"),
                        row("000430", "해태시험", "5010", "0", "0", "0", "0", "0", "0", "21000000"))));
        assertThat(client.dailyTrades(KrxMarket.KOSDAQ, FRIDAY).rows())
                .containsExactly(
                        new DailyRow("000430", "해태시험", KrxMarket.KOSDAQ, 0, 0, 0, 5010, 0, 0, 0, 21_000_000),
                        new DailyRow(
                                "0071M0",
                                "가나다로봇",
                                KrxMarket.KOSDAQ,
                                12500,
                                12600,
                                12300,
                                12340,
                                -160,
                                4200,
                                51_828_000,
                                8_000_000));
        assertThat(asked).containsExactly("/svc/apis/sto/ksq_bydd_trd?basDd=20260306");
        assertThat(keys).containsExactly("a-key-of-ours");
    }

    @Test
    void noRowsMeanNotPublishedAndAreAskedForOnce() {
        script.add(new Scripted(200, "{\"OutBlock_1\":[]}"));
        assertThat(failure().kind()).isEqualTo(Kind.NOT_PUBLISHED);
        assertThat(asked).hasSize(1);
    }

    @Test
    void aRefusalIsToldByWhatToDo() {
        script.add(new Scripted(401, "{\"respMsg\":\"Unauthorized API Call\",\"respCode\":\"401\"}"));
        assertThat(failure())
                .hasMessageContaining("stk_bydd_trd")
                .hasMessageContaining("2026-03-06")
                .hasMessageContaining("apply for it")
                .extracting(KrxException::kind)
                .isEqualTo(Kind.UNAUTHORIZED_API);
        script.clear();
        script.add(new Scripted(401, "{\"respMsg\":\"Unauthorized Key\",\"respCode\":\"401\"}"));
        assertThat(failure())
                .hasMessageNotContaining("a-key-of-ours")
                .extracting(KrxException::kind)
                .isEqualTo(Kind.UNAUTHORIZED_KEY);
        assertThat(asked).hasSize(2);
    }

    @Test
    void aRefusalUnderHttp200IsNoEmptyDay() {
        script.add(new Scripted(200, "{\"OutBlock_1\":[],\"respMsg\":\"Unauthorized Key\",\"respCode\":\"401\"}"));
        assertThat(failure().kind()).isEqualTo(Kind.UNAUTHORIZED_KEY);
    }

    @Test
    void aWrongAddressIsNotAHoliday() {
        script.add(new Scripted(404, "<html>not here</html>"));
        assertThat(failure().kind()).isEqualTo(Kind.WRONG_ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "<html><body>Service</body></html>",
                "{}",
                "{\"OutBlock_1\":{}}",
                "{\"OutBlock_1\":[1]}",
                "{\"OutBlock_1\":[{}]}",
                "{\"OutBlock_1\":[",
                "{\"OutBlock_1\":[]} and more"
            })
    void anAnswerOfAnotherFormIsMalformedNotEmpty(String body) {
        script.add(new Scripted(200, body));
        assertThat(failure().kind()).isEqualTo(Kind.MALFORMED);
        assertThat(asked).hasSize(3);
    }

    @Test
    void everyTruncationOfAGoodAnswerIsNoticed() throws Exception {
        String whole = answer(row("000430", "해태시험", "5010", "10", "5000", "5020", "4990", "7", "35070", "21000000"));
        for (int cut = 0; cut < whole.length(); cut += 7) {
            script.clear();
            script.add(new Scripted(200, whole.substring(0, cut)));
            assertThat(failure().kind()).as("cut at %d", cut).isEqualTo(Kind.MALFORMED);
        }
    }

    @Test
    void rowsOfAnotherDateDuplicatesAndImpossibleFiguresSpoilTheFile() {
        String good = row("000430", "가", "5010", "10", "5000", "5020", "4990", "7", "35070", "21000000");
        List<String> bodies = List.of(
                answer(good, good),
                answer(good.replace("20260306", "20260305")),
                answer(good.replace("\"5010\"", "\"-5010\"")),
                answer(good.replace("\"5010\"", "\"-\"")),
                answer(good.replace("\"5010\"", "\"\"")),
                answer(good.replace("\"7\"", "\"1,007\"")),
                answer(good.replace("\"TDD_HGPRC\":\"5020\"", "\"TDD_HGPRC\":\"4000\"")),
                answer(good.replace("000430", "KR7000430007")),
                answer(good.replace("TDD_CLSPRC", "CLOSE")));
        for (String body : bodies) {
            script.clear();
            script.add(new Scripted(200, body));
            assertThat(failure().kind()).as(body).isEqualTo(Kind.MALFORMED);
        }
    }

    @Test
    void aPassingTroubleIsWaitedOut() throws Exception {
        script.add(new Scripted(503, ""));
        script.add(new Scripted(200, "{\"OutBlock_1\":["));
        script.add(new Scripted(
                200, answer(row("000430", "가", "5010", "10", "5000", "5020", "4990", "7", "35070", "21000000"))));
        assertThat(client.dailyTrades(KrxMarket.KOSPI, FRIDAY).rows()).hasSize(1);
        assertThat(time.now()).isEqualTo(MORNING.plusSeconds(6));
    }

    @Test
    void aServiceThatIsDownIsUnavailableInTheEnd() {
        server.stop(0);
        assertThat(failure().kind()).isEqualTo(Kind.UNAVAILABLE);
    }

    @Test
    void aKeyWithALineBreakIsRefusedWithoutBeingQuoted() {
        script.add(new Scripted(200, "{\"OutBlock_1\":[]}"));
        KrxException failure = catchThrowableOfType(
                KrxException.class, () -> client("hidden\nvalue").dailyTrades(KrxMarket.KOSPI, FRIDAY));
        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED_KEY);
        assertThat(failure).hasMessageNotContaining("hidden");
        assertThat(asked).isEmpty();
    }

    @Test
    void callsBeyondTheQuotaAreNotAskedAndTheNextDayHasNewOnes() throws Exception {
        script.add(new Scripted(
                200, answer(row("000430", "가", "5010", "10", "5000", "5020", "4990", "7", "35070", "21000000"))));
        limit = 10;
        client = client("a-key-of-ours");
        for (int call = 0; call < 10; call++) {
            assertThat(client.dailyTrades(KrxMarket.KOSPI, FRIDAY).rows()).hasSize(1);
        }
        assertThat(failure())
                .hasMessageContaining("stk_bydd_trd")
                .hasMessageContaining("2026-03-06")
                .hasMessageContaining("10 calls")
                .hasMessageContaining("after midnight in Seoul")
                .extracting(KrxException::kind)
                .isEqualTo(Kind.QUOTA_USED_UP);
        assertThat(asked).hasSize(10);
        time.advanceTo(Instant.parse("2026-03-09T15:00:00Z"));
        assertThat(client.dailyTrades(KrxMarket.KOSPI, FRIDAY).rows()).hasSize(1);
    }

    @Test
    void processesThatShareAKeyShareItsQuota() throws Exception {
        script.add(new Scripted(
                200, answer(row("000430", "가", "5010", "10", "5000", "5020", "4990", "7", "35070", "21000000"))));
        limit = 7;
        client = client("a-key-of-ours");
        client.dailyTrades(KrxMarket.KOSPI, FRIDAY);
        KrxClient other = client("a-key-of-ours");
        other.dailyTrades(KrxMarket.KOSPI, FRIDAY);
        assertThat(catchThrowableOfType(KrxException.class, () -> other.dailyTrades(KrxMarket.KOSPI, FRIDAY))
                        .kind())
                .isEqualTo(Kind.QUOTA_USED_UP);
    }

    @Test
    void aTryAgainCountsAsACall() {
        script.add(new Scripted(503, ""));
        limit = 2;
        client = client("a-key-of-ours");
        assertThat(failure().kind()).isEqualTo(Kind.QUOTA_USED_UP);
        assertThat(asked).hasSize(2);
    }

    @Test
    void aFewImpossibleRowsAreLeftOutWithTheirReason() throws Exception {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String close = i == 7 ? "-5010" : "5010";
            rows.add(row("%06d".formatted(i), "가", close, "10", "5000", "5020", "4990", "7", "35070", "21000000"));
        }
        script.add(new Scripted(200, answer(rows.toArray(String[]::new))));
        DailyTrades trades = client.dailyTrades(KrxMarket.KOSPI, FRIDAY);
        assertThat(trades.rows()).hasSize(199);
        assertThat(trades.dropped())
                .singleElement()
                .asString()
                .contains("000007")
                .contains("close -5010");
        rows.subList(2, 200).clear();
        rows.set(0, row("000001", "가", "5010", "10", "5000", "5020", "4990", "-7", "35070", "21000000"));
        script.clear();
        script.add(new Scripted(200, answer(rows.toArray(String[]::new))));
        assertThat(failure()).hasMessageContaining("000001").hasMessageContaining("volume -7");
    }

    @Test
    void whatIsWrittenIsWhatIsRead() throws Exception {
        long seed = 20_260_306;
        Random random = new Random(seed);
        List<DailyRow> rows = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            long low = random.nextLong(1, 1_000_000);
            long high = low + random.nextLong(0, 1_000);
            boolean traded = random.nextInt(9) > 0;
            rows.add(new DailyRow(
                    "%05d%s".formatted(i, "0K57LM".charAt(random.nextInt(6))),
                    "이름 \" \\ &" + random.nextInt(),
                    KrxMarket.KOSPI,
                    traded ? low : 0,
                    traded ? high : 0,
                    traded ? low : 0,
                    high,
                    random.nextLong(-1_000, high),
                    traded ? random.nextLong(1, 1L << 40) : 0,
                    traded ? random.nextLong(1, 1L << 58) : 0,
                    random.nextLong(0, 1L << 40)));
        }
        List<String> written = new ArrayList<>();
        for (DailyRow row : rows) {
            written.add(row(
                    row.symbol(),
                    row.name().replace("\\", "\\\\").replace("\"", "\\\""),
                    String.valueOf(row.close()),
                    String.valueOf(row.change()),
                    String.valueOf(row.open()),
                    String.valueOf(row.high()),
                    String.valueOf(row.low()),
                    String.valueOf(row.volume()),
                    String.valueOf(row.value()),
                    String.valueOf(row.shares())));
        }
        Collections.shuffle(written, random);
        script.add(new Scripted(200, answer(written.toArray(String[]::new))));
        rows.sort(Comparator.comparing(DailyRow::symbol));
        assertThat(client.dailyTrades(KrxMarket.KOSPI, FRIDAY).rows())
                .as("seed %d", seed)
                .isEqualTo(rows);
    }

    @Test
    void baseInformationIsReadWithSharesOfNoParValueAndOfLessThanOne() throws Exception {
        script.add(new Scripted(200, """
                {"OutBlock_1":[{"ISU_CD":"KYG0000A1076","ISU_SRT_CD":"900430","ISU_NM":"해태외국리미티드",\
                "ISU_ABBRV":"해태외국","ISU_ENG_NM":"Haetae Foreign Limited","LIST_DD":"20091223","MKT_TP_NM":"KOSDAQ",\
                "SECUGRP_NM":"외국주권","SECT_TP_NM":"관리종목(소속부없음)","KIND_STKCERT_TP_NM":"보통주","PARVAL":".5",\
                "LIST_SHRS":"53743968"},{"ISU_CD":"KR7000430009","ISU_SRT_CD":"000430","ISU_NM":"해태시험 보통주",\
                "ISU_ABBRV":"해태시험","ISU_ENG_NM":"HAETAE","LIST_DD":"20060315","MKT_TP_NM":"KOSDAQ",\
                "SECUGRP_NM":"주권","SECT_TP_NM":"-","KIND_STKCERT_TP_NM":"보통주","PARVAL":"무액면","LIST_SHRS":"9"}]}"""));
        assertThat(client.baseInformation(KrxMarket.KOSDAQ, FRIDAY))
                .containsExactly(
                        new ListedShare(
                                "000430",
                                "KR7000430009",
                                KrxMarket.KOSDAQ,
                                "해태시험",
                                "해태시험 보통주",
                                "HAETAE",
                                LocalDate.of(2006, 3, 15),
                                "주권",
                                "",
                                "보통주",
                                null,
                                9),
                        new ListedShare(
                                "900430",
                                "KYG0000A1076",
                                KrxMarket.KOSDAQ,
                                "해태외국",
                                "해태외국리미티드",
                                "Haetae Foreign Limited",
                                LocalDate.of(2009, 12, 23),
                                "외국주권",
                                "관리종목(소속부없음)",
                                "보통주",
                                new BigDecimal("0.5"),
                                53_743_968))
                .extracting(ListedShare::administrative)
                .containsExactly(false, true);
        assertThat(asked).containsExactly("/svc/apis/sto/ksq_isu_base_info?basDd=20260306");
    }

    @Test
    void anIndexWithoutALevelIsNoIndex() throws Exception {
        script.add(new Scripted(200, """
                {"OutBlock_1":[{"BAS_DD":"20260306","IDX_CLSS":"KOSPI","IDX_NM":"코스피 (외국주포함)","CLSPRC_IDX":"-",\
                "CMPPREVDD_IDX":"-","OPNPRC_IDX":"-","HGPRC_IDX":"-","LWPRC_IDX":"-"},\
                {"BAS_DD":"20260306","IDX_CLSS":"KOSPI","IDX_NM":"코스피","CLSPRC_IDX":"2512.34",\
                "CMPPREVDD_IDX":"-3.10","OPNPRC_IDX":"2515.00","HGPRC_IDX":"2520.50","LWPRC_IDX":"2508.77"}]}"""));
        assertThat(client.indices(IndexFamily.KOSPI, FRIDAY))
                .containsExactly(new IndexRow(
                        "KOSPI",
                        "코스피",
                        new BigDecimal("2515.00"),
                        new BigDecimal("2520.50"),
                        new BigDecimal("2508.77"),
                        new BigDecimal("2512.34"),
                        new BigDecimal("-3.10")));
        assertThat(asked).containsExactly("/svc/apis/idx/kospi_dd_trd?basDd=20260306");
    }

    private KrxException failure() {
        return catchThrowableOfType(KrxException.class, () -> client.dailyTrades(KrxMarket.KOSPI, FRIDAY));
    }

    private static String answer(String... rows) {
        return "{\"OutBlock_1\":[" + String.join(",", rows) + "]}";
    }

    private static String row(
            String symbol,
            String name,
            String close,
            String change,
            String open,
            String high,
            String low,
            String volume,
            String value,
            String shares) {
        return """
                {"BAS_DD":"20260306","ISU_CD":"%s","ISU_NM":"%s","MKT_NM":"KOSPI","SECT_TP_NM":"","TDD_CLSPRC":"%s",\
                "CMPPREVDD_PRC":"%s","FLUC_RT":"0.20","TDD_OPNPRC":"%s","TDD_HGPRC":"%s","TDD_LWPRC":"%s",\
                "ACC_TRDVOL":"%s","ACC_TRDVAL":"%s","MKTCAP":"1","LIST_SHRS":"%s"}""".formatted(symbol, name, close, change, open, high, low, volume, value, shares);
    }
}
