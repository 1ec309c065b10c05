package io.haetae.local.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.Node;

/** What each function and schedule of the template must say for itself. */
class TemplateShapeTest {

    private static final String ARCHIVE = "functions/target/functions.zip";

    /** Reads the file as it stands: an intrinsic function is the word for it. */
    private static final class AsItStands extends SafeConstructor {
        AsItStands() {
            super(new LoaderOptions());
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    return node.getTag().getValue();
                }
            });
        }
    }

    private static Map<String, Map<String, Object>> resources(String type) throws IOException {
        Map<String, Map<String, Object>> found = new LinkedHashMap<>();
        try (Reader reader = Files.newBufferedReader(Path.of("..", "template.yaml"))) {
            Map<String, Object> root = map(new Yaml(new AsItStands()).load(reader));
            map(root.get("Resources")).forEach((name, resource) -> {
                if (type.equals(map(resource).get("Type"))) {
                    found.put(name, map(map(resource).get("Properties")));
                }
            });
        }
        return found;
    }

    private static Map<String, Object> map(@Nullable Object value) {
        Map<String, Object> typed = new LinkedHashMap<>();
        assertThat(value).isInstanceOf(Map.class);
        if (value instanceof Map<?, ?> raw) {
            raw.forEach((key, member) -> typed.put(String.valueOf(key), member));
        }
        return typed;
    }

    /** C11: a schedule without a zone of its own would drift against the others by the season. */
    @Test
    void everyScheduleHasItsZoneStateRetryAgeAndDeadLetterQueue() throws IOException {
        resources("AWS::Serverless::Function").forEach((function, properties) -> {
            if (function.equals("Control")) {
                assertThat(properties).as("only a person invokes it").doesNotContainKey("Events");
                return;
            }
            Map<String, Object> events = map(properties.get("Events"));
            assertThat(events).as(function).isNotEmpty();
            events.forEach((id, event) -> {
                Map<String, Object> schedule = map(map(event).get("Properties"));
                assertThat(map(event)).as(id).containsEntry("Type", "ScheduleV2");
                assertThat(schedule)
                        .as(function + " " + id)
                        .containsKeys("Name", "GroupName", "ScheduleExpressionTimezone", "State", "Input")
                        .containsEntry("RetryPolicy", Map.of("MaximumEventAgeInSeconds", 300))
                        .containsEntry("DeadLetterConfig", Map.of("Arn", "!GetAtt"));
            });
        });
    }

    /** {@code sam build} finds the archive only where each function names it. */
    @Test
    void everyFunctionNamesTheArchiveItself() throws IOException {
        assertThat(resources("AWS::Serverless::Function").values())
                .hasSize(9)
                .allSatisfy(properties -> assertThat(properties).containsEntry("CodeUri", ARCHIVE));
    }

    /** The Korean broker counts calls over all functions, which cannot see each other. */
    @Test
    void theSharesOfTheKoreanBrokersRateAreOneWhole() throws IOException {
        int sum = 0;
        for (Map<String, Object> function :
                resources("AWS::Serverless::Function").values()) {
            if (function.containsKey("Environment")) {
                Object share =
                        map(map(function.get("Environment")).get("Variables")).get("HAETAE_KIS_SHARE_PCT");
                sum += share == null ? 0 : Integer.parseInt(share.toString());
            }
        }
        assertThat(sum).isEqualTo(100);
    }

    /** D14: sandboxes restored from one snapshot would draw the same lease owners and write tokens. */
    @Test
    void noFunctionIsRestoredFromASnapshot() throws IOException {
        assertThat(Files.readString(Path.of("..", "template.yaml"))).doesNotContain("SnapStart:", "AutoPublishAlias:");
    }

    @Test
    void noRoleMayDoOrReachEverything() throws IOException {
        resources("AWS::Serverless::Function").forEach((function, properties) -> {
            assertThat(properties.get("Policies")).as(function).isInstanceOf(List.class);
            assertThat(String.valueOf(properties.get("Policies")))
                    .as(function)
                    .doesNotContain("*", "FullAccess", "CrudPolicy", "AdministratorAccess");
        });
    }
}
