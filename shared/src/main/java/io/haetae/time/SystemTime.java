package io.haetae.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Real time. */
public final class SystemTime implements TimeSource {

    private final Clock clock = Clock.systemUTC();

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public void sleepUntil(Instant moment) throws InterruptedException {
        Duration wait = Duration.between(now(), moment);
        if (wait.isPositive()) {
            Thread.sleep(wait);
        }
    }
}
