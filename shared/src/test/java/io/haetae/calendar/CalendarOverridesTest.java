package io.haetae.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

/** What a person knows better than the list that ships with the program. */
class CalendarOverridesTest {

    private static final LocalDate LAST_SESSION = LocalDate.of(2026, 12, 30);

    private static TradingCalendar with(String text) {
        return Calendars.overridden(text).xkrx();
    }

    private static Instant seoul(LocalDate date, int hour, int minute) {
        return date.atTime(hour, minute).atZone(XkrxCalendar.SEOUL).toInstant();
    }

    @Test
    void aSessionIsClosedAHolidayOpenedAndHoursAreChanged() {
        TradingCalendar calendar =
                with("XKRX/2026-12-24/closed, XKRX/2026-12-25/09:00-12:00,XKRX/2026-11-19/09:00-15:30");

        assertThat(calendar.session(LocalDate.of(2026, 12, 24))).isEmpty();
        Session christmas = calendar.next(LocalDate.of(2026, 12, 23));
        assertThat(christmas.date()).isEqualTo("2026-12-25");
        assertThat(christmas.orderAcceptance()).isEqualTo(seoul(christmas.date(), 8, 30));
        assertThat(christmas.close()).isEqualTo(seoul(christmas.date(), 12, 0));
        assertThat(calendar.session(LocalDate.of(2026, 11, 19)).orElseThrow().close())
                .isEqualTo(seoul(LocalDate.of(2026, 11, 19), 15, 30));
        assertThat(calendar.why(LocalDate.of(2026, 12, 24))).isEqualTo("set by configuration");
        assertThat(calendar.lastKnown()).isEqualTo("2026-12-31");
    }

    @Test
    void theBundledCalendarAndOtherExchangesStayAsTheyAre() {
        Calendars calendars = Calendars.overridden("XKRX/2026-12-24/closed");

        assertThat(Calendars.of("XKRX").isSession(LocalDate.of(2026, 12, 24))).isTrue();
        assertThat(calendars.find("XNYS").orElseThrow().isSession(LocalDate.of(2026, 12, 24)))
                .isTrue();
        assertThat(Calendars.overridden(" ")).isSameAs(Calendars.bundled());
    }

    /** K-cal: the list has run out and the update has not come; day by day a person may go on, never over a gap. */
    @Test
    void theEndMovesDayByDay() {
        TradingCalendar calendar =
                with("XKRX/2027-01-05/09:00-15:30,XKRX/2027-01-01/closed,XKRX/2027-01-04/10:00-15:30");

        assertThat(calendar.lastKnown()).isEqualTo("2027-01-05");
        assertThat(calendar.next(LAST_SESSION).date()).isEqualTo("2027-01-04");
        assertThat(calendar.previous(LocalDate.of(2027, 1, 4)).date()).isEqualTo(LAST_SESSION);
        assertThat(calendar.session(LocalDate.of(2027, 1, 2))).isEmpty();
        assertThat(calendar.why(LocalDate.of(2027, 1, 2))).isEqualTo("weekend");
        assertThat(calendar.newestClosed(seoul(LocalDate.of(2027, 1, 5), 8, 45)).date())
                .isEqualTo("2027-01-04");
        assertThat(calendar.age(LAST_SESSION, LocalDate.of(2027, 1, 5))).isEqualTo(2);
        assertThatThrownBy(() -> calendar.next(LocalDate.of(2027, 1, 5)))
                .isInstanceOf(CalendarRangeException.class)
                .hasMessageContaining("ends 2027-01-05");
    }

    @Test
    void everythingWrongIsNamedAtOnce() {
        assertThatThrownBy(() -> Calendars.overridden("XKRX/2026-02-30/closed,XKRX/2026-03-04/25:00-26:00,nonsense,"
                        + "XTKS/2026-03-04/closed,XKRX/2026-03-05/15:30-09:00,XKRX/2026-03-06/closed,"
                        + "XKRX/2026-03-06/closed,XKRX/2009-12-30/closed,XKRX/2027-01-05/09:00-15:30,"
                        + "XKRX/2027-03-02/09:00-15:30,"))
                .isInstanceOfSatisfying(InvalidOverridesException.class, e -> assertThat(e.problems())
                        .containsExactlyInAnyOrder(
                                "XKRX/2026-02-30/closed: there is no such date or time",
                                "XKRX/2026-03-04/25:00-26:00: there is no such date or time",
                                "nonsense: EXCHANGE/DATE/HH:MM-HH:MM or EXCHANGE/DATE/closed is expected",
                                "'': EXCHANGE/DATE/HH:MM-HH:MM or EXCHANGE/DATE/closed is expected",
                                "XTKS/2026-03-04/closed: XKRX, XNYS and XNAS have dates to override",
                                "XKRX/2026-03-05/15:30-09:00: it would close at 09:00, not after it opens",
                                "XKRX/2026-03-06/closed: this date is named twice",
                                "XKRX/2009-12-30/closed: the calendar begins 2010-01-01",
                                "XKRX/2027-01-05/09:00-15:30: the calendar ends 2026-12-31, so 2027-01-01, 2027-01-04"
                                        + " must be named too",
                                "XKRX/2027-03-02/09:00-15:30: the calendar ends 2026-12-31, so the 39 weekdays from"
                                        + " 2027-01-06 to 2027-03-01 must be named too"));
    }

    @Test
    void hoursFarFromTheOrdinaryOnesStillMakeASession() {
        Session early = with("XKRX/2026-12-24/00:10-00:15")
                .session(LocalDate.of(2026, 12, 24))
                .orElseThrow();

        assertThat(early.orderAcceptance()).isEqualTo(seoul(LocalDate.of(2026, 12, 23), 23, 40));
        assertThat(LocalTime.ofInstant(early.close(), XkrxCalendar.SEOUL)).isEqualTo(LocalTime.of(0, 15));
    }
}
