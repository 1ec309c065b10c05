package io.haetae.store;

import io.haetae.market.Adjustment;
import io.haetae.market.Coverage;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.KrxMarket;
import io.haetae.market.MarketData;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import io.haetae.market.RowDifference;
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
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The market's rows as items: one immutable chunk a session, market, source and revision, and one coverage item a session
 * that names the revision in force. Readers go through the coverage, so they see a session whole or as it was before.
 */
public final class MarketDataMapper implements MarketData {

    private static final String COVERAGE = "coverage/KRX";
    private static final String REPLACED = "coverage-replaced/KRX/";
    private static final String FUNDAMENTALS = "fundamentals/KRX";
    private static final String ADJUSTMENTS = "adjustments/KRX/";

    /** Coverages looked at together in search of a complete one. */
    private static final int SEARCHED_AT_ONCE = 10;

    private static final String EARLIEST = "0000-01-01";
    private static final String LATEST = "9999-12-31";

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
    public Optional<Coverage> completeBefore(LocalDate session) {
        LocalDate end = session.minusDays(1);
        while (true) {
            List<Item> found =
                    store.query(new Query(Table.MARKET, COVERAGE, EARLIEST, end.toString(), true, SEARCHED_AT_ONCE));
            Optional<Coverage> complete = found.stream()
                    .map(MarketDataMapper::coverage)
                    .filter(Coverage::complete)
                    .findFirst();
            if (complete.isPresent() || found.size() < SEARCHED_AT_ONCE) {
                return complete;
            }
            end = coverage(found.getLast()).session().minusDays(1);
        }
    }

    @Override
    public Optional<LocalDate> firstStored() {
        return atTheEnd(false);
    }

    @Override
    public Optional<LocalDate> lastStored() {
        return atTheEnd(true);
    }

    private Optional<LocalDate> atTheEnd(boolean newest) {
        return store.query(new Query(Table.MARKET, COVERAGE, EARLIEST, LATEST, newest, 1)).stream()
                .findFirst()
                .map(item -> coverage(item).session());
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

    @Override
    public Optional<MarketDay> day(LocalDate session, PriceSource source, String revision) {
        List<DailyRow> rows = new ArrayList<>();
        String end = "/" + source.name() + "/" + revision;
        for (Item chunk : store.query(Query.all(Table.MARKET, "rows/" + session))) {
            String sort = chunk.key().sort();
            if (sort.endsWith(end)) {
                KrxMarket market = KrxMarket.valueOf(sort.substring(0, sort.indexOf('/')));
                rows.addAll(decode(new MarketDayCodec.RowDecoder(market), chunk));
            }
        }
        return rows.isEmpty() ? Optional.empty() : Optional.of(new MarketDay(session, source, revision, rows));
    }

    private static List<DailyRow> decode(MarketDayCodec.RowDecoder decoder, Item chunk) {
        try {
            return decoder.decode(chunk.bytes("rows"));
        } catch (MarketDayCodec.DamagedChunkException e) {
            throw new CorruptItemException(chunk.key(), "rows", e.expected());
        }
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
            rows.addAll(decode(decoders.computeIfAbsent(market, MarketDayCodec.RowDecoder::new), chunk));
        }
        if (rows.size() != coverage.rows()) {
            throw new CorruptItemException(item.key(), "rows", "the number of rows stored, " + rows.size());
        }
        rows.sort(Comparator.comparing(DailyRow::symbol));
        return new MarketDay(coverage.session(), coverage.source(), coverage.revision(), rows);
    }

    @Override
    public Coverage put(Intake intake) {
        MarketDay day = intake.day();
        boolean chunksStored = false;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Item> standing = store.get(coverageKey(day.session()));
            Optional<Coverage> inForce = standing.map(MarketDataMapper::coverage);
            Coverage wanted = wanted(intake, inForce.orElse(null));
            if (inForce.isPresent() && !replaces(wanted, inForce.get())) {
                return inForce.get();
            }
            if (!chunksStored) {
                storeChunks(day);
                chunksStored = true;
            }
            List<Action> actions = new ArrayList<>();
            actions.add(replacement(standing, version -> coverageItem(wanted, markets(day), version)));
            standing.ifPresent(old -> actions.add(Action.put(asReplaced(old))));
            intake.adjustments().ifPresent(breaks -> actions.add(Action.put(adjustmentItem(day.session(), breaks))));
            if (store.commit(actions) instanceof Outcome.Committed) {
                return wanted;
            }
            // Refused: someone stored another revision meanwhile. Uncertain: reading tells. Either way, look again.
        }
        throw changing(day.session());
    }

    private Coverage wanted(Intake intake, @Nullable Coverage inForce) {
        MarketDay day = intake.day();
        boolean other = inForce != null && !inForce.revision().equals(day.revision());
        int corrections = inForce == null ? 0 : inForce.corrections() + (other ? 1 : 0);
        Optional<RowDifference> difference =
                other ? day(day.session()).map(replaced -> RowDifference.between(replaced, day)) : Optional.empty();
        return new Coverage(
                day.session(),
                day.source(),
                day.revision(),
                day.rows().size(),
                intake.expected(),
                intake.complete(),
                intake.fetchedAt(),
                corrections,
                difference,
                intake.remarks());
    }

    /** Puts a coverage in place of the one that was read, and of no other. */
    private static Action replacement(Optional<Item> standing, java.util.function.LongFunction<Item> next) {
        return standing.map(item ->
                        Action.put(next.apply(item.whole("version") + 1), Condition.versionIs(item.whole("version"))))
                .orElseGet(() -> Action.put(next.apply(1), Condition.absent()));
    }

    private static Item asReplaced(Item coverage) {
        String session = coverage.key().sort();
        String order = "%08d".formatted(coverage.whole("version"));
        Map<String, Value> attributes = new HashMap<>(coverage.attributes());
        attributes.keySet().removeIf(name -> name.startsWith("_"));
        return new Item(Key.market(REPLACED + session, order), attributes);
    }

    private static StoreUnavailableException changing(LocalDate session) {
        return new StoreUnavailableException(
                "The coverage of " + session + " could not be stored in " + ATTEMPTS + " attempts");
    }

    @Override
    public List<Coverage> replaced(LocalDate session) {
        return store.query(Query.all(Table.MARKET, REPLACED + session)).stream()
                .map(item -> coverage(session, item))
                .toList();
    }

    @Override
    public void corrected(LocalDate session) {
        change(session, List.of());
    }

    /** Counts a correction of the session, if it is stored, in one transaction with {@code more}. */
    private void change(LocalDate session, List<Action> more) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Item> standing = store.get(coverageKey(session));
            List<Action> actions = new ArrayList<>(more);
            standing.ifPresent(item -> {
                UnaryOperator<Item> counted = old -> with(
                        old, Map.of("corrections", old.findWhole("corrections").orElse(0L) + 1));
                actions.add(replacement(standing, version -> with(counted.apply(item), Map.of("version", version))));
            });
            if (actions.isEmpty() || store.commit(actions) instanceof Outcome.Committed) {
                return;
            }
        }
        throw changing(session);
    }

    private static Item with(Item item, Map<String, Long> numbers) {
        Map<String, Value> attributes = new HashMap<>(item.attributes());
        attributes.keySet().removeIf(name -> name.startsWith("_"));
        numbers.forEach((name, number) -> attributes.put(name, Value.of(number)));
        return new Item(item.key(), attributes);
    }

    @Override
    public List<Adjustment> adjustments(LocalDate from, LocalDate to) {
        List<Adjustment> found = new ArrayList<>();
        for (int year = from.getYear(); year <= to.getYear(); year++) {
            for (Item item :
                    store.query(Query.between(Table.MARKET, ADJUSTMENTS + year, from.toString(), to.toString()))) {
                item.text("breaks").lines().forEach(line -> found.add(adjustment(item, line)));
            }
        }
        return found;
    }

    private static Adjustment adjustment(Item item, String line) {
        String[] words = line.split(" ", -1);
        try {
            return new Adjustment(
                    words[0], LocalDate.parse(item.key().sort()), Long.parseLong(words[1]), Long.parseLong(words[2]));
        } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException e) {
            throw new CorruptItemException(item.key(), "breaks", "lines of symbol, base and previous close");
        }
    }

    @Override
    public void putAdjustments(LocalDate session, List<Adjustment> adjustments) {
        write(List.of(Action.put(adjustmentItem(session, adjustments))), "The adjustments of " + session);
    }

    private static Item adjustmentItem(LocalDate session, List<Adjustment> adjustments) {
        StringBuilder breaks = new StringBuilder();
        for (Adjustment one : adjustments) {
            breaks.append("%s %d %d\n".formatted(one.symbol(), one.base(), one.previousClose()));
        }
        return Item.at(Key.market(ADJUSTMENTS + session.getYear(), session.toString()))
                .with("breaks", breaks.toString())
                .build();
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
        Optional<Item> stored = store.get(item.key());
        if (stored.isEmpty() || !Arrays.equals(stored.get().bytes("figures"), item.bytes("figures"))) {
            change(session, List.of(Action.put(item)));
        }
    }

    private static Key coverageKey(LocalDate session) {
        return Key.market(COVERAGE, session.toString());
    }

    private static Key chunkKey(LocalDate session, KrxMarket market, PriceSource source, String revision) {
        return Key.market("rows/" + session, market.name() + "/" + source.name() + "/" + revision);
    }

    private static String markets(MarketDay day) {
        return String.join(
                " ",
                day.rows().stream()
                        .map(row -> row.market())
                        .distinct()
                        .sorted()
                        .map(KrxMarket::name)
                        .toList());
    }

    private static Item coverageItem(Coverage coverage, String markets, long version) {
        return Item.at(coverageKey(coverage.session()))
                .with("source", coverage.source().name())
                .with("revision", coverage.revision())
                .with("rows", coverage.rows())
                .with("expected", coverage.expected())
                .with("complete", coverage.complete())
                .with("fetchedAt", coverage.fetchedAt().toString())
                .with("corrections", coverage.corrections())
                .with("difference", coverage.difference().map(MarketDataMapper::text))
                .with(
                        "remarks",
                        Optional.of(String.join("\n", coverage.remarks())).filter(text -> !text.isEmpty()))
                .with("markets", markets)
                .with("version", version)
                .build();
    }

    private static String text(RowDifference difference) {
        String move = difference
                .largest()
                .map(largest ->
                        " %s %s %d %d".formatted(largest.symbol(), largest.price(), largest.before(), largest.after()))
                .orElse("");
        return "%s %s %d %d %d%s"
                .formatted(
                        difference.source().name(),
                        difference.replaced(),
                        difference.changed(),
                        difference.added(),
                        difference.missing(),
                        move);
    }

    private static RowDifference difference(String text) {
        String[] words = text.split(" ", -1);
        return new RowDifference(
                PriceSource.valueOf(words[0]),
                words[1],
                Integer.parseInt(words[2]),
                Integer.parseInt(words[3]),
                Integer.parseInt(words[4]),
                words.length < 9
                        ? Optional.empty()
                        : Optional.of(new RowDifference.Move(
                                words[5], words[6], Long.parseLong(words[7]), Long.parseLong(words[8]))));
    }

    private static Coverage coverage(Item item) {
        try {
            return coverage(LocalDate.parse(item.key().sort()), item);
        } catch (DateTimeParseException e) {
            throw new CorruptItemException(item.key(), "sort key", "a date");
        }
    }

    private static Coverage coverage(LocalDate session, Item item) {
        try {
            return new Coverage(
                    session,
                    PriceSource.valueOf(item.text("source")),
                    item.text("revision"),
                    Math.toIntExact(item.whole("rows")),
                    Math.toIntExact(item.whole("expected")),
                    item.flag("complete"),
                    Instant.parse(item.text("fetchedAt")),
                    Math.toIntExact(item.findWhole("corrections").orElse(0L)),
                    item.findText("difference").map(MarketDataMapper::difference),
                    item.findText("remarks").map(String::lines).stream()
                            .flatMap(lines -> lines)
                            .toList());
        } catch (DateTimeParseException
                | IllegalArgumentException
                | ArithmeticException
                | ArrayIndexOutOfBoundsException e) {
            throw new CorruptItemException(item.key(), "source, rows, fetchedAt or difference", "a coverage's");
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
