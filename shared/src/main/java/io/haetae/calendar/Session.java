package io.haetae.calendar;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * One trading date of an exchange.
 *
 * @param orderAcceptance from when the exchange takes orders for the opening auction; the open itself where no such window
 *     is known
 * @param open the first moment of continuous trading
 * @param close the end of the closing auction; a trade may still print in the half minute after it
 * @param phases the parts of the day that are known, by their start; some overlap, and a day may be known in part
 */
public record Session(LocalDate date, Instant orderAcceptance, Instant open, Instant close, List<Phase> phases) {

    public Session {
        if (orderAcceptance.isAfter(open) || !open.isBefore(close)) {
            throw new IllegalArgumentException(
                    "%s: hours %s, %s, %s are out of order".formatted(date, orderAcceptance, open, close));
        }
        phases = List.copyOf(phases);
    }

    /** From open to close, both ends included. */
    public boolean isOpen(Instant moment) {
        return !moment.isBefore(open) && !moment.isAfter(close);
    }

    /** Orders for this session are taken and it has not opened: the time in which entries are sent. */
    public boolean inEntryWindow(Instant moment) {
        return !moment.isBefore(orderAcceptance) && moment.isBefore(open);
    }

    /** Whether the session is known to be in that phase at {@code moment}. */
    public boolean isIn(Phase.Kind kind, Instant moment) {
        return phases.stream().anyMatch(phase -> phase.kind() == kind && phase.contains(moment));
    }
}
