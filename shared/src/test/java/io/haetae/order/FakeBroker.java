package io.haetae.order;

import io.haetae.market.InstrumentId;
import io.haetae.portfolio.AccountId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** A broker that says what the test tells it to, and counts what it was sent. */
final class FakeBroker implements Broker {

    static final Duration CALL_TIMEOUT = Duration.ofSeconds(10);
    static final Duration LAG = Duration.ofSeconds(5);

    final Map<String, BrokerOrder> taken = new LinkedHashMap<>();
    final List<BrokerOrder> people = new ArrayList<>();
    final List<Fill> fills = new ArrayList<>();
    final List<Execution> totals = new ArrayList<>();
    final List<Holding> holdings = new ArrayList<>();
    final List<String> placed = new ArrayList<>();
    final List<String> cancelled = new ArrayList<>();
    Precheck precheck = new Precheck.Passed("fine");
    boolean loseAnswers;

    /** The call dies on the way: nothing is taken, and nobody says so. */
    boolean loseCalls;

    boolean reject;

    /** There is no token: the call is not even begun. */
    boolean unsent;

    boolean readsFail;
    boolean readsFailOncePlaced;
    boolean holdingsFail;
    boolean hidden;
    boolean readsProve;
    boolean carriesReference = true;
    boolean keepsAccounts;
    boolean refusesOverselling = true;
    Duration lag = LAG;
    List<Duration> polls = List.of();
    Supplier<Cancellation> onCancel = Cancellation.Confirmed::new;
    Supplier<BigDecimal> cash = () -> TradingWorld.CAPITAL;
    /** What the broker says its holdings are worth. */
    BigDecimal stock = BigDecimal.ZERO;

    Supplier<Instant> clock = () -> TradingWorld.SIGNALS;
    int reads;

    /** Happens while the venue is asked. */
    Happening onPrecheck = () -> {};

    /** Happens while an answer is read, with the number of the read. */
    java.util.function.IntConsumer onRead = _ -> {};

    /** Happens while holdings are asked for. */
    Happening onHoldings = () -> {};

    interface Happening {
        void happen() throws InterruptedException;
    }

    @Override
    public Precheck precheck(Order order) {
        happen(onPrecheck);
        return precheck;
    }

    private static void happen(Happening happening) {
        try {
            happening.happen();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Placement place(Order order) {
        placed.add(order.id());
        readsFail |= readsFailOncePlaced;
        if (unsent) {
            return Placement.Rejected.unjudged("NOT_SENT", "no token");
        }
        if (reject) {
            return new Placement.Rejected("NO", "not today");
        }
        if (loseCalls) {
            return new Placement.Unknown("timed out", Optional.empty());
        }
        taken.put(order.id(), row(order, BrokerOrder.State.WORKING, BigDecimal.ZERO));
        return loseAnswers
                ? new Placement.Unknown("timed out", Optional.empty())
                : new Placement.Accepted("b-" + order.id());
    }

    @Override
    public Cancellation cancel(Order order) {
        cancelled.add(order.id());
        Cancellation answer = onCancel.get();
        BrokerOrder row = taken.get(order.id());
        if (row == null) {
            return new Cancellation.Refused("unknown order");
        }
        if (answer instanceof Cancellation.Confirmed && row.state() == BrokerOrder.State.WORKING) {
            taken.put(order.id(), row(order, BrokerOrder.State.CANCELLED, row.filled()));
        }
        return answer;
    }

    @Override
    public Read<BrokerOrder> orders(AccountId account, LocalDate session) {
        onRead.accept(++reads);
        List<BrokerOrder> rows = new ArrayList<>(hidden ? List.of() : taken.values());
        rows.addAll(people);
        return readsFail ? new Read.Failed<>("503") : new Read.Complete<>(rows);
    }

    @Override
    public Read<Execution> executions(AccountId account, LocalDate session) {
        List<Execution> rows = new ArrayList<>(totals);
        for (Fill fill : fills) {
            rows.add(new Execution.Trade(
                    "b-" + fill.order(),
                    fill.id(),
                    fill.quantity(),
                    fill.price(),
                    fill.conversion(),
                    fill.commission(),
                    fill.tax(),
                    fill.at()));
        }
        return readsFail ? new Read.Failed<>("503") : new Read.Complete<>(rows);
    }

    @Override
    public Read<Holding> holdings(AccountId account) {
        happen(onHoldings);
        return keepsAccounts && !holdingsFail ? new Read.Complete<>(holdings) : new Read.Failed<>("no holdings");
    }

    @Override
    public Read<Funds> funds(AccountId account) {
        return keepsAccounts && !holdingsFail
                ? new Read.Complete<>(
                        List.of(new Funds(cash.get(), cash.get(), cash.get().add(stock))))
                : new Read.Failed<>("no funds");
    }

    @Override
    public Traits traits() {
        return new Traits(CALL_TIMEOUT, lag, readsProve, carriesReference, keepsAccounts, polls);
    }

    @Override
    public boolean refusesOverselling(InstrumentId instrument) {
        return refusesOverselling;
    }

    /** Trades part of an order it has taken. */
    Fill trade(Order order, long quantity, long price) {
        BigDecimal sum = BigDecimal.valueOf(quantity)
                .add(Objects.requireNonNull(taken.get(order.id())).filled());
        Fill fill = new Fill(
                order.id() + "/" + sum,
                order.id(),
                order.account(),
                order.side(),
                order.instrument(),
                BigDecimal.valueOf(quantity),
                BigDecimal.valueOf(price * quantity),
                BigDecimal.ONE,
                BigDecimal.TEN,
                BigDecimal.ZERO,
                TradingWorld.OPEN);
        fills.add(fill);
        BrokerOrder.State state =
                sum.compareTo(order.quantity()) >= 0 ? BrokerOrder.State.FILLED : BrokerOrder.State.WORKING;
        taken.put(order.id(), row(order, state, sum));
        return fill;
    }

    /** Says of an order that it has traded so much in all, as a venue does that does not tell trades apart. */
    void total(Order order, long quantity, long amount) {
        totals.add(new Execution.Total(
                "b-" + order.id(),
                BigDecimal.valueOf(quantity),
                BigDecimal.valueOf(amount),
                BigDecimal.ONE,
                BigDecimal.valueOf(quantity),
                BigDecimal.ZERO,
                TradingWorld.OPEN));
        BrokerOrder.State state = BigDecimal.valueOf(quantity).compareTo(order.quantity()) >= 0
                ? BrokerOrder.State.FILLED
                : BrokerOrder.State.WORKING;
        taken.put(order.id(), row(order, state, BigDecimal.valueOf(quantity)));
    }

    void show(Order order, BrokerOrder.State state, long filled) {
        taken.put(order.id(), row(order, state, BigDecimal.valueOf(filled)));
    }

    BrokerOrder row(Order order, BrokerOrder.State state, BigDecimal filled) {
        return row("b-" + order.id(), order, state, filled, clock.get());
    }

    BrokerOrder row(String name, Order order, BrokerOrder.State state, BigDecimal filled, Instant at) {
        return new BrokerOrder(
                name,
                carriesReference ? Optional.of(order.id()) : Optional.empty(),
                order.instrument(),
                order.side(),
                order.quantity(),
                order.type() == OrderType.LIMIT ? Optional.of(order.price()) : Optional.empty(),
                at,
                state,
                filled,
                "");
    }
}
