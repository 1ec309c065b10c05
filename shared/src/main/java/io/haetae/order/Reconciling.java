package io.haetae.order;

import io.haetae.job.Run;
import io.haetae.market.InstrumentId;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Position;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Brings the journal to what the broker says. Asks for orders first, then for what was traded, then for holdings, so that
 * a trade between two questions is not missed; the broker's word wins, and a failed read is never "none".
 */
final class Reconciling {

    /** Between two looks that are to prove something, at least. */
    private static final Duration APART = Duration.ofSeconds(1);

    private final Journal journal;
    private final Booking booking;
    private final AccountComparison comparison;
    private final Broker broker;
    private final TimeSource time;

    Reconciling(Journal journal, Booking booking, AccountComparison comparison, Broker broker, TimeSource time) {
        this.journal = journal;
        this.booking = booking;
        this.comparison = comparison;
        this.broker = broker;
        this.time = time;
    }

    /** A complete look at the orders of a session and what was traded of them. */
    record Look(Instant asked, Ownership ownership, int orders, int executions) {}

    /** An order to cancel, and why. */
    record Wish(Order order, String reason) {}

    /**
     * Looks at every session that something may have happened in and, when nothing is missing, holds our books against
     * what the broker keeps.
     */
    void all(AccountId account, Run run, Pass pass) {
        SortedSet<LocalDate> sessions = sessions(account, _ -> true);
        boolean keepsAccounts = broker.traits().keepsAccounts();
        if (keepsAccounts) {
            sessions.add(run.session());
        }
        List<BrokerOrder> foreign = new ArrayList<>();
        for (LocalDate session : sessions) {
            look(account, session, run, pass)
                    .filter(_ -> session.equals(run.session()))
                    .ifPresent(look -> foreign.addAll(look.ownership().foreign()));
        }
        if (keepsAccounts) {
            Optional<List<Holding>> holdings = complete(broker.holdings(account), "holdings", pass);
            Optional<List<Funds>> funds = complete(broker.funds(account), "money", pass);
            if (holdings.isPresent() && funds.isPresent() && pass.failedReads().isEmpty()) {
                Funds money = funds.get().getFirst();
                comparison
                        .compare(account, run.session(), foreign, holdings.get(), money, broker.traits(), run)
                        .forEach(pass::problem);
            }
        }
    }

    /** Empty, and the pass knows why, when something could not be read; then nothing was concluded from the rest. */
    Optional<Look> look(AccountId account, LocalDate session, Run run, Pass pass) {
        Instant asked = time.now();
        Optional<List<BrokerOrder>> rows = complete(broker.orders(account, session), "orders of " + session, pass);
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Optional<List<Execution>> executions =
                complete(broker.executions(account, session), "executions of " + session, pass);
        if (executions.isEmpty()) {
            return Optional.empty();
        }
        // After the broker's: an order that it shows is in the journal by now.
        List<Order> ours = journal.ofSession(account, session);
        Ownership ownership = Ownership.of(ours, rows.get(), broker.traits(), asked);
        for (Order order : List.copyOf(ownership.owners().values())) {
            BrokerOrder row = Objects.requireNonNull(ownership.rows().get(order.id()));
            if (!found(order, row, run, pass)) {
                ownership.disown(order, row);
            }
        }
        executions.get().forEach(execution -> book(execution, ownership, run, pass));
        for (Order order : ours) {
            if (!order.state().isUnsent()) {
                Order now = order.state().isTerminal() ? order : journal.reread(order);
                compare(now, ownership, asked, run, pass);
            }
        }
        return Optional.of(
                new Look(asked, ownership, rows.get().size(), executions.get().size()));
    }

    private static <T> Optional<List<T>> complete(Broker.Read<T> read, String what, Pass pass) {
        return switch (read) {
            case Broker.Read.Complete<T>(List<T> rows) -> Optional.of(rows);
            case Broker.Read.Failed<T>(String cause) -> {
                pass.failedRead(what, cause);
                yield Optional.empty();
            }
        };
    }

    /** Writes down what the broker calls an order of ours; false when that name is another order's. */
    private boolean found(Order order, BrokerOrder row, Run run, Pass pass) {
        boolean lost = Lost.is(order);
        boolean nothing =
                row.state() != BrokerOrder.State.WORKING && row.filled().signum() == 0;
        if (!lost && (row.brokerId().equals(order.brokerId()) || nothing)) {
            return true;
        }
        String story = "found at the broker as " + row.brokerId() + ", " + row.state() + ", " + Plain.of(row.filled())
                + " of " + Plain.of(row.quantity()) + " filled";
        UnaryOperator<ChangeDraft> step = draft -> {
            if (!lost) {
                return draft.apply(OrderEvent.ALARM, "the broker shows it after all: " + story);
            }
            return row.state() == BrokerOrder.State.REJECTED
                    ? draft.apply(OrderEvent.REJECT, story + ended(row), ended(row))
                    : draft.apply(OrderEvent.ACCEPT, story, "accepted as " + row.brokerId());
        };
        Journal.Moved moved =
                journal.move(order, run, List.of(), draft -> step.apply(draft).brokerId(row.brokerId()));
        if (moved.refused().isPresent()) {
            pass.problem(
                    "order " + order.id() + " and another order of ours claim the broker's order " + row.brokerId());
            var _ = journal.alarm(
                    order, "the broker's order " + row.brokerId() + " is another order of ours already", run);
            return false;
        }
        var _ = pass.noted(moved.order());
        return true;
    }

    private void book(Execution execution, Ownership ownership, Run run, Pass pass) {
        Order owner = ownership.owners().get(execution.brokerId());
        if (owner == null) {
            return;
        }
        try {
            Booking.Booked booked = booking.book(execution, owner, run);
            if (booked.fill().isPresent()) {
                var _ = pass.noted(booked.order());
            }
        } catch (IllegalExecutionException e) {
            pass.problem(String.valueOf(e.getMessage()));
            var _ = journal.alarm(journal.reread(owner), String.valueOf(e.getMessage()), run);
        }
    }

    private void compare(Order order, Ownership ownership, Instant asked, Run run, Pass pass) {
        List<BrokerOrder> more = ownership.doubtful().get(order.id());
        if (more != null && order.brokerId() != null) {
            String line = "the broker shows it again as "
                    + String.join(", ", more.stream().map(BrokerOrder::brokerId).toList());
            pass.problem("order " + order.id() + ": " + line);
            Order alarmed = journal.alarm(order, line + ": a person must look", run);
            against(alarmed, ownership, asked, run, pass);
            return;
        }
        against(order, ownership, asked, run, pass);
    }

    private void against(Order order, Ownership ownership, Instant asked, Run run, Pass pass) {
        BrokerOrder row = ownership.rows().get(order.id());
        if (row == null) {
            if (!order.state().isTerminal()) {
                missing(order, ownership, asked, run, pass);
            }
        } else if (!order.state().isTerminal()) {
            agree(order, row, run, pass);
        } else if (row.state() == BrokerOrder.State.WORKING
                && order.changedAt().plus(broker.traits().lag()).isBefore(asked)) {
            stop(order, row, run, pass);
        }
    }

    private void agree(Order order, BrokerOrder row, Run run, Pass pass) {
        if (order.filled().compareTo(row.filled()) < 0) {
            pass.problem("order " + order.id() + ": the broker filled " + Plain.of(row.filled())
                    + ", its executions say " + Plain.of(order.filled()));
            return;
        }
        switch (row.state()) {
            case WORKING -> {
                // Nothing new: what it fills is said by the executions.
            }
            case FILLED ->
                pass.problem("order " + order.id() + ": the broker says it is filled, its executions do not");
            case CANCELLED -> end(order, OrderEvent.CANCEL_CONFIRMED, row, run, pass);
            case EXPIRED -> end(order, OrderEvent.EXPIRE, row, run, pass);
            case REJECTED ->
                end(
                        order,
                        OrderLife.find(order.state(), OrderEvent.REJECT).isPresent()
                                ? OrderEvent.REJECT
                                : OrderEvent.CANCEL_CONFIRMED,
                        row,
                        run,
                        pass);
        }
    }

    private void end(Order order, OrderEvent event, BrokerOrder row, Run run, Pass pass) {
        String story = "the broker says " + row.state() + ", " + Plain.of(row.filled()) + " of "
                + Plain.of(row.quantity()) + " filled" + (row.note().isEmpty() ? "" : ": " + row.note());
        var _ = pass.noted(journal.move(order, run, List.of(), draft -> draft.apply(event, story, ended(row)))
                .order());
    }

    private static String ended(BrokerOrder row) {
        return row.note().isEmpty() ? "the broker says " + row.state() : row.note();
    }

    /** Over here and working there: what was given back must not trade. */
    private void stop(Order order, BrokerOrder row, Run run, Pass pass) {
        pass.problem("order " + order.id() + " is " + order.state() + " here and works at the broker as "
                + row.brokerId() + ": it is cancelled there");
        Order warned =
                journal.alarm(order, "the broker still works it as " + row.brokerId() + ": it is cancelled there", run);
        switch (broker.cancel(warned)) {
            case Broker.Cancellation.Confirmed _ -> {
                // The next look sees the end of it.
            }
            case Broker.Cancellation.Refused(String text) ->
                pass.problem("order " + order.id() + " could not be cancelled at the broker: " + text);
            case Broker.Cancellation.Unknown(String cause) ->
                pass.problem("order " + order.id() + " was perhaps not cancelled at the broker: " + cause);
        }
    }

    /** A complete look does not show the order, or shows several that it may be. */
    private void missing(Order order, Ownership ownership, Instant asked, Run run, Pass pass) {
        Broker.Traits traits = broker.traits();
        if (!Lost.is(order)) {
            String line = "is " + order.state() + " here and not shown by the broker";
            pass.problem("order " + order.id() + " " + line);
            if (asked.isAfter(Lost.closed(order, traits))) {
                var _ = journal.alarm(order, line + " after its session", run);
            }
            return;
        }
        if (asked.isBefore(Lost.judgement(order, traits))) {
            return;
        }
        Order unknown = order.state() == OrderState.SENDING ? lose(order, run) : order;
        Optional<List<BrokerOrder>> ambiguous = ownership.ambiguous(order, traits, asked);
        if (ambiguous.isPresent()) {
            List<String> names =
                    ambiguous.get().stream().map(BrokerOrder::brokerId).toList();
            String line = "may be any of the broker's orders " + String.join(", ", names)
                    + ": a person must look, then say " + Settling.command(order);
            pass.problem("order " + order.id() + " is UNKNOWN: it " + line);
            var _ = journal.alarm(unknown, line, run);
            return;
        }
        if (!Lost.is(unknown)) {
            return;
        }
        if (traits.readsProve() || asked.isAfter(Lost.closed(order, traits))) {
            var _ = pass.noted(journal.move(
                            unknown,
                            run,
                            List.of(),
                            draft -> draft.apply(OrderEvent.PROVE_NOT_PLACED, "a complete read does not show it"))
                    .order());
        } else {
            pass.problem("order " + order.id() + " is UNKNOWN: the broker does not show it");
            if (!provableInSession(order)) {
                unproven(unknown, run);
            }
        }
    }

    private void unproven(Order order, Run run) {
        String end = order.brokerId() == null
                ? "look at its own screen, or say " + Settling.command(order)
                : "it has named it " + order.brokerId() + ": look at its own screen";
        var _ = journal.alarm(order, "is not shown by the broker, which proves nothing in its session: " + end, run);
    }

    private Order lose(Order order, Run run) {
        return journal.move(
                        order,
                        run,
                        List.of(),
                        draft -> draft.apply(OrderEvent.LOSE, "its sender never wrote down an answer"))
                .order();
    }

    /**
     * Finds out about an order whose sending was lost: waits until it can be judged, where judging can then prove
     * something, and looks.
     */
    Order judge(Order order, Run run, Pass pass) throws InterruptedException {
        if (!Lost.is(order)) {
            return order;
        }
        Broker.Traits traits = broker.traits();
        Instant judgement = Lost.judgement(order, traits);
        if (traits.readsProve() || provableInSession(order)) {
            if (judgement.isAfter(run.deadline())) {
                return order;
            }
            time.sleepUntil(judgement);
        }
        var _ = look(order.account(), order.intent().session(), run, pass);
        return proveExit(journal.reread(order), run, pass);
    }

    private boolean provableInSession(Order order) {
        // One that the broker has named it had: that it does not show it proves nothing.
        return !order.isEntry()
                && order.brokerId() == null
                && broker.refusesOverselling(order.instrument())
                && broker.traits().keepsAccounts();
    }

    /**
     * An exit whose sale a broker would refuse if it were a second one is NOT_PLACED within its session, when two looks
     * at orders, trades and holdings, apart from each other, show neither the order nor what it would have taken away. It
     * would refuse it only if it holds less than both would sell: lists that lag must not sell what is a person's.
     */
    Order proveExit(Order order, Run run, Pass pass) throws InterruptedException {
        Broker.Traits traits = broker.traits();
        if (order.state() != OrderState.UNKNOWN
                || !provableInSession(order)
                || time.now().isBefore(Lost.judgement(order, traits))) {
            return order;
        }
        List<String> looks = new ArrayList<>();
        while (looks.size() < 2) {
            if (!looks.isEmpty() && !waited(traits.lag().compareTo(APART) < 0 ? APART : traits.lag(), run)) {
                return order;
            }
            Optional<String> untouched = untouched(order, run, pass);
            if (untouched.isEmpty()) {
                return journal.reread(order);
            }
            looks.add(untouched.get());
        }
        return pass.noted(journal.move(
                        journal.reread(order),
                        run,
                        List.of(),
                        draft -> draft.apply(
                                OrderEvent.PROVE_NOT_PLACED,
                                "two complete reads do not show it: " + String.join("; ", looks),
                                "two complete reads do not show it"))
                .order());
    }

    /** What a complete look showed that proves nothing was sold by the order; empty when it does not prove it. */
    private Optional<String> untouched(Order order, Run run, Pass pass) {
        Optional<Look> look = look(order.account(), order.intent().session(), run, pass);
        Optional<Holding> holding = holding(order.account(), order.instrument(), pass);
        Order after = journal.reread(order);
        if (look.isEmpty()
                || holding.isEmpty()
                || after.state() != OrderState.UNKNOWN
                || look.get().ownership().doubtful().containsKey(order.id())) {
            return Optional.empty();
        }
        Position position = journal.position(order);
        BigDecimal free = position.free().add(order.remaining()).add(position.external());
        Holding held = holding.get();
        boolean whole = held.quantity().compareTo(position.held()) == 0
                && held.sellable().compareTo(free) >= 0;
        boolean refusesAnother = held.quantity().compareTo(order.remaining().add(order.remaining())) < 0;
        if (!whole || !refusesAnother) {
            unproven(after, run);
            return Optional.empty();
        }
        return Optional.of("at %s %d orders, %d executions, %s of %s sellable"
                .formatted(
                        look.get().asked(),
                        look.get().orders(),
                        look.get().executions(),
                        Plain.of(held.sellable()),
                        Plain.of(held.quantity())));
    }

    /** What the broker holds of the instrument, nothing where a complete answer does not name it; empty when unread. */
    Optional<Holding> holding(AccountId account, InstrumentId instrument, Pass pass) {
        return complete(broker.holdings(account), "holdings", pass).map(rows -> rows.stream()
                .filter(row -> row.instrument().equals(instrument))
                .findFirst()
                .orElseGet(() -> new Holding(instrument, BigDecimal.ZERO, BigDecimal.ZERO, Optional.empty())));
    }

    /** Looks again, as long as the broker says it may take, at what this run has sent and not seen the outcome of. */
    void poll(AccountId account, Run run, Pass pass) throws InterruptedException {
        for (Duration wait : broker.traits().polls()) {
            Set<LocalDate> awaited = sessions(account, order -> isAwaited(order, run));
            if (awaited.isEmpty() || !waited(wait, run)) {
                return;
            }
            awaited.forEach(session -> look(account, session, run, pass));
        }
    }

    private boolean isAwaited(Order order, Run run) {
        Instant sendBy = order.sendBy();
        Instant now = time.now();
        boolean market = order.type() == OrderType.MARKET
                && order.state().isWorking()
                && !now.isBefore(order.validity().opens())
                && now.isBefore(order.validity().ends());
        return sendBy != null && sendBy.isAfter(run.started()) && (Lost.is(order) || market);
    }

    /** Asks the broker once for each, then looks until it shows what came of it. */
    void cancel(List<Wish> wishes, Run run, Pass pass) throws InterruptedException {
        Map<Order, Broker.Cancellation> answers = new LinkedHashMap<>();
        for (Wish wish : wishes) {
            Journal.Moved asking = journal.move(
                    wish.order(), run, List.of(), draft -> draft.apply(OrderEvent.CANCEL_REQUEST, wish.reason()));
            if (asking.ours()) {
                answers.put(asking.order(), broker.cancel(asking.order()));
            }
        }
        await(answers, run, pass);
        answers.forEach((order, answer) -> {
            Order after = journal.reread(order);
            if (after.state() != OrderState.CANCELLING) {
                return;
            }
            switch (answer) {
                case Broker.Cancellation.Confirmed _ ->
                    pass.problem("order " + order.id() + ": its cancel was confirmed and is not shown yet");
                case Broker.Cancellation.Unknown(String cause) ->
                    pass.problem("order " + order.id() + " was perhaps not cancelled: " + cause);
                case Broker.Cancellation.Refused(String text) ->
                    journal.move(after, run, List.of(), draft -> draft.apply(OrderEvent.CANCEL_REFUSED, text));
            }
        });
    }

    private void await(Map<Order, Broker.Cancellation> asked, Run run, Pass pass) throws InterruptedException {
        look(asked.keySet(), run, pass);
        for (Duration wait : broker.traits().polls()) {
            List<Order> pending = new ArrayList<>();
            asked.forEach((order, answer) -> {
                if (!(answer instanceof Broker.Cancellation.Refused)
                        && journal.reread(order).state() == OrderState.CANCELLING) {
                    pending.add(order);
                }
            });
            if (pending.isEmpty() || !waited(wait, run)) {
                return;
            }
            look(pending, run, pass);
        }
    }

    private void look(Collection<Order> at, Run run, Pass pass) {
        at.stream()
                .collect(Collectors.groupingBy(order -> order.intent().session(), TreeMap::new, Collectors.toList()))
                .forEach((session, some) -> look(some.getFirst().account(), session, run, pass));
    }

    private SortedSet<LocalDate> sessions(AccountId account, Predicate<Order> which) {
        SortedSet<LocalDate> sessions = new TreeSet<>();
        journal.open(account).stream()
                .filter(order -> !order.state().isUnsent())
                .filter(which)
                .forEach(order -> sessions.add(order.intent().session()));
        return sessions;
    }

    /** False, at once, when the invocation would end before an answer. */
    private boolean waited(Duration wait, Run run) throws InterruptedException {
        Instant until = time.now().plus(wait);
        if (until.plus(broker.traits().callTimeout()).isAfter(run.deadline())) {
            return false;
        }
        time.sleepUntil(until);
        return true;
    }
}
