package io.haetae.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.time.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopbackServerTest {

    private static final Instant START = Instant.parse("2026-03-18T00:00:00Z");

    private final VirtualTime time = new VirtualTime(START);
    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final LoopbackServer server =
            new LoopbackServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), time, request -> {
                seen.add(request.method() + " " + request.path() + " " + request.parameter("q") + " " + request.text()
                        + request.header("X-Word"));
                return Answer.json(200, "{}").with("X-Answer", "yes");
            });
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private HttpResponse<String> post(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.base() + path))
                        .header("x-word", "!")
                        .POST(HttpRequest.BodyPublishers.ofString("body"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void handsTheRequestOnAndTheAnswerBack() throws Exception {
        HttpResponse<String> response = post("/a/b?q=%EA%B0%80%20b");
        assertThat(seen).containsExactly("POST /a/b 가 b body!");
        assertThat(response.body()).isEqualTo("{}");
        assertThat(response.headers().firstValue("X-Answer")).contains("yes");
        assertThat(server.requests()).isEqualTo(1);
    }

    @Test
    void aLostAnswerWasCarriedOutADroppedRequestWasNot() {
        server.dropNext("/drop", 1);
        server.loseAnswers("/lose", 1);
        // The JDK's client sends a request again when the connection closes before any byte of the answer, but no POST.
        assertThatThrownBy(() -> post("/drop")).isInstanceOf(IOException.class);
        assertThat(seen).isEmpty();
        assertThatThrownBy(() -> post("/lose")).isInstanceOf(IOException.class);
        assertThat(seen).hasSize(1);
    }

    @Test
    void aDelayPassesOnTheVenuesClock() throws Exception {
        server.delayNext("/", 1, Duration.ofSeconds(40));
        post("/slow");
        assertThat(time.now()).isEqualTo(START.plusSeconds(40));
    }

    @Test
    void aTakenPortIsNamed() {
        InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
        assertThatThrownBy(() -> new LoopbackServer(taken, time, _ -> Answer.empty(200)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot listen on")
                .hasMessageContaining(String.valueOf(server.port()));
    }
}
