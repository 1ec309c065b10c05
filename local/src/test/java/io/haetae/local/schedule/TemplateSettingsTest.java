package io.haetae.local.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.config.Kind;
import io.haetae.config.Reach;
import io.haetae.config.SettingDefinition;
import io.haetae.config.SettingTable;
import io.haetae.config.SettingsReader;
import io.haetae.functions.FunctionHandler;
import io.haetae.functions.Platform;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The template and the table of settings say the same. */
class TemplateSettingsTest {

    private static final Path TEMPLATE = Path.of("..", "template.yaml");

    static List<SettingDefinition<?>> everyParameter() {
        return SettingTable.all().stream()
                .filter(definition -> definition.reach() != Reach.INTERNAL)
                .toList();
    }

    private static List<Template.Function> functions(Map<String, String> overrides) {
        return new Template(TEMPLATE, overrides).functions();
    }

    private static String other(SettingDefinition<?> definition) {
        return switch (definition.kind()) {
            case Kind.Flag() -> String.valueOf(!definition.defaultText().equals("true"));
            case Kind.Whole _ -> "3";
            case Kind.Decimal _ -> "0.5";
            case Kind.Time _ -> definition.name().contains("SIGNAL") ? "08:50" : "15:45";
            case Kind.Zone() -> "Europe/Zurich";
            case Kind.Choice(List<String> words) -> words.getLast();
            case Kind.Interval(List<Integer> lengths, String _) ->
                lengths.get(2).toString();
            case Kind.Address() -> "http://127.0.0.1:9";
            case Kind.Text _ -> "someone";
            case Kind.Watchlist() -> "EURUSD/FxSpot/21";
        };
    }

    /** G1: one name rule, and every setting is a parameter that reaches what it is for. */
    @ParameterizedTest
    @MethodSource("everyParameter")
    void everySettingIsAParameterThatChangesWhatItIsFor(SettingDefinition<?> definition) {
        String parameter = definition.parameter();
        assertThat(new Template(TEMPLATE, Map.of()).parameterNames()).contains(parameter);

        List<Template.Function> before = functions(Map.of());
        List<Template.Function> after = functions(Map.of(parameter, other(definition)));
        boolean environmentChanges = !environments(before).equals(environments(after));
        boolean schedulesChange = !schedules(before).equals(schedules(after));

        assertThat(schedulesChange)
                .as("schedules")
                .isEqualTo(definition.reach() == Reach.SCHEDULE || definition.reach() == Reach.BOTH);
        assertThat(environmentChanges)
                .as("environment")
                .isEqualTo(definition.reach() == Reach.FUNCTION || definition.reach() == Reach.BOTH);
        if (environmentChanges) {
            assertThat(after).allSatisfy(function -> assertThat(function.environment())
                    .containsEntry(definition.name(), other(definition)));
        }
    }

    private static List<Map<String, String>> environments(List<Template.Function> functions) {
        return functions.stream().map(Template.Function::environment).toList();
    }

    /** Name, switch, input and the moments of a week, for a schedule's expression has no equality of its own. */
    private static List<String> schedules(List<Template.Function> functions) {
        Instant monday = Instant.parse("2026-01-05T00:00:00Z");
        return functions.stream()
                .flatMap(function -> function.schedules().stream())
                .map(schedule -> String.join(
                        " ",
                        schedule.name(),
                        String.valueOf(schedule.enabled()),
                        schedule.input(),
                        schedule.expression()
                                .between(monday, monday.plus(Duration.ofDays(7)))
                                .toString()))
                .toList();
    }

    @Test
    void theDefaultsOfTheTemplateAreTheSettingsOwn() {
        Map<String, String> defaults = SettingsReader.read(Map.of()).values();
        for (Template.Function function : functions(Map.of())) {
            Map<String, String> read =
                    SettingsReader.read(function.environment()).values();
            for (SettingDefinition<?> definition : everyParameter()) {
                assertThat(read.get(definition.name()))
                        .as(definition.name())
                        .isEqualTo(defaults.get(definition.name()));
            }
        }
    }

    /** Lambda gives a function 4 KB of environment, names included. */
    @Test
    void theEnvironmentFitsWithTheLongestLists() {
        List<Template.Function> functions =
                functions(Map.of("Watchlist", "A".repeat(1200), "CalendarOverrides", "A".repeat(600)));

        assertThat(functions).allSatisfy(function -> assertThat(function.environment().entrySet().stream()
                        .mapToInt(entry ->
                                entry.getKey().length() + entry.getValue().length() + 8)
                        .sum())
                .isLessThan(4096));
    }

    /** G3: every handler the template names is there, with both constructors. */
    @Test
    void everyHandlerOfTheTemplateIsThere() throws Exception {
        List<Template.Function> functions = functions(Map.of());

        assertThat(functions)
                .extracting(Template.Function::logicalId)
                .containsExactly(
                        "DataCollection",
                        "IndicatorCalculation",
                        "WatchlistUpdate",
                        "SignalGeneration",
                        "PositionMonitoring",
                        "RiskChecks",
                        "SaxoCycle",
                        "SaxoToken",
                        "Control");
        for (Template.Function function : functions) {
            Class<?> handler = Class.forName(function.handler());
            assertThat(handler).isAssignableTo(FunctionHandler.class);
            assertThat(handler.getConstructor()).isNotNull();
            assertThat(handler.getConstructor(Platform.class)).isNotNull();
        }
    }
}
