package io.haetae.market;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one symbol over all time. It never ends: a share that left the market keeps its life.
 *
 * <p>It is put together from facts that can be told in any order and more than once: the first and last session of each name,
 * the last session with trades, the newest base information.
 *
 * @param names every name and market it had in the rows, by the first session seen; empty for a share of which only base
 *     information is known
 * @param lastTraded the newest session with trades; null when there was none
 * @param share the newest base information; null when there is none
 * @param shareAsOf the session whose base information it is
 */
public record SymbolLife(
        String symbol,
        List<Named> names,
        @Nullable LocalDate lastTraded,
        @Nullable ListedShare share,
        @Nullable LocalDate shareAsOf) {

    /** A name on a market, and the first and last session seen with it. */
    public record Named(String name, KrxMarket market, LocalDate first, LocalDate last) {

        private Named on(LocalDate session) {
            return new Named(
                    name, market, session.isBefore(first) ? session : first, session.isAfter(last) ? session : last);
        }
    }

    public SymbolLife {
        names = List.copyOf(names);
    }

    static SymbolLife unknown(String symbol) {
        return new SymbolLife(symbol, List.of(), null, null, null);
    }

    SymbolLife seen(LocalDate session, DailyRow row) {
        List<Named> now = new ArrayList<>(names.size() + 1);
        Named found = null;
        for (Named named : names) {
            if (found == null && named.market() == row.market() && named.name().equals(row.name())) {
                found = named;
            } else {
                now.add(named);
            }
        }
        Named named = found == null ? new Named(row.name(), row.market(), session, session) : found.on(session);
        LocalDate traded = row.traded() && (lastTraded == null || session.isAfter(lastTraded)) ? session : lastTraded;
        if (named.equals(found) && traded == lastTraded) {
            return this;
        }
        now.add(named);
        now.sort(Comparator.comparing(Named::first).thenComparing(Named::last).thenComparing(Named::name));
        return new SymbolLife(symbol, now, traded, share, shareAsOf);
    }

    SymbolLife told(LocalDate asOf, ListedShare newest) {
        return shareAsOf != null && asOf.isBefore(shareAsOf)
                ? this
                : new SymbolLife(symbol, names, lastTraded, newest, asOf);
    }

    /** The newest name; of base information alone when no row had one. */
    public String name() {
        return newest().map(Named::name).orElseGet(() -> share == null ? symbol : share.name());
    }

    public Optional<KrxMarket> market() {
        return newest().map(Named::market).or(() -> Optional.ofNullable(share).map(ListedShare::market));
    }

    /** The first session in the rows; empty when there was none yet. */
    public Optional<LocalDate> firstSeen() {
        return names.stream().map(Named::first).min(Comparator.naturalOrder());
    }

    /** The newest session in the rows; empty when there was none yet. */
    public Optional<LocalDate> lastSeen() {
        return newest().map(Named::last);
    }

    /** The day of listing: the base information's, else the first session seen, which may be the first one stored. */
    public Optional<LocalDate> listed() {
        return Optional.ofNullable(share).map(ListedShare::listed).or(this::firstSeen);
    }

    private Optional<Named> newest() {
        return names.stream().max(Comparator.comparing(Named::last).thenComparing(Named::first));
    }
}
