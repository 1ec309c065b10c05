package io.haetae.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class XkrxCalendarTest {

    private final TradingCalendar calendar = XkrxCalendar.bundled();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2010-01-01",
                "2023-10-02",
                "2024-04-10",
                "2024-10-01",
                "2025-01-27",
                "2025-06-03",
                "2026-05-25",
                "2026-06-03",
                "2026-07-17",
                "2026-11-21",
                "2026-11-22",
                "2026-12-31"
            })
    void holidaysAndWeekendsAreNoSessions(LocalDate date) {
        assertThat(calendar.session(date)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2010-01-04, 09:30, 10:00, 15:00",
        "2016-07-29, 08:30, 09:00, 15:00",
        "2016-08-01, 08:30, 09:00, 15:30",
        "2010-11-18, 09:30, 10:00, 16:00",
        "2024-12-20, 08:30, 09:00, 15:30",
        "2026-01-02, 09:30, 10:00, 15:30",
        "2026-01-05, 08:30, 09:00, 15:30",
        "2026-11-19, 09:30, 10:00, 16:30"
    })
    void hoursFollowTheExchangesRules(LocalDate date, LocalTime acceptance, LocalTime open, LocalTime close) {
        Session session = calendar.session(date).orElseThrow();
        assertThat(session)
                .isEqualTo(new Session(date, seoul(date, acceptance), seoul(date, open), seoul(date, close)));
    }

    @Test
    void theFirstSessionOfEveryYearOpensAtTen() {
        for (int year = 2010; year <= 2026; year++) {
            Session first = calendar.next(LocalDate.of(year - 1, 12, 31));
            assertThat(first.open()).isEqualTo(seoul(first.date(), LocalTime.of(10, 0)));
            assertThat(first.date().getYear()).isEqualTo(year);
        }
    }

    @ParameterizedTest
    @CsvSource({"2023, 245", "2024, 244", "2025, 242", "2026, 244"})
    void aYearHasAsManySessionsAsTheExchangeHeld(int year, int sessions) {
        assertThat(calendar.sessionsBetween(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31)))
                .hasSize(sessions);
    }

    @Test
    void neighboursAreStrictlyBeforeAndAfter() {
        assertThat(calendar.previous(LocalDate.of(2026, 1, 2)).date()).isEqualTo("2025-12-30");
        assertThat(calendar.next(LocalDate.of(2025, 12, 30)).date()).isEqualTo("2026-01-02");
        assertThat(calendar.previous(LocalDate.of(2026, 11, 22)).date()).isEqualTo("2026-11-20");
        assertThat(calendar.back(LocalDate.of(2026, 11, 20), 3).date()).isEqualTo("2026-11-17");
    }

    @Test
    void everySessionIsTheNeighbourOfItsNeighbour() {
        Session session = calendar.next(calendar.firstKnown());
        while (session.date().isBefore(LocalDate.of(2026, 12, 30))) {
            Session next = calendar.next(session.date());
            assertThat(calendar.previous(next.date())).isEqualTo(session);
            session = next;
        }
    }

    @Test
    void outsideItsYearsItKnowsNothingAndSaysSo() {
        assertThat(calendar.session(LocalDate.of(2027, 1, 4))).isEmpty();
        assertThat(calendar.session(LocalDate.of(2009, 12, 30))).isEmpty();
        assertThat(calendar.previous(LocalDate.of(2027, 1, 1)).date()).isEqualTo("2026-12-30");
        assertThatThrownBy(() -> calendar.next(LocalDate.of(2026, 12, 30)))
                .isInstanceOf(CalendarRangeException.class)
                .hasMessageContaining("2010-01-01 to 2026-12-31");
        assertThatThrownBy(() -> calendar.previous(LocalDate.of(2027, 1, 5)))
                .isInstanceOf(CalendarRangeException.class);
        assertThatThrownBy(() -> calendar.previous(LocalDate.of(2010, 1, 4)))
                .isInstanceOf(CalendarRangeException.class);
        assertThatThrownBy(() -> calendar.newestClosed(Instant.parse("2027-01-04T00:00:00Z")))
                .isInstanceOf(CalendarRangeException.class);
    }

    @Test
    void aSessionCountsAsClosedFromItsCloseOn() {
        LocalDate friday = LocalDate.of(2026, 11, 20);
        assertThat(calendar.newestClosed(seoul(friday, LocalTime.of(15, 29, 59)))
                        .date())
                .isEqualTo("2026-11-19");
        assertThat(calendar.newestClosed(seoul(friday, LocalTime.of(15, 30))).date())
                .isEqualTo(friday);
        assertThat(calendar.newestClosed(seoul(friday.plusDays(1), LocalTime.MIDNIGHT))
                        .date())
                .isEqualTo(friday);
    }

    @Test
    void openAndCloseBothBelongToTheSession() {
        LocalDate day = LocalDate.of(2026, 1, 5);
        assertThat(calendar.openAt(seoul(day, LocalTime.of(8, 59, 59)))).isEmpty();
        assertThat(calendar.openAt(seoul(day, LocalTime.of(9, 0)))).isPresent();
        assertThat(calendar.openAt(seoul(day, LocalTime.of(15, 30)))).isPresent();
        assertThat(calendar.openAt(seoul(day, LocalTime.of(15, 30, 1)))).isEmpty();
        Session session = calendar.session(day).orElseThrow();
        assertThat(session.inEntryWindow(seoul(day, LocalTime.of(8, 30)))).isTrue();
        assertThat(session.inEntryWindow(seoul(day, LocalTime.of(9, 0)))).isFalse();
    }

    private static Instant seoul(LocalDate date, LocalTime time) {
        return ZonedDateTime.of(date, time, XkrxCalendar.SEOUL).toInstant();
    }
}
