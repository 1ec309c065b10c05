package io.haetae.saxo;

import java.time.Instant;
import java.util.List;

/**
 * One stretch of an instrument's schedule.
 *
 * @param end exclusive
 * @param state Saxo's word; only {@code AutomatedTrading} is open
 */
public record TradingSession(Instant start, Instant end, String state) {

    /** Closed when no session covers {@code moment}, and in every state that is not plain trading. */
    public static boolean openAt(List<TradingSession> schedule, Instant moment) {
        for (TradingSession session : schedule) {
            if (session.state.equals("AutomatedTrading")
                    && !moment.isBefore(session.start)
                    && moment.isBefore(session.end)) {
                return true;
            }
        }
        return false;
    }
}
