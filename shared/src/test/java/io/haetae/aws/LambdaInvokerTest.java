package io.haetae.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;

class LambdaInvokerTest {

    private static final JobEvent DERIVED =
            JobEvent.derived(JobName.INDICATOR_CALCULATION, LocalDate.of(2026, 1, 5), "abc");
    private static final Map<JobName, String> FUNCTIONS =
            Map.of(JobName.INDICATOR_CALCULATION, "haetae-test-indicators");

    @Test
    void aDerivedRunIsStartedWithoutWaitingForIt() throws Exception {
        try (FakeAws aws = new FakeAws();
                LambdaClient client = aws.client(LambdaClient.builder())) {
            aws.willAnswer(202, "");
            new LambdaInvoker(client, FUNCTIONS).invoke(DERIVED);
            FakeAws.Call call = aws.calls().getFirst();
            assertThat(call.operation()).isEqualTo("/2015-03-31/functions/haetae-test-indicators/invocations");
            assertThat(call.invocationType()).isEqualTo(Optional.of("Event"));
            assertThat(call.body().toString())
                    .isEqualTo("{\"job\":\"indicator_calculation\",\"session\":\"2026-01-05\",\"revision\":\"abc\"}");
        }
    }

    @Test
    void anEventThatLambdaDoesNotTakeIsAFailure() throws Exception {
        try (FakeAws aws = new FakeAws();
                LambdaClient client = aws.client(LambdaClient.builder())) {
            aws.willAnswer(429, "{\"Type\":\"User\",\"message\":\"Rate exceeded\"}");
            assertThatThrownBy(() -> new LambdaInvoker(client, FUNCTIONS).invoke(DERIVED))
                    .isInstanceOf(SdkException.class);
        }
    }

    @Test
    void aJobWithoutAFunctionIsAnError() throws Exception {
        try (FakeAws aws = new FakeAws();
                LambdaClient client = aws.client(LambdaClient.builder())) {
            LambdaInvoker invoker = new LambdaInvoker(client, FUNCTIONS);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> invoker.invoke(JobEvent.byHand(JobName.WATCHLIST_UPDATE)));
            assertThat(aws.calls()).isEmpty();
        }
    }

    @Test
    void everyFieldOfAnEventIsWritten() {
        assertThat(LambdaInvoker.json(new JobEvent(
                        JobName.SAXO_CYCLE, Instant.parse("2026-01-05T00:15:00Z"), 5, "someone", true, null, null)))
                .isEqualTo("{\"job\":\"saxo_cycle\",\"scheduledTime\":\"2026-01-05T00:15:00Z\",\"everyMinutes\":5,"
                        + "\"userId\":\"someone\",\"dryRun\":true}");
    }
}
