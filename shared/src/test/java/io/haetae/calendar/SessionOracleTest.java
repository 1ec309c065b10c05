package io.haetae.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** K-cal: every session of every year, with its hours, against lists that were made independently of ours. */
class SessionOracleTest {

    @ParameterizedTest
    @CsvSource({
        "XKRX, xkrx-sessions.csv, 2010-01-01, 2026-12-31",
        "XNYS, xnys-sessions.csv, 2010-01-01, 2028-12-31",
        "XNAS, xnys-sessions.csv, 2010-01-01, 2028-12-31"
    })
    void everySessionIsTheOracles(String code, String resource, LocalDate first, LocalDate last) {
        TradingCalendar calendar = Calendars.of(code);
        SortedMap<LocalDate, String> ours = new TreeMap<>();
        for (LocalDate date = first; !date.isAfter(last); date = date.plusDays(1)) {
            LocalDate day = date;
            calendar.session(date)
                    .ifPresent(session -> ours.put(
                            day,
                            LocalTime.ofInstant(session.open(), calendar.zone()) + "-"
                                    + LocalTime.ofInstant(session.close(), calendar.zone())));
        }

        assertThat(ours).isEqualTo(Oracle.sessions(resource));
        assertThat(calendar.firstKnown()).isEqualTo(first);
        assertThat(calendar.lastKnown()).isEqualTo(last);
    }
}
