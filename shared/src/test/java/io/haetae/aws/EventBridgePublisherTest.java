package io.haetae.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.event.DomainEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

class EventBridgePublisherTest {

    private static final Instant NINE = Instant.parse("2026-01-05T00:00:00Z");
    private static final String TAKEN = "{\"FailedEntryCount\":0,\"Entries\":[]}";

    @Test
    void anEventStandsWholeInItsEntry() throws Exception {
        try (FakeAws aws = new FakeAws();
                EventBridgeClient client = aws.client(EventBridgeClient.builder())) {
            aws.willAnswer(200, TAKEN);
            new EventBridgePublisher(client, "haetae-test").publish(events(1));
            JsonNode entry = aws.calls().getFirst().body().path("Entries").path(0);
            assertThat(entry.path("EventBusName").asText()).isEqualTo("haetae-test");
            assertThat(entry.path("Source").asText()).isEqualTo("haetae");
            assertThat(entry.path("DetailType").asText()).isEqualTo("OrderFilled");
            assertThat(entry.path("Time").asLong()).isEqualTo(NINE.getEpochSecond());
            assertThat(new ObjectMapper().readTree(entry.path("Detail").asText()))
                    .isEqualTo(new ObjectMapper().readTree("""
                                    {"id": "e0", "subject": "DRY_RUN/KRX/default", "at": "2026-01-05T00:00:00Z",
                                     "detail": {"note": "\\"quoted\\" 해태", "symbol": "000001"}}
                                    """));
        }
    }

    @Test
    void tenGoInOneCallInTheirOrder() throws Exception {
        try (FakeAws aws = new FakeAws();
                EventBridgeClient client = aws.client(EventBridgeClient.builder())) {
            for (int i = 0; i < 3; i++) {
                aws.willAnswer(200, TAKEN);
            }
            new EventBridgePublisher(client, "bus").publish(events(23));
            assertThat(aws.calls())
                    .extracting(call -> call.body().path("Entries").size())
                    .containsExactly(10, 10, 3);
            new EventBridgePublisher(client, "bus").publish(List.of());
            assertThat(aws.calls()).hasSize(3);
        }
    }

    @Test
    void eventsThatTheBusDidNotTakeAreAFailure() throws Exception {
        try (FakeAws aws = new FakeAws();
                EventBridgeClient client = aws.client(EventBridgeClient.builder())) {
            aws.willAnswer(200, """
                    {"FailedEntryCount": 1,
                     "Entries": [{"EventId": "1"}, {"ErrorCode": "InternalFailure", "ErrorMessage": "again"}]}
                    """);
            assertThatThrownBy(() -> new EventBridgePublisher(client, "bus").publish(events(12)))
                    .isInstanceOf(EventsNotTakenException.class)
                    .hasMessage("EventBridge did not take 1 of 10 events (InternalFailure)");
            assertThat(aws.calls()).hasSize(1);
        }
    }

    private static List<DomainEvent> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new DomainEvent(
                        "e" + i,
                        "OrderFilled",
                        "DRY_RUN/KRX/default",
                        NINE,
                        Map.of("symbol", "000001", "note", "\"quoted\" 해태")))
                .toList();
    }
}
