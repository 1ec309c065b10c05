package io.haetae.krx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.haetae.krx.KrxException.Kind;
import io.haetae.market.KrxMarket;
import io.haetae.time.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every read of the Exchange against every bad answer: rows or a typed trouble, never some of the rows. */
class KrxBadInputTest {

    private static final LocalDate FRIDAY = LocalDate.of(2026, 3, 6);

    /** One read, with a good answer of two rows. */
    private enum Read {
        TRADES("stk_bydd_trd", trade("000010"), trade("000020")) {
            @Override
            int rows(KrxClient client) throws KrxException, InterruptedException {
                return client.dailyTrades(KrxMarket.KOSPI, FRIDAY).rows().size();
            }
        },
        BASE_INFORMATION("ksq_isu_base_info", share("000010"), share("000020")) {
            @Override
            int rows(KrxClient client) throws KrxException, InterruptedException {
                return client.baseInformation(KrxMarket.KOSDAQ, FRIDAY).size();
            }
        },
        INDICES("kospi_dd_trd", index("가"), index("나")) {
            @Override
            int rows(KrxClient client) throws KrxException, InterruptedException {
                return client.indices(IndexFamily.KOSPI, FRIDAY).size();
            }
        };

        private final String api;
        private final String one;
        private final String two;

        Read(String api, String one, String two) {
            this.api = api;
            this.one = one;
            this.two = two;
        }

        abstract int rows(KrxClient client) throws KrxException, InterruptedException;

        private String answer() {
            return list(one, two);
        }
    }

    private static String list(String... rows) {
        return "{\"OutBlock_1\":[" + String.join(",", rows) + "]}";
    }

    private static String trade(String symbol) {
        return """
                {"BAS_DD":"20260306","ISU_CD":"%s","ISU_NM":"가","TDD_CLSPRC":"5010","CMPPREVDD_PRC":"10",\
                "TDD_OPNPRC":"5000","TDD_HGPRC":"5020","TDD_LWPRC":"4990","ACC_TRDVOL":"7","ACC_TRDVAL":"35070",\
                "LIST_SHRS":"21000000"}""".formatted(symbol);
    }

    private static String share(String symbol) {
        return """
                {"ISU_CD":"KR7%s003","ISU_SRT_CD":"%s","ISU_NM":"가보통주","ISU_ABBRV":"가","ISU_ENG_NM":"GA",\
                "LIST_DD":"20200102","MKT_TP_NM":"KOSDAQ","SECUGRP_NM":"주권","SECT_TP_NM":"우량기업부",\
                "KIND_STKCERT_TP_NM":"보통주","PARVAL":".5","LIST_SHRS":"21000000"}""".formatted(symbol, symbol);
    }

    private static String index(String name) {
        return """
                {"BAS_DD":"20260306","IDX_CLSS":"KOSPI","IDX_NM":"%s","CLSPRC_IDX":"2500.10","CMPPREVDD_IDX":"-1.50",\
                "OPNPRC_IDX":"2501.00","HGPRC_IDX":"2510.00","LWPRC_IDX":"2490.00"}""".formatted(name);
    }

    /** How an answer is bad. */
    private interface Fault {
        void answer(HttpExchange exchange, Read read) throws IOException;
    }

    private record Named(String name, Kind kind, Fault fault) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Named body(String name, java.util.function.Function<Read, byte[]> body) {
        return new Named(name, Kind.MALFORMED, (exchange, read) -> send(exchange, 200, body.apply(read)));
    }

    private static Named text(String name, java.util.function.Function<Read, String> text) {
        return body(name, read -> text.apply(read).getBytes(StandardCharsets.UTF_8));
    }

    private static Named status(int status, Kind kind) {
        return new Named(
                "HTTP " + status,
                kind,
                (exchange, _) -> send(exchange, status, "busy".getBytes(StandardCharsets.UTF_8)));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static final CountDownLatch OVER = new CountDownLatch(1);

    private static final List<Named> FAULTS = List.of(
            text("truncated", read -> read.answer().substring(0, read.answer().length() - 40)),
            text("HTML", _ -> "<!DOCTYPE html><html><body>점검 중</body></html>"),
            text("nothing", _ -> ""),
            text("spaces", _ -> "  \n "),
            text("without OutBlock_1", _ -> "{\"OutBlock_2\":[]}"),
            text("OutBlock_1 twice", read -> "{\"OutBlock_1\":[],\"OutBlock_1\":[%s]}".formatted(read.one)),
            text("a row twice", read -> list(read.one, read.two, read.one)),
            text(
                    "thousands separated",
                    read -> read.answer().replace("21000000", "21,000,000").replace("2500.10", "2,500.10")),
            text("negative", read -> read.answer()
                    .replace("5010", "-5010")
                    .replace("21000000", "-21000000")
                    .replace("2500.10", "-2500.10")),
            text("beyond every number", read -> read.answer()
                    .replace("21000000", "9223372036854775808")
                    .replace("2500.10", "99999999999999999999.9")),
            text("an exponent", read -> read.answer().replace("21000000", "2e9").replace("2500.10", "1e999999999")),
            text(
                    "a list in a field",
                    read -> read.answer().replace("\"21000000\"", "[1]").replace("\"2500.10\"", "[1]")),
            text("a hole", read -> read.answer().replace("\"21000000\"", "null").replace("\"-1.50\"", "null")),
            body("EUC-KR", read -> read.answer().getBytes(Charset.forName("EUC-KR"))),
            new Named(
                    "empty list",
                    Kind.NOT_PUBLISHED,
                    (exchange, _) -> send(exchange, 200, "{\"OutBlock_1\":[]}".getBytes(StandardCharsets.UTF_8))),
            new Named(
                    "refused under 200",
                    Kind.UNAUTHORIZED_API,
                    (exchange, read) -> send(
                            exchange,
                            200,
                            read.answer()
                                    .replaceFirst("\\{", "{\"respMsg\":\"Unauthorized API Call\",\"respCode\":\"401\",")
                                    .getBytes(StandardCharsets.UTF_8))),
            new Named(
                    "rows under 206",
                    Kind.MALFORMED,
                    (exchange, read) -> send(exchange, 206, read.answer().getBytes(StandardCharsets.UTF_8))),
            status(401, Kind.UNAUTHORIZED_KEY),
            status(403, Kind.UNAVAILABLE),
            status(404, Kind.WRONG_ADDRESS),
            status(429, Kind.UNAVAILABLE),
            status(500, Kind.UNAVAILABLE),
            status(503, Kind.UNAVAILABLE),
            new Named("dropped before the answer", Kind.UNAVAILABLE, (exchange, _) -> exchange.close()),
            new Named("dropped within the answer", Kind.UNAVAILABLE, (exchange, read) -> {
                byte[] whole = read.answer().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, whole.length);
                exchange.getResponseBody().write(whole, 0, whole.length / 2);
                exchange.getResponseBody().flush();
                exchange.close();
            }),
            new Named("no answer in time", Kind.UNAVAILABLE, (_, _) -> {
                try {
                    OVER.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));

    static Stream<Arguments> everyReadAndFault() {
        return Stream.of(Read.values()).flatMap(read -> FAULTS.stream().map(fault -> Arguments.of(read, fault)));
    }

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-08T23:10:00Z"));
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private Fault fault;
    private Read read;

    @BeforeEach
    void serve() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        read = Read.TRADES;
        fault = (exchange, good) -> send(exchange, 200, good.answer().getBytes(StandardCharsets.UTF_8));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            synchronized (asked) {
                asked.add(exchange.getRequestURI().toString());
            }
            fault.answer(exchange, read);
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private KrxClient client() {
        OkHttpClient hasty = KrxClient.http()
                .newBuilder()
                .readTimeout(Duration.ofMillis(300))
                .build();
        return new KrxClient(
                hasty,
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "hidden-key",
                KrxMarket.MAIN,
                (_, _, _, _) -> true,
                time);
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everyReadAndFault")
    void aBadAnswerIsATroubleThatSaysWhatWhereAndWhatToDo(Read bad, Named named) {
        read = bad;
        fault = named.fault();
        KrxException trouble = catchThrowableOfType(KrxException.class, () -> bad.rows(client()));
        assertThat(trouble).as(named.name()).isNotNull();
        assertThat(trouble.kind()).isEqualTo(named.kind());
        assertThat(trouble)
                .hasMessageContaining(bad.api)
                .hasMessageContaining("2026-03-06")
                .hasMessageMatching("(?s).*(ask|check|renew|apply|correct).*")
                .hasMessageNotContaining("hidden-key")
                .hasMessageNotContaining("\n");
    }

    /** A dropped connection or a wrong file is often right the next time. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("everyReadAndFault")
    void aTroubleThatPassesIsForgotten(Read bad, Named named) throws Exception {
        if (named.kind() != Kind.MALFORMED && named.kind() != Kind.UNAVAILABLE) {
            return;
        }
        read = bad;
        Fault good = fault;
        fault = (exchange, one) -> {
            fault = good;
            named.fault().answer(exchange, one);
        };
        assertThat(bad.rows(client())).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("everyRead")
    void theOrderOfRowsDoesNotMatter(Read good) throws Exception {
        read = good;
        fault = (exchange, one) -> send(exchange, 200, list(one.two, one.one).getBytes(StandardCharsets.UTF_8));
        assertThat(good.rows(client())).isEqualTo(2);
        assertThat(asked).hasSize(1);
    }

    static Stream<Read> everyRead() {
        return Stream.of(Read.values());
    }
}
