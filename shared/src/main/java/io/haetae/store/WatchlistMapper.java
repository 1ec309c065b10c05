package io.haetae.store;

import io.haetae.market.KrxMarket;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.WatchlistEntry.Standing;
import io.haetae.watchlist.WatchlistSnapshot;
import io.haetae.watchlist.Watchlists;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Watchlists as items: one a symbol, with a version, and one a symbol and session for its history. */
public final class WatchlistMapper implements Watchlists {

    private static final String ENTRY = "entry/";
    private static final String SNAPSHOT = "snapshot/";

    /** Changes to a transaction: each is an entry and a snapshot. */
    private static final int BATCH = Limits.MAX_TRANSACTION_ACTIONS / 2;

    private static final int ATTEMPTS = 5;

    private final Store store;

    public WatchlistMapper(Store store) {
        this.store = store;
    }

    @Override
    public List<WatchlistEntry> entries(Owner owner) {
        return store.query(Query.prefix(Table.STATE, partition(owner), ENTRY)).stream()
                .map(WatchlistMapper::entry)
                .toList();
    }

    @Override
    public Optional<WatchlistEntry> entry(Owner owner, String symbol) {
        return store.get(entryKey(owner, symbol)).map(WatchlistMapper::entry);
    }

    @Override
    public List<WatchlistSnapshot> history(Owner owner, String symbol) {
        return store.query(Query.prefix(Table.STATE, partition(owner), SNAPSHOT + symbol + "/")).stream()
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
            List<Action> actions = new ArrayList<>();
            List<Change> owners = new ArrayList<>();
            for (Change change : batch) {
                actions.add(put(owner, change.entry()));
                owners.add(change);
                if (change.snapshot().isPresent()) {
                    actions.add(Action.put(item(owner, change.snapshot().get())));
                    owners.add(change);
                }
            }
            switch (store.commit(actions)) {
                case Outcome.Committed _ -> {
                    return;
                }
                case Outcome.Refused(int action, Optional<Item> _) -> {
                    Change refused = owners.get(action);
                    stale.add(refused.entry().symbol());
                    batch.remove(refused);
                }
                case Outcome.Uncertain(String cause) -> {
                    // When it was written after all, the next try finds every version moved on, and the caller reads
                    // again.
                    if (++lost == ATTEMPTS) {
                        throw new StoreUnavailableException(
                                "the watchlist of " + owner.user() + " could not be stored",
                                new IllegalStateException(cause));
                    }
                }
            }
        }
    }

    private static Action put(Owner owner, WatchlistEntry entry) {
        return Action.put(
                item(owner, entry), entry.version() == 0 ? Condition.absent() : Condition.versionIs(entry.version()));
    }

    private static String partition(Owner owner) {
        return "watchlist/" + owner.mode() + "/" + owner.user();
    }

    private static Key entryKey(Owner owner, String symbol) {
        return Key.state(partition(owner), ENTRY + symbol);
    }

    private static Item item(Owner owner, WatchlistEntry entry) {
        Item.Builder item = Item.at(entryKey(owner, entry.symbol()))
                .with("name", entry.name())
                .with("market", entry.market().name())
                .with("standing", entry.standing().name())
                .with("added", entry.added().toString())
                .with("addedPrice", entry.addedPrice())
                .with("reason", entry.reason())
                .with("notes", entry.notes())
                .with("session", entry.session().toString())
                .with("price", entry.price())
                .with("version", entry.version() + 1);
        with(item, "composite", entry.composite());
        with(item, "percentile", entry.percentile());
        return item.build();
    }

    private static WatchlistEntry entry(Item item) {
        try {
            return new WatchlistEntry(
                    item.key().sort().substring(ENTRY.length()),
                    item.text("name"),
                    KrxMarket.valueOf(item.text("market")),
                    Standing.valueOf(item.text("standing")),
                    LocalDate.parse(item.text("added")),
                    item.whole("addedPrice"),
                    item.text("reason"),
                    item.text("notes"),
                    LocalDate.parse(item.text("session")),
                    item.whole("price"),
                    figure(item, "composite"),
                    figure(item, "percentile"),
                    item.whole("version"));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new CorruptItemException(item.key(), "market, standing, added or session", "a watchlist entry's");
        }
    }

    private static Item item(Owner owner, WatchlistSnapshot snapshot) {
        Item.Builder item = Item.at(
                        Key.state(partition(owner), SNAPSHOT + snapshot.symbol() + "/" + snapshot.session()))
                .with("label", snapshot.label())
                .with("price", snapshot.price())
                .with("days", snapshot.days())
                .with("violations", String.join("\n", snapshot.violations()));
        with(item, "changePct", snapshot.changePct());
        with(item, "composite", snapshot.composite());
        with(item, "value", snapshot.value());
        with(item, "growth", snapshot.growth());
        with(item, "quality", snapshot.quality());
        with(item, "momentum", snapshot.momentum());
        with(item, "stability", snapshot.stability());
        with(item, "percentile", snapshot.percentile());
        return item.build();
    }

    private static WatchlistSnapshot snapshot(Item item, String symbol) {
        try {
            String violations = item.text("violations");
            return new WatchlistSnapshot(
                    symbol,
                    LocalDate.parse(item.key().sort().substring((SNAPSHOT + symbol + "/").length())),
                    item.text("label"),
                    item.whole("price"),
                    item.decimal("changePct").doubleValue(),
                    item.whole("days"),
                    figure(item, "composite"),
                    figure(item, "value"),
                    figure(item, "growth"),
                    figure(item, "quality"),
                    figure(item, "momentum"),
                    figure(item, "stability"),
                    figure(item, "percentile"),
                    violations.isEmpty() ? List.of() : List.of(violations.split("\n", -1)));
        } catch (DateTimeException e) {
            throw new CorruptItemException(item.key(), "session", "a date");
        }
    }

    private static void with(Item.Builder item, String name, @Nullable Double figure) {
        if (figure != null) {
            item.with(name, BigDecimal.valueOf(figure));
        }
    }

    private static @Nullable Double figure(Item item, String name) {
        return item.has(name) ? (Double) item.decimal(name).doubleValue() : null;
    }
}
