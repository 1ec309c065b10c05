package io.haetae.order;

import io.haetae.job.Run;
import io.haetae.market.InstrumentId;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Portfolios;
import io.haetae.portfolio.Position;
import io.haetae.risk.Armings;
import io.haetae.risk.TradingState;
import io.haetae.risk.TradingStates;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes intents to their end. Safe to run again after a crash at any point: what was written is read first, and only the
 * run that wrote SENDING ever sends.
 */
public final class OrderDesk {

    /** After a rejection the same cause is tried again at most this often in a session. */
    private static final int TRIES_AFTER_REJECTION = 2;

    private final Journal journal;
    private final TradingStates states;
    private final ArmingGate gate;
    private final Broker broker;
    private final TimeSource time;
    private final Intending intending;
    private final Reconciling reconciling;
    private final Sending sending;
    private final Map<AccountId, Reading> readings = new ConcurrentHashMap<>();

    /**
     * @param armings asked by accounts of mode LIVE alone
     * @param adoptions written for a broker that {@linkplain Broker.Traits#keepsAccounts() keeps accounts} alone
     */
    public OrderDesk(
            OrderStore orders,
            Portfolios portfolios,
            TradingStates states,
            Armings armings,
            Adoptions adoptions,
            Broker broker,
            TimeSource time) {
        this.journal = new Journal(orders, portfolios, time);
        this.states = states;
        this.gate = new ArmingGate(armings, time);
        this.broker = broker;
        this.time = time;
        this.intending = new Intending(journal, gate, time);
        this.reconciling = new Reconciling(
                journal,
                new Booking(journal, time),
                new AccountComparison(orders, portfolios, adoptions, time),
                broker,
                time);
        this.sending = new Sending(journal, reconciling, gate, broker, time);
    }

    /** Whether the last look of a run at the broker was complete. */
    private record Reading(Run run, List<String> failedReads) {}

    /**
     * Intends the entry, with everything it needs, and sends it once. An entry that was denied is judged again; one that
     * ended any other way is not repeated, unless it is proven that the broker never had it.
     *
     * @throws io.haetae.job.LeaseLostException when the run's lease was taken over
     * @throws JournalUncertainException when the store cannot say whether something was written; a later run goes on
     * @throws InterruptedException when asked to stop while waiting for the broker
     */
    public DeskResult enter(EntryRequest request, Run run) throws InterruptedException {
        if (!run.entriesAllowed()) {
            return new DeskResult.Denied(
                    new Denial(DenialCode.ENTRIES_NOT_ALLOWED, "a run that may enter", "this run"));
        }
        Intent first = new Intent(
                request.account(),
                request.session(),
                request.strategy(),
                request.instrument(),
                Side.BUY,
                Purpose.ENTRY,
                request.cause(),
                0);
        Pass pass = new Pass();
        Optional<Denial> unread = unread(request.account(), run, pass);
        Optional<Order> last = intending.last(first);
        if (last.isPresent()) {
            Order judged = judged(last.get(), run, pass);
            if (judged.state().isUnsent() && !judged.state().isTerminal()) {
                return unread.isPresent()
                        ? new DeskResult.Denied(unread.get())
                        : new DeskResult.Carried(sent(sending.resend(judged, run, pass), run, pass));
            }
            if (judged.state() != OrderState.DENIED && judged.state() != OrderState.NOT_PLACED) {
                return new DeskResult.Standing(judged);
            }
            last = Optional.of(judged);
        }
        Optional<Denial> late = intending.late(DenialCode.ENTRY_WINDOW, request.validity());
        if (late.isPresent()) {
            return new DeskResult.Denied(late.get());
        }
        return unread.isPresent()
                ? intending.denyEntry(request, first, last, unread.get(), run)
                : carried(intending.entry(request, first, last, run), run, pass);
    }

    /**
     * Intends the sale of a position, reserves its quantity, and sends it once. Cancels less urgent exits of the position
     * and working entries of the instrument first. Sells the smaller of what is ours and what the broker lets be sold.
     *
     * @throws io.haetae.job.LeaseLostException when the run's lease was taken over
     * @throws JournalUncertainException when the store cannot say whether something was written; a later run goes on
     * @throws InterruptedException when asked to stop while waiting for the broker
     */
    public DeskResult exit(ExitRequest request, Run run) throws InterruptedException {
        Intent first = new Intent(
                request.position().account(),
                request.session(),
                request.position().strategy(),
                request.position().instrument(),
                Side.SELL,
                Purpose.EXIT,
                request.position().openedBy() + "/" + request.rule().text(),
                0);
        Pass pass = new Pass();
        Optional<Order> last = intending.last(first);
        if (last.isPresent()) {
            Order judged = judged(last.get(), run, pass);
            if (!judged.state().isTerminal()) {
                return judged.state().isUnsent()
                        ? new DeskResult.Carried(sent(sending.resend(judged, run, pass), run, pass))
                        : new DeskResult.Standing(judged);
            }
            last = Optional.of(judged);
        }
        Optional<String> again = Optional.empty();
        if (last.filter(order -> order.state() == OrderState.REJECTED).isPresent()) {
            Order rejected = last.get();
            int rejections = intending.rejections(first, rejected);
            Optional<Denial> enough = afterRejection(rejected, rejections, run, pass);
            if (enough.isPresent()) {
                return new DeskResult.Denied(enough.get());
            }
            again = Optional.of(
                    rejected.denial() == null
                            ? "tried again after a rejection, %d of %d: %s"
                                    .formatted(rejections, TRIES_AFTER_REJECTION, rejected.note())
                            : "tried again, as the venue has not judged it: " + rejected.note());
        }
        Optional<Denial> standing = inTheWay(request, run, pass);
        if (standing.isPresent()) {
            return new DeskResult.Denied(standing.get());
        }
        Optional<BigDecimal> sellable = sellable(request, run, pass);
        if (sellable.isEmpty()) {
            return new DeskResult.Denied(notReconciled(pass.failedReads()));
        }
        return carried(intending.exit(request, sellable.get(), first, last, again, run), run, pass);
    }

    /**
     * Carries every open order of the account on; what each trading job does first. Orders, trades and holdings are read
     * and brought into the journal; entries that may no longer be sent end; working entries of a restricted account are
     * cancelled; lost sendings are judged.
     *
     * @throws io.haetae.job.LeaseLostException when the run's lease was taken over
     * @throws JournalUncertainException when the store cannot say whether something was written; a later run goes on
     * @throws InterruptedException when asked to stop while waiting for the broker
     */
    public AdvanceReport advance(AccountId account, Run run) throws InterruptedException {
        int open = journal.open(account).size();
        Pass pass = new Pass();
        gate.announce(account);
        reconcile(account, run, pass);
        for (Order order : journal.open(account)) {
            if (order.state().isUnsent()) {
                unsent(order, run, pass);
            }
        }
        List<Reconciling.Wish> wishes = new ArrayList<>();
        for (Order order : journal.open(account)) {
            if (order.state().isWorking()) {
                whyCancelled(order).ifPresent(why -> wishes.add(new Reconciling.Wish(order, why)));
            }
        }
        if (!wishes.isEmpty()) {
            reconciling.cancel(wishes, run, pass);
        }
        reconciling.poll(account, run, pass);
        for (Order order : journal.open(account)) {
            var _ = reconciling.proveExit(order, run, pass);
        }
        remember(account, run, pass);
        return pass.report(open, journal.fillsBookedIn(account, Booking.slot(run)));
    }

    /**
     * Cancels an order: at once when it was not sent, else by asking the broker once.
     *
     * @return the order as it stands afterwards; CANCELLING while the broker has not confirmed
     * @throws InterruptedException when asked to stop while waiting for the broker
     */
    public Order cancel(Order order, String reason, Run run) throws InterruptedException {
        return cancel(order, reason, run, new Pass());
    }

    private Order cancel(Order order, String reason, Run run, Pass pass) throws InterruptedException {
        if (order.state().isUnsent() && !order.state().isTerminal()) {
            return pass.noted(
                    journal.move(order, run, List.of(), draft -> draft.apply(OrderEvent.CANCEL_CONFIRMED, reason))
                            .order());
        }
        if (!order.state().isWorking()) {
            return order;
        }
        reconciling.cancel(List.of(new Reconciling.Wish(order, reason)), run, pass);
        return journal.reread(order);
    }

    private DeskResult carried(DeskResult intended, Run run, Pass pass) throws InterruptedException {
        return intended instanceof DeskResult.Carried(Order order)
                ? new DeskResult.Carried(sent(sending.send(order, run, pass), run, pass))
                : intended;
    }

    private Order sent(Order order, Run run, Pass pass) {
        remember(order.account(), run, pass);
        return order;
    }

    private Order judged(Order order, Run run, Pass pass) throws InterruptedException {
        Order judged = reconciling.judge(order, run, pass);
        remember(order.account(), run, pass);
        return judged;
    }

    private void reconcile(AccountId account, Run run, Pass pass) {
        reconciling.all(account, run, pass);
        readings.put(account, new Reading(run, pass.failedReads()));
    }

    /** A read that failed later counts against the run; one that succeeded later does not heal it. */
    private void remember(AccountId account, Run run, Pass pass) {
        if (!pass.failedReads().isEmpty()) {
            readings.put(account, new Reading(run, pass.failedReads()));
        }
    }

    /** Why nothing may be entered: what this run could not read of the account. */
    private Optional<Denial> unread(AccountId account, Run run, Pass pass) {
        Reading reading = readings.get(account);
        if (reading == null || !reading.run().equals(run)) {
            reconcile(account, run, pass);
            reading = readings.get(account);
        }
        return reading == null || reading.failedReads().isEmpty()
                ? Optional.empty()
                : Optional.of(notReconciled(reading.failedReads()));
    }

    private static Denial notReconciled(List<String> failedReads) {
        return new Denial(DenialCode.NOT_RECONCILED, "complete reads in this run", failedReads.getFirst());
    }

    /** Why an order that is not at its end must not go on: it was asked before, or entries are over. */
    private Optional<String> whyCancelled(Order order) {
        if (order.state() == OrderState.CANCELLING) {
            return Optional.of(order.note());
        }
        if (!order.isEntry()) {
            return Optional.empty();
        }
        TradingState state = states.get(order.account()).state();
        return state == TradingState.ACTIVE ? gate.ended(order) : Optional.of("trading state " + state);
    }

    private void unsent(Order order, Run run, Pass pass) throws InterruptedException {
        Optional<String> over = whyCancelled(order);
        if (over.isPresent()) {
            var _ = cancel(order, over.get(), run, pass);
            return;
        }
        boolean late = !time.now().isBefore(order.validity().sendUntil());
        boolean mayEnter =
                run.entriesAllowed() && unread(order.account(), run, pass).isEmpty();
        if (!order.isEntry() || mayEnter || late) {
            var _ = pass.noted(sending.resend(order, run, pass));
        }
    }

    /** Empty when the rejected sale may be tried once more: not too often, and with fresh eyes. */
    private Optional<Denial> afterRejection(Order rejected, int rejections, Run run, Pass pass) {
        if (rejections > TRIES_AFTER_REJECTION) {
            var _ = journal.alarm(rejected, "given up after " + rejections + " rejections", run);
            return Optional.of(new Denial(
                    DenialCode.REJECTED_TOO_OFTEN, TRIES_AFTER_REJECTION + " more tries", rejections + " rejections"));
        }
        reconcile(rejected.account(), run, pass);
        return pass.failedReads().isEmpty() ? Optional.empty() : Optional.of(notReconciled(pass.failedReads()));
    }

    /** Why the exit cannot be, after room was made for it. */
    private Optional<Denial> inTheWay(ExitRequest request, Run run, Pass pass) throws InterruptedException {
        AccountId account = request.position().account();
        InstrumentId instrument = request.position().instrument();
        Optional<Position> seen = journal.position(account, instrument);
        if (seen.isEmpty() || seen.get().version() != request.position().version()) {
            return Optional.of(new Denial(
                    DenialCode.POSITION_CHANGED,
                    "version " + request.position().version(),
                    seen.map(position -> "version " + position.version()).orElse("no position")));
        }
        Optional<Denial> late = intending.late(DenialCode.EXIT_WINDOW, request.validity());
        return late.isPresent() ? late : takeOver(request, run, pass);
    }

    /** Makes room for the exit; what stands in its way when nothing is left to sell beside it. */
    private Optional<Denial> takeOver(ExitRequest request, Run run, Pass pass) throws InterruptedException {
        Position position = request.position();
        Optional<Denial> inTheWay = Optional.empty();
        for (Order order : journal.open(position.account())) {
            if (!order.instrument().equals(position.instrument())) {
                continue;
            }
            ExitRule rule = order.rule();
            if (rule == null) {
                var _ = cancel(
                        order, "the position is being sold: " + request.rule().text(), run, pass);
            } else if (!request.rule().moreUrgentThan(rule)) {
                inTheWay = Optional.of(new Denial(DenialCode.EXIT_WORKING, "no working exit", rule.text()));
            } else if (!takenOver(order, request.rule(), run, pass)) {
                inTheWay = Optional.of(new Denial(DenialCode.EXIT_WORKING, "a cancelled " + rule.text(), rule.text()));
            }
        }
        boolean free = journal.position(position.account(), position.instrument())
                .filter(now -> now.free().signum() > 0)
                .isPresent();
        return free ? Optional.empty() : inTheWay;
    }

    private boolean takenOver(Order order, ExitRule by, Run run, Pass pass) throws InterruptedException {
        Order judged = judged(order, run, pass);
        return judged.state().isTerminal()
                || cancel(judged, "taken over by " + by.text(), run, pass)
                        .state()
                        .isTerminal();
    }

    /** The smaller of what is asked, what is ours and free, and what the broker lets be sold; empty when it is unread. */
    private Optional<BigDecimal> sellable(ExitRequest request, Run run, Pass pass) {
        AccountId account = request.position().account();
        InstrumentId instrument = request.position().instrument();
        BigDecimal ours = request.quantity()
                .min(journal.position(account, instrument).map(Position::free).orElse(BigDecimal.ZERO));
        if (!broker.traits().keepsAccounts()) {
            return Optional.of(ours);
        }
        Optional<Holding> held = reconciling.holding(account, instrument, pass);
        remember(account, run, pass);
        return held.map(holding -> ours.min(holding.sellable()));
    }
}
