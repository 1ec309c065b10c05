package io.haetae.order;

import io.haetae.job.Run;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.Position;
import io.haetae.risk.TradingState;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Journals the decision to trade with everything that must hold for it, in one transaction, or why it may not be. */
final class Intending {

    private final Journal journal;
    private final ArmingGate gate;
    private final TimeSource time;

    Intending(Journal journal, ArmingGate gate, TimeSource time) {
        this.journal = journal;
        this.gate = gate;
        this.time = time;
    }

    /** The newest order of the decision. */
    Optional<Order> last(Intent first) {
        Optional<Order> last = Optional.empty();
        Intent intent = first;
        while (true) {
            Optional<Order> found = journal.order(intent.account(), intent.id());
            if (found.isEmpty()) {
                return last;
            }
            last = found;
            intent = intent.next();
        }
    }

    /** How often the decision was rejected by the broker. */
    int rejections(Intent first, Order last) {
        int count = 0;
        for (Intent intent = first; intent.n() <= last.intent().n(); intent = intent.next()) {
            if (journal.order(intent.account(), intent.id())
                    .filter(order -> order.state() == OrderState.REJECTED)
                    .isPresent()) {
                count++;
            }
        }
        return count;
    }

    /** @param last the newest order of the decision, which has ended */
    DeskResult entry(EntryRequest request, Intent first, Optional<Order> last, Run run) {
        Order wanted = draft(request, first, last);
        return intend(wanted, last, Optional.empty(), run, () -> entryParts(wanted, request));
    }

    DeskResult denyEntry(EntryRequest request, Intent first, Optional<Order> last, Denial denial, Run run) {
        return deny(draft(request, first, last), last, denial, run);
    }

    /**
     * @param quantity what may be sold of what was asked for; 0 is denied
     * @param alarm what a person should know of this sale, if anything
     */
    DeskResult exit(
            ExitRequest request,
            BigDecimal quantity,
            Intent first,
            Optional<Order> last,
            Optional<String> alarm,
            Run run) {
        Order wanted = draft(
                first,
                last,
                request.type(),
                request.price(),
                quantity,
                request.conversion(),
                BigDecimal.ZERO,
                request.validity(),
                ExitTerms.NONE,
                Optional.of(request.rule()),
                request.reason());
        return quantity.signum() <= 0 && request.quantity().signum() > 0
                ? deny(
                        wanted,
                        last,
                        new Denial(DenialCode.NOTHING_TO_SELL, Plain.of(quantity), Plain.of(request.quantity())),
                        run)
                : intend(wanted, last, alarm, run, () -> exitParts(wanted, request));
    }

    private Order draft(EntryRequest request, Intent first, Optional<Order> last) {
        return draft(
                first,
                last,
                request.type(),
                request.price(),
                request.quantity(),
                request.conversion(),
                request.reserve(),
                request.validity(),
                request.terms(),
                Optional.empty(),
                request.reason());
    }

    private Order draft(
            Intent first,
            Optional<Order> last,
            OrderType type,
            BigDecimal price,
            BigDecimal quantity,
            BigDecimal conversion,
            BigDecimal reserve,
            Validity validity,
            ExitTerms terms,
            Optional<ExitRule> rule,
            String reason) {
        // A denied order reserved nothing and was never sent: the same one is judged again. Any other end needs a new
        // one.
        boolean again = last.filter(order -> order.state() == OrderState.DENIED).isPresent();
        Intent intent = last.map(
                        order -> again ? order.intent() : order.intent().next())
                .orElse(first);
        return new Order(
                intent.id(),
                intent,
                type,
                TimeInForce.DAY,
                price,
                quantity,
                conversion,
                reserve,
                validity,
                terms,
                rule.orElse(null),
                reason,
                OrderState.INTENDED,
                BigDecimal.ZERO,
                BigDecimal.ZERO,
                null,
                null,
                reason,
                time.now(),
                null,
                time.now(),
                again ? last.orElseThrow().version() + 1 : 1,
                again ? last.orElseThrow().stories() : 0);
    }

    /** What must hold for an intent, or why it cannot be. */
    private sealed interface Parts {
        record Needed(List<Change.Part> parts) implements Parts {}

        record Impossible(Denial denial) implements Parts {}
    }

    @FunctionalInterface
    private interface PartsAsTheyStand {
        Parts read();
    }

    private DeskResult intend(
            Order wanted, Optional<Order> last, Optional<String> alarm, Run run, PartsAsTheyStand needed) {
        if (wanted.quantity().signum() <= 0) {
            return deny(
                    wanted, last, new Denial(DenialCode.ZERO_QUANTITY, "above 0", Plain.of(wanted.quantity())), run);
        }
        return Journal.insist(wanted.id(), () -> {
            List<Change.Part> parts = new ArrayList<>();
            last.filter(previous -> !previous.id().equals(wanted.id()))
                    .ifPresent(previous -> parts.add(new Change.PreviousStands(previous)));
            switch (needed.read()) {
                case Parts.Impossible impossible -> {
                    return Optional.of(deny(wanted, last, impossible.denial(), run));
                }
                case Parts.Needed more -> parts.addAll(more.parts());
            }
            ChangeDraft draft = ChangeDraft.born(wanted, OrderEvent.INTEND, story(wanted, parts), time.now());
            alarm.ifPresent(text -> draft.apply(OrderEvent.ALARM, text));
            return switch (journal.write(draft.change(run.fence(), parts))) {
                case Written.Done _ -> Optional.of(new DeskResult.Carried(draft.order()));
                // Another run of the same decision was faster: its order is the one.
                case Written.Stale stale ->
                    Optional.of(new DeskResult.Standing(
                            stale.standing().orElseThrow(() -> new ContendedException(wanted.id()))));
                case Written.Refused refused ->
                    denial(refused.part(), refused.actual()).map(denial -> deny(wanted, last, denial, run));
            };
        });
    }

    /** Journals why nothing was sent; the same denial again is not news. */
    private DeskResult deny(Order wanted, Optional<Order> last, Denial denial, Run run) {
        boolean known = last.filter(order -> order.id().equals(wanted.id()) && denial.equals(order.denial()))
                .isPresent();
        if (!known) {
            Order denied = new Edit(wanted)
                    .state(OrderState.DENIED)
                    .reserved(BigDecimal.ZERO)
                    .denial(denial)
                    .note(denial.toString())
                    .done();
            Written _ = journal.write(ChangeDraft.born(denied, OrderEvent.DENY, denial.toString(), time.now())
                    .change(run.fence(), List.of()));
        }
        return new DeskResult.Denied(denial);
    }

    private Parts entryParts(Order order, EntryRequest request) {
        Optional<Cash> cash = journal.cash(order.account());
        if (cash.isEmpty()) {
            return new Parts.Impossible(new Denial(
                    DenialCode.NO_BOOK, "an opened book", order.account().toString()));
        }
        if (request.reserve().compareTo(cash.get().free()) > 0) {
            return new Parts.Impossible(
                    new Denial(DenialCode.CASH, Plain.of(cash.get().free()), Plain.of(request.reserve())));
        }
        return switch (gate.toIntend(order.account(), request.notional())) {
            case ArmingGate.Answer.Refused refused -> new Parts.Impossible(refused.denial());
            case ArmingGate.Answer.Passed passed ->
                new Parts.Needed(entryParts(order, request, cash.get(), passed.parts()));
        };
    }

    private static List<Change.Part> entryParts(Order order, EntryRequest request, Cash cash, List<Change.Part> armed) {
        DayLimits limits = request.limits();
        List<Change.Part> parts = new ArrayList<>();
        parts.add(new Change.StateAtMost(TradingState.ACTIVE));
        parts.addAll(armed);
        parts.addAll(List.of(
                new Change.NotHeld(order.instrument()),
                new Change.ClaimSymbol(order.instrument()),
                new Change.AtMost(Budget.LOSS, limits.maxLoss()),
                new Change.Spend(Budget.ORDERS, BigDecimal.ONE, BigDecimal.valueOf(limits.maxOrders())),
                new Change.Spend(Budget.NEW_POSITIONS, BigDecimal.ONE, BigDecimal.valueOf(limits.maxNewPositions())),
                new Change.Spend(Budget.NOTIONAL, request.notional(), limits.maxNotional()),
                new Change.SaveCash(cash.reserve(request.reserve()))));
        return parts;
    }

    private Parts exitParts(Order order, ExitRequest request) {
        Position position = journal.position(order);
        if (order.quantity().compareTo(position.free()) > 0) {
            return new Parts.Impossible(
                    new Denial(DenialCode.NOTHING_TO_SELL, Plain.of(position.free()), Plain.of(order.quantity())));
        }
        List<Change.Part> parts = new ArrayList<>();
        if (!request.rule().passesHalt()) {
            parts.add(new Change.StateAtMost(TradingState.REDUCING));
        }
        parts.add(new Change.SavePosition(position.reserve(order.quantity())));
        return new Parts.Needed(parts);
    }

    /** Why it was wanted, and what was checked, with the numbers. */
    private static String story(Order order, List<Change.Part> parts) {
        StringJoiner checked = new StringJoiner(", ");
        for (Change.Part part : parts) {
            said(order, part).ifPresent(checked::add);
        }
        return order.reason() + (checked.length() == 0 ? "" : "; checked: " + checked);
    }

    private static Optional<String> said(Order order, Change.Part part) {
        return switch (part) {
            case Change.StateAtMost state ->
                Optional.of(
                        "trading state " + (state.worst() == TradingState.ACTIVE ? "" : "at most ") + state.worst());
            case Change.Armed armed ->
                Optional.of("armed by " + armed.arming().by() + " until "
                        + armed.arming().until());
            case Change.SpendArmed spend ->
                Optional.of(Plain.of(spend.notional()) + " more under the arming, at most "
                        + Plain.of(spend.arming().maxNotional()));
            case Change.NotHeld _ -> Optional.of("not held");
            case Change.ClaimSymbol _ -> Optional.of("no other entry of it");
            case Change.Spend spend ->
                Optional.of(code(spend.budget()) + " " + Plain.of(spend.amount()) + " more, at most "
                        + Plain.of(spend.limit()));
            case Change.AtMost most -> Optional.of(code(most.budget()) + " at most " + Plain.of(most.limit()));
            case Change.SaveCash save ->
                Optional.of("cash " + Plain.of(order.reserved()) + " reserved of "
                        + Plain.of(save.cash().free().add(order.reserved())) + " free");
            case Change.SavePosition save ->
                Optional.of("position " + Plain.of(order.quantity()) + " reserved of "
                        + Plain.of(save.position().free().add(order.quantity())) + " free");
            case Change.PreviousStands stands ->
                Optional.of("order " + stands.previous().id() + " ended "
                        + stands.previous().state());
            case Change.FreeSymbol _, Change.Count _, Change.ListFill _, Change.BookFill _, Change.ClaimBrokerOrder _ ->
                Optional.empty();
        };
    }

    /** Empty for what merely changed meanwhile. */
    static Optional<Denial> denial(Change.Part part, String actual) {
        return switch (part) {
            case Change.StateAtMost state ->
                Optional.of(new Denial(DenialCode.TRADING_STATE, state.worst().name(), actual));
            case Change.Armed _, Change.SpendArmed _ -> Optional.of(ArmingGate.denial(part, actual));
            case Change.NotHeld _, Change.ClaimSymbol _ ->
                Optional.of(new Denial(DenialCode.SYMBOL_OPEN, "none open", actual));
            case Change.Spend spend ->
                Optional.of(new Denial(
                        code(spend.budget()),
                        Plain.of(spend.limit()),
                        actual + " and " + Plain.of(spend.amount()) + " more"));
            case Change.AtMost most -> Optional.of(new Denial(code(most.budget()), Plain.of(most.limit()), actual));
            case Change.SaveCash _,
                    Change.SavePosition _,
                    Change.PreviousStands _,
                    Change.FreeSymbol _,
                    Change.Count _,
                    Change.ClaimBrokerOrder _,
                    Change.ListFill _,
                    Change.BookFill _ -> Optional.empty();
        };
    }

    private static DenialCode code(Budget budget) {
        return switch (budget) {
            case ORDERS -> DenialCode.ORDERS_PER_DAY;
            case NOTIONAL -> DenialCode.ENTRY_NOTIONAL_PER_DAY;
            case NEW_POSITIONS -> DenialCode.NEW_POSITIONS_PER_DAY;
            case LOSS -> DenialCode.DAILY_LOSS;
        };
    }

    /** Nothing is intended that could not be sent any more. */
    Optional<Denial> late(DenialCode code, Validity validity) {
        Instant now = time.now();
        return now.isBefore(validity.sendUntil())
                ? Optional.empty()
                : Optional.of(new Denial(code, validity.sendUntil().toString(), now.toString()));
    }
}
