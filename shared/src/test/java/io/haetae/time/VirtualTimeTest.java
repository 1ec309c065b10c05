package io.haetae.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {

    private static final Instant NINE = Instant.parse("2026-01-05T00:00:00Z");

    @Test
    void sleepingMovesTheClockToTheMomentAskedFor() {
        VirtualTime time = new VirtualTime(NINE);
        time.sleepUntil(NINE.plusSeconds(90));
        assertThat(time.now()).isEqualTo(NINE.plusSeconds(90));
    }

    @Test
    void theClockNeverGoesBack() {
        VirtualTime time = new VirtualTime(NINE);
        time.advanceTo(NINE.minusSeconds(1));
        assertThat(time.now()).isEqualTo(NINE);
    }
}
