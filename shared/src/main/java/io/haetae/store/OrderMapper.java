package io.haetae.store;

import io.haetae.job.Fence;
import io.haetae.job.LeaseLostException;
import io.haetae.job.Leases;
import io.haetae.market.InstrumentId;
import io.haetae.order.Budget;
import io.haetae.order.Change;
import io.haetae.order.ContendedException;
import io.haetae.order.Denial;
import io.haetae.order.DenialCode;
import io.haetae.order.ExitRule;
import io.haetae.order.ExitTerms;
import io.haetae.order.Fill;
import io.haetae.order.HistoryEntry;
import io.haetae.order.Intent;
import io.haetae.order.JournalUncertainException;
import io.haetae.order.Order;
import io.haetae.order.OrderEvent;
import io.haetae.order.OrderState;
import io.haetae.order.OrderStore;
import io.haetae.order.OrderType;
import io.haetae.order.Purpose;
import io.haetae.order.Side;
import io.haetae.order.TimeInForce;
import io.haetae.order.Validity;
import io.haetae.order.Written;
import io.haetae.portfolio.AccountId;
import io.haetae.risk.Arming;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The order journal as items of the state table. Orders, their history and their fills sort by order id, which begins with
 * the session; what is open stands under a key of its own, written in the same transaction.
 */
public final class OrderMapper implements OrderStore {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("uuuuMMdd", Locale.ROOT);

    /** Budgets are whole numbers of ten thousandths, so that a transaction can add them up. */
    private static final int BUDGET_SCALE = 4;

    private static final String COUNT = "tenThousandths";
    private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

    private final Store store;

    public OrderMapper(Store store) {
        this.store = store;
    }

    @Override
    public Optional<Order> order(AccountId account, String id) {
        return store.get(orderKey(account, id)).map(item -> order(account, item));
    }

    @Override
    public List<Order> open(AccountId account) {
        List<Key> keys = store.query(Query.all(Table.STATE, "OPEN_ORDERS#" + account)).stream()
                .map(item -> orderKey(account, item.key().sort()))
                .toList();
        return keys.isEmpty()
                ? List.of()
                : store.getAll(keys).stream()
                        .map(item -> order(account, item))
                        .filter(order -> !order.state().isTerminal())
                        .toList();
    }

    @Override
    public List<Order> ofSession(AccountId account, LocalDate session) {
        return store.query(Query.prefix(Table.STATE, "ORDERS#" + account, DAY.format(session))).stream()
                .map(item -> order(account, item))
                .toList();
    }

    @Override
    public List<HistoryEntry> history(AccountId account, String order) {
        return store.query(Query.prefix(Table.STATE, "ORDER_HISTORY#" + account, order + "#")).stream()
                .map(OrderMapper::entry)
                .toList();
    }

    @Override
    public List<Fill> fills(AccountId account, LocalDate session) {
        return fills(account, DAY.format(session));
    }

    @Override
    public List<Fill> fillsBookedIn(AccountId account, String slot) {
        return fills(account, Query.all(Table.STATE, slotKey(account, slot)));
    }

    private static String slotKey(AccountId account, String slot) {
        return "SLOT_FILLS#" + account + "#" + slot;
    }

    @Override
    public List<Fill> fillsOf(AccountId account, String order) {
        return fills(account, order + "#");
    }

    private List<Fill> fills(AccountId account, String prefix) {
        return fills(account, Query.prefix(Table.STATE, "FILLS#" + account, prefix));
    }

    private List<Fill> fills(AccountId account, Query query) {
        return store.query(query).stream()
                .map(item -> fill(account, item))
                .sorted(Comparator.comparing(Fill::at)
                        .thenComparing(Fill::order)
                        .thenComparing(Fill::id))
                .toList();
    }

    @Override
    public Written write(Change change) {
        Order order = change.order();
        AccountId account = order.account();
        List<Action> actions = new ArrayList<>();
        Fence fence = change.fence();
        if (fence != null) {
            actions.add(Action.check(
                    Key.state(fence.lease(), Leases.SORT), Condition.equalTo(Leases.FENCE, Value.of(fence.number()))));
        }
        int first = actions.size();
        actions.add(Action.put(item(order), after(order.version() - 1)));
        for (Change.Part part : change.parts()) {
            actions.add(action(order, part));
        }
        Key open = Key.state("OPEN_ORDERS#" + account, order.id());
        actions.add(
                order.state().isTerminal()
                        ? Action.delete(open)
                        : Action.put(Item.at(open)
                                .with("instrument", order.instrument().toString())
                                .build()));
        change.history().forEach(entry -> actions.add(Action.put(item(account, entry), Condition.absent())));
        change.events().forEach(event -> actions.add(Outbox.put(event)));
        return switch (store.commit(actions)) {
            case Outcome.Committed _ -> new Written.Done();
            case Outcome.Uncertain(String cause) -> throw new JournalUncertainException(order.id(), cause);
            case Outcome.Refused(int index, Optional<Item> standing) -> refused(change, index - first, standing);
        };
    }

    /** @param index of the refused action, counted from that on the order itself; the fence's comes before it */
    private Written refused(Change change, int index, Optional<Item> standing) {
        Fence fence = change.fence();
        if (index < 0 && fence != null) {
            throw new LeaseLostException(fence);
        }
        if (index == 0 || index > change.parts().size()) {
            Order order = change.order();
            return new Written.Stale(
                    order(order.account(), order.id()).orElseThrow(() -> new ContendedException(order.id())));
        }
        Change.Part part = change.parts().get(index - 1);
        return new Written.Refused(part, actual(part, standing));
    }

    private static String actual(Change.Part part, Optional<Item> standing) {
        return switch (part) {
            case Change.StateAtMost _ ->
                standing.map(item -> item.text(TradingStateMapper.STATE)).orElse("no state");
            case Change.Armed _ ->
                standing.map(item ->
                                (item.flag(ArmingMapper.ARMED) ? "armed anew by " : "disarmed by ") + item.text("by"))
                        .orElse("never armed");
            case Change.SpendArmed _ ->
                Decimals.canonical(BigDecimal.valueOf(
                        standing.flatMap(item -> item.findWhole(ArmingMapper.SPENT))
                                .orElse(0L),
                        ArmingMapper.SCALE));
            case Change.NotHeld _ ->
                standing.map(item -> "a position of " + item.text("quantity")
                                + ("0".equals(item.text("external"))
                                        ? ""
                                        : " and " + item.text("external") + " external"))
                        .orElse("no position");
            case Change.ClaimSymbol _ ->
                standing.map(item -> "entry " + item.text("order")).orElse("no entry");
            case Change.ClaimBrokerOrder _ ->
                standing.map(item -> "order " + item.text("order")).orElse("no order");
            case Change.Spend _, Change.AtMost _ ->
                Decimals.canonical(BigDecimal.valueOf(
                        standing.flatMap(item -> item.findWhole(COUNT)).orElse(0L), BUDGET_SCALE));
            case Change.PreviousStands _,
                    Change.SaveCash _,
                    Change.SavePosition _,
                    Change.Count _,
                    Change.FreeSymbol _,
                    Change.ListFill _,
                    Change.BookFill _ ->
                standing.flatMap(item -> item.findWhole("version"))
                        .map(version -> "version " + version)
                        .orElse(standing.isPresent() ? "there already" : "absent");
        };
    }

    private static Action action(Order order, Change.Part part) {
        AccountId account = order.account();
        LocalDate session = order.intent().session();
        return switch (part) {
            case Change.StateAtMost(var worst) ->
                Action.check(
                        TradingStateMapper.key(account),
                        Condition.atMostOrAbsent(TradingStateMapper.LEVEL, worst.ordinal()));
            case Change.Armed(Arming arming) ->
                Action.check(ArmingMapper.key(account), Condition.versionIs(arming.version()));
            case Change.SpendArmed(Arming arming, BigDecimal notional) ->
                Action.addUpTo(
                        ArmingMapper.spentKey(arming),
                        ArmingMapper.SPENT,
                        ArmingMapper.scaled(notional, RoundingMode.CEILING),
                        ArmingMapper.scaled(arming.maxNotional(), RoundingMode.FLOOR));
            case Change.PreviousStands(Order previous) ->
                Action.check(orderKey(account, previous.id()), Condition.versionIs(previous.version()));
            case Change.NotHeld(InstrumentId instrument) ->
                Action.check(
                        PortfolioMapper.positionKey(account, instrument),
                        Condition.equalToOrAbsent(PortfolioMapper.OPEN, Value.of(false)));
            case Change.ClaimSymbol(InstrumentId instrument) ->
                Action.put(
                        Item.at(symbolKey(account, instrument))
                                .with("order", order.id())
                                .build(),
                        Condition.absent());
            case Change.FreeSymbol(InstrumentId instrument) -> Action.delete(symbolKey(account, instrument));
            case Change.Spend(Budget budget, BigDecimal amount, BigDecimal limit) ->
                Action.addUpTo(
                        budgetKey(account, session, budget),
                        COUNT,
                        scaled(amount, RoundingMode.CEILING),
                        scaled(limit, RoundingMode.FLOOR));
            case Change.Count(Budget budget, BigDecimal amount) ->
                Action.addUpTo(
                        budgetKey(account, session, budget),
                        COUNT,
                        scaled(amount, RoundingMode.CEILING),
                        Long.MAX_VALUE);
            case Change.AtMost(Budget budget, BigDecimal limit) ->
                Action.check(
                        budgetKey(account, session, budget),
                        Condition.atMostOrAbsent(COUNT, scaled(limit, RoundingMode.FLOOR)));
            case Change.SaveCash(var cash) -> Action.put(PortfolioMapper.item(cash), after(cash.version() - 1));
            case Change.SavePosition(var position) ->
                Action.put(PortfolioMapper.item(position), after(position.version() - 1));
            case Change.ClaimBrokerOrder(String brokerId) ->
                Action.put(
                        Item.at(Key.state("BROKER_ORDERS#" + account, session + "#" + brokerId))
                                .with("order", order.id())
                                .build(),
                        Condition.equalToOrAbsent("order", Value.of(order.id())));
            case Change.ListFill(String slot, Fill fill) ->
                Action.put(FillItems.write(
                        Item.at(Key.state(slotKey(account, slot), fill.order() + "#" + fill.id())), fill));
            case Change.BookFill(Fill fill) -> Action.put(item(fill), Condition.absent());
        };
    }

    static Condition after(long version) {
        return version == 0 ? Condition.absent() : Condition.versionIs(version);
    }

    private static long scaled(BigDecimal amount, RoundingMode rounding) {
        return amount.movePointRight(BUDGET_SCALE)
                .setScale(0, rounding)
                .toBigInteger()
                .min(LARGEST)
                .longValueExact();
    }

    private static Key orderKey(AccountId account, String id) {
        return Key.state("ORDERS#" + account, id);
    }

    private static Key symbolKey(AccountId account, InstrumentId instrument) {
        return Key.state("ENTRY_SYMBOLS#" + account, instrument.toString());
    }

    private static Key budgetKey(AccountId account, LocalDate session, Budget budget) {
        return Key.state("BUDGETS#" + account, session + "#" + budget);
    }

    private static Item item(Order order) {
        Intent intent = order.intent();
        Denial denial = order.denial();
        ExitRule rule = order.rule();
        Item.Builder item = Item.at(orderKey(order.account(), order.id()))
                .with("session", intent.session().toString())
                .with("strategy", intent.strategy())
                .with("venue", intent.instrument().venue().name())
                .with("code", intent.instrument().code())
                .with("side", intent.side().name())
                .with("purpose", intent.purpose().name())
                .with("cause", intent.cause())
                .with("n", intent.n())
                .with("type", order.type().name())
                .with("timeInForce", order.timeInForce().name())
                .with("price", order.price())
                .with("quantity", order.quantity())
                .with("conversion", order.conversion())
                .with("reserved", order.reserved())
                .with("opens", order.validity().opens().toString())
                .with("sendUntil", order.validity().sendUntil().toString())
                .with("ends", order.validity().ends().toString())
                .with("stopPercent", PortfolioMapper.optional(order.terms().stopPercent()))
                .with("targetPercent", PortfolioMapper.optional(order.terms().targetPercent()))
                .with("trailingPercent", PortfolioMapper.optional(order.terms().trailingPercent()))
                .with("rule", Optional.ofNullable(rule).map(Enum::name))
                .with("reason", order.reason())
                .with("state", order.state().name())
                .with("filled", order.filled())
                .with("filledValue", order.filledValue())
                .with("brokerId", Optional.ofNullable(order.brokerId()))
                .with("note", order.note())
                .with("intendedAt", order.intendedAt().toString())
                .with("sendBy", Optional.ofNullable(order.sendBy()).map(Object::toString))
                .with("changedAt", order.changedAt().toString())
                .with("version", order.version())
                .with("stories", order.stories())
                .with(
                        "disclaimed",
                        Optional.of(order.disclaimed())
                                .filter(names -> !names.isEmpty())
                                .map(names -> String.join("\n", new TreeSet<>(names))));
        if (denial != null) {
            item.with("denialCode", denial.code().name())
                    .with("denialLimit", denial.limit())
                    .with("denialActual", denial.actual());
        }
        return item.build();
    }

    private static Order order(AccountId account, Item item) {
        Intent intent = new Intent(
                account,
                PortfolioMapper.date(item, "session"),
                item.text("strategy"),
                PortfolioMapper.instrument(item),
                PortfolioMapper.word(item, "side", Side.class),
                PortfolioMapper.word(item, "purpose", Purpose.class),
                item.text("cause"),
                (int) item.whole("n"));
        return new Order(
                item.key().sort(),
                intent,
                PortfolioMapper.word(item, "type", OrderType.class),
                PortfolioMapper.word(item, "timeInForce", TimeInForce.class),
                item.decimal("price"),
                item.decimal("quantity"),
                item.decimal("conversion"),
                item.decimal("reserved"),
                new Validity(
                        Times.instant(item, "opens"), Times.instant(item, "sendUntil"), Times.instant(item, "ends")),
                new ExitTerms(
                        PortfolioMapper.decimal(item, "stopPercent"),
                        PortfolioMapper.decimal(item, "targetPercent"),
                        PortfolioMapper.decimal(item, "trailingPercent")),
                item.has("rule") ? PortfolioMapper.word(item, "rule", ExitRule.class) : null,
                item.text("reason"),
                PortfolioMapper.word(item, "state", OrderState.class),
                item.decimal("filled"),
                item.decimal("filledValue"),
                item.findText("brokerId").orElse(null),
                item.has("denialCode")
                        ? new Denial(
                                PortfolioMapper.word(item, "denialCode", DenialCode.class),
                                item.text("denialLimit"),
                                item.text("denialActual"))
                        : null,
                item.text("note"),
                Times.instant(item, "intendedAt"),
                item.has("sendBy") ? Times.instant(item, "sendBy") : null,
                Times.instant(item, "changedAt"),
                item.whole("version"),
                (int) item.whole("stories"),
                item.findText("disclaimed").stream().flatMap(String::lines).collect(Collectors.toSet()));
    }

    private static Item item(AccountId account, HistoryEntry entry) {
        String number = String.format(Locale.ROOT, "%06d", entry.number());
        return Item.at(Key.state("ORDER_HISTORY#" + account, entry.order() + "#" + number))
                .with("order", entry.order())
                .with("number", entry.number())
                .with("event", entry.event().name())
                .with("state", entry.state().name())
                .with("at", entry.at().toString())
                .with("detail", entry.detail())
                .build();
    }

    private static HistoryEntry entry(Item item) {
        return new HistoryEntry(
                item.text("order"),
                (int) item.whole("number"),
                PortfolioMapper.word(item, "event", OrderEvent.class),
                PortfolioMapper.word(item, "state", OrderState.class),
                Times.instant(item, "at"),
                item.text("detail"));
    }

    private static Item item(Fill fill) {
        return FillItems.write(Item.at(Key.state("FILLS#" + fill.account(), fill.order() + "#" + fill.id())), fill);
    }

    private static Fill fill(AccountId account, Item item) {
        return FillItems.read(account, item);
    }
}
