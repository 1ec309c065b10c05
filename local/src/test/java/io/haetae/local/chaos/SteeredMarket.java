package io.haetae.local.chaos;

import io.haetae.local.market.CompanyAccounts;
import io.haetae.local.market.Listing;
import io.haetae.local.market.Moment;
import io.haetae.local.market.SimulatedMarket;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.KrxMarket;
import java.time.Duration;
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

    /** @param volume of the session by then, or where it flows of each minute from then on */
    private record Steer(int percentOfBase, long volume) {}

    private final SimulatedMarket market;
    private final Map<String, NavigableMap<Instant, Steer>> steered = new ConcurrentHashMap<>();

    private final boolean flowing;

    /** @param flowing whether volumes are what is traded in a minute, for a venue that looks at every minute */
    SteeredMarket(SimulatedMarket market, boolean flowing) {
        this.market = market;
        this.flowing = flowing;
    }

    /** From {@code from} on the share trades there, until it is steered elsewhere. */
    void steer(String symbol, Instant from, int percentOfBase, long volume) {
        steered.computeIfAbsent(symbol, _ -> new ConcurrentSkipListMap<>()).put(from, new Steer(percentOfBase, volume));
    }

    @Override
    public Optional<Moment> at(Instant at, String symbol) {
        NavigableMap<Instant, Steer> moves = steered.getOrDefault(symbol, new TreeMap<>());
        Map.Entry<Instant, Steer> found = moves.floorEntry(at);
        return market.at(at, symbol)
                .map(moment -> found == null
                        ? moment
                        : moved(moment, found.getValue().percentOfBase(), volume(moves, found, at)));
    }

    private long volume(NavigableMap<Instant, Steer> moves, Map.Entry<Instant, Steer> newest, Instant at) {
        if (!flowing) {
            return newest.getValue().volume();
        }
        long volume = 0;
        for (Map.Entry<Instant, Steer> move : moves.headMap(at, true).entrySet()) {
            Instant until = move.equals(newest) ? at.plusSeconds(60) : moves.higherKey(move.getKey());
            volume += move.getValue().volume()
                    * Duration.between(move.getKey(), until).toMinutes();
        }
        return volume;
    }

    private static Moment moved(Moment moment, int percentOfBase, long volume) {
        long wanted = Math.clamp(moment.base() * percentOfBase / 100, moment.lower(), moment.upper());
        long last = wanted - wanted % with(moment, wanted, volume).tick();
        return with(moment, last, volume);
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
