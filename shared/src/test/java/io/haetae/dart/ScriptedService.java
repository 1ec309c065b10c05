package io.haetae.dart;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Answers what it was told to, the last answer again and again, and remembers what it was asked. */
final class ScriptedService implements AutoCloseable {

    /** @param status 0 closes the connection without an answer */
    record Scripted(int status, String type, byte[] body, int promised) {}

    final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Deque<Scripted> script = new ArrayDeque<>();
    private final HttpServer server;

    ScriptedService() throws IOException {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.add(URLDecoder.decode(exchange.getRequestURI().toString(), StandardCharsets.UTF_8));
                Scripted next = next();
                if (next.status() == 0) {
                    return;
                }
                exchange.getResponseHeaders().set("Content-Type", next.type());
                if (next.status() == 302) {
                    exchange.getResponseHeaders().set("Location", "/error1.html");
                }
                exchange.sendResponseHeaders(next.status(), next.promised() == 0 ? -1 : next.promised());
                if (next.promised() > 0) {
                    exchange.getResponseBody().write(next.body());
                }
            }
        });
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    private synchronized Scripted next() {
        Scripted next = script.size() > 1 ? script.poll() : script.peek();
        if (next == null) {
            throw new IllegalStateException("nothing was scripted");
        }
        return next;
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    ScriptedService json(String body) {
        return answer(200, "application/json;charset=UTF-8", body.getBytes(StandardCharsets.UTF_8));
    }

    ScriptedService html(int status) {
        byte[] page = "<!DOCTYPE html><html><body>error</body></html>".getBytes(StandardCharsets.UTF_8);
        return answer(status, "text/html", page);
    }

    ScriptedService answer(int status, String type, byte[] body) {
        script.add(new Scripted(status, type, body, body.length));
        return this;
    }

    /** The connection ends before what was promised has come. */
    ScriptedService cutOff(String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        script.add(new Scripted(200, "application/json", bytes, bytes.length + 50));
        return this;
    }

    /** The connection ends without an answer. */
    ScriptedService dropped() {
        script.add(new Scripted(0, "", new byte[0], 0));
        return this;
    }

    ScriptedService zip(String name, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
        }
        return answer(200, "application/zip", bytes.toByteArray());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
