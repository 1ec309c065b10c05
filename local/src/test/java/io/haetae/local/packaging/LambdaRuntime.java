package io.haetae.local.packaging;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lambda's Runtime API on loopback, and one process of the real Java runtime interface client beside it, started in an
 * exploded function archive with the managed runtime's class path order.
 */
final class LambdaRuntime implements AutoCloseable {

    /**
     * What the function gave back.
     *
     * @param failed it came to the error address
     */
    record Answer(boolean failed, String body) {}

    private final HttpServer server;
    private final Process process;
    private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    LambdaRuntime(Path javaHome, Path archive, String handler, Map<String, String> environment, File log)
            throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
        String classPath = Stream.of(Context.class, AWSLambda.class, PojoSerializer.class)
                .map(LambdaRuntime::jarOf)
                .collect(Collectors.joining(File.pathSeparator));
        ProcessBuilder builder = new ProcessBuilder(
                        javaHome.resolve("bin/java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        AWSLambda.class.getName(),
                        handler)
                .directory(archive.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment()
                .putAll(Map.of(
                        "AWS_LAMBDA_RUNTIME_API",
                                "127.0.0.1:" + server.getAddress().getPort(),
                        "_HANDLER", handler,
                        "LAMBDA_TASK_ROOT", archive.toString(),
                        "AWS_LAMBDA_FUNCTION_NAME", "local",
                        "AWS_LAMBDA_FUNCTION_VERSION", "$LATEST",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024",
                        "AWS_LAMBDA_LOG_GROUP_NAME", "local",
                        "AWS_LAMBDA_LOG_STREAM_NAME", "local"));
        process = builder.start();
        process.onExit()
                .thenAccept(ended -> answers.add(new Answer(true, "the runtime ended with " + ended.exitValue())));
    }

    private static String jarOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The function's answer to the event, or the error it reported at start or during the call. */
    Answer invoke(String event) throws InterruptedException {
        events.add(event);
        Answer answer = answers.poll(60, TimeUnit.SECONDS);
        if (answer == null) {
            throw new IllegalStateException("no answer within 60 s");
        }
        return answer;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (path.endsWith("/invocation/next")) {
                next(exchange);
                return;
            }
            if (path.endsWith("/response")) {
                answers.add(new Answer(false, body));
            } else if (path.endsWith("/error")) {
                answers.add(new Answer(true, body));
            }
            exchange.sendResponseHeaders(202, -1);
        }
    }

    private void next(HttpExchange exchange) throws IOException {
        try {
            String event = null;
            while (event == null && closing.getCount() > 0) {
                event = events.poll(100, TimeUnit.MILLISECONDS);
            }
            if (event == null) {
                return;
            }
            byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
            // Without a content type the client's native part reads a null.
            for (Map.Entry<String, String> header : List.of(
                    Map.entry("Content-Type", "application/json"),
                    Map.entry("Lambda-Runtime-Aws-Request-Id", "00000000-0000-0000-0000-000000000001"),
                    Map.entry("Lambda-Runtime-Deadline-Ms", "4102444800000"),
                    Map.entry(
                            "Lambda-Runtime-Invoked-Function-Arn",
                            "arn:aws:lambda:ap-northeast-2:000000000000:function:local"))) {
                exchange.getResponseHeaders().set(header.getKey(), header.getValue());
            }
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        closing.countDown();
        process.destroyForcibly().waitFor();
        server.stop(0);
    }
}
