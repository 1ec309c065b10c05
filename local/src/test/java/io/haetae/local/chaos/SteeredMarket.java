package io.haetae.local.chaos;

import io.haetae.local.market.CompanyAccounts;
import io.haetae.local.market.Listing;
import io.haetae.local.market.Moment;
import io.haetae.local.market.SimulatedMarket;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.KrxMarket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A market in which a test says where some shares go. */
final class SteeredMarket implements SimulatedMarket {

    private record Steer(int percentOfBase, long volume) {}

    private final SimulatedMarket market;
    private final Map<String, NavigableMap<Instant, Steer>> steered = new ConcurrentHashMap<>();

    SteeredMarket(SimulatedMarket market) {
        this.market = market;
    }

    /** From {@code from} on the share trades there, until it is steered elsewhere. */
    void steer(String symbol, Instant from, int percentOfBase, long volume) {
        steered.computeIfAbsent(symbol, _ -> new ConcurrentSkipListMap<>()).put(from, new Steer(percentOfBase, volume));
    }

    @Override
    public Optional<Moment> at(Instant at, String symbol) {
        Map.Entry<Instant, Steer> found =
                steered.getOrDefault(symbol, new TreeMap<>()).floorEntry(at);
        return market.at(at, symbol).map(moment -> found == null ? moment : moved(moment, found.getValue()));
    }

    private static Moment moved(Moment moment, Steer steer) {
        long wanted = Math.clamp(moment.base() * steer.percentOfBase() / 100, moment.lower(), moment.upper());
        long last = wanted - wanted % with(moment, wanted, steer.volume()).tick();
        return with(moment, last, steer.volume());
    }

    private static Moment with(Moment moment, long last, long volume) {
        return new Moment(
                moment.session(),
                moment.row(),
                last,
                last,
                last,
                last,
                volume,
                last * volume,
                moment.base(),
                moment.upper(),
                moment.lower(),
                false,
                moment.trading());
    }

    @Override
    public String world() {
        return market.world();
    }

    @Override
    public LocalDate firstSession() {
        return market.firstSession();
    }

    @Override
    public LocalDate lastSession() {
        return market.lastSession();
    }

    @Override
    public LocalDate anchorSession() {
        return market.anchorSession();
    }

    @Override
    public LocalDate defaultDay() {
        return market.defaultDay();
    }

    @Override
    public List<LocalDate> sessions() {
        return market.sessions();
    }

    @Override
    public List<Listing> listings() {
        return market.listings();
    }

    @Override
    public Optional<Listing> listing(String symbol) {
        return market.listing(symbol);
    }

    @Override
    public List<DailyRow> rows(LocalDate session, KrxMarket which) {
        return market.rows(session, which);
    }

    @Override
    public Optional<DailyRow> row(LocalDate session, String symbol) {
        return market.row(session, symbol);
    }

    @Override
    public Optional<Fundamentals> fundamentals(LocalDate session, String symbol) {
        return market.fundamentals(session, symbol);
    }

    @Override
    public List<CompanyAccounts> companies() {
        return market.companies();
    }

    @Override
    public List<String> notes() {
        return market.notes();
    }
}
