package io.haetae.krx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.haetae.krx.KrxException.Kind;
import io.haetae.time.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ClosurePageClientTest {

    private static final Year YEAR = Year.of(2024);
    private static final Answer PASSWORD = answer(200, "  8Jq2-one-time+password/==\r\n");
    private static final String ROW =
            "{\"calnd_dd\":\"%s\",\"dy_tp_cd\":\"THU\",\"calnd_dd_dy\":\"%s 목요일\",\"kr_dy_tp\":\"목요일\",\"holdy_nm\":\"휴장\"}";

    /** A status of 0 closes the connection without a word. */
    private record Answer(int status, byte[] body, int promised) {}

    private final Deque<Answer> passwords = new ArrayDeque<>(List.of(PASSWORD));
    private final Deque<Answer> lists = new ArrayDeque<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final VirtualTime time = new VirtualTime(Instant.parse("2024-02-01T22:30:00Z"));
    private HttpServer server;
    private ClosurePageClient client;

    @BeforeEach
    void serve() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        client = new ClosurePageClient(
                ClosurePageClient.http(),
                "http://127.0.0.1:" + server.getAddress().getPort(),
                time);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + path + " " + body);
        Deque<Answer> script = path.endsWith("GenerateOTP.jspx") ? passwords : lists;
        Answer next = Objects.requireNonNull(script.size() > 1 ? script.poll() : script.peek());
        if (next.status() != 0) {
            exchange.sendResponseHeaders(next.status(), next.promised() == 0 ? -1 : next.promised());
            exchange.getResponseBody().write(next.body());
        }
        exchange.close();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theWeekdaysOfAYearAreReadByTheirDateAlone() throws Exception {
        lists.add(list("2024-05-06", "2024-01-01", "2024-01-01", "2024-06-08", "2024-12-31"));

        assertThat(client.closures(YEAR).orElseThrow())
                .containsExactly(LocalDate.of(2024, 1, 1), LocalDate.of(2024, 5, 6), LocalDate.of(2024, 12, 31));
        assertThat(asked)
                .containsExactly(
                        "GET /contents/COM/GenerateOTP.jspx ",
                        "POST /contents/OPN/99/OPN99000001.jspx search_bas_yy=2024&gridTp=KRX"
                                + "&pagePath=%2Fcontents%2FMKD%2F01%2F0110%2F01100305%2FMKD01100305.jsp"
                                + "&code=8Jq2-one-time%2Bpassword%2F%3D%3D");
    }

    /** K-cal: a year that is not there yet is no year without closures. */
    @Test
    void anEmptyYearIsNotPublished() throws Exception {
        lists.add(list());
        assertThat(client.closures(YEAR)).isEmpty();
    }

    static List<Arguments> bad() {
        String good = "{\"block1\":[" + row("2024-01-01") + "]}";
        return List.of(
                Arguments.of("empty", answer(200, ""), Kind.MALFORMED),
                Arguments.of("HTML", answer(200, "<html>점검중</html>"), Kind.MALFORMED),
                Arguments.of("LOGOUT", answer(200, "LOGOUT"), Kind.MALFORMED),
                Arguments.of("cut short by the server", answer(200, good.substring(0, 40)), Kind.MALFORMED),
                Arguments.of(
                        "cut short on the way",
                        new Answer(200, good.getBytes(StandardCharsets.UTF_8), 9_999),
                        Kind.UNAVAILABLE),
                Arguments.of("twice", answer(200, good + good), Kind.MALFORMED),
                Arguments.of("without block1", answer(200, "{\"block2\":[]}"), Kind.MALFORMED),
                Arguments.of("block1 of another kind", answer(200, "{\"block1\":{}}"), Kind.MALFORMED),
                Arguments.of("a row that is none", answer(200, "{\"block1\":[1]}"), Kind.MALFORMED),
                Arguments.of("without a date", answer(200, "{\"block1\":[{\"holdy_nm\":\"x\"}]}"), Kind.MALFORMED),
                Arguments.of("no such date", list("2024-02-30"), Kind.MALFORMED),
                Arguments.of("a date with a suffix", list("2024-01-01(월)"), Kind.MALFORMED),
                Arguments.of("another year", list("2024-01-01", "2023-01-02"), Kind.MALFORMED),
                Arguments.of(
                        "too many rows",
                        list(Collections.nCopies(500, "2024-01-01").toArray(String[]::new)),
                        Kind.MALFORMED),
                Arguments.of("endless", answer(200, " ".repeat(2 << 20)), Kind.MALFORMED),
                Arguments.of(
                        "in the Korean code page",
                        new Answer(
                                200,
                                bytes(good.replace("휴장", "휴장일"), "MS949"),
                                bytes(good.replace("휴장", "휴장일"), "MS949").length),
                        Kind.MALFORMED),
                Arguments.of("401", answer(401, ""), Kind.UNAVAILABLE),
                Arguments.of("403", answer(403, "<html>blocked</html>"), Kind.UNAVAILABLE),
                Arguments.of("429", answer(429, ""), Kind.UNAVAILABLE),
                Arguments.of("503", answer(503, ""), Kind.UNAVAILABLE),
                Arguments.of("dropped", new Answer(0, new byte[0], 0), Kind.UNAVAILABLE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void aListThatIsNoneIsTypedAndAskedForThreeTimes(String what, Answer answer, Kind kind) {
        lists.add(answer);
        KrxException failure = failure();
        assertThat(failure.kind()).as(what).isEqualTo(kind);
        assertThat(failure).hasMessageStartingWith("KRX closure page for 2024: ");
        assertThat(asked.stream().filter(call -> call.startsWith("GET"))).hasSize(3);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badPasswords")
    void aPasswordThatIsNoneIsNotSentOn(Answer answer, Kind kind) {
        passwords.clear();
        passwords.add(answer);
        assertThat(failure().kind()).isEqualTo(kind);
        assertThat(asked).noneMatch(call -> call.startsWith("POST"));
    }

    static List<Arguments> badPasswords() {
        return List.of(
                Arguments.of(answer(200, ""), Kind.MALFORMED),
                Arguments.of(answer(200, "<html><body>sorry</body></html>"), Kind.MALFORMED),
                Arguments.of(answer(200, "x".repeat(5_000)), Kind.MALFORMED),
                Arguments.of(answer(500, "oops"), Kind.UNAVAILABLE),
                Arguments.of(new Answer(0, new byte[0], 0), Kind.UNAVAILABLE));
    }

    @Test
    void troubleThatPassesIsNoFailure() throws Exception {
        lists.add(answer(503, ""));
        lists.add(list("2024-01-01"));
        assertThat(client.closures(YEAR).orElseThrow()).containsExactly(LocalDate.of(2024, 1, 1));
    }

    private KrxException failure() {
        return catchThrowableOfType(KrxException.class, () -> client.closures(YEAR));
    }

    private static byte[] bytes(String text, String charset) {
        return text.getBytes(Charset.forName(charset));
    }

    private static String row(String date) {
        return ROW.formatted(date, date);
    }

    private static Answer list(String... dates) {
        return answer(
                200,
                "{\"block1\":["
                        + String.join(
                                ",",
                                List.of(dates).stream()
                                        .map(ClosurePageClientTest::row)
                                        .toList())
                        + "]}");
    }

    private static Answer answer(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return new Answer(status, bytes, bytes.length);
    }
}
