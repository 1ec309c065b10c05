package io.haetae.local.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.calendar.Calendars;
import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** K-cal: when every job is called, against the hours of every day that has hours of its own. */
class SpecialDaysTest {

    /** The longest that a collection takes. */
    private static final Duration COLLECTING = Duration.ofMinutes(15);

    private static final TradingCalendar CALENDAR = Calendars.of("XKRX");
    private static final List<Template.Schedule> SCHEDULES = new Template(Path.of("..", "template.yaml"), Map.of())
            .functions().stream()
                    .flatMap(function -> function.schedules().stream())
                    .toList();

    /** Every session with hours of its own, and the ordinary one after it. */
    static Stream<Session> sessions() {
        return CALENDAR.sessionsBetween(CALENDAR.firstKnown(), CALENDAR.lastKnown()).stream()
                .filter(session -> !CALENDAR.why(session.date()).isEmpty())
                .flatMap(session -> Stream.of(session, CALENDAR.next(session.date())));
    }

    private static List<Instant> fires(String job, LocalDate date) {
        Instant midnight = date.atStartOfDay(XkrxCalendar.SEOUL).toInstant();
        return SCHEDULES.stream()
                .filter(schedule -> schedule.input().contains("\"" + job + "\""))
                .flatMap(
                        schedule -> schedule.expression().between(midnight, midnight.plus(Duration.ofDays(1))).stream())
                .sorted()
                .toList();
    }

    @Test
    void thereAreSuchDaysInEveryYear() {
        assertThat(sessions()).hasSize(2 * 35);
    }

    /** Signals enter between order acceptance and the open, after the last catch-up; on a late day an hour later. */
    @ParameterizedTest
    @MethodSource("sessions")
    void signalsAreGeneratedOnceInTheEntryWindowWithTheMorningsRows(Session session) {
        List<Instant> catchups = fires("data_catchup", session.date());

        assertThat(fires("signal_generation", session.date()))
                .filteredOn(session::inEntryWindow)
                .hasSize(1)
                .allSatisfy(fire -> assertThat(fire).isAfter(catchups.getLast()));
    }

    /** Every quarter of an hour of the session, its open and its close among them. */
    @ParameterizedTest
    @MethodSource("sessions")
    void positionsAreMonitoredFromTheOpenToTheClose(Session session) {
        List<Instant> monitored = fires("position_monitoring", session.date()).stream()
                .filter(session::isOpen)
                .toList();

        assertThat(monitored)
                .hasSize((int) Duration.between(session.open(), session.close()).toMinutes() / 15 + 1)
                .startsWith(session.open())
                .endsWith(session.close());
    }

    /** The fixed 16:00 lies before the close of a late day; the later call does not. */
    @ParameterizedTest
    @MethodSource("sessions")
    void pricesAreCollectedAfterTheCloseAndIndicatorsFollow(Session session) {
        Instant collected = fires("data_collection", session.date()).stream()
                .filter(fire -> !fire.isBefore(session.close()))
                .findFirst()
                .orElseThrow();

        assertThat(fires("watchlist_update", session.date()).getFirst()).isAfter(collected.plus(COLLECTING));
        assertThat(fires("indicator_calculation", session.date()).getFirst()).isAfter(collected);
    }

    /** What watches over losses does not know of hours. */
    @ParameterizedTest
    @MethodSource("sessions")
    void riskIsCheckedAroundTheClock(Session session) {
        assertThat(fires("risk_checks", session.date())).hasSize(48);
    }
}
