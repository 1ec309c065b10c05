package io.haetae.local.world;

import io.haetae.config.Kind;
import io.haetae.config.SettingDefinition;
import io.haetae.config.SettingTable;
import io.haetae.local.schedule.Template;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Settings given on this machine, by setting name, and where each came from. A flag beats the environment, which beats
 * the {@code .env} file.
 */
public record Values(Map<String, String> byName, Map<String, String> sources) {

    public Values {
        byName = Map.copyOf(byName);
        sources = Map.copyOf(sources);
    }

    /** @param known whether a name of the environment is ours to look at */
    public static Values of(
            Map<String, String> dotEnv,
            Map<String, String> environment,
            Map<String, String> flags,
            java.util.function.Predicate<String> known) {
        Map<String, String> byName = new LinkedHashMap<>();
        Map<String, String> sources = new LinkedHashMap<>();
        dotEnv.forEach((name, value) -> put(byName, sources, name, value, ".env"));
        environment.forEach((name, value) -> {
            if (known.test(name)) {
                put(byName, sources, name, value, "environment");
            }
        });
        flags.forEach((name, value) -> put(byName, sources, name, value, "flag"));
        return new Values(byName, sources);
    }

    private static void put(
            Map<String, String> byName, Map<String, String> sources, String name, String value, String source) {
        // An empty value counts as absent.
        if (!value.isBlank()) {
            byName.put(name, value.strip());
            sources.put(name, source);
        }
    }

    /** The template's name of a setting: {@code ORCHESTRATOR_MAX_POSITIONS} is {@code OrchestratorMaxPositions}. */
    public static String parameter(String setting) {
        StringBuilder name = new StringBuilder();
        for (String word : setting.split("_", -1)) {
            String lower = word.toLowerCase(Locale.ROOT);
            name.append(lower.isEmpty() ? "" : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
        }
        return name.toString();
    }

    /**
     * The values as parameters of the template, those that it has. Words are written as the template knows them: {@code
     * TRUE} is {@code true}.
     */
    public Map<String, String> parameters(java.util.Set<String> parameterNames) {
        Map<String, String> parameters = new TreeMap<>();
        byName.forEach((name, value) -> {
            String parameter = parameter(name);
            if (parameterNames.contains(parameter)) {
                parameters.put(parameter, asWritten(name, value));
            }
        });
        return parameters;
    }

    private static String asWritten(String name, String value) {
        for (SettingDefinition<?> definition : SettingTable.all()) {
            if (definition.name().equals(name)) {
                return switch (definition.kind()) {
                    case Kind.Flag flag -> String.valueOf(flag.parse(value));
                    case Kind.Choice choice -> choice.parse(value);
                    case Kind.Whole _,
                            Kind.Decimal _,
                            Kind.Time _,
                            Kind.Zone _,
                            Kind.Interval _,
                            Kind.Address _,
                            Kind.Text _,
                            Kind.Watchlist _ -> value;
                };
            }
        }
        return value;
    }

    /**
     * The template with these settings as its parameters.
     *
     * @param root of the checkout
     */
    public Template template(Path root) {
        Path file = root.resolve("template.yaml");
        return new Template(file, parameters(new Template(file, Map.of()).parameterNames()));
    }
}
