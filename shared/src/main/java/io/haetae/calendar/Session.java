package io.haetae.calendar;

import java.time.Instant;
import java.time.LocalDate;

/**
 * One trading date of an exchange.
 *
 * @param orderAcceptance from when the exchange takes orders for the opening auction
 * @param open the first moment of continuous trading
 * @param close the end of the closing auction; a trade may still print in the half minute after it
 */
public record Session(LocalDate date, Instant orderAcceptance, Instant open, Instant close) {

    public Session {
        if (orderAcceptance.isAfter(open) || !open.isBefore(close)) {
            throw new IllegalArgumentException(
                    "%s: hours %s, %s, %s are out of order".formatted(date, orderAcceptance, open, close));
        }
    }

    /** From open to close, both ends included. */
    public boolean isOpen(Instant moment) {
        return !moment.isBefore(open) && !moment.isAfter(close);
    }

    /** Orders for this session are taken and it has not opened: the time in which entries are sent. */
    public boolean inEntryWindow(Instant moment) {
        return !moment.isBefore(orderAcceptance) && moment.isBefore(open);
    }
}
