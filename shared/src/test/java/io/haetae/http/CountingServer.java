package io.haetae.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** Reads every request to its end, keeps it, and answers with the same bytes each time; empty bytes close the connection. */
public final class CountingServer implements AutoCloseable {

    private final ServerSocket socket;
    private final byte[] answer;
    private final boolean keep;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();

    /**
     * @param answer as it goes over the wire; empty to close after the request
     * @param keep the connection open for another request
     */
    public CountingServer(String answer, boolean keep) {
        this.answer = answer.getBytes(StandardCharsets.UTF_8);
        this.keep = keep;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** An answer with a body and its length. */
    public static String answer(int status, String header, String body) {
        return "HTTP/1.1 %d x\r\n%sContent-Length: %d\r\n\r\n%s"
                .formatted(status, header, body.getBytes(StandardCharsets.UTF_8).length, body);
    }

    public String base() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** Heads and bodies, in the order they came. */
    public List<String> requests() {
        return requests;
    }

    public int connections() {
        return connections.size();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            do {
                String request = read(in);
                if (request.isEmpty()) {
                    return;
                }
                requests.add(request);
                connection.getOutputStream().write(answer);
                connection.getOutputStream().flush();
            } while (keep);
        } catch (IOException e) {
            // The client has gone: what it sent was counted.
        }
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        int length = head.toString()
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line ->
                        Integer.parseInt(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElse(0);
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
