package io.haetae.kis;

import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Spaces calls evenly: the broker counts calls a second, for each app key, over all its machines. */
public final class KisRateLimiter {

    private static final BigDecimal MICROS = BigDecimal.valueOf(1_000_000L);

    private final TimeSource time;
    private final Duration spacing;
    private Instant next = Instant.MIN;

    /** @param callsPerSecond above 0 */
    public KisRateLimiter(TimeSource time, BigDecimal callsPerSecond) {
        if (callsPerSecond.signum() <= 0) {
            throw new IllegalArgumentException("Calls a second must be above 0: " + callsPerSecond);
        }
        this.time = time;
        long micros = MICROS.divide(callsPerSecond, 0, RoundingMode.CEILING).longValueExact();
        this.spacing = Duration.of(micros, ChronoUnit.MICROS);
    }

    /** Returns when the next call may be made. */
    public void await() throws InterruptedException {
        time.sleepUntil(reserve());
    }

    private synchronized Instant reserve() {
        Instant now = time.now();
        Instant mine = next.isAfter(now) ? next : now;
        next = mine.plus(spacing);
        return mine;
    }
}
