package io.haetae.local.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.haetae.time.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A web server of a simulated venue: one route for all paths, a count of what was asked, and faults on request.
 *
 * <p>Requests that come at the same time are answered at the same time: the route guards its own state.
 */
public final class LoopbackServer implements AutoCloseable {

    static {
        // Without it every answer on a kept connection waits for the peer's delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final System.Logger LOG = System.getLogger(LoopbackServer.class.getName());

    /** What a venue does with a request. */
    @FunctionalInterface
    public interface Route {
        Answer answer(Request request) throws IOException;
    }

    private sealed interface Fault {
        /** Answers instead of the venue, which sees nothing of the request. */
        record Instead(Answer answer) implements Fault {}

        /** Closes the connection; the venue has seen the request when {@code afterwards}. */
        record Drop(boolean afterwards) implements Fault {}

        /** The venue has seen the request; what it answers is replaced. */
        record Afterwards(Answer answer) implements Fault {}

        /** The venue has seen the request; nothing comes before the server is closed. */
        record Hang() implements Fault {}

        /** The venue answers, later by {@code delay} of its clock. */
        record Delay(Duration delay) implements Fault {}
    }

    private static final class Planned {
        private final String path;
        private final Fault fault;
        private int left;

        private Planned(String path, int times, Fault fault) {
            this.path = path;
            this.left = times;
            this.fault = fault;
        }
    }

    private final TimeSource time;
    private volatile Route route;
    private final HttpServer server;
    private final List<HttpServer> others = new ArrayList<>();
    private final ExecutorService threads;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final AtomicLong requests = new AtomicLong();
    private final List<Planned> planned = new ArrayList<>();

    /**
     * Starts answering.
     *
     * @param bind address and port; port 0 takes a free one
     * @param time the clock that delays count on
     * @throws UncheckedIOException when the address cannot be bound; the message names it
     */
    public LoopbackServer(InetSocketAddress bind, TimeSource time, Route route) {
        this.time = time;
        this.route = route;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.server = start(bind);
    }

    /** Answers on {@code address} too, on the same port. */
    public void alsoOn(InetAddress address) {
        others.add(start(new InetSocketAddress(address, server.getAddress().getPort())));
    }

    private HttpServer start(InetSocketAddress bind) {
        try {
            HttpServer started = HttpServer.create(bind, 0);
            started.setExecutor(threads);
            started.createContext("/", this::handle);
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot listen on " + bind.getHostString() + ":" + bind.getPort() + ": " + e.getMessage(), e);
        }
    }

    /** Where to reach it, without a slash at the end. */
    public URI base() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Requests received since the start, faults included. */
    public long requests() {
        return requests.get();
    }

    /** The next {@code times} requests whose path starts with {@code path} are answered so; the venue does not see them. */
    public void answerNext(String path, int times, Answer answer) {
        plan(path, times, new Fault.Instead(answer));
    }

    /** The next requests end in a closed connection; the venue does not see them. */
    public void dropNext(String path, int times) {
        plan(path, times, new Fault.Drop(false));
    }

    /** The next requests are carried out, then the connection is closed: the answer is lost. */
    public void loseAnswers(String path, int times) {
        plan(path, times, new Fault.Drop(true));
    }

    /** The next requests are carried out, then answered so. */
    public void answerInstead(String path, int times, Answer answer) {
        plan(path, times, new Fault.Afterwards(answer));
    }

    /** The next requests are carried out and not answered, while the connection stays open. */
    public void hangNext(String path, int times) {
        plan(path, times, new Fault.Hang());
    }

    /** The next requests are carried out after {@code delay} has passed on the venue's clock. */
    public void delayNext(String path, int times, Duration delay) {
        plan(path, times, new Fault.Delay(delay));
    }

    /**
     * From now on requests go through what {@code wrapping} makes of the route: for faults that no path and count can name.
     * A route that throws closes the connection.
     */
    public void around(UnaryOperator<Route> wrapping) {
        route = wrapping.apply(route);
    }

    private void plan(String path, int times, Fault fault) {
        synchronized (planned) {
            planned.add(new Planned(path, times, fault));
        }
    }

    private @Nullable Fault nextFault(String path) {
        synchronized (planned) {
            for (Planned candidate : planned) {
                if (candidate.left > 0 && path.startsWith(candidate.path)) {
                    candidate.left--;
                    return candidate.fault;
                }
            }
            return null;
        }
    }

    private void handle(HttpExchange exchange) {
        requests.incrementAndGet();
        try (exchange) {
            Request request = read(exchange);
            Fault fault = nextFault(request.path());
            switch (fault) {
                case null -> write(exchange, route.answer(request));
                case Fault.Instead instead -> write(exchange, instead.answer());
                case Fault.Drop drop -> {
                    if (drop.afterwards()) {
                        route.answer(request);
                    }
                }
                case Fault.Afterwards afterwards -> {
                    route.answer(request);
                    write(exchange, afterwards.answer());
                }
                case Fault.Hang _ -> {
                    route.answer(request);
                    closed.await();
                }
                case Fault.Delay delay -> {
                    time.sleepUntil(time.now().plus(delay.delay()));
                    write(exchange, route.answer(request));
                }
            }
        } catch (IOException e) {
            // The client has gone, or sent half a request: nobody is left to tell.
            LOG.log(System.Logger.Level.DEBUG, () -> "exchange ended early: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "the simulated venue failed", e);
            throw e;
        }
    }

    private static Request read(HttpExchange exchange) throws IOException {
        URI uri = exchange.getRequestURI();
        Map<String, String> headers = new LinkedHashMap<>();
        Headers given = exchange.getRequestHeaders();
        given.forEach((name, values) -> {
            if (!values.isEmpty()) {
                headers.put(name.toLowerCase(Locale.ROOT), values.getFirst());
            }
        });
        byte[] body = exchange.getRequestBody().readAllBytes();
        return new Request(exchange.getRequestMethod(), uri.getPath(), query(uri.getRawQuery()), headers, body);
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return parameters;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.put(decode(name), decode(value));
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static void write(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(answer.status(), answer.length() == 0 ? -1 : answer.length());
        if (answer.length() > 0) {
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer.body(), 0, answer.length());
            }
        }
    }

    /** Stops at once; requests in flight end in a closed connection. */
    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        others.forEach(other -> other.stop(0));
        threads.close();
    }
}
