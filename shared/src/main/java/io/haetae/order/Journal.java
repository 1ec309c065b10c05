package io.haetae.order;

import io.haetae.job.Fence;
import io.haetae.job.Run;
import io.haetae.market.InstrumentId;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.Portfolios;
import io.haetae.portfolio.Position;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes the next version of an order together with what the step gives back, and tries again while only the account's
 * cash or positions moved meanwhile.
 */
final class Journal {

    private static final int ATTEMPTS = 8;

    private final OrderStore orders;
    private final Portfolios portfolios;
    private final TimeSource time;

    Journal(OrderStore orders, Portfolios portfolios, TimeSource time) {
        this.orders = orders;
        this.portfolios = portfolios;
        this.time = time;
    }

    /**
     * @param order as it stands
     * @param ours false when another run has changed the order instead, or when it was refused
     */
    record Moved(Order order, boolean ours, Optional<Written.Refused> refused) {}

    /** One try to write; empty when the world moved and it is to be made again from what stands. */
    interface Attempt<T> {
        Optional<T> make();
    }

    /** @throws ContendedException when it never got through */
    static <T> T insist(String order, Attempt<T> attempt) {
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<T> made = attempt.make();
            if (made.isPresent()) {
                return made.get();
            }
        }
        throw new ContendedException(order);
    }

    /**
     * Writes the order after {@code steps}, if the conditions hold. An order that ends gives back what it reserved; one
     * that learns its broker's name claims it, and is refused a name that another order of the session has.
     */
    Moved move(Order before, Run run, List<Change.Part> conditions, UnaryOperator<ChangeDraft> steps) {
        return move(before, run.fence(), conditions, steps);
    }

    /** As {@link #move}, by a person's word: only the order's version guards it. */
    Moved moveByWord(Order before, UnaryOperator<ChangeDraft> steps) {
        return move(before, (Fence) null, List.of(), steps);
    }

    private Moved move(
            Order before, @Nullable Fence fence, List<Change.Part> conditions, UnaryOperator<ChangeDraft> steps) {
        return insist(before.id(), () -> {
            ChangeDraft draft = steps.apply(ChangeDraft.of(before, time.now()));
            List<Change.Part> parts = new ArrayList<>(conditions);
            Optional<Change.Part> claim = claim(before, draft.order());
            claim.ifPresent(parts::add);
            if (draft.order().state().isTerminal() && !before.state().isTerminal()) {
                parts.addAll(released(before));
                draft.reserved(BigDecimal.ZERO);
            }
            return switch (orders.write(draft.change(fence, parts))) {
                case Written.Done _ -> Optional.of(new Moved(draft.order(), true, Optional.empty()));
                case Written.Stale(Order standing) -> Optional.of(new Moved(standing, false, Optional.empty()));
                case Written.Refused refused ->
                    conditions.contains(refused.part()) || claim.equals(Optional.of(refused.part()))
                            ? Optional.of(new Moved(before, false, Optional.of(refused)))
                            : Optional.empty();
            };
        });
    }

    /** Puts a line that a person must see into the order's story, with an event; the same line again is not news. */
    Order alarm(Order order, String text, Run run) {
        return order.note().equals(text)
                ? order
                : move(order, run, List.of(), draft -> draft.apply(OrderEvent.ALARM, text))
                        .order();
    }

    Written write(Change change) {
        return orders.write(change);
    }

    Optional<Order> order(AccountId account, String id) {
        return orders.order(account, id);
    }

    Order reread(Order order) {
        return orders.order(order.account(), order.id())
                .orElseThrow(() -> new IllegalStateException("order " + order.id() + " is gone"));
    }

    List<Order> open(AccountId account) {
        return orders.open(account);
    }

    List<Order> ofSession(AccountId account, LocalDate session) {
        return orders.ofSession(account, session);
    }

    List<Fill> fillsBookedIn(AccountId account, String slot) {
        return orders.fillsBookedIn(account, slot);
    }

    List<Fill> fillsOf(Order order) {
        return orders.fillsOf(order.account(), order.id());
    }

    Optional<Position> position(AccountId account, InstrumentId instrument) {
        return portfolios.position(account, instrument);
    }

    Position position(Order order) {
        return position(order.account(), order.instrument())
                .orElseGet(() -> Position.none(
                        order.account(), order.instrument(), order.intent().session()));
    }

    Optional<Cash> cash(AccountId account) {
        return portfolios.cash(account);
    }

    Cash cash(Order order) {
        return cash(order.account())
                .orElseThrow(() -> new IllegalStateException("account " + order.account() + " has no book"));
    }

    private static Optional<Change.Part> claim(Order before, Order after) {
        return Optional.ofNullable(after.brokerId())
                .filter(id -> !id.equals(before.brokerId()))
                .map(Change.ClaimBrokerOrder::new);
    }

    /** What an order gives back that ends with quantity left: one that is filled ends with its last fill. */
    private List<Change.Part> released(Order order) {
        if (!order.isEntry()) {
            return List.of(new Change.SavePosition(
                    position(order).reserve(order.remaining().negate())));
        }
        List<Change.Part> parts = new ArrayList<>();
        parts.add(new Change.SaveCash(cash(order).reserve(order.reserved().negate())));
        parts.add(new Change.FreeSymbol(order.instrument()));
        parts.add(new Change.Count(Budget.NOTIONAL, order.remainingNotional().negate()));
        if (order.filled().signum() == 0) {
            parts.add(new Change.Count(Budget.NEW_POSITIONS, BigDecimal.ONE.negate()));
        }
        return parts;
    }
}
