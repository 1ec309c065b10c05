package io.haetae.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.http.OrderSender.Sent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import okio.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One order is one POST, whatever the other side does with it. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OrderSenderTest {

    private static final ByteString ORDER = ByteString.encodeUtf8("{\"PDNO\":\"005930\",\"ORD_QTY\":\"3\"}");

    private final OrderSender sender = new OrderSender(Duration.ofSeconds(5), Duration.ofSeconds(30));

    private Sent send(CountingServer server) {
        return sender.send(new Request.Builder().url(server.base() + "/orders"), ORDER);
    }

    /** D1: the server has the order and says nothing. */
    @Test
    void aServerThatReadsAndClosesGetsOnePost() {
        try (CountingServer server = new CountingServer("", false)) {
            assertThat(send(server)).isEqualTo(new Sent.Lost("no whole answer"));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "408, ''",
        "408, 'Retry-After: 0'",
        "503, 'Retry-After: 0'",
        "307, 'Location: /elsewhere'",
        "308, 'Location: /elsewhere'",
        "302, 'Location: /elsewhere'",
        "401, 'WWW-Authenticate: Basic'",
        "421, ''",
        "500, ''"
    })
    void aStatusThatClientsFollowByThemselvesGetsOnePost(int status, String header) {
        String answer = CountingServer.answer(status, header.isEmpty() ? "" : header + "\r\n", "{}");
        for (boolean keep : new boolean[] {true, false}) {
            try (CountingServer server = new CountingServer(answer, keep)) {
                assertThat(send(server)).isInstanceOfSatisfying(Sent.Answered.class, answered -> {
                    assertThat(answered.status()).isEqualTo(status);
                    assertThat(answered.body().utf8()).isEqualTo("{}");
                });
                assertThat(server.requests()).as("keeping %s", keep).hasSize(1);
            }
        }
    }

    /** A kept connection may be dead, and a client that finds it so sends the body again on another. */
    @Test
    void everyPostHasAConnectionOfItsOwn() {
        try (CountingServer server = new CountingServer(CountingServer.answer(200, "", "{}"), true)) {
            for (int i = 1; i <= 3; i++) {
                assertThat(send(server)).isInstanceOf(Sent.Answered.class);
                assertThat(server.connections()).isEqualTo(i);
            }
            assertThat(server.requests()).hasSize(3);
        }
    }

    @Test
    void anAnswerThatBreaksOffIsLostAndNotPosted() {
        String broken = "HTTP/1.1 200 x\r\nContent-Length: 500\r\n\r\n{\"rt_cd\":\"0\"";
        try (CountingServer server = new CountingServer(broken, false)) {
            assertThat(send(server)).isEqualTo(new Sent.Lost("no whole answer"));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void anAnswerWithoutEndIsLost() {
        String endless = CountingServer.answer(200, "", "x".repeat((1 << 20) + 1));
        try (CountingServer server = new CountingServer(endless, false)) {
            assertThat(send(server)).isEqualTo(new Sent.Lost("an answer of more than 1048576 bytes"));
        }
    }

    @Test
    void aServerThatIsSilentIsGivenUpAfterTheCallTimeout() {
        OrderSender hasty = new OrderSender(Duration.ofMillis(200), Duration.ofMillis(200));
        try (CountingServer server = new CountingServer("HTTP/1.1 100 x\r\n\r\n", true)) {
            assertThat(hasty.send(new Request.Builder().url(server.base()), ORDER))
                    .isEqualTo(new Sent.Lost("no whole answer"));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void withoutAConnectionNothingWasSent() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        assertThat(sender.send(new Request.Builder().url("http://127.0.0.1:" + port), ORDER))
                .isEqualTo(new Sent.NotSent("no connection"));
    }

    @Test
    void theBodyIsBytesWithTheirLength() {
        try (CountingServer server = new CountingServer(CountingServer.answer(200, "", "{}"), false)) {
            send(server);
            assertThat(server.requests().getFirst())
                    .startsWith("POST /orders HTTP/1.1\r\n")
                    .contains("Content-Length: " + ORDER.size() + "\r\n", "Connection: close\r\n")
                    .doesNotContainIgnoringCase("transfer-encoding")
                    .endsWith("\r\n\r\n" + ORDER.utf8());
        }
    }
}
