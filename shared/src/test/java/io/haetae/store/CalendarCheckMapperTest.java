package io.haetae.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.haetae.calendar.CalendarCheck;
import io.haetae.calendar.CalendarReading;
import io.haetae.calendar.CalendarSource;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.event.DomainEvent;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CalendarCheckMapperTest {

    private static final Instant MORNING = Instant.parse("2026-03-16T22:30:00Z");
    private static final LocalDate TUESDAY = LocalDate.of(2026, 3, 17);
    private static final LocalDate FRIDAY = LocalDate.of(2026, 3, 20);

    private final Store store = new MemoryStore();
    private final CalendarCheckMapper checks = new CalendarCheckMapper(store);
    private final CalendarCheck check = new CalendarCheck(XkrxCalendar.bundled(), checks);

    @Test
    void aReadingComesBackAndEndsTheTrouble() {
        checks.unread("page", MORNING, "HTTP 503");
        checks.unread("page", MORNING.plusSeconds(9), "HTTP 504");
        assertThat(checks.sources())
                .containsExactly(new CalendarSource(
                        "page", Optional.empty(), Optional.of(new CalendarSource.Trouble(MORNING, "HTTP 504"))));

        CalendarReading reading = reading(Set.of(FRIDAY));
        checks.read("page", reading, Optional.empty());
        assertThat(checks.sources())
                .containsExactly(new CalendarSource("page", Optional.of(reading), Optional.empty()));
    }

    @Test
    void aSourceThatFallsSilentLeavesWhatItSaid() {
        checks.read("page", reading(Set.of(FRIDAY)), Optional.empty());
        checks.unread("page", MORNING.plusSeconds(86_400), "HTTP 503");
        assertThat(check.refusal(TUESDAY)).isPresent();
    }

    @Test
    void theEventIsWrittenInTheSameTransaction() {
        DomainEvent event = new DomainEvent("a", "CalendarDisagrees", "XKRX", MORNING, Map.of());
        checks.read("page", reading(Set.of(FRIDAY)), Optional.of(event));
        assertThat(new Outbox(store).pending()).containsExactly(event);
    }

    @Test
    void whatWasDamagedIsNotTakenForAgreement() {
        store.commit(List.of(Action.put(Item.at(Key.state("CALENDAR_CHECK#XKRX", "page"))
                .with("readAt", MORNING.toString())
                .with("from", "2026-03-17")
                .with("to", "soon")
                .with("closed", "")
                .build())));
        assertThatThrownBy(() -> check.refusal(TUESDAY)).isInstanceOf(CorruptItemException.class);
    }

    @Test
    void aRefusalNamesSourceDatesAndWhatToDo() {
        assertThat(check.refusal(TUESDAY)).isEmpty();
        checks.read("page", reading(Set.of(FRIDAY)), Optional.empty());
        assertThat(check.refusal(TUESDAY)).hasValueSatisfying(line -> assertThat(line)
                .contains("page (read 2026-03-17) says 2026-03-20 closed (here open)")
                .contains("update the program or set CALENDAR_OVERRIDES"));
        checks.read("page", reading(Set.of()), Optional.empty());
        assertThat(check.refusal(TUESDAY)).isEmpty();
    }

    /** Of a source that is asked no more, such as the broker when its keys are gone. */
    @Test
    void aDisputeAboutADateEndsWithThatDate() {
        checks.read("broker", reading(Set.of(FRIDAY)), Optional.empty());
        assertThat(check.refusal(FRIDAY)).isPresent();
        assertThat(check.refusal(FRIDAY.plusDays(1))).isEmpty();
    }

    @Test
    void aDateThatIsClosedHereAndOpenThereIsADisputeToo() {
        LocalDate labourDay = LocalDate.of(2026, 5, 1);
        checks.read("broker", new CalendarReading(MORNING, labourDay, labourDay, new TreeSet<>()), Optional.empty());
        assertThat(check.disagreements(TUESDAY)).singleElement().asString().contains("2026-05-01 open (here closed)");
    }

    @Test
    void whatTheCalendarDoesNotReachIsNoDispute() {
        LocalDate beyond = XkrxCalendar.bundled().lastKnown().plusYears(1);
        CalendarReading reading = new CalendarReading(MORNING, beyond, beyond.plusDays(9), new TreeSet<>());
        assertThat(reading.differences(XkrxCalendar.bundled())).isEmpty();
    }

    private static CalendarReading reading(Set<LocalDate> more) {
        LocalDate to = LocalDate.of(2026, 4, 10);
        SortedSet<LocalDate> closed = new TreeSet<>(more);
        TUESDAY.datesUntil(to.plusDays(1))
                .filter(date -> date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY)
                .forEach(closed::add);
        return new CalendarReading(MORNING, TUESDAY, to, closed);
    }
}
