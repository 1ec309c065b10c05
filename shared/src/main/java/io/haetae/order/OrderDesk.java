package io.haetae.order;

import io.haetae.job.Run;
import io.haetae.market.InstrumentId;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.Portfolios;
import io.haetae.portfolio.Position;
import io.haetae.risk.TradingState;
import io.haetae.risk.TradingStates;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Takes intents to their end. Safe to run again after a crash at any point: what was written is read first, and only the
 * run that wrote SENDING ever sends.
 */
public final class OrderDesk {

    private static final System.Logger LOG = System.getLogger(OrderDesk.class.getName());

    /** Long enough for one call to a broker, short enough that a lost sender is noticed in the same session. */
    private static final Duration SENDING_TIME = Duration.ofSeconds(20);

    /** After a rejection the same cause is tried again at most this often in a session. */
    private static final int TRIES_AFTER_REJECTION = 2;

    private static final int ATTEMPTS = 8;

    private final OrderStore orders;
    private final Portfolios portfolios;
    private final TradingStates states;
    private final Broker broker;
    private final TimeSource time;

    public OrderDesk(OrderStore orders, Portfolios portfolios, TradingStates states, Broker broker, TimeSource time) {
        this.orders = orders;
        this.portfolios = portfolios;
        this.states = states;
        this.broker = broker;
        this.time = time;
    }

    /**
     * Intends the entry, with everything it needs, and sends it once. An entry that was denied is judged again; one that
     * ended any other way is not repeated, unless it is proven that the broker never had it.
     *
     * @throws io.haetae.job.LeaseLostException when the run's lease was taken over
     * @throws JournalUncertainException when the store cannot say whether something was written; a later run goes on
     * @throws InterruptedException when asked to stop while waiting for a lost sending to be judged
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
        Optional<Order> last = last(first);
        if (last.isPresent()) {
            Order judged = judge(last.get(), run);
            if (judged.state().isUnsent() && !judged.state().isTerminal()) {
                return new DeskResult.Carried(send(judged, run));
            }
            if (judged.state() != OrderState.DENIED && judged.state() != OrderState.NOT_PLACED) {
                return new DeskResult.Standing(judged);
            }
            last = Optional.of(judged);
        }
        Optional<Denial> late = late(DenialCode.ENTRY_WINDOW, request.validity());
        if (late.isPresent()) {
            return new DeskResult.Denied(late.get());
        }
        return intend(draft(request, last, first), last, run, order -> entryParts(order, request));
    }

    /**
     * Intends the sale of a position, reserves its quantity, and sends it once. Cancels less urgent exits of the position
     * and working entries of the instrument first.
     *
     * @throws io.haetae.job.LeaseLostException when the run's lease was taken over
     * @throws JournalUncertainException when the store cannot say whether something was written; a later run goes on
     * @throws InterruptedException when asked to stop while waiting for a lost sending to be judged
     */
    public DeskResult exit(ExitRequest request, Run run) throws InterruptedException {
        AccountId account = request.position().account();
        InstrumentId instrument = request.position().instrument();
        Intent first = new Intent(
                account,
                request.session(),
                request.position().strategy(),
                instrument,
                Side.SELL,
                Purpose.EXIT,
                request.position().openedBy() + "/" + request.rule().text(),
                0);
        Optional<Order> last = last(first);
        if (last.isPresent()) {
            Order judged = judge(last.get(), run);
            if (!judged.state().isTerminal()) {
                return judged.state().isUnsent()
                        ? new DeskResult.Carried(send(judged, run))
                        : new DeskResult.Standing(judged);
            }
            if (rejections(first, judged) > TRIES_AFTER_REJECTION) {
                return new DeskResult.Denied(new Denial(
                        DenialCode.REJECTED_TOO_OFTEN, Integer.toString(TRIES_AFTER_REJECTION), judged.note()));
            }
            last = Optional.of(judged);
        }
        Optional<Position> seen = portfolios.position(account, instrument);
        if (seen.isEmpty() || seen.get().version() != request.position().version()) {
            return new DeskResult.Denied(new Denial(
                    DenialCode.POSITION_CHANGED,
                    "version " + request.position().version(),
                    seen.map(position -> "version " + position.version()).orElse("no position")));
        }
        Optional<Denial> late = late(DenialCode.EXIT_WINDOW, request.validity());
        if (late.isPresent()) {
            return new DeskResult.Denied(late.get());
        }
        Optional<Denial> standing = takeOver(request, run);
        if (standing.isPresent()) {
            return new DeskResult.Denied(standing.get());
        }
        return intend(draft(request, last, first), last, run, order -> exitParts(order, request));
    }

    /**
     * Carries every open order of the account on; what each trading job does first. Entries that may no longer be sent
     * end, working entries of a restricted account are cancelled, fills are booked, lost sendings are judged.
     *
     * @throws io.haetae.job.LeaseLostException when the run's lease was taken over
     * @throws JournalUncertainException when the store cannot say whether something was written; a later run goes on
     */
    public AdvanceReport advance(AccountId account, Run run) {
        List<Order> open = orders.open(account);
        Pass pass = new Pass(account, run);
        if (open.isEmpty()) {
            return pass.report(0);
        }
        TradingState state = states.get(account).state();
        SortedSet<LocalDate> sessions = new TreeSet<>();
        for (Order order : open) {
            Order after = order.state().isUnsent() ? pass.unsent(order, state) : order;
            if (!after.state().isTerminal() && !after.state().isUnsent()) {
                sessions.add(after.intent().session());
            }
        }
        sessions.forEach(pass::read);
        for (Order order : orders.open(account)) {
            boolean asked = order.state() == OrderState.CANCELLING;
            if (order.state().isWorking() && (asked || (order.isEntry() && state != TradingState.ACTIVE))) {
                pass.cancel(order, asked ? order.note() : "trading state " + state);
            }
        }
        return pass.report(open.size());
    }

    /**
     * Cancels an order: at once when it was not sent, else by asking the broker once.
     *
     * @return the order as it stands afterwards; CANCELLING while the broker has not confirmed
     */
    public Order cancel(Order order, String reason, Run run) {
        Pass pass = new Pass(order.account(), run);
        if (order.state().isUnsent() && !order.state().isTerminal()) {
            return move(order, run, List.of(), draft -> draft.apply(OrderEvent.CANCEL_CONFIRMED, reason))
                    .order();
        }
        return order.state().isWorking() ? pass.cancel(order, reason) : order;
    }

    private DeskResult intend(Order wanted, Optional<Order> last, Run run, PartsOf parts) throws InterruptedException {
        if (wanted.quantity().signum() <= 0) {
            return deny(
                    wanted, last, new Denial(DenialCode.ZERO_QUANTITY, "above 0", Plain.of(wanted.quantity())), run);
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Parts needed = parts.of(wanted);
            if (needed instanceof Parts.Impossible(Denial denial)) {
                return deny(wanted, last, denial, run);
            }
            List<Change.Part> all = new ArrayList<>();
            last.filter(previous -> !previous.id().equals(wanted.id()))
                    .ifPresent(previous -> all.add(new Change.PreviousStands(previous)));
            all.addAll(((Parts.Needed) needed).parts());
            ChangeDraft draft = ChangeDraft.born(wanted, OrderEvent.INTEND, wanted.reason(), time.now());
            switch (orders.write(draft.change(run.fence(), all))) {
                case Written.Done _ -> {
                    return new DeskResult.Carried(send(draft.order(), run));
                }
                case Written.Stale(Optional<Order> standing) -> {
                    // Another run of the same decision was faster: its order is the one.
                    return standing.<DeskResult>map(DeskResult.Standing::new)
                            .orElseThrow(() -> new ContendedException(wanted.id()));
                }
                case Written.Refused(Change.Part part, String actual) -> {
                    Optional<Denial> denial = denial(part, actual);
                    if (denial.isPresent()) {
                        return deny(wanted, last, denial.get(), run);
                    }
                }
            }
        }
        throw new ContendedException(wanted.id());
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
            Written _ = orders.write(ChangeDraft.born(denied, OrderEvent.DENY, denial.toString(), time.now())
                    .change(run.fence(), List.of()));
        }
        return new DeskResult.Denied(denial);
    }

    private Parts entryParts(Order order, EntryRequest request) {
        Optional<Cash> cash = portfolios.cash(order.account());
        if (cash.isEmpty()) {
            return new Parts.Impossible(new Denial(
                    DenialCode.NO_BOOK, "an opened book", order.account().toString()));
        }
        if (request.reserve().compareTo(cash.get().free()) > 0) {
            return new Parts.Impossible(
                    new Denial(DenialCode.CASH, Plain.of(cash.get().free()), Plain.of(request.reserve())));
        }
        DayLimits limits = request.limits();
        return new Parts.Needed(List.of(
                new Change.StateAtMost(TradingState.ACTIVE),
                new Change.NotHeld(order.instrument()),
                new Change.ClaimSymbol(order.instrument()),
                new Change.AtMost(Budget.LOSS, limits.maxLoss()),
                new Change.Spend(Budget.ORDERS, BigDecimal.ONE, BigDecimal.valueOf(limits.maxOrders())),
                new Change.Spend(Budget.NEW_POSITIONS, BigDecimal.ONE, BigDecimal.valueOf(limits.maxNewPositions())),
                new Change.Spend(Budget.NOTIONAL, request.notional(), limits.maxNotional()),
                new Change.SaveCash(cash.get().reserve(request.reserve()))));
    }

    private Parts exitParts(Order order, ExitRequest request) {
        Position position = portfolios
                .position(order.account(), order.instrument())
                .orElseThrow(() -> new IllegalStateException("a position that was read is gone"));
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

    /** Empty for what merely changed meanwhile. */
    private static Optional<Denial> denial(Change.Part part, String actual) {
        return switch (part) {
            case Change.StateAtMost(TradingState worst) ->
                Optional.of(new Denial(DenialCode.TRADING_STATE, worst.name(), actual));
            case Change.Armed _, Change.SpendArmed _ -> Optional.of(ArmingGate.denial(part, actual));
            case Change.NotHeld _, Change.ClaimSymbol _ ->
                Optional.of(new Denial(DenialCode.SYMBOL_OPEN, "none open", actual));
            case Change.Spend(Budget budget, BigDecimal amount, BigDecimal limit) ->
                Optional.of(new Denial(code(budget), Plain.of(limit), actual + " and " + Plain.of(amount) + " more"));
            case Change.AtMost(Budget budget, BigDecimal limit) ->
                Optional.of(new Denial(code(budget), Plain.of(limit), actual));
            case Change.SaveCash _,
                    Change.SavePosition _,
                    Change.PreviousStands _,
                    Change.FreeSymbol _,
                    Change.Count _,
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
    private Optional<Denial> late(DenialCode code, Validity validity) {
        Instant now = time.now();
        return now.isBefore(validity.sendUntil())
                ? Optional.empty()
                : Optional.of(new Denial(code, validity.sendUntil().toString(), now.toString()));
    }

    /** Makes room for the exit; what stands in its way otherwise. */
    private Optional<Denial> takeOver(ExitRequest request, Run run) throws InterruptedException {
        for (Order order : orders.open(request.position().account())) {
            if (!order.instrument().equals(request.position().instrument())) {
                continue;
            }
            ExitRule rule = order.rule();
            if (rule == null) {
                cancel(order, "the position is being sold: " + request.rule().text(), run);
                continue;
            }
            if (!request.rule().moreUrgentThan(rule)) {
                return Optional.of(new Denial(DenialCode.EXIT_WORKING, "no working exit", rule.text()));
            }
            Order judged = judge(order, run);
            if (!judged.state().isTerminal()
                    && !cancel(judged, "taken over by " + request.rule().text(), run)
                            .state()
                            .isTerminal()) {
                return Optional.of(new Denial(DenialCode.EXIT_WORKING, "a cancelled " + rule.text(), rule.text()));
            }
        }
        return Optional.empty();
    }

    /** The newest order of the decision. */
    private Optional<Order> last(Intent first) {
        Optional<Order> last = Optional.empty();
        Intent intent = first;
        while (true) {
            Optional<Order> found = orders.order(intent.account(), intent.id());
            if (found.isEmpty()) {
                return last;
            }
            last = found;
            intent = intent.next();
        }
    }

    private int rejections(Intent first, Order last) {
        int count = 0;
        Intent intent = first;
        while (intent.n() <= last.intent().n()) {
            if (orders.order(intent.account(), intent.id())
                    .filter(order -> order.state() == OrderState.REJECTED)
                    .isPresent()) {
                count++;
            }
            intent = intent.next();
        }
        return count;
    }

    private Order draft(EntryRequest request, Optional<Order> last, Intent first) {
        return draft(
                last,
                first,
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

    private Order draft(ExitRequest request, Optional<Order> last, Intent first) {
        BigDecimal free = portfolios
                .position(request.position().account(), request.position().instrument())
                .map(Position::free)
                .orElse(BigDecimal.ZERO);
        return draft(
                last,
                first,
                request.type(),
                request.price(),
                request.quantity().min(free),
                request.conversion(),
                BigDecimal.ZERO,
                request.validity(),
                ExitTerms.NONE,
                Optional.of(request.rule()),
                request.reason());
    }

    private Order draft(
            Optional<Order> last,
            Intent first,
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

    /** Only the run whose SENDING was written comes to the call, so an order is sent once. */
    private Order send(Order order, Run run) {
        Instant sendUntil = order.validity().sendUntil();
        if (!time.now().isBefore(sendUntil)) {
            return move(order, run, List.of(), draft -> draft.apply(OrderEvent.EXPIRE, "not sent before " + sendUntil))
                    .order();
        }
        switch (broker.precheck(order)) {
            case Broker.Precheck.Failed(String cause) -> {
                LOG.log(System.Logger.Level.WARNING, "order {0} waits: precheck failed: {1}", order.id(), cause);
                return order;
            }
            case Broker.Precheck.Refused(String code, String text) -> {
                Denial denial = new Denial(DenialCode.PRECHECK, code, text);
                return denyIntended(order, denial, run);
            }
            case Broker.Precheck.Passed(String note) -> {
                return sendChecked(order, note, run);
            }
        }
    }

    private Order sendChecked(Order order, String note, Run run) {
        List<Change.Part> asked = mayPass(order)
                .map(worst -> List.<Change.Part>of(new Change.StateAtMost(worst)))
                .orElse(List.of());
        Instant limit = time.now().plus(SENDING_TIME);
        Instant sendBy = limit.isBefore(order.validity().sendUntil())
                ? limit
                : order.validity().sendUntil();
        Moved sending = move(order, run, asked, draft -> draft.apply(OrderEvent.PRECHECK_PASSED, note)
                .apply(OrderEvent.SEND, "to be sent before " + sendBy)
                .sendBy(sendBy));
        if (sending.refused().isPresent()) {
            Written.Refused refused = sending.refused().get();
            return denial(refused.part(), refused.actual())
                    .map(denial -> denyIntended(order, denial, run))
                    .orElse(sending.order());
        }
        if (!sending.ours() || !time.now().isBefore(sendBy)) {
            return sending.order();
        }
        Order sent = sending.order();
        Order answered =
                switch (broker.place(sent)) {
                    case Broker.Placement.Accepted(String brokerId) ->
                        move(sent, run, List.of(), draft -> draft.apply(OrderEvent.ACCEPT, "accepted as " + brokerId)
                                        .brokerId(brokerId))
                                .order();
                    case Broker.Placement.Rejected(String code, String text) -> {
                        LOG.log(System.Logger.Level.WARNING, "order {0} rejected: {1} {2}", sent.id(), code, text);
                        yield move(sent, run, List.of(), draft -> draft.apply(OrderEvent.REJECT, code + " " + text))
                                .order();
                    }
                    case Broker.Placement.Unknown(String cause, Optional<String> _) -> {
                        LOG.log(System.Logger.Level.WARNING, "order {0} is UNKNOWN: {1}", sent.id(), cause);
                        yield move(sent, run, List.of(), draft -> draft.apply(OrderEvent.LOSE, cause))
                                .order();
                    }
                };
        if (answered.state().isWorking()
                && !time.now().isBefore(answered.validity().opens())) {
            // The market is open: what fills at once is booked at once.
            new Pass(answered.account(), run).read(answered.intent().session());
            return reread(answered);
        }
        return answered;
    }

    /** The most restricted trading state the order may be sent in; empty when it passes every state. */
    private static Optional<TradingState> mayPass(Order order) {
        ExitRule rule = order.rule();
        if (rule == null) {
            return Optional.of(TradingState.ACTIVE);
        }
        return rule.passesHalt() ? Optional.empty() : Optional.of(TradingState.REDUCING);
    }

    private Order denyIntended(Order order, Denial denial, Run run) {
        return move(order, run, List.of(), draft -> draft.apply(OrderEvent.DENY, denial.toString())
                        .denial(denial))
                .order();
    }

    /**
     * Finds out about an order whose sending was lost, waiting until it can be judged where the broker's reads prove it.
     */
    private Order judge(Order order, Run run) throws InterruptedException {
        if (order.state() != OrderState.SENDING && order.state() != OrderState.UNKNOWN) {
            return order;
        }
        if (broker.traits().readsProve()) {
            Instant judgement = judgement(order);
            if (judgement.isAfter(run.deadline())) {
                return order;
            }
            time.sleepUntil(judgement);
        }
        new Pass(order.account(), run).read(order.intent().session());
        return reread(order);
    }

    private Instant judgement(Order order) {
        Instant sendBy = order.sendBy();
        if (sendBy == null) {
            throw new IllegalStateException("order " + order.id() + " was sent without a limit");
        }
        return sendBy.plus(broker.traits().callTimeout()).plus(broker.traits().lag());
    }

    private Order reread(Order order) {
        return orders.order(order.account(), order.id())
                .orElseThrow(() -> new IllegalStateException("order " + order.id() + " is gone"));
    }

    /**
     * @param ours false when another run has changed the order instead, or when it was refused
     * @param order as it stands
     */
    private record Moved(Order order, boolean ours, Optional<Written.Refused> refused) {}

    private Moved move(Order before, Run run, List<Change.Part> conditions, UnaryOperator<ChangeDraft> steps) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            ChangeDraft draft = steps.apply(ChangeDraft.of(before, time.now()));
            List<Change.Part> parts = new ArrayList<>(conditions);
            if (draft.order().state().isTerminal() && !before.state().isTerminal()) {
                parts.addAll(released(before));
                draft.reserved(BigDecimal.ZERO);
            }
            switch (orders.write(draft.change(run.fence(), parts))) {
                case Written.Done _ -> {
                    return new Moved(draft.order(), true, Optional.empty());
                }
                case Written.Stale(Optional<Order> standing) -> {
                    return new Moved(
                            standing.orElseThrow(() -> new ContendedException(before.id())), false, Optional.empty());
                }
                case Written.Refused refused -> {
                    if (conditions.contains(refused.part())) {
                        return new Moved(before, false, Optional.of(refused));
                    }
                }
            }
        }
        throw new ContendedException(before.id());
    }

    /** What an order that ends unfilled, or with quantity left, gives back. */
    private List<Change.Part> released(Order order) {
        List<Change.Part> parts = new ArrayList<>();
        if (order.isEntry()) {
            parts.add(new Change.SaveCash(cash(order).reserve(order.reserved().negate())));
            parts.addAll(releasedBudget(order));
        } else if (order.remaining().signum() > 0) {
            parts.add(new Change.SavePosition(
                    position(order).reserve(order.remaining().negate())));
        }
        return parts;
    }

    private static List<Change.Part> releasedBudget(Order order) {
        List<Change.Part> parts = new ArrayList<>();
        parts.add(new Change.FreeSymbol(order.instrument()));
        if (order.remaining().signum() > 0) {
            parts.add(
                    new Change.Count(Budget.NOTIONAL, order.remainingNotional().negate()));
        }
        if (order.filled().signum() == 0) {
            parts.add(new Change.Count(Budget.NEW_POSITIONS, BigDecimal.ONE.negate()));
        }
        return parts;
    }

    private Cash cash(Order order) {
        return portfolios
                .cash(order.account())
                .orElseThrow(() -> new IllegalStateException("account " + order.account() + " has no book"));
    }

    private Position position(Order order) {
        return portfolios
                .position(order.account(), order.instrument())
                .orElseGet(() -> Position.none(
                        order.account(), order.instrument(), order.intent().session()));
    }

    /** What must hold for an intent, or why it cannot be. */
    private sealed interface Parts {
        record Needed(List<Change.Part> parts) implements Parts {}

        record Impossible(Denial denial) implements Parts {}
    }

    @FunctionalInterface
    private interface PartsOf {
        Parts of(Order order);
    }

    /** One look at an account's orders at the broker, and what comes of it. */
    private final class Pass {

        private final AccountId account;
        private final Run run;
        private final List<Fill> booked = new ArrayList<>();
        private final Map<String, Order> ended = new TreeMap<>();
        private final List<String> problems = new ArrayList<>();

        Pass(AccountId account, Run run) {
            this.account = account;
            this.run = run;
        }

        AdvanceReport report(int open) {
            return new AdvanceReport(open, booked, List.copyOf(ended.values()), problems);
        }

        Order unsent(Order order, TradingState state) {
            if (order.isEntry() && state != TradingState.ACTIVE) {
                return noted(move(
                        order,
                        run,
                        List.of(),
                        draft -> draft.apply(OrderEvent.CANCEL_CONFIRMED, "trading state " + state)));
            }
            boolean late = !time.now().isBefore(order.validity().sendUntil());
            if (order.isEntry() && !run.entriesAllowed() && !late) {
                return order;
            }
            Order after = send(order, run);
            if (after.state().isTerminal()) {
                ended.put(after.id(), after);
            }
            return after;
        }

        /** Asks for orders first, so that a fill between the two questions is not missed. */
        void read(LocalDate session) {
            Instant asked = time.now();
            Map<String, BrokerOrder> shown = new TreeMap<>();
            switch (broker.orders(account, session)) {
                case Broker.Read.Failed(String cause) -> {
                    problems.add("orders of " + session + " could not be read: " + cause);
                    return;
                }
                case Broker.Read.Complete(List<BrokerOrder> rows) ->
                    rows.forEach(row -> row.reference().ifPresent(id -> shown.put(id, row)));
            }
            Map<String, Order> owners = new TreeMap<>();
            shown.forEach((id, row) -> orders.order(account, id).ifPresent(order -> owners.put(row.brokerId(), order)));
            switch (broker.executions(account, session)) {
                case Broker.Read.Failed(String cause) -> {
                    problems.add("executions of " + session + " could not be read: " + cause);
                    return;
                }
                case Broker.Read.Complete(List<Execution> rows) ->
                    book(
                            session,
                            rows.stream()
                                    .filter(row -> owners.containsKey(row.brokerId()))
                                    .map(row -> fill(row, Objects.requireNonNull(owners.get(row.brokerId()))))
                                    .filter(fill -> fill.quantity().signum() > 0)
                                    .toList());
            }
            for (Order order : orders.open(account)) {
                if (order.intent().session().equals(session) && !order.state().isUnsent()) {
                    BrokerOrder row = shown.get(order.id());
                    if (row == null) {
                        missing(order, asked);
                    } else {
                        agree(order, row);
                    }
                }
            }
        }

        private Fill fill(Execution execution, Order owner) {
            return switch (execution) {
                case Execution.Trade trade ->
                    new Fill(
                            trade.id(),
                            owner.id(),
                            account,
                            owner.side(),
                            owner.instrument(),
                            trade.quantity(),
                            trade.price().multiply(trade.quantity()),
                            trade.conversion(),
                            trade.commission(),
                            trade.tax(),
                            trade.at());
                case Execution.Total total -> {
                    List<Fill> booked = orders.fillsOf(account, owner.id());
                    yield new Fill(
                            total.brokerId() + "#" + Plain.of(total.quantity()),
                            owner.id(),
                            account,
                            owner.side(),
                            owner.instrument(),
                            total.quantity().subtract(sum(booked, Fill::quantity)),
                            total.amount().subtract(sum(booked, Fill::amount)),
                            total.conversion(),
                            total.commission().subtract(sum(booked, Fill::commission)),
                            total.tax().subtract(sum(booked, Fill::tax)),
                            total.at());
                }
            };
        }

        private static BigDecimal sum(List<Fill> fills, Function<Fill, BigDecimal> of) {
            return fills.stream().map(of).reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        private void book(LocalDate session, List<Fill> rows) {
            Set<String> known = new HashSet<>();
            orders.fills(account, session).forEach(fill -> known.add(fill.id()));
            for (Fill fill : rows) {
                if (known.add(fill.id())) {
                    OrderDesk.this.book(fill, run).ifPresent(order -> {
                        booked.add(fill);
                        if (order.state().isTerminal()) {
                            ended.put(order.id(), order);
                        }
                    });
                }
            }
        }

        private void agree(Order order, BrokerOrder row) {
            if (order.filled().compareTo(row.filled()) < 0) {
                problems.add("order " + order.id() + ": the broker filled " + Plain.of(row.filled())
                        + ", its executions say " + Plain.of(order.filled()));
                return;
            }
            switch (row.state()) {
                case WORKING -> {
                    if (order.state() == OrderState.SENDING || order.state() == OrderState.UNKNOWN) {
                        noted(move(order, run, List.of(), draft -> draft.apply(
                                        OrderEvent.ACCEPT, "found at the broker as " + row.brokerId())
                                .brokerId(row.brokerId())));
                    }
                }
                case FILLED ->
                    problems.add("order " + order.id() + ": the broker says it is filled, its executions do not");
                case CANCELLED -> end(order, OrderEvent.CANCEL_CONFIRMED, row);
                case EXPIRED -> end(order, OrderEvent.EXPIRE, row);
                case REJECTED ->
                    end(
                            order,
                            OrderLife.find(order.state(), OrderEvent.REJECT).isPresent()
                                    ? OrderEvent.REJECT
                                    : OrderEvent.CANCEL_CONFIRMED,
                            row);
            }
        }

        private void end(Order order, OrderEvent event, BrokerOrder row) {
            String detail = row.note().isEmpty() ? "the broker says " + row.state() : row.note();
            noted(move(
                    order, run, List.of(), draft -> draft.apply(event, detail).brokerId(row.brokerId())));
        }

        /** A complete answer does not show the order. */
        private void missing(Order order, Instant asked) {
            boolean lost = order.state() == OrderState.SENDING || order.state() == OrderState.UNKNOWN;
            if (!lost) {
                problems.add("order " + order.id() + " is " + order.state() + " here and not shown by the broker");
                return;
            }
            if (asked.isBefore(judgement(order))) {
                return;
            }
            Instant closed = order.validity().ends().plus(broker.traits().lag());
            boolean proven = broker.traits().readsProve() || asked.isAfter(closed);
            if (!proven && order.state() == OrderState.UNKNOWN) {
                problems.add("order " + order.id() + " is UNKNOWN: the broker does not show it");
                return;
            }
            noted(move(order, run, List.of(), draft -> {
                ChangeDraft next = order.state() == OrderState.SENDING
                        ? draft.apply(OrderEvent.LOSE, "its sender never wrote down an answer")
                        : draft;
                return proven ? next.apply(OrderEvent.PROVE_NOT_PLACED, "a complete read does not show it") : next;
            }));
        }

        Order cancel(Order order, String reason) {
            Moved asking = move(order, run, List.of(), draft -> draft.apply(OrderEvent.CANCEL_REQUEST, reason));
            if (!asking.ours()) {
                return asking.order();
            }
            Broker.Cancellation answer = broker.cancel(asking.order());
            read(order.intent().session());
            Order after = reread(order);
            return switch (answer) {
                case Broker.Cancellation.Confirmed _, Broker.Cancellation.Unknown _ -> after;
                case Broker.Cancellation.Refused(String text) ->
                    after.state() == OrderState.CANCELLING
                            ? noted(move(after, run, List.of(), draft -> draft.apply(OrderEvent.CANCEL_REFUSED, text)))
                            : after;
            };
        }

        private Order noted(Moved moved) {
            if (moved.ours() && moved.order().state().isTerminal()) {
                ended.put(moved.order().id(), moved.order());
            }
            return moved.order();
        }
    }

    /**
     * Books a fill once: order, position, cash, budgets and the fill itself in one transaction.
     *
     * @return the order afterwards; empty when the fill was booked before, or is of no order of ours
     */
    private Optional<Order> book(Fill fill, Run run) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Order> found = orders.order(fill.account(), fill.order());
            if (found.isEmpty()) {
                LOG.log(System.Logger.Level.WARNING, "fill {0} belongs to no order of ours", fill.id());
                return Optional.empty();
            }
            Order before = found.get();
            ChangeDraft draft = ChangeDraft.of(before, time.now()).fill(fill);
            List<Change.Part> parts = new ArrayList<>();
            parts.add(new Change.BookFill(fill));
            parts.addAll(before.isEntry() ? bought(before, draft, fill) : sold(before, fill));
            switch (orders.write(draft.change(run.fence(), parts))) {
                case Written.Done _ -> {
                    return Optional.of(draft.order());
                }
                case Written.Refused(Change.BookFill _, String _) -> {
                    return Optional.empty();
                }
                case Written.Refused _, Written.Stale _ -> {
                    // Something moved meanwhile: judge again from what stands.
                }
            }
        }
        throw new ContendedException(fill.order());
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
                cash(before).settle(fill.cash(), before.reserved().subtract(still))));
        parts.add(new Change.SavePosition(position(before)
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
        if (costs.signum() != 0) {
            parts.add(new Change.Count(Budget.LOSS, costs));
        }
        if (ends && !before.state().isTerminal()) {
            parts.add(new Change.FreeSymbol(before.instrument()));
        }
        return parts;
    }

    private List<Change.Part> sold(Order before, Fill fill) {
        Position position = position(before);
        BigDecimal cost = position.averageCost().multiply(fill.quantity()).multiply(fill.conversion());
        BigDecimal profit = fill.cash().subtract(cost);
        // An order that had ended gave its quantity back already.
        BigDecimal released =
                before.state().isTerminal() ? BigDecimal.ZERO : fill.quantity().min(before.remaining());
        return List.of(
                new Change.SaveCash(cash(before).settle(fill.cash(), BigDecimal.ZERO)),
                new Change.SavePosition(position.sold(fill.quantity(), released, profit)),
                new Change.Count(Budget.LOSS, profit.negate()));
    }
}
