package io.haetae.local.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTest {

    private static final String TEXT = """
            Parameters:
              Enabled: {Type: String, Default: 'true', AllowedValues: ['true', 'false']}
              Zone: {Type: String, Default: Asia/Seoul}
              Time: {Type: String, Default: '16:00', AllowedPattern: '^[0-2][0-9]:[0-5][0-9]$', ConstraintDescription: HH:MM}
              Every: {Type: String, Default: '15'}
            Mappings:
              Switch:
                'true': {State: ENABLED}
                'false': {State: DISABLED}
            Conditions:
              IsOn: !Equals [!Ref Enabled, 'true']
              IsSeoul: !And [!Condition IsOn, !Not [!Equals [!Ref Zone, UTC]]]
            Globals:
              Function:
                Timeout: 30
                Environment: {Variables: {SHARED: !Sub '${AWS::StackName}-${Zone}-${!kept}'}}
            Resources:
              Table: {Type: AWS::DynamoDB::Table}
              Left:
                Type: AWS::Serverless::Function
                Condition: IsSeoul
                Properties: {Handler: a.Left, Timeout: 60}
              Collect:
                Type: AWS::Serverless::Function
                Properties:
                  Handler: a.Collect::handleRequest
                  Environment:
                    Variables:
                      TABLE: !Ref Table
                      ARN: !GetAtt Table.Arn
                      JOINED: !Join ['+', [a, !Ref Every]]
                      CHOSEN: !If [IsOn, !Sub ['${word}!', {word: chosen}], 'off']
                  Events:
                    Daily:
                      Type: ScheduleV2
                      Properties:
                        Name: collect
                        ScheduleExpression: !Sub
                          - 'cron(${m} ${h} ? * MON-FRI *)'
                          - {h: !Select [0, !Split [':', !Ref Time]], m: !Select [1, !Split [':', !Ref Time]]}
                        ScheduleExpressionTimezone: !Ref Zone
                        State: !FindInMap [Switch, !Ref Enabled, State]
                        Input: '{"job":"data_collection"}'
                    Other: {Type: Api}
            """;

    @TempDir
    Path folder;

    private Path file = Path.of("template.yaml");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("template.yaml"), TEXT);
    }

    private Template.Function collect(Map<String, String> overrides) {
        return new Template(file, overrides)
                .functions().stream()
                        .filter(function -> function.logicalId().equals("Collect"))
                        .findFirst()
                        .orElseThrow();
    }

    private static Instant first(Template.Function function) {
        return function.schedules()
                .getFirst()
                .expression()
                .between(Instant.parse("2024-12-20T00:00:00Z"), Instant.parse("2024-12-21T00:00:00Z"))
                .getFirst();
    }

    @Test
    void intrinsicFunctionsAreWorkedOut() {
        Template.Function collect = collect(Map.of());

        assertThat(collect.handler()).isEqualTo("a.Collect");
        assertThat(collect.timeoutSeconds()).isEqualTo(30);
        assertThat(collect.environment())
                .isEqualTo(Map.of(
                        "SHARED", "local-Asia/Seoul-${kept}",
                        "TABLE", "Table",
                        "ARN", "Table.Arn",
                        "JOINED", "a+15",
                        "CHOSEN", "chosen!"));
        assertThat(collect.schedules()).singleElement().satisfies(schedule -> {
            assertThat(schedule.name()).isEqualTo("collect");
            assertThat(schedule.enabled()).isTrue();
            assertThat(schedule.input()).isEqualTo("{\"job\":\"data_collection\"}");
        });
        assertThat(first(collect)).isEqualTo("2024-12-20T07:00:00Z");
    }

    @Test
    void overridesChangeTimeZoneSwitchAndConditions() {
        Template.Function collect = collect(Map.of("Time", "17:30", "Zone", "UTC", "Enabled", "false"));

        assertThat(first(collect)).isEqualTo("2024-12-20T17:30:00Z");
        assertThat(collect.schedules().getFirst().enabled()).isFalse();
        assertThat(collect.environment()).containsEntry("CHOSEN", "off");
        assertThat(new Template(file, Map.of()).functions()).hasSize(2);
        assertThat(new Template(file, Map.of("Zone", "UTC")).functions()).hasSize(1);
    }

    @Test
    void aValueThatTheParameterDoesNotAllowIsRefused() {
        assertThatThrownBy(() -> new Template(file, Map.of("Time", "9am")))
                .isInstanceOf(TemplateException.class)
                .hasMessageContainingAll("Time", "'9am'", "HH:MM");
        assertThatThrownBy(() -> new Template(file, Map.of("Enabled", "yes")))
                .isInstanceOf(TemplateException.class)
                .hasMessageContainingAll("Enabled", "[true, false]");
        assertThatThrownBy(() -> new Template(file, Map.of("Nothing", "x")))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("no parameter Nothing");
        assertThatThrownBy(() -> collect(Map.of("Zone", "Mars/X")))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("'Mars/X' is not a time zone");
    }

    @Test
    void aTemplateThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> new Template(folder.resolve("no.yaml"), Map.of()))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining("no.yaml");
    }
}
