package io.haetae.saxo;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/** A web server on loopback that gives prepared answers in order, the last one again and again. */
final class FakeVenue implements AutoCloseable {

    record Reply(int status, Map<String, String> headers, String body) {
        static Reply of(int status, String body) {
            return new Reply(status, Map.of(), body);
        }
    }

    record Seen(String line, String authorization, String requestId, String body) {}

    private final HttpServer server;
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<Seen> seen = new ArrayList<>();

    FakeVenue(Reply... prepared) {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        replies.addAll(List.of(prepared));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                Reply reply;
                synchronized (this) {
                    String id = exchange.getRequestHeaders().getFirst("x-request-id");
                    String authorization = exchange.getRequestHeaders().getFirst("Authorization");
                    seen.add(new Seen(
                            exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                            authorization == null ? "" : authorization,
                            id == null ? "" : id,
                            body));
                    reply = replies.size() > 1 ? replies.removeFirst() : replies.getFirst();
                }
                if (reply.status() == 0) {
                    return; // Closes the connection without an answer.
                }
                reply.headers().forEach(exchange.getResponseHeaders()::set);
                byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        });
        server.start();
    }

    /** The request is read to its end, then the connection is closed. */
    static Reply closed() {
        return Reply.of(0, "");
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
