package io.haetae.store;

import io.haetae.market.Coverage;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.KrxMarket;
import io.haetae.market.MarketData;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The market's rows as items: one immutable chunk a session, market, source and revision, and one coverage item a session
 * that names the revision in force. Readers go through the coverage, so they see a session whole or as it was before.
 */
public final class MarketDataMapper implements MarketData {

    private static final String COVERAGE = "coverage/KRX";
    private static final String FUNDAMENTALS = "fundamentals/KRX";

    /** Sessions read at once: about 2 MB of chunks. */
    private static final int SESSIONS_A_READ = 25;

    private static final int ATTEMPTS = 5;

    private final Store store;

    public MarketDataMapper(Store store) {
        this.store = store;
    }

    @Override
    public Optional<Coverage> coverage(LocalDate session) {
        return store.get(coverageKey(session)).map(MarketDataMapper::coverage);
    }

    @Override
    public List<Coverage> coverage(LocalDate from, LocalDate to) {
        if (from.isAfter(to)) {
            return List.of();
        }
        return store.query(new Query(Table.MARKET, COVERAGE, from.toString(), to.toString(), false, 0)).stream()
                .map(MarketDataMapper::coverage)
                .toList();
    }

    @Override
    public Optional<MarketDay> day(LocalDate session) {
        return days(List.of(session)).stream().findFirst();
    }

    @Override
    public List<MarketDay> days(List<LocalDate> sessions) {
        Map<KrxMarket, MarketDayCodec.RowDecoder> decoders = new EnumMap<>(KrxMarket.class);
        List<MarketDay> days = new ArrayList<>(sessions.size());
        for (int from = 0; from < sessions.size(); from += SESSIONS_A_READ) {
            List<LocalDate> some = sessions.subList(from, Math.min(sessions.size(), from + SESSIONS_A_READ));
            days.addAll(read(some, decoders));
        }
        return days;
    }

    private List<MarketDay> read(List<LocalDate> sessions, Map<KrxMarket, MarketDayCodec.RowDecoder> decoders) {
        List<Item> coverages = store.getAll(
                sessions.stream().map(MarketDataMapper::coverageKey).toList());
        List<Key> chunkKeys = new ArrayList<>();
        for (Item item : coverages) {
            Coverage coverage = coverage(item);
            for (KrxMarket market : markets(item)) {
                chunkKeys.add(chunkKey(coverage.session(), market, coverage.source(), coverage.revision()));
            }
        }
        Map<Key, Item> chunks = new HashMap<>();
        for (Item chunk : store.getAll(chunkKeys)) {
            chunks.put(chunk.key(), chunk);
        }
        List<MarketDay> days = new ArrayList<>(coverages.size());
        for (Item item : coverages) {
            days.add(assemble(item, chunks, decoders));
        }
        return days;
    }

    private static MarketDay assemble(
            Item item, Map<Key, Item> chunks, Map<KrxMarket, MarketDayCodec.RowDecoder> decoders) {
        Coverage coverage = coverage(item);
        List<DailyRow> rows = new ArrayList<>(coverage.rows());
        for (KrxMarket market : markets(item)) {
            Key key = chunkKey(coverage.session(), market, coverage.source(), coverage.revision());
            Item chunk = chunks.get(key);
            if (chunk == null) {
                throw new CorruptItemException(key, "rows", "there, though the coverage names it");
            }
            try {
                rows.addAll(decoders.computeIfAbsent(market, MarketDayCodec.RowDecoder::new)
                        .decode(chunk.bytes("rows")));
            } catch (MarketDayCodec.DamagedChunkException e) {
                throw new CorruptItemException(key, "rows", e.expected());
            }
        }
        if (rows.size() != coverage.rows()) {
            throw new CorruptItemException(item.key(), "rows", "the number of rows stored, " + rows.size());
        }
        rows.sort(Comparator.comparing(DailyRow::symbol));
        return new MarketDay(coverage.session(), coverage.source(), coverage.revision(), rows);
    }

    @Override
    public Coverage put(MarketDay day, int expected, boolean complete, Instant fetchedAt) {
        Coverage wanted = new Coverage(
                day.session(), day.source(), day.revision(), day.rows().size(), expected, complete, fetchedAt);
        boolean chunksStored = false;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Item> standing = store.get(coverageKey(day.session()));
            Optional<Coverage> inForce = standing.map(MarketDataMapper::coverage);
            if (inForce.isPresent() && !replaces(wanted, inForce.get())) {
                return inForce.get();
            }
            if (!chunksStored) {
                storeChunks(day);
                chunksStored = true;
            }
            Condition unchanged = standing.map(item -> Condition.versionIs(item.whole("version")))
                    .orElseGet(Condition::absent);
            long version = standing.map(item -> item.whole("version")).orElse(0L) + 1;
            Outcome outcome = store.commit(List.of(Action.put(coverageItem(wanted, day, version), unchanged)));
            if (outcome instanceof Outcome.Committed) {
                return wanted;
            }
            // Refused: someone stored another revision meanwhile. Uncertain: reading tells. Either way, look again.
        }
        throw new StoreUnavailableException(
                "The coverage of " + day.session() + " could not be stored in " + ATTEMPTS + " attempts");
    }

    private static boolean replaces(Coverage wanted, Coverage inForce) {
        if (wanted.source() != inForce.source()) {
            return wanted.source() == PriceSource.OFFICIAL;
        }
        if (inForce.complete() && !wanted.complete()) {
            return false;
        }
        return !wanted.revision().equals(inForce.revision()) || wanted.complete() != inForce.complete();
    }

    private void storeChunks(MarketDay day) {
        Map<KrxMarket, List<DailyRow>> byMarket = new EnumMap<>(KrxMarket.class);
        for (DailyRow row : day.rows()) {
            byMarket.computeIfAbsent(row.market(), _ -> new ArrayList<>()).add(row);
        }
        List<Action> puts = new ArrayList<>();
        byMarket.forEach((market, rows) ->
                puts.add(Action.put(Item.at(chunkKey(day.session(), market, day.source(), day.revision()))
                        .with("rows", MarketDayCodec.rows(rows))
                        .build())));
        if (!puts.isEmpty()) {
            write(puts, "The rows of " + day.session());
        }
    }

    /** For items whose content follows from their key, or that simply replace: writing them twice does no harm. */
    private void write(List<Action> puts, String what) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (store.commit(puts) instanceof Outcome.Committed) {
                return;
            }
        }
        throw new StoreUnavailableException(what + " could not be stored in " + ATTEMPTS + " attempts");
    }

    @Override
    public List<Fundamentals> fundamentals(LocalDate session) {
        Key key = Key.market(FUNDAMENTALS, session.toString());
        return store.get(key).map(MarketDataMapper::fundamentals).orElse(List.of());
    }

    private static List<Fundamentals> fundamentals(Item item) {
        try {
            return List.copyOf(MarketDayCodec.fundamentals(item.bytes("figures")));
        } catch (MarketDayCodec.DamagedChunkException e) {
            throw new CorruptItemException(item.key(), "figures", e.expected());
        }
    }

    @Override
    public void putFundamentals(LocalDate session, List<Fundamentals> fundamentals) {
        List<Fundamentals> sorted = fundamentals.stream()
                .sorted(Comparator.comparing(Fundamentals::symbol))
                .toList();
        Item item = Item.at(Key.market(FUNDAMENTALS, session.toString()))
                .with("figures", MarketDayCodec.fundamentals(sorted))
                .build();
        write(List.of(Action.put(item)), "The fundamentals of " + session);
    }

    private static Key coverageKey(LocalDate session) {
        return Key.market(COVERAGE, session.toString());
    }

    private static Key chunkKey(LocalDate session, KrxMarket market, PriceSource source, String revision) {
        return Key.market("rows/" + session, market.name() + "/" + source.name() + "/" + revision);
    }

    private static Item coverageItem(Coverage coverage, MarketDay day, long version) {
        String markets = String.join(
                " ",
                day.rows().stream()
                        .map(row -> row.market())
                        .distinct()
                        .sorted()
                        .map(KrxMarket::name)
                        .toList());
        return Item.at(coverageKey(coverage.session()))
                .with("source", coverage.source().name())
                .with("revision", coverage.revision())
                .with("rows", coverage.rows())
                .with("expected", coverage.expected())
                .with("complete", coverage.complete())
                .with("fetchedAt", coverage.fetchedAt().toString())
                .with("markets", markets)
                .with("version", version)
                .build();
    }

    private static Coverage coverage(Item item) {
        try {
            return new Coverage(
                    LocalDate.parse(item.key().sort()),
                    PriceSource.valueOf(item.text("source")),
                    item.text("revision"),
                    Math.toIntExact(item.whole("rows")),
                    Math.toIntExact(item.whole("expected")),
                    item.flag("complete"),
                    Instant.parse(item.text("fetchedAt")));
        } catch (DateTimeParseException | IllegalArgumentException | ArithmeticException e) {
            throw new CorruptItemException(item.key(), "source, rows, expected or fetchedAt", "a coverage's");
        }
    }

    private static List<KrxMarket> markets(Item item) {
        String markets = item.text("markets");
        try {
            return markets.isEmpty()
                    ? List.of()
                    : Arrays.stream(markets.split(" ", -1))
                            .map(KrxMarket::valueOf)
                            .toList();
        } catch (IllegalArgumentException e) {
            throw new CorruptItemException(item.key(), "markets", "names of markets");
        }
    }
}
