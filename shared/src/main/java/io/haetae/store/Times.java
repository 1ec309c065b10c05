package io.haetae.store;

import java.time.DateTimeException;
import java.time.Instant;

/** Moments as items keep them: ISO 8601 in UTC. */
final class Times {

    private Times() {}

    /** @throws CorruptItemException when the attribute is absent or no moment */
    static Instant instant(Item item, String name) {
        try {
            return Instant.parse(item.text(name));
        } catch (DateTimeException e) {
            throw new CorruptItemException(item.key(), name, "a moment");
        }
    }
}
