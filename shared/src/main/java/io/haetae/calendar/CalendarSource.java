package io.haetae.calendar;

import java.time.Instant;
import java.util.Optional;

/**
 * Someone outside this program who knows the exchange's closures, and how it stands with them.
 *
 * @param name for people, such as {@code closure page}
 * @param newest what was read last; trouble since leaves it standing
 * @param trouble empty when the last try succeeded
 */
public record CalendarSource(String name, Optional<CalendarReading> newest, Optional<Trouble> trouble) {

    /**
     * A source that cannot be read.
     *
     * @param since the first try that failed after the last that did not
     * @param what of the last try
     */
    public record Trouble(Instant since, String what) {}
}
