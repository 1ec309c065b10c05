package io.haetae.aws;

/** EventBridge took some or none of the events. Those are published again from the outbox. */
public final class EventsNotTakenException extends RuntimeException {

    EventsNotTakenException(int failed, int asked, String firstCode) {
        super("EventBridge did not take %d of %d events (%s)".formatted(failed, asked, firstCode));
    }
}
