package io.haetae.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The American exchanges and the currencies' week, for whom the clocks change twice a year. */
class NewYorkCalendarsTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private final TradingCalendar stocks = Calendars.of("XNYS");
    private final TradingCalendar currencies = Calendars.of("24X5");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2012-10-29 | Hurricane Sandy",
                "2018-12-05 | national day of mourning for George H. W. Bush",
                "2025-01-09 | national day of mourning for Jimmy Carter",
                "2022-06-20 | Juneteenth, observed",
                "2026-04-03 | Good Friday",
                "2026-07-03 | Independence Day, observed",
                "2027-12-24 | Christmas Day, observed",
                "2026-11-28 | weekend"
            })
    void aClosedDaySaysWhy(LocalDate date, String why) {
        assertThat(stocks.isSession(date)).isFalse();
        assertThat(stocks.why(date)).isEqualTo(why);
    }

    /** A New Year's Day on a Saturday closes no Friday: that one ends the year's accounts. */
    @ParameterizedTest
    @ValueSource(strings = {"2010-12-31", "2021-12-31", "2027-12-31", "2021-06-18"})
    void aDayThatLooksLikeAnObservedHolidayIsASession(LocalDate date) {
        assertThat(stocks.isSession(date)).isTrue();
        assertThat(stocks.why(date)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2026-11-27, 18:00", "2026-12-24, 18:00", "2025-07-03, 17:00", "2026-11-30, 21:00", "2026-07-02, 20:00"
    })
    void hoursFollowNewYorksClocks(LocalDate date, LocalTime closeUtc) {
        assertThat(stocks.session(date).orElseThrow().close()).isEqualTo(Instant.parse(date + "T" + closeUtc + ":00Z"));
        assertThat(Calendars.of("XNAS").session(date)).isEqualTo(stocks.session(date));
    }

    /** C1: midnight in Seoul, or anywhere, does not close New York. */
    @Test
    void aSessionStaysOpenOverAnotherPlacesMidnight() {
        Instant open = Instant.parse("2026-03-18T13:30:00Z");
        for (int minute = 0; minute <= 390; minute++) {
            assertThat(stocks.openAt(open.plus(Duration.ofMinutes(minute))))
                    .as("minute " + minute)
                    .isPresent();
        }
        assertThat(stocks.openAt(open.minusSeconds(1))).isEmpty();
        assertThat(stocks.openAt(open.plus(Duration.ofMinutes(390)).plusSeconds(1)))
                .isEmpty();
    }

    /** C6: for three weeks in March and one in autumn, America's clocks stand otherwise to Europe's than in summer. */
    @Test
    void theWeeksBetweenTheClockChangesOfTwoContinents() {
        ZoneId paris = ZoneId.of("Europe/Paris");
        assertThat(openIn(paris, "2026-03-06")).isEqualTo("15:30");
        assertThat(openIn(paris, "2026-03-09")).isEqualTo("14:30");
        assertThat(openIn(paris, "2026-03-30")).isEqualTo("15:30");
        assertThat(openIn(paris, "2026-10-26")).isEqualTo("14:30");
        assertThat(openIn(paris, "2026-11-02")).isEqualTo("15:30");
    }

    private LocalTime openIn(ZoneId zone, String date) {
        return LocalTime.ofInstant(
                stocks.session(LocalDate.parse(date)).orElseThrow().open(), zone);
    }

    /**
     * C5: every minute of the weeks in which clocks change, against the rule itself: shut from Friday 17:00 to Sunday 17:00
     * on New York's wall. A day of 24 hours that is not one would show here.
     */
    @ParameterizedTest
    @ValueSource(strings = {"2026-03-04", "2026-03-26", "2026-10-22", "2026-10-29", "2027-03-11", "2027-11-04"})
    void theCurrenciesWeekIsOpenByTheMinuteAsTheWallSays(LocalDate start) {
        Instant first = start.atStartOfDay(NEW_YORK).toInstant();
        Instant end = start.plusDays(7).atStartOfDay(NEW_YORK).toInstant();
        for (Instant at = first; at.isBefore(end); at = at.plusSeconds(60)) {
            assertThat(currencies.openAt(at).isPresent())
                    .as(at.atZone(NEW_YORK).toString())
                    .isEqualTo(isOpenByTheWall(at.atZone(NEW_YORK)));
        }
    }

    /** Both ends included. */
    private static boolean isOpenByTheWall(ZonedDateTime wall) {
        boolean evening = wall.getHour() >= 17;
        boolean afterFive = evening && !wall.toLocalTime().equals(LocalTime.of(17, 0));
        DayOfWeek day = wall.getDayOfWeek();
        return switch (day) {
            case MONDAY, TUESDAY, WEDNESDAY, THURSDAY -> true;
            case FRIDAY -> !afterFive;
            case SATURDAY -> false;
            case SUNDAY -> evening;
        };
    }

    @Test
    void aCurrencySessionLastsAsLongAsTheWallClockSays() {
        assertThat(length("2026-03-06")).isEqualTo(Duration.ofHours(24));
        assertThat(length("2026-03-09")).isEqualTo(Duration.ofHours(24));
        assertThat(currencies.session(LocalDate.of(2026, 3, 9)).orElseThrow().open())
                .isEqualTo(Instant.parse("2026-03-08T21:00:00Z"));
        assertThat(currencies.session(LocalDate.of(2026, 11, 2)).orElseThrow().open())
                .isEqualTo(Instant.parse("2026-11-01T22:00:00Z"));
    }

    private Duration length(String date) {
        Session session = currencies.session(LocalDate.parse(date)).orElseThrow();
        return Duration.between(session.open(), session.close());
    }

    /** C7: a session that opens on the date before its own: walking on and back still comes to an end, one step each. */
    @Test
    void aSessionThatOpensTheEveningBeforeIsWalkedOverOnce() {
        LocalDate date = LocalDate.of(2026, 1, 2);
        for (int week = 0; week < 52; week++) {
            for (int day = 0; day < 5; day++) {
                Session next = currencies.next(date);
                assertThat(currencies.previous(next.date()).date()).isEqualTo(date);
                assertThat(currencies.dateAt(next.open())).isEqualTo(next.date().minusDays(1));
                assertThat(currencies.openAt(next.open().plusSeconds(1))).contains(next);
                date = next.date();
            }
        }
        assertThat(date).isEqualTo("2027-01-01");
    }

    @Test
    void weekdaysRunFromMidnightToMidnight() {
        TradingCalendar weekdays = Calendars.of("WEEKDAYS");

        Session friday = weekdays.session(LocalDate.of(2026, 12, 25)).orElseThrow();
        assertThat(friday.open()).isEqualTo(Instant.parse("2026-12-25T00:00:00Z"));
        assertThat(friday.close()).isEqualTo(Instant.parse("2026-12-26T00:00:00Z"));
        assertThat(weekdays.openAt(Instant.parse("2026-12-26T12:00:00Z"))).isEmpty();
        assertThat(weekdays.next(friday.date()).date()).isEqualTo("2026-12-28");
    }

    @Test
    void anUnknownExchangeIsToldWhichThereAre() {
        assertThatThrownBy(() -> Calendars.of("XTKS"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no calendar is called 'XTKS': there are XKRX, XNYS, XNAS, WEEKDAYS, 24X5");
    }
}
