package io.haetae.local.driver;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.functions.Platform;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.local.schedule.Template;
import io.haetae.time.TimeSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The template's functions, each made once by the constructor of its handler class that takes a {@link Platform}, and
 * called as Lambda calls them: a JSON event in, a JSON answer out.
 */
public final class Functions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Warm(Template.Function function, RequestStreamHandler handler) {}

    /** Gives each function its platform: the environment differs from function to function. */
    @FunctionalInterface
    public interface Platforms {
        Platform of(Template.Function function);
    }

    private final TimeSource time;
    private final Map<String, Warm> byId = new LinkedHashMap<>();
    private final Map<JobName, String> idByJob = new TreeMap<>();
    private long requests;

    /** @throws IllegalStateException when a handler of the template cannot be made */
    public Functions(List<Template.Function> functions, TimeSource time, Platforms platforms) {
        this.time = time;
        for (Template.Function function : functions) {
            byId.put(function.logicalId(), new Warm(function, make(function.handler(), platforms.of(function))));
            for (Template.Schedule schedule : function.schedules()) {
                idByJob.put(jobOf(schedule), function.logicalId());
            }
        }
    }

    private static JobName jobOf(Template.Schedule schedule) {
        String name = parse(schedule.input()).path("job").asText();
        return JobName.parse(name)
                .orElseThrow(() -> new IllegalStateException(
                        "template.yaml: schedule " + schedule.name() + " names no known job: '" + name + "'"));
    }

    private static RequestStreamHandler make(String className, Platform platform) {
        try {
            Constructor<?> constructor = Class.forName(className).getConstructor(Platform.class);
            return (RequestStreamHandler) constructor.newInstance(platform);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("template.yaml: handler " + className + " cannot start", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("template.yaml: handler " + className + " cannot be made", e);
        }
    }

    /**
     * Calls one function.
     *
     * @return its answer
     * @throws RuntimeException what the function threw: a failed invocation
     */
    public String invoke(String logicalId, String event) {
        Warm warm = byId.get(logicalId);
        if (warm == null) {
            throw new IllegalArgumentException("template.yaml has no function " + logicalId);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            warm.handler()
                    .handleRequest(
                            new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
                            out,
                            new FunctionContext(warm.function(), "local-" + ++requests, time));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** Calls the function that does the job. */
    public String invoke(JobEvent event) {
        JobName job = event.job();
        String id = job == null ? null : idByJob.get(job);
        if (id == null) {
            throw new IllegalArgumentException("no function of template.yaml does the job " + job);
        }
        return invoke(id, write(event));
    }

    private static String write(JobEvent event) {
        ObjectNode node = JSON.createObjectNode();
        put(node, "job", event.job() == null ? null : event.job().text());
        put(node, "scheduledTime", event.scheduledTime());
        if (event.everyMinutes() != null) {
            node.put("everyMinutes", event.everyMinutes());
        }
        put(node, "userId", event.userId());
        if (event.dryRun() != null) {
            node.put("dryRun", event.dryRun());
        }
        put(node, "session", event.session());
        put(node, "revision", event.revision());
        return node.toString();
    }

    private static void put(ObjectNode node, String name, @org.jspecify.annotations.Nullable Object value) {
        if (value != null) {
            node.put(name, value.toString());
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalStateException("template.yaml: a schedule's input is not JSON: " + text, e);
        }
    }
}
