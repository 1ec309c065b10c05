package io.haetae.market;

import io.haetae.calendar.TradingCalendar;
import java.time.LocalDate;

/**
 * When a trade is paid: on the third business day, the day of the trade counted, days without a session left out (Securities
 * Market Clearing and Settlement Business Regulation, article 6(1)3): T+2. Over the calendar's whole range.
 */
public final class KrxSettlement {

    private final TradingCalendar calendar;

    /** @param calendar of the Korea Exchange */
    public KrxSettlement(TradingCalendar calendar) {
        this.calendar = calendar;
    }

    /**
     * The day money and shares of a trade change hands.
     *
     * @param tradeDate a session
     * @throws IllegalArgumentException on a day without a session
     * @throws UncoveredDateException when that day lies outside the calendar
     */
    public LocalDate of(LocalDate tradeDate) {
        if (tradeDate.isBefore(calendar.firstKnown()) || !tradeDate.isBefore(firstUnsettled())) {
            throw new UncoveredDateException(
                    "Settlement dates of trades",
                    tradeDate,
                    calendar.firstKnown(),
                    firstUnsettled().minusDays(1));
        }
        if (!calendar.isSession(tradeDate)) {
            throw new IllegalArgumentException(tradeDate + " is not a session");
        }
        return calendar.next(calendar.next(tradeDate).date()).date();
    }

    /** The first session whose trades settle after the calendar ends. */
    LocalDate firstUnsettled() {
        return calendar.back(calendar.lastKnown().plusDays(1), 2).date();
    }
}
