package io.haetae.order;

import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Portfolios;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes a person's judgement of an order that reads cannot judge, in one transaction beside whatever runs. What the broker
 * shows wins over the person: the word is held against a complete read of the session's orders first.
 */
public final class Settling {

    private final Journal journal;
    private final Broker broker;
    private final TimeSource time;

    /** @param broker of the account whose orders are settled; it is only asked for what it has */
    public Settling(OrderStore orders, Portfolios portfolios, Broker broker, TimeSource time) {
        this.journal = new Journal(orders, portfolios, time);
        this.broker = broker;
        this.time = time;
    }

    /**
     * @param order as it stands
     * @param news false when it was settled so before
     */
    public record Settled(Order order, boolean news) {}

    /** What a person types who has looked, on one machine or to a deployed stack; the name is theirs to find. */
    static String command(Order order) {
        return "./haetae orders settle " + order.id()
                + " --as placed --broker-id ID --by NAME --reason TEXT (or --as not-placed); where it is deployed, to"
                + " Control {\"command\":\"settle\",\"order\":\"" + order.id()
                + "\",\"as\":\"placed\",\"brokerId\":\"ID\",\"by\":\"NAME\",\"reason\":\"TEXT\"}";
    }

    /**
     * Settles an UNKNOWN order. One that was written off may be named as long as its session lasts: it stays over, and the
     * next runs book what it traded and cancel what works of it.
     *
     * @param by the person who says so
     * @throws IllegalArgumentException when the account has no such order
     * @throws SettlementRefusedException when it may not be settled, or not so
     * @throws JournalUncertainException when the store cannot say whether it was written: say it again
     */
    public Settled settle(AccountId account, String id, Verdict verdict, String by, String reason) {
        Order order = journal.order(account, id)
                .orElseThrow(() -> new IllegalArgumentException(account + " has no order " + id));
        if (!mayBeJudged(order, verdict)) {
            return asItWas(order, verdict);
        }
        Instant judgement = Lost.judgement(order, broker.traits());
        if (time.now().isBefore(judgement)) {
            throw refused(order, "it may still be on its way, and can be judged from " + judgement);
        }
        Instant asked = time.now();
        List<BrokerOrder> rows = rows(order);
        return Journal.insist(id, () -> {
            Order before = journal.reread(order);
            if (!mayBeJudged(before, verdict)) {
                return Optional.of(asItWas(before, verdict));
            }
            // After the broker's: an order that it shows is in the journal by now.
            List<Order> ours = journal.ofSession(account, order.intent().session());
            Ownership ownership = Ownership.of(ours, rows, broker.traits(), asked);
            String said = " by " + by + ": " + reason;
            return written(
                    before,
                    switch (verdict) {
                        case Verdict.Placed(String brokerId) ->
                            placed(before, named(brokerId, before, rows, ownership), said);
                        case Verdict.NotPlaced() -> {
                            refuseShown(before, rows, ownership);
                            String note = "settled as not placed" + said;
                            Set<String> disclaimed = like(before, rows);
                            yield journal.moveByWord(before, draft -> draft.apply(OrderEvent.SETTLE_NOT_PLACED, note)
                                    .disclaimed(disclaimed));
                        }
                    });
        });
    }

    /** An UNKNOWN order, or a written-off one that somebody now names. */
    private boolean mayBeJudged(Order order, Verdict verdict) {
        return switch (verdict) {
            case Verdict.NotPlaced() -> order.state() == OrderState.UNKNOWN;
            case Verdict.Placed _
            when order.state() == OrderState.WRITTEN_OFF && order.brokerId() == null -> {
                if (!time.now().isBefore(order.validity().ends())) {
                    throw refused(
                            order,
                            "it is WRITTEN_OFF and its session is over: no run books it any more, and what it traded"
                                    + " counts as a person's");
                }
                yield true;
            }
            case Verdict.Placed _ -> order.state() == OrderState.UNKNOWN;
        };
    }

    private Set<String> like(Order order, List<BrokerOrder> rows) {
        return rows.stream()
                .filter(row -> Ownership.fits(order, row, broker.traits()))
                .map(BrokerOrder::brokerId)
                .collect(Collectors.toSet());
    }

    /** The same word again is harmless; any other comes too late. */
    private static Settled asItWas(Order order, Verdict verdict) {
        boolean same =
                switch (verdict) {
                    case Verdict.Placed(String brokerId) -> brokerId.equals(order.brokerId());
                    case Verdict.NotPlaced() ->
                        order.state() == OrderState.WRITTEN_OFF || order.state() == OrderState.NOT_PLACED;
                };
        if (!same) {
            throw refused(order, "it is " + order.state() + ", and a person judges only what is UNKNOWN");
        }
        return new Settled(order, false);
    }

    private List<BrokerOrder> rows(Order order) {
        return switch (broker.orders(order.account(), order.intent().session())) {
            case Broker.Read.Complete<BrokerOrder>(List<BrokerOrder> rows) -> rows;
            case Broker.Read.Failed<BrokerOrder>(String cause) ->
                throw refused(order, "the broker's orders could not be read: " + cause);
        };
    }

    private Journal.Moved placed(Order order, BrokerOrder row, String said) {
        String note = "settled as the broker's order " + row.brokerId() + said;
        String story = note + "; there it is " + row.state() + ", " + Plain.of(row.filled()) + " of "
                + Plain.of(row.quantity()) + " filled";
        return journal.moveByWord(order, draft -> {
            ChangeDraft named =
                    draft.apply(OrderEvent.SETTLE_PLACED, story, note).brokerId(row.brokerId());
            return order.state() == OrderState.WRITTEN_OFF
                    ? named.apply(
                            OrderEvent.ALARM,
                            "it was written off and is the broker's order " + row.brokerId()
                                    + " after all: its fills are booked, and what works of it is cancelled")
                    : named;
        });
    }

    /** Empty when the order was changed meanwhile and has to be looked at again. */
    private static Optional<Settled> written(Order before, Journal.Moved moved) {
        moved.refused().ifPresent(refused -> {
            throw refused(before, "that name is taken: " + refused.actual() + " has it");
        });
        return moved.ours() ? Optional.of(new Settled(moved.order(), true)) : Optional.empty();
    }

    /** The row of that name, if the order can be it. */
    private static BrokerOrder named(String brokerId, Order order, List<BrokerOrder> rows, Ownership ownership) {
        String known = order.brokerId();
        if (known != null && !known.equals(brokerId)) {
            throw refused(order, "the broker itself has named it " + known);
        }
        Optional.ofNullable(ownership.rows().get(order.id()))
                .filter(row -> !row.brokerId().equals(brokerId))
                .ifPresent(row -> {
                    throw shown(order, row);
                });
        BrokerOrder row = rows.stream()
                .filter(each -> each.brokerId().equals(brokerId))
                .findFirst()
                .orElseThrow(() -> refused(order, unseen(brokerId, order, rows)));
        Order owner = ownership.owners().get(brokerId);
        if (owner != null && !owner.id().equals(order.id())) {
            throw refused(order, brokerId + " is order " + owner.id());
        }
        row.reference().filter(id -> !id.equals(order.id())).ifPresent(id -> {
            throw refused(order, brokerId + " carries the reference " + id);
        });
        if (!row.instrument().equals(order.instrument())
                || row.side() != order.side()
                || row.quantity().compareTo(order.quantity()) != 0) {
            throw refused(
                    order,
                    "it is " + told(order) + ", and " + brokerId + " is " + row.side() + " " + Plain.of(row.quantity())
                            + " " + row.instrument());
        }
        // Without a word of the broker's that says so, it must at least be like what was sent.
        if (known == null && row.reference().isEmpty() && !Ownership.mayBe(order, row)) {
            throw refused(
                    order,
                    "it was sent " + at(order.type() == OrderType.LIMIT ? Optional.of(order.price()) : Optional.empty())
                            + " and not before " + Ownership.from(order) + ", and " + brokerId + " was placed "
                            + at(row.limit()) + " at " + row.placedAt());
        }
        return row;
    }

    private static String at(Optional<BigDecimal> limit) {
        return limit.map(price -> "at a limit of " + Plain.of(price)).orElse("at the market");
    }

    private static String told(Order order) {
        return order.side() + " " + Plain.of(order.quantity()) + " " + order.instrument();
    }

    private static String unseen(String brokerId, Order order, List<BrokerOrder> rows) {
        String like = rows.stream()
                .filter(row -> row.instrument().equals(order.instrument()) && row.side() == order.side())
                .map(BrokerOrder::brokerId)
                .sorted()
                .collect(Collectors.joining(", "));
        return "a complete read of the broker's orders of " + order.intent().session() + " does not show " + brokerId
                + (like.isEmpty() ? "" : "; of that instrument and side it shows " + like);
    }

    /** Evidence wins over a person. */
    private static void refuseShown(Order order, List<BrokerOrder> rows, Ownership ownership) {
        String known = order.brokerId();
        if (known != null) {
            throw refused(order, "the broker itself has named it " + known + ", so it had it");
        }
        Optional.ofNullable(ownership.rows().get(order.id()))
                .or(() -> rows.stream()
                        .filter(row ->
                                row.reference().filter(order.id()::equals).isPresent())
                        .findFirst())
                .ifPresent(row -> {
                    throw shown(order, row);
                });
    }

    private static SettlementRefusedException shown(Order order, BrokerOrder row) {
        return refused(order, "the broker shows it as " + row.brokerId() + ", " + row.state());
    }

    private static SettlementRefusedException refused(Order order, String why) {
        return new SettlementRefusedException(order.id(), why);
    }
}
