package io.haetae.local.schedule;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * {@code template.yaml} as CloudFormation would see it with given parameter values: the functions, their environment
 * and their schedules. Knows the intrinsic functions that stand in the template; a resource's reference is its logical
 * id, since nothing is deployed.
 */
public final class Template {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}!]+)}");
    private static final String STACK = "local";

    private final Map<String, Object> root;
    private final SortedMap<String, String> parameters;

    /**
     * A function of the template.
     *
     * @param handler class name
     * @param environment as CloudFormation would set it
     */
    public record Function(
            String logicalId,
            String handler,
            int timeoutSeconds,
            Map<String, String> environment,
            List<Schedule> schedules) {}

    /**
     * One schedule of a function.
     *
     * @param input with Scheduler's context words still in it
     */
    public record Schedule(
            String function, String name, ScheduleExpression expression, boolean enabled, String input) {}

    private record Intrinsic(String name, Object argument) {}

    /**
     * @param overrides parameter values by parameter name; the others keep their default
     * @throws TemplateException when the template cannot be read, or an override names no parameter or breaks
     *     its {@code AllowedValues} or {@code AllowedPattern}
     */
    public Template(Path file, Map<String, String> overrides) {
        this.root = map(load(file));
        this.parameters = new TreeMap<>();
        Map<String, Object> declared = map(root.getOrDefault("Parameters", Map.of()));
        declared.forEach((name, definition) -> {
            Object value = map(definition).get("Default");
            if (value != null) {
                parameters.put(name, String.valueOf(value));
            }
        });
        overrides.forEach((name, value) -> {
            if (!declared.containsKey(name)) {
                throw new TemplateException("template.yaml has no parameter " + name);
            }
            check(name, value, map(declared.get(name)));
            parameters.put(name, value);
        });
    }

    private static void check(String name, String value, Map<String, Object> definition) {
        if (definition.get("AllowedValues") instanceof List<?> allowed
                && allowed.stream().map(String::valueOf).noneMatch(value::equals)) {
            throw new TemplateException("%s: '%s' is not one of %s".formatted(name, value, allowed));
        }
        if (definition.get("AllowedPattern") instanceof String pattern && !value.matches(pattern)) {
            throw new TemplateException("%s: '%s' does not match %s%s"
                    .formatted(
                            name,
                            value,
                            pattern,
                            definition.get("ConstraintDescription") instanceof String words ? " (" + words + ")" : ""));
        }
    }

    /** Names of the template's parameters. */
    public java.util.Set<String> parameterNames() {
        return map(root.getOrDefault("Parameters", Map.of())).keySet();
    }

    /** The functions, in the order of the file. */
    public List<Function> functions() {
        Map<String, Object> globals =
                map(map(map(root.getOrDefault("Globals", Map.of())).getOrDefault("Function", Map.of())));
        List<Function> functions = new ArrayList<>();
        map(root.get("Resources")).forEach((id, definition) -> {
            if (!"AWS::Serverless::Function".equals(map(definition).get("Type")) || !wanted(map(definition))) {
                return;
            }
            Map<String, Object> properties = map(map(definition).get("Properties"));
            Map<String, String> environment = new TreeMap<>();
            for (Map<String, Object> source : List.of(globals, properties)) {
                map(map(source.getOrDefault("Environment", Map.of())).getOrDefault("Variables", Map.of()))
                        .forEach((name, value) -> environment.put(name, text(value)));
            }
            int timeout =
                    Integer.parseInt(text(properties.getOrDefault("Timeout", globals.getOrDefault("Timeout", 3))));
            String handler = text(properties.get("Handler")).replaceFirst("::.*$", "");
            functions.add(new Function(id, handler, timeout, Map.copyOf(environment), schedules(id, properties)));
        });
        return functions;
    }

    private List<Schedule> schedules(String function, Map<String, Object> properties) {
        List<Schedule> schedules = new ArrayList<>();
        map(properties.getOrDefault("Events", Map.of())).forEach((id, event) -> {
            if (!"ScheduleV2".equals(map(event).get("Type"))) {
                return;
            }
            Map<String, Object> schedule = map(map(event).get("Properties"));
            String zone = text(schedule.getOrDefault("ScheduleExpressionTimezone", "UTC"));
            try {
                schedules.add(new Schedule(
                        function,
                        text(schedule.getOrDefault("Name", id)),
                        new ScheduleExpression(text(schedule.get("ScheduleExpression")), ZoneId.of(zone)),
                        !text(schedule.getOrDefault("State", "ENABLED")).equals("DISABLED"),
                        text(schedule.getOrDefault("Input", "{}"))));
            } catch (DateTimeException e) {
                throw new TemplateException(function + ": '" + zone + "' is not a time zone", e);
            }
        });
        return schedules;
    }

    private boolean wanted(Map<String, Object> definition) {
        return definition.get("Condition") == null || holds(text(definition.get("Condition")));
    }

    private boolean holds(String condition) {
        return truth(map(root.getOrDefault("Conditions", Map.of())).get(condition));
    }

    private boolean truth(@Nullable Object expression) {
        if (!(expression instanceof Intrinsic intrinsic)) {
            return Boolean.parseBoolean(String.valueOf(expression));
        }
        List<?> arguments = intrinsic.argument() instanceof List<?> list ? list : List.of(intrinsic.argument());
        return switch (intrinsic.name()) {
            case "Equals" -> text(arguments.get(0)).equals(text(arguments.get(1)));
            case "Not" -> !truth(arguments.get(0));
            case "And" -> arguments.stream().allMatch(this::truth);
            case "Or" -> arguments.stream().anyMatch(this::truth);
            case "Condition" -> holds(String.valueOf(intrinsic.argument()));
            default -> throw new TemplateException("!" + intrinsic.name() + " is not a condition");
        };
    }

    private String text(@Nullable Object value) {
        return value instanceof Intrinsic intrinsic ? text(evaluate(intrinsic)) : String.valueOf(value);
    }

    private Object evaluate(Intrinsic intrinsic) {
        Object argument = intrinsic.argument();
        return switch (intrinsic.name()) {
            case "Ref" -> reference(String.valueOf(argument));
            case "GetAtt" ->
                argument instanceof List<?> parts ? String.join(".", strings(parts)) : String.valueOf(argument);
            case "Sub" -> substitute(argument);
            case "Select" -> {
                List<?> parts = (List<?>) argument;
                yield list(parts.get(1)).get(Integer.parseInt(text(parts.get(0))));
            }
            case "Split" -> {
                List<?> parts = (List<?>) argument;
                yield List.of(text(parts.get(1)).split(Pattern.quote(text(parts.get(0))), -1));
            }
            case "Join" -> {
                List<?> parts = (List<?>) argument;
                yield String.join(text(parts.get(0)), strings(list(parts.get(1))));
            }
            case "If" -> {
                List<?> parts = (List<?>) argument;
                yield holds(String.valueOf(parts.get(0))) ? parts.get(1) : parts.get(2);
            }
            case "FindInMap" -> {
                List<?> path = (List<?>) argument;
                Map<String, Object> mapping = map(map(root.get("Mappings")).get(text(path.get(0))));
                yield text(map(mapping.get(text(path.get(1)))).get(text(path.get(2))));
            }
            case "Equals", "Not", "And", "Or", "Condition" -> String.valueOf(truth(intrinsic));
            default -> throw new TemplateException("!" + intrinsic.name() + " is not known to the local program");
        };
    }

    private List<?> list(Object value) {
        Object evaluated = value instanceof Intrinsic intrinsic ? evaluate(intrinsic) : value;
        if (evaluated instanceof List<?> list) {
            return list;
        }
        throw new TemplateException("a list is expected in template.yaml, not " + evaluated);
    }

    private List<String> strings(List<?> values) {
        return values.stream().map(this::text).toList();
    }

    private String reference(String name) {
        String value = parameters.get(name);
        if (value != null) {
            return value;
        }
        return name.startsWith("AWS::") ? name.equals("AWS::StackName") ? STACK : "" : name;
    }

    private String substitute(Object argument) {
        String pattern = argument instanceof List<?> parts ? String.valueOf(parts.get(0)) : String.valueOf(argument);
        Map<String, Object> own = argument instanceof List<?> parts ? map(parts.get(1)) : Map.of();
        Matcher matcher = VARIABLE.matcher(pattern);
        StringBuilder result = new StringBuilder();
        while (matcher.find()) {
            String name = matcher.group(1);
            String value = own.containsKey(name) ? text(own.get(name)) : reference(name);
            matcher.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(result).toString().replace("${!", "${");
    }

    private static Object load(Path file) {
        try (InputStream in = Files.newInputStream(file);
                Reader reader = new java.io.InputStreamReader(in, StandardCharsets.UTF_8)) {
            return new Yaml(new CloudFormationConstructor()).load(reader);
        } catch (IOException e) {
            throw new TemplateException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Map<String, Object> map(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> raw)) {
            throw new TemplateException("a mapping is expected in template.yaml, not " + value);
        }
        Map<String, Object> typed = new LinkedHashMap<>();
        raw.forEach((key, member) -> typed.put(String.valueOf(key), member));
        return typed;
    }

    /** Reads {@code !Ref} and its kin in their short form. */
    private static final class CloudFormationConstructor extends SafeConstructor {

        CloudFormationConstructor() {
            super(new LoaderOptions());
            yamlMultiConstructors.put("!", new AbstractConstruct() {
                @Override
                public Object construct(Node node) {
                    String name = node.getTag().getValue().substring(1);
                    Object argument =
                            switch (node) {
                                case ScalarNode scalar -> constructScalar(scalar);
                                case SequenceNode sequence -> constructSequence(sequence);
                                case MappingNode mapping -> constructMapping(mapping);
                                default ->
                                    throw new TemplateException("!" + name + ": "
                                            + node.getNodeId().name().toLowerCase(Locale.ROOT));
                            };
                    return new Intrinsic(name, argument);
                }
            });
        }
    }
}
