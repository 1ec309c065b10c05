package io.haetae.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.job.JobEvent;
import io.haetae.job.JobInvoker;
import io.haetae.job.JobName;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/**
 * Starts another job's function with an asynchronous invocation. A call that is sent twice does no harm: the slot's
 * ledger lets one run.
 */
public final class LambdaInvoker implements JobInvoker {

    private final LambdaClient client;
    private final Map<JobName, String> functions;

    /** @param functions name or ARN of the function of each job that may be started */
    public LambdaInvoker(LambdaClient client, Map<JobName, String> functions) {
        this.client = client;
        this.functions = Map.copyOf(functions);
    }

    /**
     * @throws IllegalArgumentException when the event names no job, or one without a function here
     * @throws software.amazon.awssdk.core.exception.SdkException when Lambda did not take the event
     */
    @Override
    public void invoke(JobEvent event) {
        String function = Optional.ofNullable(event.job())
                .map(functions::get)
                .orElseThrow(() -> new IllegalArgumentException("no function to start for " + event));
        client.invoke(request -> request.functionName(function)
                .invocationType(InvocationType.EVENT)
                .payload(SdkBytes.fromUtf8String(json(event))));
    }

    /** The event as functions and schedules write it; fields without a value are left out. */
    static String json(JobEvent event) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        put(json, "job", event.job() == null ? null : event.job().text());
        put(json, "scheduledTime", event.scheduledTime());
        if (event.everyMinutes() != null) {
            json.put("everyMinutes", event.everyMinutes());
        }
        put(json, "userId", event.userId());
        if (event.dryRun() != null) {
            json.put("dryRun", event.dryRun());
        }
        put(json, "session", event.session());
        put(json, "revision", event.revision());
        return json.toString();
    }

    private static void put(ObjectNode json, String name, @Nullable Object value) {
        if (value != null) {
            json.put(name, value.toString());
        }
    }
}
