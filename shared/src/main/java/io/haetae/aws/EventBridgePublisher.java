package io.haetae.aws;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.event.DomainEvent;
import io.haetae.event.EventPublisher;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/**
 * Carries events to an EventBridge bus: source {@value #SOURCE}, detail type the event's type, detail {@code {"id",
 * "subject", "at", "detail": {…}}}.
 */
public final class EventBridgePublisher implements EventPublisher {

    public static final String SOURCE = "haetae";

    /** What one call of PutEvents takes. */
    private static final int BATCH = 10;

    private final EventBridgeClient client;
    private final String bus;

    /** @param bus name or ARN */
    public EventBridgePublisher(EventBridgeClient client, String bus) {
        this.client = client;
        this.bus = bus;
    }

    /**
     * @throws EventsNotTakenException when the bus did not take them all
     * @throws software.amazon.awssdk.core.exception.SdkException when it cannot be reached or refuses
     */
    @Override
    public void publish(List<DomainEvent> events) {
        for (int from = 0; from < events.size(); from += BATCH) {
            List<DomainEvent> batch = events.subList(from, Math.min(events.size(), from + BATCH));
            PutEventsResponse answer = client.putEvents(
                    request -> request.entries(batch.stream().map(this::entry).toList()));
            int failed = Objects.requireNonNullElse(answer.failedEntryCount(), 0);
            if (failed > 0) {
                String code = answer.entries().stream()
                        .map(PutEventsResultEntry::errorCode)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse("no code");
                throw new EventsNotTakenException(failed, batch.size(), code);
            }
        }
    }

    private PutEventsRequestEntry entry(DomainEvent event) {
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        detail.put("id", event.id());
        detail.put("subject", event.subject());
        detail.put("at", event.at().toString());
        ObjectNode more = detail.putObject("detail");
        event.detail().forEach(more::put);
        return PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source(SOURCE)
                .detailType(event.type())
                .time(event.at())
                .detail(detail.toString())
                .build();
    }
}
