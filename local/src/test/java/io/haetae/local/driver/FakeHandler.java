package io.haetae.local.driver;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.haetae.event.DomainEvent;
import io.haetae.functions.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A function that hands each event on to its platform's publisher, and fails when that does. */
public final class FakeHandler implements RequestStreamHandler {

    private final Platform platform;

    public FakeHandler(Platform platform) {
        this.platform = platform;
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        platform.publisher()
                .publish(List.of(new DomainEvent(
                        context.getAwsRequestId(),
                        "Called",
                        event,
                        platform.time().now(),
                        Map.of())));
        output.write("{}".getBytes(StandardCharsets.UTF_8));
    }
}
