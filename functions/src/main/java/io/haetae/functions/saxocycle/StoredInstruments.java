package io.haetae.functions.saxocycle;

import io.haetae.saxo.InstrumentCache;
import io.haetae.saxo.InstrumentDetails;
import io.haetae.store.Action;
import io.haetae.store.Decimals;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.Outcome;
import io.haetae.store.Store;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Saxo's instruments in the market table: they can be asked for again. */
final class StoredInstruments implements InstrumentCache {

    private final Store store;

    StoredInstruments(Store store) {
        this.store = store;
    }

    private static Key key(String name) {
        return Key.market("SAXO_INSTRUMENTS", name);
    }

    @Override
    public Optional<Entry> get(String name) {
        return store.get(key(name)).map(StoredInstruments::read);
    }

    private static Entry read(Item item) {
        String types = item.text("order_types");
        return new Entry(
                new InstrumentDetails(
                        item.text("asset_type"),
                        item.whole("uic"),
                        item.text("symbol"),
                        item.text("description"),
                        item.text("currency"),
                        Math.toIntExact(item.whole("decimals")),
                        Math.toIntExact(item.whole("order_decimals")),
                        Math.toIntExact(item.whole("amount_decimals")),
                        item.decimal("minimum"),
                        item.findText("lot").map(BigDecimal::new).orElse(null),
                        item.flag("tradable"),
                        item.text("why_not"),
                        types.isEmpty() ? List.of() : List.of(types.split(",", -1))),
                Instant.ofEpochMilli(item.whole("fetched_at")));
    }

    @Override
    public void put(String name, Entry entry) {
        InstrumentDetails details = entry.details();
        // A lost answer costs one more question to Saxo, nothing else.
        Outcome _ = store.commit(List.of(Action.put(Item.at(key(name))
                .with("amount_decimals", details.amountDecimals())
                .with("asset_type", details.assetType())
                .with("currency", details.currency())
                .with("decimals", details.decimals())
                .with("description", details.description())
                .with("fetched_at", entry.fetchedAt().toEpochMilli())
                .with("lot", Optional.ofNullable(details.lotSize()).map(Decimals::canonical))
                .with("minimum", details.minimumTradeSize())
                .with("order_decimals", details.orderDecimals())
                .with("order_types", String.join(",", details.orderTypes()))
                .with("symbol", details.symbol())
                .with("tradable", details.tradable())
                .with("uic", details.uic())
                .with("why_not", details.nonTradableReason())
                .build())));
    }
}
