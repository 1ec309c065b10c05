package io.haetae.time;

import java.time.Instant;

/**
 * The only clock of the program. Domain code is given one; only composition roots make one.
 */
public interface TimeSource {

    /** The current moment. Never goes back. */
    Instant now();

    /**
     * Returns at or after {@code moment}; at once when it has passed.
     *
     * @throws InterruptedException when the waiting thread is asked to stop
     */
    void sleepUntil(Instant moment) throws InterruptedException;
}
