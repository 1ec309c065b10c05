package io.haetae.order;

import io.haetae.portfolio.AccountId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A broker that says what the test tells it to, and counts what it was sent. */
final class FakeBroker implements Broker {

    final Map<String, BrokerOrder> taken = new LinkedHashMap<>();
    final List<Fill> fills = new ArrayList<>();
    final List<String> placed = new ArrayList<>();
    Precheck precheck = new Precheck.Passed("fine");
    boolean loseAnswers;
    boolean reject;
    boolean readsFail;
    boolean readsProve;

    /** Happens while the venue is asked. */
    Happening onPrecheck = () -> {};

    interface Happening {
        void happen() throws InterruptedException;
    }

    @Override
    public Precheck precheck(Order order) {
        try {
            onPrecheck.happen();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return precheck;
    }

    @Override
    public Placement place(Order order) {
        placed.add(order.id());
        if (reject) {
            return new Placement.Rejected("NO", "not today");
        }
        taken.put(order.id(), row(order, BrokerOrder.State.WORKING, BigDecimal.ZERO));
        return loseAnswers
                ? new Placement.Unknown("timed out", Optional.empty())
                : new Placement.Accepted("b-" + order.id());
    }

    @Override
    public Cancellation cancel(Order order) {
        BrokerOrder row = taken.get(order.id());
        if (row == null) {
            return new Cancellation.Refused("unknown order");
        }
        taken.put(order.id(), row(order, BrokerOrder.State.CANCELLED, row.filled()));
        return new Cancellation.Confirmed();
    }

    @Override
    public Read<BrokerOrder> orders(AccountId account, LocalDate session) {
        return readsFail ? new Read.Failed<>("503") : new Read.Complete<>(List.copyOf(taken.values()));
    }

    @Override
    public Read<Execution> executions(AccountId account, LocalDate session) {
        return readsFail
                ? new Read.Failed<>("503")
                : new Read.Complete<>(fills.stream()
                        .<Execution>map(fill -> new Execution.Trade(
                                "b-" + fill.order(),
                                fill.id(),
                                fill.quantity(),
                                fill.price(),
                                fill.conversion(),
                                fill.commission(),
                                fill.tax(),
                                fill.at()))
                        .toList());
    }

    @Override
    public Read<Holding> holdings(AccountId account) {
        return new Read.Failed<>("no accounts");
    }

    @Override
    public Read<Funds> funds(AccountId account) {
        return new Read.Failed<>("no accounts");
    }

    @Override
    public Traits traits() {
        return new Traits(Duration.ofSeconds(10), Duration.ofSeconds(5), true, readsProve, true, false, List.of());
    }

    /** Trades part of an order it has taken. */
    Fill trade(Order order, long quantity, long price) {
        BigDecimal sum = BigDecimal.valueOf(quantity)
                .add(java.util.Objects.requireNonNull(taken.get(order.id())).filled());
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

    private static BrokerOrder row(Order order, BrokerOrder.State state, BigDecimal filled) {
        return new BrokerOrder(
                "b-" + order.id(),
                Optional.of(order.id()),
                order.instrument(),
                order.side(),
                order.quantity(),
                order.type() == OrderType.LIMIT ? Optional.of(order.price()) : Optional.empty(),
                order.changedAt(),
                state,
                filled,
                "");
    }
}
