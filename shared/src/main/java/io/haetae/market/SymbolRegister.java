package io.haetae.market;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The life of every symbol that was ever in the Exchange's rows or base information. Immutable; sessions may be added in any
 * order and again.
 */
public final class SymbolRegister {

    /** A share that is in none of so many sessions' rows has left the market; one that is missing for fewer may be a gap. */
    public static final int SESSIONS_UNTIL_GONE = 3;

    public static final SymbolRegister EMPTY = new SymbolRegister(new TreeMap<>(), Map.of());

    private final NavigableMap<String, SymbolLife> lives;
    private final Map<KrxMarket, LocalDate> newest;

    private SymbolRegister(NavigableMap<String, SymbolLife> lives, Map<KrxMarket, LocalDate> newest) {
        this.lives = Collections.unmodifiableNavigableMap(lives);
        this.newest = Map.copyOf(newest);
    }

    /** What a symbol does on the newest session of its market. */
    public enum Standing {
        /** In the rows, with trades. */
        TRADED,
        /** In the rows without a trade: halted, or nobody wanted it. The rows do not tell these apart. */
        UNTRADED,
        /** Not in the newest rows. */
        MISSING,
        /** Not in the rows of {@value SymbolRegister#SESSIONS_UNTIL_GONE} sessions or more: delisted, or moved away. */
        GONE,
        /** In the base information, not in any rows yet. */
        EXPECTED
    }

    public static SymbolRegister of(Collection<SymbolLife> lives, Map<KrxMarket, LocalDate> newest) {
        NavigableMap<String, SymbolLife> bySymbol = new TreeMap<>();
        lives.forEach(life -> bySymbol.put(life.symbol(), life));
        return new SymbolRegister(bySymbol, newest);
    }

    /** With the official rows of a session. */
    public SymbolRegister seen(LocalDate session, List<DailyRow> rows) {
        NavigableMap<String, SymbolLife> now = new TreeMap<>(lives);
        Map<KrxMarket, LocalDate> dates = new EnumMap<>(KrxMarket.class);
        dates.putAll(newest);
        for (DailyRow row : rows) {
            now.compute(row.symbol(), (symbol, life) -> (life == null ? SymbolLife.unknown(symbol) : life)
                    .seen(session, row));
            dates.merge(row.market(), session, (one, other) -> one.isAfter(other) ? one : other);
        }
        return new SymbolRegister(now, dates);
    }

    /** With the base information of a session. */
    public SymbolRegister told(LocalDate session, List<ListedShare> shares) {
        NavigableMap<String, SymbolLife> now = new TreeMap<>(lives);
        for (ListedShare share : shares) {
            now.compute(share.symbol(), (symbol, life) -> (life == null ? SymbolLife.unknown(symbol) : life)
                    .told(session, share));
        }
        return new SymbolRegister(now, newest);
    }

    public Optional<SymbolLife> life(String symbol) {
        return Optional.ofNullable(lives.get(symbol));
    }

    /** By symbol. */
    public Collection<SymbolLife> lives() {
        return lives.values();
    }

    /** The newest session whose rows were added, by market. */
    public Map<KrxMarket, LocalDate> newest() {
        return newest;
    }

    /** The oldest session whose rows were added; empty when there was none. */
    public Optional<LocalDate> oldest() {
        return lives.values().stream()
                .flatMap(life -> life.firstSeen().stream())
                .min(Comparator.naturalOrder());
    }

    /** Empty for a symbol nobody ever told of. */
    public Optional<Standing> standing(String symbol, TradingCalendar calendar) {
        return life(symbol).map(life -> standing(life, calendar));
    }

    private Standing standing(SymbolLife life, TradingCalendar calendar) {
        Optional<LocalDate> last = life.lastSeen();
        if (last.isEmpty()) {
            return Standing.EXPECTED;
        }
        int missed = missed(life, last.get(), calendar);
        if (missed == 0) {
            return last.get().equals(life.lastTraded()) ? Standing.TRADED : Standing.UNTRADED;
        }
        return missed < SESSIONS_UNTIL_GONE ? Standing.MISSING : Standing.GONE;
    }

    private int missed(SymbolLife life, LocalDate last, TradingCalendar calendar) {
        LocalDate newestOfMarket = life.market().map(newest::get).orElse(last);
        return newestOfMarket.isAfter(last)
                ? calendar.sessionsBetween(last.plusDays(1), newestOfMarket).size()
                : 0;
    }

    /** The first session of the market that lacked the symbol's rows, after those it was in; empty while it is in them. */
    public Optional<LocalDate> missingSince(String symbol, TradingCalendar calendar) {
        return life(symbol)
                .filter(life -> life.lastSeen().isPresent()
                        && missed(life, life.lastSeen().orElseThrow(), calendar) > 0)
                .flatMap(SymbolLife::lastSeen)
                .map(last -> calendar.next(last).date());
    }

    /** The newest session whose rows or base information have the symbol; empty for one nobody ever told of. */
    public Optional<LocalDate> lastKnown(String symbol) {
        return life(symbol).flatMap(life -> Stream.concat(life.lastSeen().stream(), Stream.ofNullable(life.shareAsOf()))
                .max(Comparator.naturalOrder()));
    }

    /**
     * The session from which on the symbol is no longer listed: the first of at least {@value #SESSIONS_UNTIL_GONE} whose rows
     * lack it, with no base information of any of them that names it. Empty while it is listed or may be: a session that is not
     * stored tells nothing, nor does one whose rows of its market are not.
     *
     * @param stored sessions whose official rows are stored, oldest first
     */
    public Optional<LocalDate> leftOn(String symbol, List<LocalDate> stored) {
        Optional<LocalDate> last = lastKnown(symbol);
        Optional<LocalDate> end = life(symbol).flatMap(SymbolLife::market).map(newest::get);
        if (last.isEmpty() || end.isEmpty()) {
            return Optional.empty();
        }
        List<LocalDate> without = stored.stream()
                .filter(session -> session.isAfter(last.get()) && !session.isAfter(end.get()))
                .toList();
        return without.size() < SESSIONS_UNTIL_GONE ? Optional.empty() : Optional.of(without.getFirst());
    }

    /**
     * The first session without a trade, of those that the newest row of the symbol ends; empty when that row has trades. That is
     * the session a halt began, for a share that trades otherwise every day.
     */
    public Optional<LocalDate> untradedSince(String symbol, TradingCalendar calendar) {
        SymbolLife life = lives.get(symbol);
        if (life == null || life.lastSeen().isEmpty() || life.lastSeen().get().equals(life.lastTraded())) {
            return Optional.empty();
        }
        LocalDate traded = life.lastTraded();
        return traded == null
                ? life.firstSeen()
                : Optional.of(calendar.next(traded)).map(Session::date);
    }

    /**
     * The symbols to ask prices of on a session, in order: all that did not leave the market before it, and those whose base
     * information names that session or an earlier one as their first.
     */
    public List<String> askable(LocalDate session, TradingCalendar calendar) {
        List<String> symbols = new ArrayList<>(lives.size());
        for (SymbolLife life : lives.values()) {
            boolean asked =
                    switch (standing(life, calendar)) {
                        case TRADED, UNTRADED, MISSING -> true;
                        case GONE -> false;
                        case EXPECTED ->
                            life.share() != null && !life.share().listed().isAfter(session);
                    };
            if (asked) {
                symbols.add(life.symbol());
            }
        }
        return symbols;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SymbolRegister that && lives.equals(that.lives) && newest.equals(that.newest);
    }

    @Override
    public int hashCode() {
        return lives.hashCode();
    }

    @Override
    public String toString() {
        return lives.size() + " symbols, newest " + new TreeMap<>(newest);
    }
}
