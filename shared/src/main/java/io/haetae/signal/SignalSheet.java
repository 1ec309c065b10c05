package io.haetae.signal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * The entry signals for one session.
 *
 * @param session the session they are for
 * @param basis the last complete session, whose prices and scores they rest on
 * @param provisional the basis's prices were the broker's, not yet the Exchange's own
 * @param candidates how many stocks were judged
 * @param signals in order of conviction
 */
public record SignalSheet(
        LocalDate session,
        LocalDate basis,
        boolean provisional,
        Instant computedAt,
        int candidates,
        List<EntrySignal> signals) {

    public SignalSheet {
        signals = List.copyOf(signals);
    }
}
