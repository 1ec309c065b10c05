package io.haetae.local.measure;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.local.market.Listing;
import io.haetae.local.market.Moment;
import io.haetae.local.market.SimulatedMarket;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.KrxMarket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Another market's sessions, over and over, on more dates than it has: rows of the real size for a long history. */
final class RepeatedMarket implements SimulatedMarket {

    private final SimulatedMarket source;
    private final List<LocalDate> sessions;
    private final Map<LocalDate, LocalDate> sourceDates = new HashMap<>();

    RepeatedMarket(SimulatedMarket source, TradingCalendar calendar, LocalDate from, LocalDate to) {
        this.source = source;
        this.sessions =
                calendar.sessionsBetween(from, to).stream().map(Session::date).toList();
        List<LocalDate> repeated = source.sessions();
        for (int i = 0; i < sessions.size(); i++) {
            sourceDates.put(sessions.get(i), repeated.get(i % repeated.size()));
        }
    }

    @Override
    public String world() {
        return source.world() + ":repeated";
    }

    @Override
    public LocalDate firstSession() {
        return sessions.getFirst();
    }

    @Override
    public LocalDate lastSession() {
        return sessions.getLast();
    }

    @Override
    public LocalDate defaultDay() {
        return lastSession();
    }

    @Override
    public List<LocalDate> sessions() {
        return sessions;
    }

    @Override
    public List<Listing> listings() {
        return source.listings();
    }

    @Override
    public Optional<Listing> listing(String symbol) {
        return source.listing(symbol);
    }

    @Override
    public List<DailyRow> rows(LocalDate session, KrxMarket market) {
        LocalDate date = sourceDates.get(session);
        return date == null ? List.of() : source.rows(date, market);
    }

    @Override
    public Optional<DailyRow> row(LocalDate session, String symbol) {
        return Optional.ofNullable(sourceDates.get(session)).flatMap(date -> source.row(date, symbol));
    }

    @Override
    public Optional<Fundamentals> fundamentals(LocalDate session, String symbol) {
        return Optional.empty();
    }

    @Override
    public Optional<Moment> at(Instant at, String symbol) {
        return Optional.empty();
    }

    @Override
    public List<String> notes() {
        return List.of();
    }
}
