package io.haetae.kis;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.haetae.config.KeptSecrets;
import io.haetae.store.MemoryStore;
import io.haetae.store.SecretLeases;
import io.haetae.store.Store;
import io.haetae.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import okhttp3.OkHttpClient;

/** The broker as a web server that answers what it is told to; the last answer of a script is given again and again. */
final class FakeKis implements AutoCloseable {

    static final String SECRET_PARTS = "of-ours";

    /**
     * One answer.
     *
     * @param promised bytes that the head promises; more than there are means that the answer breaks off
     * @param more what the head says of further pages, empty for nothing
     */
    record Scripted(int status, byte[] body, int promised, String more) {
        Scripted(int status, byte[] body, int promised) {
            this(status, body, promised, "");
        }

        static Scripted page(String body, String more) {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            return new Scripted(200, bytes, bytes.length, more);
        }

        Scripted(int status, String body) {
            this(status, body.getBytes(StandardCharsets.UTF_8));
        }

        Scripted(int status, byte[] body) {
            this(status, body, body.length);
        }

        /** The connection is closed without a word. */
        static Scripted silence() {
            return new Scripted(0, "");
        }

        /** Nothing comes before this server is closed. */
        static Scripted never() {
            return new Scripted(-1, "");
        }
    }

    final Deque<Scripted> answers = new ArrayDeque<>();
    final Deque<Scripted> tokens = new ArrayDeque<>();
    final List<String> bearers = Collections.synchronizedList(new ArrayList<>());
    final List<String> queries = Collections.synchronizedList(new ArrayList<>());
    final List<String> continuations = Collections.synchronizedList(new ArrayList<>());
    final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
    final List<Instant> issues = Collections.synchronizedList(new ArrayList<>());
    final KeptSecrets secrets = new KeptSecrets();
    private final Store store = new MemoryStore();
    private final Supplier<Instant> clock;
    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param clock whose time the issues of tokens are noted in */
    FakeKis(Supplier<Instant> clock) {
        this.clock = clock;
        System.setProperty("sun.net.httpserver.nodelay", "true");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        tokens.add(token("first"));
    }

    static Scripted token(String token) {
        return new Scripted(
                200, "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":86400}".formatted(token));
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean token = exchange.getRequestURI().getPath().equals("/oauth2/tokenP");
        Scripted next;
        synchronized (this) {
            if (token) {
                issues.add(clock.get());
            } else {
                bearers.add(exchange.getRequestHeaders().getFirst("authorization"));
                queries.add(exchange.getRequestHeaders().getFirst("tr_id") + " " + exchange.getRequestURI());
                continuations.add(String.valueOf(exchange.getRequestHeaders().getFirst("tr_cont")));
                if (!body.isEmpty()) {
                    bodies.add(body);
                }
            }
            Deque<Scripted> script = token ? tokens : answers;
            next = Objects.requireNonNull(script.size() > 1 ? script.poll() : script.peek());
        }
        if (next.status() == 0) {
            exchange.close();
            return;
        }
        if (next.status() < 0) {
            awaitEnd();
            exchange.close();
            return;
        }
        if (!next.more().isEmpty()) {
            exchange.getResponseHeaders().set("tr_cont", next.more());
        }
        exchange.sendResponseHeaders(next.status(), next.promised() == 0 ? -1 : next.promised());
        exchange.getResponseBody().write(next.body());
        exchange.close();
    }

    private void awaitEnd() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    KisToken token(TimeSource time) {
        return new KisToken(
                KisClient.http(),
                base(),
                new KisKeys("app-key-" + SECRET_PARTS, "app-secret-" + SECRET_PARTS),
                secrets,
                new SecretLeases(store, time, () -> "run"),
                time);
    }

    KisClient client(TimeSource time) {
        return client(KisClient.http(), time);
    }

    KisClient client(OkHttpClient http, TimeSource time) {
        KisKeys keys = new KisKeys("app-key-" + SECRET_PARTS, "app-secret-" + SECRET_PARTS);
        return new KisClient(http, base(), keys, token(time), new KisRateLimiter(time, BigDecimal.valueOf(10)), time);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
