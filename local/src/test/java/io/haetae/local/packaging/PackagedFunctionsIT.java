package io.haetae.local.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.local.dynamodb.DynamoDbLocalProcess;
import io.haetae.local.krx.KrxSimulator;
import io.haetae.local.market.GeneratedMarket;
import io.haetae.local.saxo.SaxoSimulator;
import io.haetae.local.schedule.Template;
import io.haetae.local.world.ClockServer;
import io.haetae.local.world.Engine;
import io.haetae.time.SystemTime;
import io.haetae.time.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The archive that is deployed, under the runtime client that Lambda's own Java runtime is made of. */
class PackagedFunctionsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path JAVA = Path.of(System.getProperty("java.home"));

    /** 08:12 in Seoul: the Exchange has published the day before, and the bank's markets overseas have closed. */
    private static final Instant NOW = Instant.parse("2026-03-17T23:12:00Z");

    private static final Set<String> TYPED = Set.of("DONE", "SKIPPED", "REFUSED", "ALREADY_DONE", "COALESCED");

    @TempDir
    private static Path folder;

    private static World world;

    /** Tables, venues and a clock for the functions to reach on loopback. */
    private record World(
            DynamoDbLocalProcess tables, KrxSimulator krx, SaxoSimulator saxo, ClockServer clock, Path archive)
            implements AutoCloseable {

        static World start() throws IOException, InterruptedException {
            Path archive = Files.createDirectory(folder.resolve("archive"));
            FunctionsArchive.explodeTo(archive);
            DynamoDbLocalProcess tables = DynamoDbLocalProcess.start(
                    Path.of("target", "dynamodb-local").toAbsolutePath(), 0, new SystemTime());
            try (DynamoDbClient client = tables.client()) {
                Engine.TABLES.createIn(client);
            }
            VirtualTime time = new VirtualTime(NOW);
            InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            return new World(
                    tables,
                    new KrxSimulator(time, new GeneratedMarket(1), anyPort),
                    new SaxoSimulator(time, 1, folder.resolve("saxo.json"), anyPort),
                    new ClockServer(time, 0),
                    archive);
        }

        Map<String, String> environment(Template.Function function) {
            Map<String, String> environment = new TreeMap<>(function.environment());
            environment.putAll(Map.of(
                    "HAETAE_DYNAMODB",
                    tables.endpoint().toString(),
                    "HAETAE_STATE_TABLE",
                    "haetae-state",
                    "HAETAE_MARKET_TABLE",
                    "haetae-market",
                    "HAETAE_BUS",
                    "none",
                    "HAETAE_CLOCK",
                    clock.base().toString(),
                    "KRX_REST_BASE",
                    krx.base() + "/svc/apis",
                    // No key for it is configured: nothing is asked there.
                    "KIS_REST_BASE",
                    "http://127.0.0.1:9",
                    "DART_REST_BASE",
                    "http://127.0.0.1:9",
                    "SAXO_REST_BASE",
                    saxo.restBase().toString(),
                    "SAXO_AUTH_BASE",
                    saxo.authBase().toString()));
            environment.put("KRX_CALENDAR_BASE", "http://127.0.0.1:9");
            environment.put(
                    "HAETAE_LOCAL_SECRETS",
                    "krx/auth-key=" + KrxSimulator.AUTH_KEY
                            + ",saxo/access-token=simulated-saxo-token,saxo/account-key=simulated-account,saxo/client-key=simulated-client");
            return environment;
        }

        @Override
        public void close() {
            clock.close();
            krx.close();
            saxo.close();
            tables.close();
        }
    }

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        world = World.start();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    static List<Template.Function> functions() {
        return new Template(Path.of("..", "template.yaml"), Map.of()).functions();
    }

    private static Template.Function function(String id) {
        return functions().stream()
                .filter(function -> function.logicalId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** What it answers, and what it logged. */
    private record Invocation(LambdaRuntime.Answer answer, String log) {}

    private static Invocation invoke(
            Template.Function function, String handler, Path archive, Map<String, String> more, String event)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, function.logicalId(), ".log");
        Map<String, String> environment = world.environment(function);
        environment.putAll(more);
        try (LambdaRuntime runtime = new LambdaRuntime(JAVA, archive, handler, environment, log.toFile())) {
            return new Invocation(runtime.invoke(event), Files.readString(log));
        }
    }

    private static Invocation invoke(Template.Function function, String event)
            throws IOException, InterruptedException {
        return invoke(function, function.handler(), world.archive(), Map.of(), event);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void everyFunctionOfTheTemplateStartsAndAnswers(Template.Function function) throws Exception {
        Invocation invocation = invoke(function, "{}");

        assertThat(invocation.answer().failed()).as(invocation.toString()).isFalse();
        JsonNode answer = JSON.readTree(invocation.answer().body());
        if (function.schedules().isEmpty()) {
            assertThat(answer.path("command").asText())
                    .as(invocation.toString())
                    .isEqualTo("status");
            return;
        }
        assertThat(TYPED)
                .as(invocation.toString())
                .contains(answer.path("outcome").asText());
        assertThat(function.schedules()).anySatisfy(schedule -> assertThat(schedule.input())
                .contains('"' + answer.path("job").asText() + '"'));
    }

    @Test
    void theExchangesRowsGoFromItsServerIntoTheTables() throws Exception {
        Invocation invocation = invoke(function("DataCollection"), "{\"job\":\"data_catchup\"}");

        JsonNode answer = JSON.readTree(invocation.answer().body());
        assertThat(answer.path("outcome").asText()).as(invocation.toString()).isIn("DONE", "ALREADY_DONE");
        assertThat(answer.path("reason").asText()).as(invocation.toString()).contains("2026-03-17");
    }

    /** What CloudWatch makes log fields and metrics of. */
    @Test
    void aRunIsLoggedAsJsonAndMeasured() throws Exception {
        String log = invoke(function("SaxoCycle"), "{}").log();

        JsonNode ended = line(log, "run ended");
        assertThat(ended.path("level").asText()).isEqualTo("INFO");
        assertThat(ended.path("job").asText()).isEqualTo("saxo_cycle");
        assertThat(ended.path("mode").asText()).isEqualTo("DRY_RUN");
        assertThat(ended.path("outcome").asText()).isIn("DONE", "ALREADY_DONE");
        assertThat(ended.has("slot") && ended.has("durationMillis") && ended.has("statistics"))
                .as(ended.toString())
                .isTrue();
        JsonNode measured = line(log, "\"_aws\"");
        assertThat(measured.path("Job").asText()).isEqualTo("saxo_cycle");
        assertThat(measured.has("RunDuration")).as(measured.toString()).isTrue();
    }

    private static JsonNode line(String log, String part) throws IOException {
        String found = log.lines()
                .filter(line -> line.startsWith("{") && line.contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line with " + part + " in " + log));
        return JSON.readTree(found);
    }

    @Test
    void whatIsNotUpIsSaidInOneLine() throws Exception {
        Template.Function function = function("SignalGeneration");
        Invocation invocation = invoke(
                function, function.handler(), world.archive(), Map.of("HAETAE_CLOCK", "http://127.0.0.1:9"), "{}");

        assertThat(invocation.answer().failed()).isTrue();
        assertThat(JSON.readTree(invocation.answer().body())
                        .path("errorMessage")
                        .asText())
                .contains("./haetae serve")
                .doesNotContain("\n");
    }

    @Test
    void aSettingThatMakesNoSenseFailsTheInvocation() throws Exception {
        Template.Function function = function("RiskChecks");
        Invocation invocation = invoke(
                function,
                function.handler(),
                world.archive(),
                Map.of("ORCHESTRATOR_MAX_POSITIONS", "-5", "TIMEZONE", "Mars/X"),
                "{}");

        assertThat(invocation.answer().failed()).isTrue();
        assertThat(JSON.readTree(invocation.answer().body())
                        .path("errorMessage")
                        .asText())
                .contains("ORCHESTRATOR_MAX_POSITIONS", "-5", "TIMEZONE", "Mars/X");
    }

    @Test
    void aWrongHandlerDoesNotStart() throws Exception {
        Template.Function function = function("SaxoToken");
        Invocation invocation = invoke(function, function.handler() + "s", world.archive(), Map.of(), "{}");

        assertThat(invocation.answer().failed()).as(invocation.toString()).isTrue();
        assertThat(invocation.answer().body()).contains("ClassNotFoundException");
    }

    @Test
    void aMissingJarIsNoticed() throws Exception {
        Path without = Files.createDirectories(folder.resolve("without"));
        Path lib = Files.createDirectory(without.resolve("lib"));
        Files.createSymbolicLink(without.resolve("io"), world.archive().resolve("io"));
        List<Path> jars;
        try (Stream<Path> all = Files.list(world.archive().resolve("lib"))) {
            jars = all.collect(Collectors.toList());
        }
        for (Path jar : jars) {
            if (!jar.getFileName().toString().startsWith("haetae-shared")) {
                Files.createSymbolicLink(lib.resolve(jar.getFileName()), jar);
            }
        }
        Template.Function function = function("SaxoToken");
        Invocation invocation = invoke(function, function.handler(), without, Map.of(), "{}");

        assertThat(invocation.answer().failed()).as(invocation.toString()).isTrue();
        assertThat(invocation.answer().body()).contains("NoClassDefFoundError");
    }
}
