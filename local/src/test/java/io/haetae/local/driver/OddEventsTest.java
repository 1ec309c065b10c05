package io.haetae.local.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.haetae.functions.FakePlatform;
import io.haetae.functions.Platform;
import io.haetae.job.InvalidEventException;
import io.haetae.job.RunRecord;
import io.haetae.local.schedule.Template;
import io.haetae.portfolio.Mode;
import io.haetae.store.JobMapper;
import io.haetae.store.MemoryStore;
import io.haetae.time.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** G4: whatever a function of the template is invoked with, only an event that makes sense runs its job. */
class OddEventsTest {

    private static final Instant NOW = Instant.parse("2025-03-04T01:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private final List<RunRecord> heard = new ArrayList<>();

    static List<Template.Function> functions() {
        return new Template(Path.of("..", "template.yaml"), Map.of()).functions();
    }

    static List<Template.Function> jobs() {
        return functions().stream()
                .filter(function -> !function.schedules().isEmpty())
                .toList();
    }

    private RequestStreamHandler handler(Template.Function function) throws ReflectiveOperationException {
        Platform platform = FakePlatform.of(function.environment(), store, new VirtualTime(NOW), heard::add);
        return (RequestStreamHandler)
                Class.forName(function.handler()).getConstructor(Platform.class).newInstance(platform);
    }

    private static String call(RequestStreamHandler handler, Template.Function function, byte[] event)
            throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        handler.handleRequest(
                new ByteArrayInputStream(event), out, new FunctionContext(function, "1", new VirtualTime(NOW)));
        return out.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void anOddEventFailsTheInvocationAndRunsNothing(Template.Function function) throws Exception {
        RequestStreamHandler handler = handler(function);
        byte[] noise = new byte[6 * 1024 * 1024];
        new Random(11).nextBytes(noise);
        String another = function.logicalId().equals("RiskChecks") ? "saxo_cycle" : "risk_checks";
        List<byte[]> odd = new ArrayList<>(List.of(noise));
        for (String text : List.of(
                "",
                "[]",
                "null",
                "[{}]",
                "{\"live\":true}",
                "{\"job\":\"" + another + "\"}",
                "{\"job\":\"sell_everything\"}",
                "{\"dryRun\":\"no\"}")) {
            odd.add(text.getBytes(StandardCharsets.UTF_8));
        }

        for (byte[] event : odd) {
            assertThatThrownBy(() -> call(handler, function, event))
                    .isInstanceOf(InvalidEventException.class)
                    .message()
                    .doesNotContain("\n")
                    .hasSizeLessThan(300);
        }

        assertThat(heard).isEmpty();
        assertThat(new JobMapper(store).runs(Mode.DRY_RUN, LocalDate.of(2025, 3, 4)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void theConsolesTestEventIsARunByHand(Template.Function function) throws Exception {
        String answer = call(
                handler(function),
                function,
                "{\"key1\":\"value1\",\"key2\":\"value2\",\"key3\":\"value3\"}".getBytes(StandardCharsets.UTF_8));

        assertThat(answer).contains("\"outcome\" : \"");
        assertThat(heard).singleElement().matches(RunRecord::byHand);
    }
}
