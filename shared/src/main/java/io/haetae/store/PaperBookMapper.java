package io.haetae.store;

import io.haetae.order.BrokerOrder;
import io.haetae.order.Fill;
import io.haetae.order.OrderType;
import io.haetae.order.Side;
import io.haetae.order.paper.PaperBook;
import io.haetae.order.paper.PaperOrder;
import io.haetae.portfolio.AccountId;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The paper broker's book as items of the state table, under keys of its own. */
public final class PaperBookMapper implements PaperBook {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);

    private final Store store;

    public PaperBookMapper(Store store) {
        this.store = store;
    }

    @Override
    public Optional<PaperOrder> order(AccountId account, String id) {
        return store.get(key(account, id)).map(item -> order(account, item));
    }

    @Override
    public List<PaperOrder> orders(AccountId account, LocalDate session) {
        return store.query(Query.prefix(Table.STATE, "PAPER_ORDERS#" + account, DAY.format(session))).stream()
                .map(item -> order(account, item))
                .toList();
    }

    @Override
    public List<Fill> fills(AccountId account, LocalDate session) {
        return store.query(Query.prefix(Table.STATE, "PAPER_FILLS#" + account, DAY.format(session))).stream()
                .map(item -> FillItems.read(account, item))
                .sorted(Comparator.comparing(Fill::at).thenComparing(Fill::id))
                .toList();
    }

    @Override
    public boolean add(PaperOrder order) {
        return committed(List.of(Action.put(item(order), Condition.absent())), order);
    }

    @Override
    public boolean update(PaperOrder order, Optional<Fill> fill) {
        List<Action> actions = new ArrayList<>();
        actions.add(Action.put(item(order), Condition.versionIs(order.version() - 1)));
        fill.ifPresent(traded -> actions.add(Action.put(
                FillItems.write(Item.at(Key.state("PAPER_FILLS#" + order.account(), traded.id())), traded),
                Condition.absent())));
        return committed(actions, order);
    }

    private boolean committed(List<Action> actions, PaperOrder order) {
        return switch (store.commit(actions)) {
            case Outcome.Committed _ -> true;
            case Outcome.Refused _ -> false;
            case Outcome.Uncertain(String cause) ->
                throw new StoreUnavailableException(
                        "it is not known whether paper order " + order.id() + " was written: " + cause,
                        new IllegalStateException(cause));
        };
    }

    private static Key key(AccountId account, String id) {
        return Key.state("PAPER_ORDERS#" + account, id);
    }

    private static Item item(PaperOrder order) {
        return Item.at(key(order.account(), order.id()))
                .with("session", order.session().toString())
                .with("venue", order.instrument().venue().name())
                .with("code", order.instrument().code())
                .with("side", order.side().name())
                .with("type", order.type().name())
                .with("limit", order.limit())
                .with("quantity", order.quantity())
                .with("conversion", order.conversion())
                .with("opens", order.opens().toString())
                .with("ends", order.ends().toString())
                .with("acceptedAt", order.acceptedAt().toString())
                .with("state", order.state().name())
                .with("filled", order.filled())
                .with("seen", order.seen())
                .with("low", PortfolioMapper.optional(order.low()))
                .with("high", PortfolioMapper.optional(order.high()))
                .with("note", order.note())
                .with("version", order.version())
                .build();
    }

    private static PaperOrder order(AccountId account, Item item) {
        return new PaperOrder(
                item.key().sort(),
                account,
                PortfolioMapper.date(item, "session"),
                PortfolioMapper.instrument(item),
                PortfolioMapper.word(item, "side", Side.class),
                PortfolioMapper.word(item, "type", OrderType.class),
                item.decimal("limit"),
                item.decimal("quantity"),
                item.decimal("conversion"),
                Times.instant(item, "opens"),
                Times.instant(item, "ends"),
                Times.instant(item, "acceptedAt"),
                PortfolioMapper.word(item, "state", BrokerOrder.State.class),
                item.decimal("filled"),
                item.flag("seen"),
                PortfolioMapper.decimal(item, "low"),
                PortfolioMapper.decimal(item, "high"),
                item.text("note"),
                item.whole("version"));
    }
}
