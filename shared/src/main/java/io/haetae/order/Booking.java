package io.haetae.order;

import io.haetae.job.Run;
import io.haetae.portfolio.Position;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Books what was traded, once: order, position, cash, budgets and the fill itself in one transaction. */
final class Booking {

    private final Journal journal;
    private final TimeSource time;

    Booking(Journal journal, TimeSource time) {
        this.journal = journal;
        this.time = time;
    }

    /**
     * @param fill null when all of it was booked before
     * @param order afterwards
     */
    record Booked(Optional<Fill> fill, Order order) {}

    /** The slot as fills are listed by it. */
    static String slot(Run run) {
        return run.slot().job().text() + "/" + run.slot().due();
    }

    /** @throws IllegalExecutionException for what cannot have been traded */
    Booked book(Execution execution, Order owner, Run run) {
        return Journal.insist(owner.id(), () -> {
            // The order first: a fill booked between the two reads makes the write stale.
            Order before = journal.reread(owner);
            Optional<Fill> news = news(execution, before, journal.fillsOf(before));
            if (news.isEmpty()) {
                return Optional.of(new Booked(Optional.empty(), before));
            }
            Fill fill = news.get();
            ChangeDraft draft = ChangeDraft.of(before, time.now()).fill(fill);
            List<Change.Part> parts = new ArrayList<>();
            parts.add(new Change.BookFill(fill));
            parts.add(new Change.ListFill(slot(run), fill));
            parts.addAll(before.isEntry() ? bought(before, draft, fill) : sold(before, fill));
            return journal.write(draft.change(run.fence(), parts)) instanceof Written.Done
                    ? Optional.of(new Booked(news, draft.order()))
                    : Optional.empty();
        });
    }

    /** What of the execution is not booked yet. An older total, or a trade told again, is nothing. */
    private static Optional<Fill> news(Execution execution, Order order, List<Fill> booked) {
        return switch (execution) {
            case Execution.Trade trade -> {
                if (booked.stream().anyMatch(fill -> fill.id().equals(trade.id()))) {
                    yield Optional.empty();
                }
                yield Optional.of(fill(
                        order,
                        trade.id(),
                        trade.quantity(),
                        trade.price().multiply(trade.quantity()),
                        trade.conversion(),
                        trade.commission(),
                        trade.tax(),
                        execution));
            }
            case Execution.Total total -> {
                BigDecimal quantity = total.quantity().subtract(sum(booked, Fill::quantity));
                if (quantity.signum() <= 0) {
                    yield Optional.empty();
                }
                yield Optional.of(fill(
                        order,
                        total.brokerId() + "#" + Plain.of(total.quantity()),
                        quantity,
                        total.amount().subtract(sum(booked, Fill::amount)),
                        total.conversion(),
                        left(total.commission(), booked, Fill::commission),
                        left(total.tax(), booked, Fill::tax),
                        execution));
            }
        };
    }

    /** A broker that charged more before than it does now has corrected an estimate; its balance tells the difference. */
    private static BigDecimal left(BigDecimal total, List<Fill> booked, Function<Fill, BigDecimal> of) {
        return total.subtract(sum(booked, of)).max(BigDecimal.ZERO);
    }

    private static BigDecimal sum(List<Fill> fills, Function<Fill, BigDecimal> of) {
        return fills.stream().map(of).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Fill fill(
            Order order,
            String id,
            BigDecimal quantity,
            BigDecimal amount,
            BigDecimal conversion,
            BigDecimal commission,
            BigDecimal tax,
            Execution from) {
        if (quantity.signum() <= 0
                || amount.signum() <= 0
                || conversion.signum() <= 0
                || commission.signum() < 0
                || tax.signum() < 0) {
            throw new IllegalExecutionException(order, from);
        }
        return new Fill(
                id,
                order.id(),
                order.account(),
                order.side(),
                order.instrument(),
                quantity,
                amount,
                conversion,
                commission,
                tax,
                from.at());
    }

    private List<Change.Part> bought(Order before, ChangeDraft draft, Fill fill) {
        BigDecimal spent = fill.cash().negate();
        boolean ends = draft.order().state().isTerminal();
        BigDecimal still =
                ends ? BigDecimal.ZERO : before.reserved().subtract(spent).max(BigDecimal.ZERO);
        draft.reserved(still);
        BigDecimal costs = fill.commission().add(fill.tax());
        List<Change.Part> parts = new ArrayList<>();
        parts.add(new Change.SaveCash(
                journal.cash(before).settle(fill.cash(), before.reserved().subtract(still))));
        parts.add(new Change.SavePosition(journal.position(before)
                .bought(
                        fill.quantity(),
                        fill.price(),
                        costs,
                        before.intent().session(),
                        before.id(),
                        before.intent().strategy(),
                        before.terms().stopPercent(),
                        before.terms().targetPercent(),
                        before.terms().trailingPercent())));
        parts.add(new Change.Count(Budget.LOSS, costs));
        if (ends && !before.state().isTerminal()) {
            parts.add(new Change.FreeSymbol(before.instrument()));
        }
        return parts;
    }

    private List<Change.Part> sold(Order before, Fill fill) {
        Position position = journal.position(before);
        // More than is ours was a person's: the cash came, and the position ends at nothing.
        BigDecimal ours = fill.quantity().min(position.quantity());
        BigDecimal cost = position.averageCost().multiply(ours).multiply(fill.conversion());
        BigDecimal profit = fill.cash().subtract(cost);
        // An order that had ended gave its quantity back already.
        BigDecimal released =
                before.state().isTerminal() ? BigDecimal.ZERO : fill.quantity().min(before.remaining());
        return List.of(
                new Change.SaveCash(journal.cash(before).settle(fill.cash(), BigDecimal.ZERO)),
                new Change.SavePosition(position.sold(ours, released, profit)),
                new Change.Count(Budget.LOSS, profit.negate()));
    }
}
