package io.haetae.local.world;

import io.haetae.local.http.Answer;
import io.haetae.local.http.LoopbackServer;
import io.haetae.local.http.Request;
import io.haetae.time.VirtualTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;

/** The venues' virtual clock over HTTP, for functions in containers: {@code GET /now} tells its
 * time, {@code POST /advance} moves it to the time in the body and tells it then. */
public final class ClockServer implements AutoCloseable {

    private final VirtualTime time;
    private final LoopbackServer server;

    /** @param port 0 takes a free one */
    public ClockServer(VirtualTime time, int port) {
        this.time = time;
        this.server =
                new LoopbackServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), time, this::answer);
    }

    private Answer answer(Request request) {
        return switch (request.path()) {
            case "/now" -> told();
            case "/advance" -> {
                time.advanceTo(Instant.parse(request.text().strip()));
                yield told();
            }
            default -> Answer.empty(404);
        };
    }

    private Answer told() {
        return Answer.json(200, time.now().toString());
    }

    /** Where to reach it on loopback, without a slash at the end. */
    public URI base() {
        return server.base();
    }

    /** Answers on {@code address} too, on the same port. */
    public void alsoOn(InetAddress address) {
        server.alsoOn(address);
    }

    @Override
    public void close() {
        server.close();
    }
}
