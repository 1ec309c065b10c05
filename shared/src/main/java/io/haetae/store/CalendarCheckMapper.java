package io.haetae.store;

import io.haetae.calendar.CalendarChecks;
import io.haetae.calendar.CalendarReading;
import io.haetae.calendar.CalendarSource;
import io.haetae.event.DomainEvent;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** An item a source of closures: what it said last, and since when it cannot be read. One job writes, under its lease. */
public final class CalendarCheckMapper implements CalendarChecks {

    private static final String PARTITION = "CALENDAR_CHECK#XKRX";
    private static final String TROUBLE = "trouble";
    private static final String TROUBLE_SINCE = "troubleSince";
    private static final String READ_AT = "readAt";

    private final Store store;

    public CalendarCheckMapper(Store store) {
        this.store = store;
    }

    @Override
    public List<CalendarSource> sources() {
        return store.query(Query.all(Table.STATE, PARTITION)).stream()
                .map(CalendarCheckMapper::source)
                .toList();
    }

    @Override
    public void read(String source, CalendarReading reading, Optional<DomainEvent> event) {
        List<Action> actions = new ArrayList<>();
        actions.add(Action.put(with(Item.at(key(source)), reading).build()));
        event.map(Outbox::put).ifPresent(actions::add);
        settle(actions);
    }

    @Override
    public void unread(String source, Instant at, String what) {
        Optional<CalendarSource> standing = store.get(key(source)).map(CalendarCheckMapper::source);
        Instant since = standing.flatMap(CalendarSource::trouble)
                .map(CalendarSource.Trouble::since)
                .orElse(at);
        Item.Builder item = Item.at(key(source)).with(TROUBLE, what).with(TROUBLE_SINCE, since.toString());
        standing.flatMap(CalendarSource::newest).ifPresent(reading -> with(item, reading));
        settle(List.of(Action.put(item.build())));
    }

    /** Puts without a condition are never refused; one whose fate is not known is the caller's failure. */
    private void settle(List<Action> actions) {
        if (!(store.commit(actions) instanceof Outcome.Committed)) {
            throw new StoreUnavailableException("whether the check of the calendar was kept is not known");
        }
    }

    private static Key key(String source) {
        return Key.state(PARTITION, source);
    }

    private static Item.Builder with(Item.Builder item, CalendarReading reading) {
        return item.with(READ_AT, reading.at().toString())
                .with("from", reading.from().toString())
                .with("to", reading.to().toString())
                .with(
                        "closed",
                        reading.closed().stream().map(LocalDate::toString).collect(Collectors.joining(" ")));
    }

    private static CalendarSource source(Item item) {
        Optional<CalendarReading> newest =
                item.findText(READ_AT).isPresent() ? Optional.of(reading(item)) : Optional.empty();
        Optional<CalendarSource.Trouble> trouble = item.findText(TROUBLE)
                .map(what -> new CalendarSource.Trouble(Times.instant(item, TROUBLE_SINCE), what));
        return new CalendarSource(item.key().sort(), newest, trouble);
    }

    private static CalendarReading reading(Item item) {
        try {
            SortedSet<LocalDate> closed = new TreeSet<>();
            for (String date : item.text("closed").split(" ", -1)) {
                if (!date.isEmpty()) {
                    closed.add(LocalDate.parse(date));
                }
            }
            return new CalendarReading(
                    Times.instant(item, READ_AT),
                    LocalDate.parse(item.text("from")),
                    LocalDate.parse(item.text("to")),
                    closed);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new CorruptItemException(item.key(), "closed", "a reading of the calendar");
        }
    }
}
