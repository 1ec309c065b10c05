package io.haetae.http;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.ConnectionPool;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.ByteString;

/**
 * Sends the POSTs that trade, each over the wire at most once.
 *
 * <p>An ordinary OkHttp client sends a body again when a kept connection turns out to be closed, after 408, after 503 with
 * {@code Retry-After: 0} and, for 307 and 308, to another address. Here each send has a connection of its own, which is closed
 * after it, nothing is followed, and the body cannot be written twice. Bodies are bytes with a {@code Content-Length}.
 *
 * <p>Safe for use by several threads.
 */
public final class OrderSender {

    private static final System.Logger LOG = System.getLogger(OrderSender.class.getName());
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");

    /** No answer to an order comes near it. */
    private static final int MOST_BYTES = 1 << 20;

    private final OkHttpClient client;
    private final Duration callTimeout;

    /** What came of one send. The texts are the same for every run of the same failure. */
    public sealed interface Sent {

        /** A whole answer, of whatever status. */
        record Answered(int status, Headers headers, ByteString body) implements Sent {}

        /** Proven: not one byte of the body left. */
        record NotSent(String cause) implements Sent {}

        /** The other side may have taken it. */
        record Lost(String cause) implements Sent {}
    }

    /**
     * @param connect longest wait for the connection
     * @param call longest time of a whole send, from before the connection to the end of the answer
     */
    public OrderSender(Duration connect, Duration call) {
        this.callTimeout = call;
        this.client = new OkHttpClient.Builder()
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(connect)
                // The whole send is bounded; nothing shorter may end it, or an answer under way would be lost.
                .readTimeout(call)
                .writeTimeout(call)
                .callTimeout(call)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.MILLISECONDS))
                .build();
    }

    public Duration callTimeout() {
        return callTimeout;
    }

    /**
     * @param request with its address and headers, without a body
     * @param json the body
     */
    public Sent send(Request.Builder request, ByteString json) {
        AtomicBoolean started = new AtomicBoolean();
        Request post = request.header("Connection", "close")
                .post(new OneShot(json, started))
                .build();
        try (Response response = client.newCall(post).execute()) {
            ByteString body = ByteString.of(response.body().byteStream().readNBytes(MOST_BYTES + 1));
            return body.size() > MOST_BYTES
                    ? new Sent.Lost("an answer of more than " + MOST_BYTES + " bytes")
                    : new Sent.Answered(response.code(), response.headers(), body);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "POST {0}: {1}", post.url().encodedPath(), e.toString());
            return started.get() ? new Sent.Lost("no whole answer") : new Sent.NotSent("no connection");
        }
    }

    private static final class OneShot extends RequestBody {
        private final ByteString json;
        private final AtomicBoolean started;

        OneShot(ByteString json, AtomicBoolean started) {
            this.json = json;
            this.started = started;
        }

        @Override
        public MediaType contentType() {
            return JSON;
        }

        @Override
        public long contentLength() {
            return json.size();
        }

        @Override
        public boolean isOneShot() {
            return true;
        }

        @Override
        public void writeTo(BufferedSink sink) throws IOException {
            if (started.getAndSet(true)) {
                throw new IOException("an order's body is written once");
            }
            sink.write(json);
        }
    }
}
