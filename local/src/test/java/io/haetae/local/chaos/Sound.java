package io.haetae.local.chaos;

import io.haetae.event.DomainEvent;
import io.haetae.local.kis.KisSimulator;
import io.haetae.order.BrokerOrder;
import io.haetae.order.Budget;
import io.haetae.order.Fill;
import io.haetae.order.HistoryEntry;
import io.haetae.order.Order;
import io.haetae.order.OrderEvent;
import io.haetae.order.OrderState;
import io.haetae.order.Side;
import io.haetae.order.paper.PaperOrder;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.Position;
import io.haetae.store.Item;
import io.haetae.store.OrderMapper;
import io.haetae.store.Outbox;
import io.haetae.store.PaperBookMapper;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.Query;
import io.haetae.store.Store;
import io.haetae.store.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What must hold of an account whatever happened, read from what is stored and from what the broker has. */
final class Sound {

    private final Store store;
    private final AccountId account;
    private final List<Order> orders = new ArrayList<>();
    private final List<Fill> fills = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final Collection<LocalDate> sessions;

    /** What was said about orders of people beside us and their traces in the books, once by id; nothing where nobody does. */
    private final Collection<DomainEvent> people;

    private Sound(Store store, AccountId account, Collection<LocalDate> sessions, List<DomainEvent> people) {
        this.store = store;
        this.account = account;
        this.sessions = sessions;
        this.people = people.stream()
                .collect(Collectors.toMap(DomainEvent::id, event -> event, this::repeated, TreeMap::new))
                .values();
        OrderMapper journal = new OrderMapper(store);
        sessions.forEach(session -> {
            orders.addAll(journal.ofSession(account, session));
            fills.addAll(journal.fills(account, session));
        });
    }

    /**
     * Looks at a book.
     *
     * @param sessions in which it traded
     * @param broker the broker's own books; empty where the paper broker trades
     * @param over the sessions are over and every run went through: nothing may be under way any more
     * @return what is wrong, in words; empty when all is well
     */
    static List<String> problems(
            Store store,
            AccountId account,
            Collection<LocalDate> sessions,
            Optional<BrokerBooks> broker,
            boolean over) {
        return problems(store, account, sessions, broker, List.of(), over);
    }

    /**
     * As above, where people trade in the same account: our books follow the broker's, and every step of that was said.
     *
     * @param published events, repeats too
     */
    static List<String> besidePeople(
            Store store,
            AccountId account,
            Collection<LocalDate> sessions,
            BrokerBooks broker,
            List<DomainEvent> published,
            boolean over) {
        List<DomainEvent> said = new ArrayList<>(published);
        said.addAll(new Outbox(store).pending());
        return problems(store, account, sessions, Optional.of(broker), said, over);
    }

    private static List<String> problems(
            Store store,
            AccountId account,
            Collection<LocalDate> sessions,
            Optional<BrokerBooks> broker,
            List<DomainEvent> people,
            boolean over) {
        Optional<Cash> cash = new PortfolioMapper(store).cash(account);
        if (cash.isEmpty()) {
            return List.of();
        }
        Sound sound = new Sound(store, account, sessions, people);
        sound.ordersAndFills();
        sound.cash(cash.get());
        sound.positions();
        sound.claims();
        sound.budgets();
        broker.ifPresentOrElse(books -> sound.broker(books, over), () -> sound.paper(over));
        if (over) {
            sound.over();
        }
        return sound.wrong;
    }

    private DomainEvent repeated(DomainEvent one, DomainEvent other) {
        if (!one.equals(other)) {
            wrong.add("two events have one id: " + one + " and " + other);
        }
        return one;
    }

    private void same(String what, BigDecimal actual, BigDecimal expected) {
        if (actual.compareTo(expected) != 0) {
            wrong.add(what + " is " + actual.toPlainString() + ", should be " + expected.toPlainString());
        }
    }

    /** An average cost has eight places, and a count four. */
    private void nearly(String what, BigDecimal actual, BigDecimal expected) {
        if (actual.subtract(expected).abs().compareTo(new BigDecimal("0.01")) > 0) {
            same(what, actual, expected);
        }
    }

    private void ordersAndFills() {
        Set<String> ids = new HashSet<>();
        for (Order order : orders) {
            BigDecimal filled = sum(fills.stream()
                    .filter(fill -> fill.order().equals(order.id()))
                    .map(Fill::quantity)
                    .toList());
            same("filled of " + name(order), order.filled(), filled);
            if (order.filled().compareTo(order.quantity()) > 0) {
                wrong.add(name(order) + " filled more than it asked for");
            }
            if (order.state().isTerminal()) {
                same("reserved of the ended " + name(order), order.reserved(), BigDecimal.ZERO);
            }
            // Equal decisions have equal ids, so an id that is not its decision's would hide a second order.
            if (!order.id().equals(order.intent().id()) || !ids.add(order.id())) {
                wrong.add(name(order) + " has not the id of its intent");
            }
        }
        Set<String> seen = new HashSet<>();
        fills.stream()
                .filter(fill -> !seen.add(fill.order() + fill.id()))
                .forEach(fill -> wrong.add("fill " + fill.id() + " is booked twice"));
    }

    private void cash(Cash cash) {
        same(
                "cash",
                cash.balance(),
                cash.initialCapital()
                        .add(sum(fills.stream().map(Fill::cash).toList()))
                        .add(corrected("cash#", "ours", "broker")));
        same(
                "reserved cash",
                cash.reserved(),
                sum(orders.stream().map(Order::reserved).toList()));
    }

    private void positions() {
        BigDecimal realised = BigDecimal.ZERO;
        for (Position position : new PortfolioMapper(store).positions(account)) {
            String name = "position " + position.instrument();
            BigDecimal traded = sum(fills.stream()
                    .filter(fill -> fill.instrument().equals(position.instrument()))
                    .map(fill -> fill.side() == Side.BUY
                            ? fill.quantity()
                            : fill.quantity().negate())
                    .toList());
            String corrections = "position/" + position.instrument() + "#";
            same(name, position.quantity(), traded.add(corrected(corrections, "ours", "oursNow")));
            same("external of " + name, position.external(), corrected(corrections, "external", "externalNow"));
            if (traded.signum() < 0) {
                wrong.add(name + ": the program sold " + traded.negate() + " more than it bought");
            }
            same(
                    "reserved of " + name,
                    position.reserved(),
                    sum(open().stream()
                            .filter(order ->
                                    !order.isEntry() && order.instrument().equals(position.instrument()))
                            .map(Order::remaining)
                            .toList()));
            if (position.quantity().signum() < 0 || position.free().signum() < 0) {
                wrong.add(name + " is " + position.quantity() + ", of which " + position.reserved() + " reserved");
            }
            realised = realised.add(position.realised());
        }
        nearly("losses counted", counted(Budget.LOSS, sessions), realised.negate());
    }

    /** How far corrections have moved a number. */
    private BigDecimal corrected(String what, String before, String after) {
        return sum(corrections(what).stream()
                .map(event -> number(event, after).subtract(number(event, before)))
                .toList());
    }

    /** Of one number of the books, in the order in which they were made. */
    private List<DomainEvent> corrections(String what) {
        String prefix = "drift/" + account + "/" + what;
        return people.stream()
                .filter(event -> event.id().startsWith(prefix))
                .sorted(Comparator.comparingLong(
                        event -> Long.parseLong(event.id().substring(prefix.length()))))
                .toList();
    }

    private static BigDecimal number(DomainEvent event, String name) {
        return new BigDecimal(event.detail().getOrDefault(name, ""));
    }

    /**
     * The books have followed people's trades, and nothing else: after each correction they are away from our own fills by
     * what people had moved at one answer of the broker, and in the end by all that they moved.
     */
    private void followed(BrokerBooks books, boolean over) {
        Map<String, String> symbols = new TreeMap<>();
        new PortfolioMapper(store)
                .positions(account)
                .forEach(position -> symbols.put(
                        position.instrument().code(), position.instrument().toString()));
        symbols.forEach((symbol, instrument) -> {
            BigDecimal moved = followed(symbol, "position/" + instrument + "#", books.moments());
            if (over) {
                same(
                        "corrections of " + symbol,
                        moved,
                        sum(books.byHand().stream()
                                .filter(row -> row.symbol().equals(symbol))
                                .map(BrokerBooks.Row::moved)
                                .toList()));
            }
        });
        BigDecimal moved = followed(KisSimulator.CASH, "cash#", books.moments());
        if (over) {
            same(
                    "corrections of cash",
                    moved,
                    sum(books.byHand().stream()
                            .map(row -> row.paid().orElseThrow())
                            .toList()));
        }
    }

    /** @return all that corrections have moved a number by */
    private BigDecimal followed(String key, String what, List<Map<String, Long>> moments) {
        BigDecimal moved = BigDecimal.ZERO;
        int at = 0;
        for (DomainEvent event : corrections(what)) {
            moved = moved.add(number(event, "broker")).subtract(number(event, "ours"));
            if (event.detail().containsKey("external")) {
                moved = moved.subtract(number(event, "external"));
            }
            long wanted = moved.longValueExact();
            int from = at;
            while (at < moments.size() && moments.get(at).getOrDefault(key, 0L) != wanted) {
                at++;
            }
            if (at == moments.size()) {
                wrong.add(
                        "%s: %s makes it %d away from our fills, which is no person's doing; those of people moved it by %s"
                                .formatted(
                                        key,
                                        event,
                                        wanted,
                                        moments.subList(from, at).stream()
                                                .map(moment -> moment.getOrDefault(key, 0L))
                                                .distinct()
                                                .toList()));
                return moved;
            }
        }
        return moved;
    }

    private List<Order> open() {
        return orders.stream().filter(order -> !order.state().isTerminal()).toList();
    }

    /** The symbols that entries hold are those of open entries; what is listed as open is what is open. */
    private void claims() {
        Map<String, String> claimed = store.query(Query.all(Table.STATE, "ENTRY_SYMBOLS#" + account)).stream()
                .collect(Collectors.toMap(item -> item.key().sort(), item -> item.text("order")));
        Map<String, String> expected = open().stream()
                .filter(Order::isEntry)
                .collect(Collectors.toMap(order -> order.instrument().toString(), Order::id, (one, two) -> {
                    wrong.add("two open entries of one symbol: " + one + " and " + two);
                    return one;
                }));
        if (!claimed.equals(expected)) {
            wrong.add("symbols are claimed by " + claimed + ", open entries are " + expected);
        }
        Set<String> listed = store.query(Query.all(Table.STATE, "OPEN_ORDERS#" + account)).stream()
                .map(item -> item.key().sort())
                .collect(Collectors.toSet());
        Set<String> open = open().stream().map(Order::id).collect(Collectors.toSet());
        if (!listed.equals(open)) {
            wrong.add("listed as open: " + listed + ", open: " + open);
        }
    }

    private void budgets() {
        for (LocalDate session : sessions) {
            List<Order> entries = orders.stream()
                    .filter(order -> order.isEntry() && order.intent().session().equals(session))
                    .filter(this::wasIntended)
                    .toList();
            same("orders counted", counted(Budget.ORDERS, List.of(session)), BigDecimal.valueOf(entries.size()));
            same(
                    "new positions counted",
                    counted(Budget.NEW_POSITIONS, List.of(session)),
                    BigDecimal.valueOf(entries.stream()
                            .filter(order -> !order.state().isTerminal()
                                    || order.filled().signum() > 0)
                            .count()));
            same(
                    "notional counted",
                    counted(Budget.NOTIONAL, List.of(session)),
                    sum(entries.stream()
                            .map(order -> (order.state().isTerminal() ? order.filled() : order.quantity())
                                    .multiply(order.price())
                                    .multiply(order.conversion()))
                            .toList()));
        }
    }

    private boolean wasIntended(Order order) {
        return history(order).stream().anyMatch(entry -> entry.event() == OrderEvent.INTEND);
    }

    private List<HistoryEntry> history(Order order) {
        return new OrderMapper(store).history(account, order.id());
    }

    private BigDecimal counted(Budget budget, Collection<LocalDate> of) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Item item : store.query(Query.all(Table.STATE, "BUDGETS#" + account))) {
            if (of.stream().anyMatch(session -> item.key().sort().equals(session + "#" + budget))) {
                sum = sum.add(BigDecimal.valueOf(item.whole("tenThousandths"), 4));
            }
        }
        return sum;
    }

    /** Where the paper broker trades: it has one order for an intent, and what it filled is what we booked. */
    private void paper(boolean over) {
        PaperBookMapper book = new PaperBookMapper(store);
        Map<String, Order> ours = orders.stream().collect(Collectors.toMap(Order::id, order -> order));
        Map<String, String> working = new TreeMap<>();
        for (LocalDate session : sessions) {
            for (PaperOrder row : book.orders(account, session)) {
                Order order = ours.get(row.id());
                if (order == null) {
                    wrong.add("the broker has " + row.id() + ", the journal has not");
                    continue;
                }
                if (row.filled().compareTo(order.filled()) < 0
                        || (over && row.filled().compareTo(order.filled()) != 0)) {
                    wrong.add(name(order) + ": the broker filled " + row.filled() + ", we booked " + order.filled());
                }
                if (row.state() == BrokerOrder.State.WORKING) {
                    String decision = order.intent().cause() + " " + order.instrument() + " " + order.side();
                    String other = working.put(decision, row.id());
                    if (other != null) {
                        wrong.add("two orders work for " + decision + ": " + other + " and " + row.id());
                    }
                    if (order.state().isTerminal()) {
                        wrong.add(name(order) + " works on at the broker");
                    }
                }
            }
        }
    }

    /** Where a venue trades: an order there is one order of ours, and in the end its books are ours. */
    private void broker(BrokerBooks books, boolean over) {
        Map<String, Order> byBrokerId = new TreeMap<>();
        for (Order order : orders) {
            String id = order.brokerId();
            Order other = id == null ? null : byBrokerId.put(id, order);
            if (other != null) {
                wrong.add(name(order) + " and " + name(other) + " are one order at the broker: " + id);
            }
        }
        boolean lost = orders.stream()
                .anyMatch(order -> order.state() == OrderState.SENDING || order.state() == OrderState.UNKNOWN);
        Set<String> taken = new HashSet<>();
        for (BrokerBooks.Row row : books.orders()) {
            row.reference()
                    .filter(intent -> !taken.add(intent))
                    .ifPresent(intent -> wrong.add("the broker took " + intent + " more than once"));
            Order order = byBrokerId.get(row.id());
            if (order == null) {
                if (!lost) {
                    wrong.add("the broker has " + row + ", the journal has no such order");
                }
            } else if (!row.reference().orElse(order.id()).equals(order.id())) {
                wrong.add(name(order) + " is at the broker what was sent for " + row.reference());
            } else if (row.filled().compareTo(order.filled()) < 0
                    || (over && row.filled().compareTo(order.filled()) != 0)) {
                wrong.add(name(order) + ": the broker filled " + row.filled() + ", we booked " + order.filled());
            } else if (row.working() && order.state().isTerminal()) {
                wrong.add(name(order) + " works on at the broker");
            } else if (over) {
                row.paid().ifPresent(paid -> same("cash that " + name(order) + " moved", paidFor(order), paid));
            }
        }
        if (over) {
            same(
                    "cash, by the broker",
                    new PortfolioMapper(store).cash(account).orElseThrow().balance(),
                    books.cash());
            Map<String, BigDecimal> unknown = new TreeMap<>(books.held());
            for (Position position : new PortfolioMapper(store).positions(account)) {
                BigDecimal held = unknown.remove(position.instrument().code());
                same(
                        "position " + position.instrument() + ", by the broker",
                        position.held(),
                        held == null ? BigDecimal.ZERO : held);
            }
            unknown.forEach((code, held) -> same("held of " + code + ", which we do not know", BigDecimal.ZERO, held));
            books.byHand().forEach(this::wasFound);
        }
        if (!books.byHand().isEmpty()) {
            followed(books, over);
        }
    }

    private BigDecimal paidFor(Order order) {
        return sum(fills.stream()
                .filter(fill -> fill.order().equals(order.id()))
                .map(Fill::cash)
                .toList());
    }

    /** A person's order was said to be one, by one event; what is published again is the same event. */
    private void wasFound(BrokerBooks.Row row) {
        same(
                "events about a person's order " + row,
                BigDecimal.valueOf(people.stream()
                        .filter(event -> event.type().equals("ExternalOrderFound")
                                && row.id().equals(event.detail().get("brokerId")))
                        .count()),
                BigDecimal.ONE);
    }

    /** Nothing is under way any more, and everybody was told. */
    private void over() {
        open().forEach(order -> wrong.add(name(order) + " is still open"));
        int waiting = new Outbox(store).pending().size();
        if (waiting > 0) {
            wrong.add(waiting + " events were never published");
        }
    }

    private static String name(Order order) {
        return "%s %s %s n%d %s"
                .formatted(
                        order.intent().purpose(),
                        order.instrument(),
                        order.state(),
                        order.intent().n(),
                        order.id());
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
