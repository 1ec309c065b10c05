package io.haetae.time;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that moves only when someone sleeps or the driver advances it. Safe for use by several threads. */
public final class VirtualTime implements TimeSource {

    private final AtomicReference<Instant> now;

    public VirtualTime(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    @Override
    public Instant now() {
        return now.get();
    }

    @Override
    public void sleepUntil(Instant moment) {
        advanceTo(moment);
    }

    /** Moves the clock to {@code moment}; a moment that has passed changes nothing. */
    public void advanceTo(Instant moment) {
        now.accumulateAndGet(moment, (old, next) -> next.isAfter(old) ? next : old);
    }
}
