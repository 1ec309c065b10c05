package io.haetae.store;

import io.haetae.portfolio.AccountId;
import io.haetae.risk.RiskMetrics;
import io.haetae.risk.RiskMetricsStore;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps risk metrics. Partition {@code RISK#account}: one item {@code ROW#day#moment} a pass, and {@code NEWEST}, the same
 * figures again.
 */
public final class RiskMetricsMapper implements RiskMetricsStore {

    private static final String NEWEST = "NEWEST";
    private static final String VERSION = "version";

    /** Of fixed width, so keys order by time. */
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Store store;

    public RiskMetricsMapper(Store store) {
        this.store = store;
    }

    /** @throws StoreUnavailableException when it is not known whether the row was kept */
    @Override
    public void put(RiskMetrics metrics) {
        Key newest = Key.state(partition(metrics.account()), NEWEST);
        Key row = Key.state(partition(metrics.account()), "ROW#" + metrics.day() + "#" + MOMENT.format(metrics.at()));
        boolean settled = false;
        while (!settled) {
            settled = switch (store.commit(actions(metrics, newest, row))) {
                case Outcome.Committed _ -> true;
                // Another pass kept a row between our reading and writing: look again at what is the newest now.
                case Outcome.Refused _ -> false;
                case Outcome.Uncertain(String cause) ->
                    throw new StoreUnavailableException(
                            "risk metrics of " + metrics.account(), new IllegalStateException(cause));
            };
        }
    }

    private List<Action> actions(RiskMetrics measured, Key newest, Key row) {
        Optional<Item> standing = store.get(newest);
        if (standing.isEmpty()) {
            return List.of(
                    Action.put(item(row, measured).build()),
                    Action.put(item(newest, measured).with(VERSION, 1).build(), Condition.absent()));
        }
        if (Instant.parse(standing.get().text("at")).isAfter(measured.at())) {
            return List.of(Action.put(item(row, measured).build()));
        }
        RiskMetrics metrics = measured.following(metrics(measured.account(), standing.get()));
        Action keep = Action.put(item(row, metrics).build());
        long version = standing.get().whole(VERSION);
        return List.of(
                keep,
                Action.put(item(newest, metrics).with(VERSION, version + 1).build(), Condition.versionIs(version)));
    }

    @Override
    public Optional<RiskMetrics> newest(AccountId account) {
        return store.get(Key.state(partition(account), NEWEST)).map(item -> metrics(account, item));
    }

    @Override
    public List<RiskMetrics> day(AccountId account, LocalDate day) {
        return store.query(Query.prefix(Table.STATE, partition(account), "ROW#" + day + "#")).stream()
                .map(item -> metrics(account, item))
                .toList();
    }

    private static String partition(AccountId account) {
        return "RISK#" + account;
    }

    private static Item.Builder item(Key key, RiskMetrics metrics) {
        return Item.at(key)
                .with("day", metrics.day().toString())
                .with("at", metrics.at().toString())
                .with("total", metrics.total())
                .with("cash", metrics.cash())
                .with("invested", metrics.invested())
                .with("peak", metrics.peak())
                .with("initial", metrics.initial())
                .with("dayBase", metrics.dayBase())
                .with("dailyProfit", metrics.dailyProfit())
                .with("drawdownPct", metrics.drawdownPct())
                .with("maxDrawdownPct", metrics.maxDrawdownPct())
                .with("lossFromInitialPct", metrics.lossFromInitialPct())
                .with("largest", metrics.largest())
                .with("largestPct", metrics.largestPct())
                .with("exposurePct", metrics.exposurePct())
                .with("positions", metrics.positions())
                .with("acceptedLossPct", metrics.acceptedLossPct());
    }

    private static RiskMetrics metrics(AccountId account, Item item) {
        return new RiskMetrics(
                account,
                LocalDate.parse(item.text("day")),
                Instant.parse(item.text("at")),
                item.decimal("total"),
                item.decimal("cash"),
                item.decimal("invested"),
                item.decimal("peak"),
                item.decimal("initial"),
                item.decimal("dayBase"),
                item.decimal("dailyProfit"),
                item.decimal("drawdownPct"),
                item.decimal("maxDrawdownPct"),
                item.decimal("lossFromInitialPct"),
                item.findText("largest"),
                item.decimal("largestPct"),
                item.decimal("exposurePct"),
                Math.toIntExact(item.whole("positions")),
                item.decimal("acceptedLossPct"));
    }
}
