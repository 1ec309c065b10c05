package io.haetae.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every calendar, for dates drawn at random; a failure names the seed and the date. */
class CalendarPropertiesTest {

    private static final long SEED = 20_260_603;
    private static final int DRAWS = 100;

    static List<TradingCalendar> calendars() {
        List<TradingCalendar> calendars =
                new ArrayList<>(Calendars.codes().stream().map(Calendars::of).toList());
        calendars.add(Calendars.overridden("XKRX/2026-12-24/closed,XKRX/2026-12-26/09:00-12:00,XKRX/2027-01-01/closed")
                .xkrx());
        return calendars;
    }

    /** Dates well inside, so that every neighbour exists. */
    private static LocalDate draw(Random random, TradingCalendar calendar) {
        long days = ChronoUnit.DAYS.between(calendar.firstKnown(), calendar.lastKnown());
        return calendar.firstKnown().plusDays(20 + random.nextInt((int) days - 40));
    }

    @ParameterizedTest
    @MethodSource("calendars")
    void neighboursAreTheNearestSessionsAndBelongToEachOther(TradingCalendar calendar) {
        Random random = new Random(SEED);
        for (int draw = 0; draw < DRAWS; draw++) {
            LocalDate date = draw(random, calendar);
            LocalDate next = date.plusDays(1);
            while (!calendar.isSession(next)) {
                next = next.plusDays(1);
            }
            LocalDate previous = date.minusDays(1);
            while (!calendar.isSession(previous)) {
                previous = previous.minusDays(1);
            }
            String drawn = "seed %d, %s of %s".formatted(SEED, date, calendar.code());
            assertThat(calendar.next(date).date()).as(drawn).isEqualTo(next);
            assertThat(calendar.previous(date).date()).as(drawn).isEqualTo(previous);
            assertThat(calendar.previous(next).date()).as(drawn).isEqualTo(calendar.isSession(date) ? date : previous);
        }
    }

    @ParameterizedTest
    @MethodSource("calendars")
    void agesCountSessionsAndBackUndoesThem(TradingCalendar calendar) {
        Random random = new Random(SEED);
        for (int draw = 0; draw < DRAWS; draw++) {
            LocalDate one = draw(random, calendar);
            LocalDate two = draw(random, calendar);
            LocalDate from = one.isBefore(two) ? one : two;
            LocalDate to = one.isBefore(two) ? two : one;
            String drawn = "seed %d, %s to %s of %s".formatted(SEED, from, to, calendar.code());
            List<Session> between = calendar.sessionsBetween(from, to);
            int age = calendar.age(from, to);

            assertThat(between.stream()
                            .map(Session::date)
                            .toList()
                            .equals(from.datesUntil(to.plusDays(1))
                                    .filter(calendar::isSession)
                                    .toList()))
                    .as(drawn)
                    .isTrue();
            assertThat(age).as(drawn).isEqualTo(between.size() - (calendar.isSession(from) ? 1 : 0));
            assertThat(calendar.age(from, from)).isZero();
            if (age > 0 && calendar.isSession(from)) {
                LocalDate newest = between.getLast().date();
                assertThat(calendar.back(newest, age).date()).as(drawn).isEqualTo(from);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("calendars")
    void sessionsFollowEachOtherWithoutOverlapAndTheirPhasesLieInOrder(TradingCalendar calendar) {
        Instant reached = Instant.MIN;
        for (Session session : calendar.sessionsBetween(calendar.firstKnown(), calendar.lastKnown())) {
            boolean closesOnItsDate =
                    calendar.dateAt(session.close().minusMillis(1)).equals(session.date());
            boolean last = !calendar.isKnown(calendar.dateAt(session.close()));
            boolean sound = !session.open().isBefore(reached)
                    && closesOnItsDate
                    && calendar.openAt(session.open().plusMillis(1)).equals(Optional.of(session))
                    && (last || calendar.newestClosed(session.close()).equals(session))
                    && inOrder(session.phases());
            assertThat(sound).as(session.toString()).isTrue();
            reached = session.close();
        }
    }

    private static boolean inOrder(List<Phase> phases) {
        List<Phase> sorted = new ArrayList<>(phases);
        sorted.sort(Comparator.comparing(Phase::start));
        return sorted.equals(phases) && phases.stream().anyMatch(phase -> phase.kind() == Phase.Kind.CONTINUOUS);
    }

    @ParameterizedTest
    @MethodSource("calendars")
    void whatLiesOutsideIsNeverAnswered(TradingCalendar calendar) {
        LocalDate after = calendar.lastKnown().plusDays(1);
        LocalDate before = calendar.firstKnown().minusDays(1);

        for (LocalDate unknown : List.of(before, before.minusDays(400), after, after.plusDays(400))) {
            assertThat(calendar.session(unknown)).isEmpty();
            assertThat(calendar.isKnown(unknown)).isFalse();
            assertThatThrownBy(() -> calendar.why(unknown)).isInstanceOf(CalendarRangeException.class);
            assertThatThrownBy(() -> calendar.age(unknown, unknown)).isInstanceOf(CalendarRangeException.class);
        }
        assertThatThrownBy(() -> calendar.next(calendar.lastKnown())).isInstanceOf(CalendarRangeException.class);
        assertThatThrownBy(() -> calendar.next(before.minusDays(1))).isInstanceOf(CalendarRangeException.class);
        assertThatThrownBy(() -> calendar.previous(after.plusDays(1))).isInstanceOf(CalendarRangeException.class);
        assertThatThrownBy(() -> calendar.previous(calendar.firstKnown())).isInstanceOf(CalendarRangeException.class);
        assertThatThrownBy(() -> calendar.newestClosed(
                        after.atStartOfDay(calendar.zone()).toInstant().plus(Duration.ofHours(12))))
                .isInstanceOf(CalendarRangeException.class);
        LocalDate within = calendar.previous(calendar.lastKnown()).date();
        assertThatThrownBy(() -> calendar.age(within, within.minusDays(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
