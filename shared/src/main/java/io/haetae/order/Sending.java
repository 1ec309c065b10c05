package io.haetae.order;

import io.haetae.job.Run;
import io.haetae.risk.TradingState;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Takes an intent over the precheck to its one sending. Only the run whose SENDING was written comes to the call. */
final class Sending {

    /** Long enough for one call to a broker, short enough that a lost sender is noticed in the same session. */
    static final Duration TIME = Duration.ofSeconds(20);

    private static final System.Logger LOG = System.getLogger(Sending.class.getName());

    private final Journal journal;
    private final Reconciling reconciling;
    private final ArmingGate gate;
    private final Broker broker;
    private final TimeSource time;

    Sending(Journal journal, Reconciling reconciling, ArmingGate gate, Broker broker, TimeSource time) {
        this.journal = journal;
        this.gate = gate;
        this.reconciling = reconciling;
        this.broker = broker;
        this.time = time;
    }

    /** Sends what an earlier run intended; a sale only while the broker still holds what it sells. */
    Order resend(Order order, Run run, Pass pass) throws InterruptedException {
        if (!order.isEntry() && broker.traits().keepsAccounts()) {
            Optional<BigDecimal> sellable = reconciling
                    .holding(order.account(), order.instrument(), pass)
                    .map(Holding::sellable);
            if (sellable.isEmpty()) {
                return order;
            }
            if (sellable.get().compareTo(order.quantity()) < 0) {
                Denial denial =
                        new Denial(DenialCode.NOTHING_TO_SELL, Plain.of(sellable.get()), Plain.of(order.quantity()));
                return deny(order, denial, run);
            }
        }
        return send(order, run, pass);
    }

    /** @return the order as it stands afterwards */
    Order send(Order order, Run run, Pass pass) throws InterruptedException {
        Instant sendUntil = order.validity().sendUntil();
        if (!time.now().isBefore(sendUntil)) {
            return journal.move(
                            order,
                            run,
                            List.of(),
                            draft -> draft.apply(OrderEvent.EXPIRE, "not sent before " + sendUntil))
                    .order();
        }
        return switch (broker.precheck(order)) {
            case Broker.Precheck.Passed(String note) -> sendChecked(order, note, run, pass);
            case Broker.Precheck.Refused(String code, String text) ->
                deny(order, new Denial(DenialCode.PRECHECK, code, text), run);
            case Broker.Precheck.Failed(String cause) -> {
                if (order.isEntry()) {
                    pass.problem("order " + order.id() + " waits: its precheck failed: " + cause);
                    yield order;
                }
                yield sendChecked(order, "no precheck, which an exit does not wait for: " + cause, run, pass);
            }
        };
    }

    private Order sendChecked(Order order, String note, Run run, Pass pass) throws InterruptedException {
        List<Change.Part> conditions = new ArrayList<>();
        mayPass(order).ifPresent(worst -> conditions.add(new Change.StateAtMost(worst)));
        switch (gate.toSend(order)) {
            case ArmingGate.Answer.Refused(Denial denial) -> {
                return deny(order, denial, run);
            }
            case ArmingGate.Answer.Passed(List<Change.Rule> armed) -> conditions.addAll(armed);
        }
        Instant limit = time.now().plus(TIME);
        Instant sendBy = limit.isBefore(order.validity().sendUntil())
                ? limit
                : order.validity().sendUntil();
        Journal.Moved sending =
                journal.move(order, run, conditions, draft -> draft.apply(OrderEvent.PRECHECK_PASSED, note)
                        .apply(OrderEvent.SEND, wire(order) + ", before " + sendBy)
                        .sendBy(sendBy));
        if (sending.refused().isPresent()) {
            Written.Refused refused = sending.refused().get();
            return Intending.denial(refused.part(), refused.actual())
                    .map(denial -> deny(order, denial, run))
                    .orElse(sending.order());
        }
        if (!sending.ours() || !time.now().isBefore(sendBy)) {
            return sending.order();
        }
        return outcome(answered(sending.order(), broker.place(sending.order()), run), run, pass);
    }

    /** {@code BUY 100 KIS:005930 at most 71000, for the day}. */
    private static String wire(Order order) {
        String what = order.side() + " " + Plain.of(order.quantity()) + " " + order.instrument();
        return switch (order.type()) {
            case MARKET -> what + " at the market";
            case LIMIT -> what + (order.side() == Side.BUY ? " at most " : " at least ") + Plain.of(order.price());
        };
    }

    private Order answered(Order sent, Broker.Placement answer, Run run) {
        return switch (answer) {
            case Broker.Placement.Accepted(String brokerId) -> {
                Journal.Moved accepted =
                        write(sent, run, draft -> draft.apply(OrderEvent.ACCEPT, "accepted as " + brokerId)
                                .brokerId(brokerId));
                // A name that another order has names nothing.
                yield accepted.refused().isPresent()
                        ? lost(sent, "the answer names " + brokerId + ", which is another order of ours", run)
                        : accepted.order();
            }
            case Broker.Placement.Rejected(String code, String text, boolean judged) -> {
                LOG.log(System.Logger.Level.WARNING, "order {0} rejected: {1} {2}", sent.id(), code, text);
                String why = code + " " + text;
                Denial unjudged = new Denial(DenialCode.NOT_JUDGED, "an order the venue judges", why);
                yield write(
                                sent,
                                run,
                                draft -> judged
                                        ? draft.apply(OrderEvent.REJECT, why)
                                        : draft.apply(OrderEvent.REJECT, why).denial(unjudged))
                        .order();
            }
            case Broker.Placement.Unknown(String cause, Optional<String> brokerId) -> {
                LOG.log(System.Logger.Level.WARNING, "order {0} is UNKNOWN: {1}", sent.id(), cause);
                if (brokerId.isEmpty()) {
                    yield lost(sent, cause, run);
                }
                Journal.Moved named = write(
                        sent, run, draft -> draft.apply(OrderEvent.LOSE, cause + ", named " + brokerId.get(), cause)
                                .brokerId(brokerId.get()));
                yield named.refused().isPresent() ? lost(sent, cause, run) : named.order();
            }
        };
    }

    private Order lost(Order sent, String cause, Run run) {
        return write(sent, run, draft -> draft.apply(OrderEvent.LOSE, cause)).order();
    }

    private Journal.Moved write(Order sent, Run run, UnaryOperator<ChangeDraft> step) {
        return journal.move(sent, run, List.of(), step);
    }

    /** Looks at once for a lost order, and in an open market for what fills at once. */
    private Order outcome(Order order, Run run, Pass pass) throws InterruptedException {
        boolean open = order.state().isWorking()
                && !time.now().isBefore(order.validity().opens());
        if (!open && !Lost.is(order)) {
            return order;
        }
        var _ = reconciling.look(order.account(), order.intent().session(), run, pass);
        if (Lost.is(journal.reread(order)) && order.isEntry()) {
            // The next exits do not wait for this: for an exit the end of the run does.
            reconciling.poll(order.account(), run, pass);
        }
        return journal.reread(order);
    }

    /** The most restricted trading state the order may be sent in; empty when it passes every state. */
    private static Optional<TradingState> mayPass(Order order) {
        ExitRule rule = order.rule();
        if (rule == null) {
            return Optional.of(TradingState.ACTIVE);
        }
        return rule.passesHalt() ? Optional.empty() : Optional.of(TradingState.REDUCING);
    }

    private Order deny(Order order, Denial denial, Run run) {
        return journal.move(order, run, List.of(), draft -> draft.apply(OrderEvent.DENY, denial.toString())
                        .denial(denial))
                .order();
    }
}
