package io.haetae.local.dynamodb;

import io.haetae.aws.DynamoStore;
import io.haetae.time.TimeSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * DynamoDB Local, run from a folder of its jars. It keeps everything in memory: what it holds is gone when it ends.
 *
 * <p>It binds every address of the machine and cannot be told otherwise. It asks for no real credentials, so whoever
 * reaches its port reads and writes what it holds.
 */
public final class DynamoDbLocalProcess implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DynamoDbLocalProcess.class.getName());
    private static final Duration LONGEST_START = Duration.ofSeconds(40);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Process process;
    private final int port;
    private final Path log;
    private final Thread end;

    private DynamoDbLocalProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
        this.end = new Thread(process::destroyForcibly, "dynamodb-local-end");
    }

    /**
     * Starts it and waits until it answers. It ends with this process at the latest.
     *
     * @param jars folder of its jars and native libraries
     * @param port to listen on, 0 for a free one
     * @param time a real clock
     * @throws IllegalStateException when the jars are not there, the port is taken or it does not answer in time; one line
     */
    public static DynamoDbLocalProcess start(Path jars, int port, TimeSource time) throws InterruptedException {
        if (!Files.isDirectory(jars)) {
            throw new IllegalStateException(jars + ": no such folder; the build puts DynamoDB Local there");
        }
        int chosen = free(port);
        Path log;
        try {
            log = Files.createTempFile("dynamodb-local-", ".log");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "-XX:TieredStopAtLevel=1",
                            "-Xmx1g",
                            "-Djava.library.path=" + jars,
                            "-cp",
                            jars.resolve("*").toString(),
                            "software.amazon.dynamodb.services.local.main.ServerRunner",
                            "-inMemory",
                            "-disableTelemetry",
                            "-port",
                            Integer.toString(chosen))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            DynamoDbLocalProcess started = new DynamoDbLocalProcess(process, chosen, log);
            Runtime.getRuntime().addShutdownHook(started.end);
            started.awaitAnswer(time);
            return started;
        } catch (IOException e) {
            throw new IllegalStateException("DynamoDB Local does not start: " + e.getMessage(), e);
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public int port() {
        return port;
    }

    /** A client as {@link DynamoStore} wants it. Local tables belong to a region and an access key: use this one's. */
    public DynamoDbClient client(ExecutionInterceptor... interceptors) {
        return client(endpoint(), interceptors);
    }

    /** As above, for a server that another process started. */
    public static DynamoDbClient client(URI endpoint, ExecutionInterceptor... interceptors) {
        return DynamoStore.configure(DynamoDbClient.builder(), interceptors)
                .endpointOverride(endpoint)
                .region(Region.AP_NORTHEAST_2)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
    }

    /** Ends it, with all it holds. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            LOG.log(System.Logger.Level.TRACE, "this process is ending already: the hook does the same", e);
        }
        try {
            process.waitFor();
            Files.deleteIfExists(log);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitAnswer(TimeSource time) throws InterruptedException {
        Instant latest = time.now().plus(LONGEST_START);
        try (DynamoDbClient client = client()) {
            while (true) {
                if (!process.isAlive()) {
                    throw new IllegalStateException(
                            "DynamoDB Local ended at once (port %d taken?), see %s".formatted(port, log));
                }
                try {
                    client.listTables();
                    return;
                } catch (SdkException e) {
                    if (time.now().isAfter(latest)) {
                        close();
                        throw new IllegalStateException("DynamoDB Local does not answer on port " + port, e);
                    }
                }
                time.sleepUntil(time.now().plus(POLL));
            }
        }
    }

    private static int free(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("port %d is taken".formatted(port), e);
        }
    }
}
