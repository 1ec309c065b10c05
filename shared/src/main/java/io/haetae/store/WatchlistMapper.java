package io.haetae.store;

import io.haetae.event.DomainEvent;
import io.haetae.market.KrxMarket;
import io.haetae.watchlist.Facts;
import io.haetae.watchlist.Marks;
import io.haetae.watchlist.PriceAlert;
import io.haetae.watchlist.Progress;
import io.haetae.watchlist.SaidMarks;
import io.haetae.watchlist.ScoreFigures;
import io.haetae.watchlist.Standpoint;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.WatchlistEntry.Standing;
import io.haetae.watchlist.WatchlistSnapshot;
import io.haetae.watchlist.Watchlists;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Watchlists as items: one a symbol, with a version, and one a symbol and session for its history. */
public final class WatchlistMapper implements Watchlists {

    private static final String ENTRY = "entry/";
    private static final String SNAPSHOT = "snapshot/";

    /** Holds the greatest version that an erased entry had: what comes after it begins above. */
    private static final String ERASED = "erased";

    /** Changes to a transaction: each is an entry, a snapshot and at most one event; one action looks at what is erased. */
    private static final int BATCH = (Limits.MAX_TRANSACTION_ACTIONS - 1) / 3;

    private static final int ATTEMPTS = 5;

    /** Names of the scores, in the order of {@link ScoreFigures}. */
    private static final List<String> SCORES =
            List.of("composite", "value", "growth", "quality", "momentum", "stability", "percentile");

    /** What stands before the names of the scores of the session before, and of their changes. */
    private static final String BEFORE = "before.";

    private static final String CHANGE = "change.";

    private final Store store;

    public WatchlistMapper(Store store) {
        this.store = store;
    }

    @Override
    public Listing listing(Owner owner) {
        List<WatchlistEntry> entries = new ArrayList<>();
        SortedMap<String, String> damaged = new TreeMap<>();
        for (Item item : store.query(Query.prefix(Table.STATE, partition(owner), ENTRY))) {
            try {
                entries.add(entry(item));
            } catch (CorruptItemException e) {
                damaged.put(symbol(item), String.valueOf(e.getMessage()));
            }
        }
        return new Listing(entries, damaged);
    }

    private static String symbol(Item entry) {
        return entry.key().sort().substring(ENTRY.length());
    }

    @Override
    public Optional<WatchlistEntry> entry(Owner owner, String symbol) {
        return store.get(entryKey(owner, symbol)).map(WatchlistMapper::entry);
    }

    @Override
    public List<WatchlistSnapshot> history(Owner owner, String symbol, LocalDate from) {
        String prefix = SNAPSHOT + symbol + "/";
        return store
                .query(Query.between(Table.STATE, partition(owner), prefix + from, prefix + Limits.ABOVE_EVERY_KEY))
                .stream()
                .map(item -> snapshot(item, symbol))
                .toList();
    }

    @Override
    public Set<String> save(Owner owner, List<Change> changes) {
        Set<String> stale = new TreeSet<>();
        for (int from = 0; from < changes.size(); from += BATCH) {
            save(owner, new ArrayList<>(changes.subList(from, Math.min(changes.size(), from + BATCH))), stale);
        }
        return stale;
    }

    /** What somebody else changed leaves the batch; the rest is tried again. */
    private void save(Owner owner, List<Change> batch, Set<String> stale) {
        int lost = 0;
        while (!batch.isEmpty()) {
            Optional<Long> erased =
                    batch.stream().allMatch(change -> change.entry().version() > 0) ? Optional.empty() : erased(owner);
            List<Action> actions = new ArrayList<>();
            List<Change> owners = new ArrayList<>();
            for (Change change : batch) {
                actions.add(put(owner, change.entry(), erased.orElse(0L)));
                change.snapshot().ifPresent(snapshot -> actions.add(Action.put(item(owner, snapshot))));
                for (DomainEvent event : change.events()) {
                    actions.add(Outbox.put(event));
                }
                while (owners.size() < actions.size()) {
                    owners.add(change);
                }
            }
            if (batch.stream().anyMatch(change -> change.entry().version() == 0)) {
                actions.add(Action.check(erasedKey(owner), unchanged(erased)));
            }
            switch (store.commit(actions)) {
                case Outcome.Committed _ -> {
                    return;
                }
                case Outcome.Refused(int action, Optional<Item> standing) -> {
                    // The last action has no owner: somebody erased an entry, so versions begin elsewhere now.
                    if (action < owners.size()) {
                        Change refused = owners.get(action);
                        // What an uncertain try wrote after all stands as it is wanted.
                        if (lost == 0 || !standing.equals(wanted(actions.get(action)))) {
                            stale.add(refused.entry().symbol());
                        }
                        batch.remove(refused);
                    }
                }
                case Outcome.Uncertain(String cause) -> {
                    if (++lost == ATTEMPTS) {
                        throw unavailable(owner, cause);
                    }
                }
            }
        }
    }

    private static Optional<Item> wanted(Action action) {
        return action instanceof Action.Put put ? Optional.of(put.item()) : Optional.empty();
    }

    @Override
    public boolean erase(Owner owner, WatchlistEntry entry) {
        return erase(owner, entry.symbol(), entry.version(), unchanged(entry));
    }

    @Override
    public boolean eraseDamaged(Owner owner, String symbol) {
        Optional<Item> damaged = store.get(entryKey(owner, symbol)).filter(WatchlistMapper::isDamaged);
        return damaged.isPresent()
                && erase(owner, symbol, knownVersion(damaged.get()), Condition.unchanged(damaged.get()));
    }

    private static boolean isDamaged(Item item) {
        try {
            WatchlistEntry _ = entry(item);
            return false;
        } catch (CorruptItemException e) {
            return true;
        }
    }

    private static long knownVersion(Item damaged) {
        return damaged.attributes().get("version") instanceof Value.Whole(long number) ? number : 0;
    }

    private boolean erase(Owner owner, String symbol, long version, Condition... unchanged) {
        for (int lost = 0; lost < ATTEMPTS; lost++) {
            switch (store.commit(erasure(owner, symbol, version, unchanged))) {
                case Outcome.Committed _ -> {
                    boolean _ = eraseHistory(owner, symbol);
                    return true;
                }
                case Outcome.Refused(int action, Optional<Item> standing) -> {
                    boolean gone = lost > 0 && action == 0 && standing.isEmpty();
                    if (gone) {
                        boolean _ = eraseHistory(owner, symbol);
                    }
                    return gone;
                }
                case Outcome.Uncertain(String cause) -> {
                    if (lost == ATTEMPTS - 1) {
                        throw unavailable(owner, cause);
                    }
                }
            }
        }
        return false;
    }

    private List<Action> erasure(Owner owner, String symbol, long version, Condition... unchanged) {
        Optional<Long> erased = erased(owner);
        List<Action> actions = new ArrayList<>();
        actions.add(Action.delete(entryKey(owner, symbol), unchanged));
        actions.add(Action.put(
                Item.at(erasedKey(owner))
                        .with("version", Math.max(erased.orElse(0L), version) + 1)
                        .build(),
                unchanged(erased)));
        // The newest snapshots go with the entry: whoever puts the share on the list again writes over none of the
        // rest.
        for (Item item :
                store.query(snapshots(owner, symbol).newestFirst().first(Limits.MAX_TRANSACTION_ACTIONS - 2))) {
            actions.add(Action.delete(item.key()));
        }
        return actions;
    }

    @Override
    public boolean eraseHistory(Owner owner, String symbol) {
        boolean any = false;
        int lost = 0;
        while (true) {
            List<Item> some = store.query(snapshots(owner, symbol).first(Limits.MAX_TRANSACTION_ACTIONS - 1));
            if (some.isEmpty()) {
                return any;
            }
            List<Action> actions = new ArrayList<>();
            actions.add(Action.check(entryKey(owner, symbol), Condition.absent()));
            some.forEach(item -> actions.add(Action.delete(item.key())));
            switch (store.commit(actions)) {
                case Outcome.Committed _ -> any = true;
                case Outcome.Refused _ -> {
                    return any;
                }
                case Outcome.Uncertain(String cause) -> {
                    // There was some; when the next look finds none, this has deleted it.
                    any = true;
                    if (++lost == ATTEMPTS) {
                        throw unavailable(owner, cause);
                    }
                }
            }
        }
    }

    private static StoreUnavailableException unavailable(Owner owner, String cause) {
        return new StoreUnavailableException(
                "the watchlist of " + owner.user() + " could not be stored", new IllegalStateException(cause));
    }

    private static Action put(Owner owner, WatchlistEntry entry, long erased) {
        return Action.put(item(owner, entry, entry.version() == 0 ? erased : entry.version()), unchanged(entry));
    }

    private static Condition unchanged(WatchlistEntry entry) {
        return entry.version() == 0 ? Condition.absent() : Condition.versionIs(entry.version());
    }

    private static Condition unchanged(Optional<Long> erased) {
        return erased.map(Condition::versionIs).orElseGet(Condition::absent);
    }

    private Optional<Long> erased(Owner owner) {
        return store.get(erasedKey(owner)).map(item -> item.whole("version"));
    }

    private static Key erasedKey(Owner owner) {
        return Key.state(partition(owner), ERASED);
    }

    private static String partition(Owner owner) {
        return "watchlist/" + owner.mode() + "/" + owner.user();
    }

    private static Key entryKey(Owner owner, String symbol) {
        return Key.state(partition(owner), ENTRY + symbol);
    }

    private static Query snapshots(Owner owner, String symbol) {
        return Query.prefix(Table.STATE, partition(owner), SNAPSHOT + symbol + "/");
    }

    private static Item item(Owner owner, WatchlistEntry entry, long version) {
        Item.Builder item = Item.at(entryKey(owner, entry.symbol()))
                .with("name", entry.name())
                .with("market", entry.market().name())
                .with("standing", entry.standing().name())
                .with("added", entry.added().toString())
                .with("addedPrice", entry.addedPrice())
                .with("reason", entry.reason())
                .with("tags", String.join("\n", entry.tags()))
                .with("notes", entry.notes())
                .with("version", version + 1);
        with(item, entry.said());
        with(item, "", entry.now());
        Standpoint before = entry.before();
        if (before != null) {
            with(item, BEFORE, before);
        }
        PriceAlert alerted = entry.alerted();
        if (alerted != null) {
            item.with("alertSession", alerted.session().toString())
                    .with("alertEdge", alerted.edge().name())
                    .with("alertMark", alerted.mark())
                    .with("alertClose", alerted.close());
        }
        return item.build();
    }

    private static WatchlistEntry entry(Item item) {
        try {
            return new WatchlistEntry(
                    symbol(item),
                    item.text("name"),
                    KrxMarket.valueOf(item.text("market")),
                    Standing.valueOf(item.text("standing")),
                    LocalDate.parse(item.text("added")),
                    item.whole("addedPrice"),
                    item.text("reason"),
                    lines(item.findText("tags").orElse("")),
                    item.text("notes"),
                    said(item),
                    standpoint(item, ""),
                    item.has(BEFORE + "session") ? standpoint(item, BEFORE) : null,
                    item.has("alertSession") ? alerted(item) : null,
                    item.whole("version"));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new CorruptItemException(item.key(), "market, standing, dates or marks", "a watchlist entry's");
        }
    }

    private static void with(Item.Builder item, SaidMarks said) {
        Marks marks = said.marks();
        item.with("alerts", marks.alerts())
                .with("saidSession", said.session().toString())
                .with("saidFactor", said.factor());
        Marks.Edge reached = said.reached();
        if (reached != null) {
            item.with("saidReached", reached.name());
        }
        with(item, "target", marks.target());
        with(item, "upper", marks.upper());
        with(item, "lower", marks.lower());
    }

    /** What older versions stored was said when the entry was added. */
    private static SaidMarks said(Item item) {
        Marks marks = new Marks(
                whole(item, "target"),
                !item.has("alerts") || item.flag("alerts"),
                whole(item, "upper"),
                whole(item, "lower"));
        return item.has("saidSession")
                ? new SaidMarks(
                        marks,
                        LocalDate.parse(item.text("saidSession")),
                        item.decimal("saidFactor"),
                        item.has("saidReached") ? Marks.Edge.valueOf(item.text("saidReached")) : null)
                : SaidMarks.of(marks, LocalDate.parse(item.text("added")));
    }

    private static PriceAlert alerted(Item item) {
        return new PriceAlert(
                LocalDate.parse(item.text("alertSession")),
                Marks.Edge.valueOf(item.text("alertEdge")),
                item.whole("alertMark"),
                item.whole("alertClose"));
    }

    private static void with(Item.Builder item, String prefix, Standpoint standpoint) {
        item.with(prefix + "session", standpoint.session().toString())
                .with(prefix + "price", standpoint.price())
                .with(prefix + "factor", standpoint.factor());
        with(item, prefix, standpoint.scores());
    }

    /** What older versions stored has no factor: they knew of no splits. */
    private static Standpoint standpoint(Item item, String prefix) {
        return new Standpoint(
                LocalDate.parse(item.text(prefix + "session")),
                item.whole(prefix + "price"),
                item.has(prefix + "factor") ? item.decimal(prefix + "factor") : BigDecimal.ONE,
                scores(item, prefix));
    }

    private static Item item(Owner owner, WatchlistSnapshot snapshot) {
        Progress progress = snapshot.progress();
        Facts facts = snapshot.facts();
        Item.Builder item = Item.at(
                        Key.state(partition(owner), SNAPSHOT + snapshot.symbol() + "/" + snapshot.session()))
                .with("label", snapshot.label())
                .with("price", snapshot.price())
                .with("days", progress.days())
                .with("violations", String.join("\n", snapshot.violations()));
        with(item, "changePct", progress.changePct());
        with(item, "changeWon", progress.change());
        with(item, "target", progress.target());
        with(item, "targetDistancePct", progress.targetDistancePct());
        with(item, "annualisedPct", progress.annualisedPct());
        with(item, "volume", facts.volume());
        with(item, "tradedValue", facts.tradedValue());
        with(item, "volatility", facts.volatility());
        with(item, "beta", facts.beta());
        with(item, "per", facts.per());
        with(item, "pbr", facts.pbr());
        with(item, "roe", facts.roe());
        with(item, "debtRatio", facts.debtRatio());
        with(item, "dividendYield", facts.dividendYield());
        with(item, "rsi", facts.rsi());
        with(item, "macd", facts.macd());
        with(item, "macdHistogram", facts.macdHistogram());
        with(item, "", snapshot.scores());
        with(item, CHANGE, snapshot.changes());
        return item.build();
    }

    private static WatchlistSnapshot snapshot(Item item, String symbol) {
        try {
            return new WatchlistSnapshot(
                    symbol,
                    LocalDate.parse(item.key().sort().substring((SNAPSHOT + symbol + "/").length())),
                    item.text("label"),
                    item.whole("price"),
                    new Progress(
                            item.decimal("changePct").doubleValue(),
                            whole(item, "changeWon"),
                            whole(item, "target"),
                            figure(item, "targetDistancePct"),
                            item.whole("days"),
                            figure(item, "annualisedPct")),
                    new Facts(
                            whole(item, "volume"),
                            whole(item, "tradedValue"),
                            figure(item, "volatility"),
                            figure(item, "beta"),
                            figure(item, "per"),
                            figure(item, "pbr"),
                            figure(item, "roe"),
                            figure(item, "debtRatio"),
                            figure(item, "dividendYield"),
                            figure(item, "rsi"),
                            figure(item, "macd"),
                            figure(item, "macdHistogram")),
                    scores(item, ""),
                    scores(item, CHANGE),
                    lines(item.text("violations")));
        } catch (DateTimeException e) {
            throw new CorruptItemException(item.key(), "session", "a date");
        }
    }

    private static void with(Item.Builder item, String prefix, ScoreFigures scores) {
        int at = 0;
        for (Double score : Arrays.asList(
                scores.composite(),
                scores.value(),
                scores.growth(),
                scores.quality(),
                scores.momentum(),
                scores.stability(),
                scores.percentile())) {
            with(item, prefix + SCORES.get(at++), score);
        }
    }

    private static ScoreFigures scores(Item item, String prefix) {
        Iterator<String> names = SCORES.iterator();
        return new ScoreFigures(
                figure(item, prefix + names.next()),
                figure(item, prefix + names.next()),
                figure(item, prefix + names.next()),
                figure(item, prefix + names.next()),
                figure(item, prefix + names.next()),
                figure(item, prefix + names.next()),
                figure(item, prefix + names.next()));
    }

    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split("\n", -1));
    }

    private static void with(Item.Builder item, String name, @Nullable Double figure) {
        if (figure != null) {
            item.with(name, BigDecimal.valueOf(figure));
        }
    }

    private static void with(Item.Builder item, String name, @Nullable Long whole) {
        if (whole != null) {
            item.with(name, whole);
        }
    }

    private static @Nullable Double figure(Item item, String name) {
        return item.has(name) ? (Double) item.decimal(name).doubleValue() : null;
    }

    private static @Nullable Long whole(Item item, String name) {
        return item.findWhole(name).orElse(null);
    }
}
