package io.haetae.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.job.InvalidEventException;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobEventReaderTest {

    private static JobEvent read(String text) throws IOException {
        return new JobEventReader().read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** G4: nothing said is a run by hand, and asks for nothing else. */
    @ParameterizedTest
    @ValueSource(strings = {"{}", " { } ", "{\"key1\":\"value1\",\"key2\":\"value2\",\"key3\":\"value3\"}"})
    void anEmptyEventIsARunByHand(String text) throws IOException {
        assertThat(read(text)).isEqualTo(new JobEvent(null, null, null, null, null, null, null));
        assertThat(read(text).isByHand()).isTrue();
    }

    @Test
    void aScheduledEventIsRead() throws IOException {
        assertThat(
                        read(
                                "{\"job\":\"risk_checks\",\"scheduledTime\":\"2026-01-05T00:30:00Z\",\"everyMinutes\":30,\"dryRun\":true}"))
                .isEqualTo(new JobEvent(
                        JobName.RISK_CHECKS, Instant.parse("2026-01-05T00:30:00Z"), 30, null, true, null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "1",
                "\"{}\"",
                "{",
                "{} {}",
                "{\"job\":\"sell_everything\"}",
                "{\"job\":null}",
                "{\"dryrun\":false}",
                "{\"dryRun\":\"false\"}",
                "{\"dryRun\":0}",
                "{\"dryRun\":true,\"dryRun\":false}",
                "{\"everyMinutes\":\"15\"}",
                "{\"everyMinutes\":15.0}",
                "{\"scheduledTime\":\"yesterday\"}",
                "{\"scheduledTime\":\"2026-01-05\"}",
                "{\"session\":\"2026-01-05\"}",
                "{\"session\":\"2026-02-30\",\"revision\":\"r\"}",
                "{\"userId\":\"\"}"
            })
    void anOddEventIsRefusedInOneLine(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidEventException.class)
                .message()
                .doesNotContain("\n")
                .hasSizeLessThan(300);
    }

    @Test
    void sixMegabytesOfNoiseAreRefusedInOneLine() {
        byte[] noise = new byte[6 * 1024 * 1024];
        new Random(7).nextBytes(noise);

        assertThatThrownBy(() -> new JobEventReader().read(new ByteArrayInputStream(noise)))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageContaining("256 KB");
    }
}
