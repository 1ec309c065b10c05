package io.haetae.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** K-cal: closures of weeks' notice, late opens, late closes and the end of the list. */
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
        "2010-01-04, 09:00, 10:00, 15:00",
        "2016-07-29, 08:00, 09:00, 15:00",
        "2016-08-01, 08:00, 09:00, 15:30",
        "2010-11-18, 09:00, 10:00, 16:00",
        "2019-04-26, 08:00, 09:00, 15:30",
        "2019-04-29, 08:30, 09:00, 15:30",
        "2024-12-20, 08:30, 09:00, 15:30",
        "2026-01-02, 09:30, 10:00, 15:30",
        "2026-01-05, 08:30, 09:00, 15:30",
        "2026-11-19, 09:30, 10:00, 16:30"
    })
    void hoursFollowTheExchangesRules(LocalDate date, LocalTime acceptance, LocalTime open, LocalTime close) {
        Session session = calendar.session(date).orElseThrow();
        assertThat(session.orderAcceptance()).isEqualTo(seoul(date, acceptance));
        assertThat(session.open()).isEqualTo(seoul(date, open));
        assertThat(session.close()).isEqualTo(seoul(date, close));
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
                .hasMessageContaining("the calendar of XKRX ends 2026-12-31");
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

    @Test
    void theDayHasItsPhases() {
        LocalDate day = LocalDate.of(2026, 11, 20);
        assertThat(phases(day))
                .containsExactly(
                        "PREVIOUS_CLOSE 08:30-08:40",
                        "OPENING_AUCTION 08:30-09:00",
                        "CONTINUOUS 09:00-15:20",
                        "CLOSING_AUCTION 15:20-15:30",
                        "CLOSING_PRICE 15:40-16:00",
                        "AFTER_MARKET 16:00-20:00");
        assertThat(phases(LocalDate.of(2026, 9, 11))).hasSize(5).doesNotContain("AFTER_MARKET 16:00-20:00");
        assertThat(phases(LocalDate.of(2015, 3, 2)))
                .containsExactly(
                        "PREVIOUS_CLOSE 07:30-08:30",
                        "OPENING_AUCTION 08:00-09:00",
                        "CONTINUOUS 09:00-14:50",
                        "CLOSING_AUCTION 14:50-15:00",
                        "CLOSING_PRICE 15:10-15:30");
        Session session = calendar.session(day).orElseThrow();
        assertThat(session.isIn(Phase.Kind.CLOSING_AUCTION, seoul(day, LocalTime.of(15, 20))))
                .isTrue();
        assertThat(session.isIn(Phase.Kind.CONTINUOUS, seoul(day, LocalTime.of(15, 20))))
                .isFalse();
    }

    /** What nobody has published is not there: the evening of a day that closes late. */
    @Test
    void aLateDayIsAnHourLaterAndItsEveningIsUnknown() {
        assertThat(phases(LocalDate.of(2026, 11, 19)))
                .containsExactly(
                        "PREVIOUS_CLOSE 09:30-09:40",
                        "OPENING_AUCTION 09:30-10:00",
                        "CONTINUOUS 10:00-16:20",
                        "CLOSING_AUCTION 16:20-16:30",
                        "CLOSING_PRICE 16:40-17:00");
    }

    private List<String> phases(LocalDate date) {
        return calendar.session(date).orElseThrow().phases().stream()
                .map(phase -> phase.kind() + " " + wall(phase.start()) + "-" + wall(phase.end()))
                .toList();
    }

    private static LocalTime wall(Instant moment) {
        return LocalTime.ofInstant(moment, XkrxCalendar.SEOUL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2026-01-01 | New Year's Day",
                "2026-01-02 | first session of the year",
                "2026-01-03 | weekend",
                "2026-01-05 | ''",
                "2026-06-03 | local elections",
                "2026-07-17 | Constitution Day",
                "2026-11-19 | university entrance examination",
                "2026-12-31 | year-end closing"
            })
    void aDayThatDiffersSaysWhy(LocalDate date, String why) {
        assertThat(calendar.why(date)).isEqualTo(why);
        assertThatThrownBy(() -> calendar.why(LocalDate.of(2027, 1, 1))).isInstanceOf(CalendarRangeException.class);
    }

    @Test
    void itWarnsSixtyDaysBeforeItsEnd() {
        assertThat(calendar.warning(LocalDate.of(2026, 10, 31))).isEmpty();
        assertThat(calendar.warning(LocalDate.of(2026, 11, 1)).orElseThrow())
                .startsWith("the calendar of XKRX ends in 60 days, 2026-12-31");
        assertThat(calendar.warning(LocalDate.of(2027, 1, 4)).orElseThrow())
                .startsWith("the calendar of XKRX has ended, 2026-12-31");
    }

    private static Instant seoul(LocalDate date, LocalTime time) {
        return ZonedDateTime.of(date, time, XkrxCalendar.SEOUL).toInstant();
    }
}
