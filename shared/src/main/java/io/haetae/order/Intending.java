package io.haetae.order;

import io.haetae.job.Run;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.Position;
import io.haetae.risk.Arming;
import io.haetae.risk.TradingState;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** How often the venue rejected the decision; what it has not judged does not count. */
    int rejections(Intent first, Order last) {
        int count = 0;
        for (Intent intent = first; intent.n() <= last.intent().n(); intent = intent.next()) {
            if (journal.order(intent.account(), intent.id())
                    .filter(order -> order.state() == OrderState.REJECTED && order.denial() == null)
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
                again ? last.orElseThrow().stories() : 0,
                Set.of());
    }

    /** What must hold for an intent, or why it cannot be. */
    private sealed interface Parts {
        record Needed(List<Change.Ground> parts) implements Parts {}

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
            List<Change.Ground> parts = new ArrayList<>();
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
                case Written.Stale(Order standing) -> Optional.of(new DeskResult.Standing(standing));
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

    private static List<Change.Ground> entryParts(
            Order order, EntryRequest request, Cash cash, List<Change.Rule> armed) {
        DayLimits limits = request.limits();
        List<Change.Ground> parts = new ArrayList<>();
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
        List<Change.Ground> parts = new ArrayList<>();
        if (!request.rule().passesHalt()) {
            parts.add(new Change.StateAtMost(TradingState.REDUCING));
        }
        parts.add(new Change.SavePosition(position.reserve(order.quantity())));
        return new Parts.Needed(parts);
    }

    /** Why it was wanted, and what was checked, with the numbers. */
    private static String story(Order order, List<Change.Ground> parts) {
        StringJoiner checked = new StringJoiner(", ");
        for (Change.Ground part : parts) {
            checked.add(said(order, part));
        }
        return order.reason() + (checked.length() == 0 ? "" : "; checked: " + checked);
    }

    private static String said(Order order, Change.Ground part) {
        return switch (part) {
            case Change.StateAtMost(TradingState worst) ->
                "trading state " + (worst == TradingState.ACTIVE ? "" : "at most ") + worst;
            case Change.Armed(Arming arming) -> "armed by " + arming.by() + " until " + arming.until();
            case Change.SpendArmed(Arming arming, BigDecimal notional) ->
                Plain.of(notional) + " more under the arming, at most " + Plain.of(arming.maxNotional());
            case Change.NotHeld _ -> "not held";
            case Change.ClaimSymbol _ -> "no other entry of it";
            case Change.Spend(Budget budget, BigDecimal amount, BigDecimal limit) ->
                code(budget) + " " + Plain.of(amount) + " more, at most " + Plain.of(limit);
            case Change.AtMost(Budget budget, BigDecimal limit) -> code(budget) + " at most " + Plain.of(limit);
            case Change.SaveCash(Cash cash) ->
                "cash " + Plain.of(order.reserved()) + " reserved of "
                        + Plain.of(cash.free().add(order.reserved())) + " free";
            case Change.SavePosition(Position position) ->
                "position " + Plain.of(order.quantity()) + " reserved of "
                        + Plain.of(position.free().add(order.quantity())) + " free";
            case Change.PreviousStands(Order previous) -> "order " + previous.id() + " ended " + previous.state();
        };
    }

    /** Empty for what merely changed meanwhile. */
    static Optional<Denial> denial(Change.Part part, String actual) {
        return part instanceof Change.Rule rule ? Optional.of(denial(rule, actual)) : Optional.empty();
    }

    private static Denial denial(Change.Rule rule, String actual) {
        return switch (rule) {
            case Change.StateAtMost(TradingState worst) -> new Denial(DenialCode.TRADING_STATE, worst.name(), actual);
            case Change.Armed _ -> ArmingGate.missing(actual);
            case Change.SpendArmed(Arming arming, BigDecimal notional) ->
                beyond(DenialCode.ARMED_NOTIONAL, notional, arming.maxNotional(), actual);
            case Change.NotHeld _ -> new Denial(DenialCode.SYMBOL_OPEN, "none open", actual);
            case Change.ClaimSymbol _ -> new Denial(DenialCode.SYMBOL_OPEN, "none open", actual);
            case Change.Spend(Budget budget, BigDecimal amount, BigDecimal limit) ->
                beyond(code(budget), amount, limit, actual);
            case Change.AtMost(Budget budget, BigDecimal limit) -> new Denial(code(budget), Plain.of(limit), actual);
        };
    }

    private static Denial beyond(DenialCode code, BigDecimal amount, BigDecimal limit, String actual) {
        return new Denial(code, Plain.of(limit), actual + " and " + Plain.of(amount) + " more");
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
