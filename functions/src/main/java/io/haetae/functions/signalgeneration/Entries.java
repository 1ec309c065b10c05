package io.haetae.functions.signalgeneration;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.config.Settings;
import io.haetae.job.Run;
import io.haetae.market.Costs;
import io.haetae.market.InstrumentId;
import io.haetae.market.KrxPriceLimits;
import io.haetae.market.MarketDay;
import io.haetae.market.Venue;
import io.haetae.order.DayLimits;
import io.haetae.order.Denial;
import io.haetae.order.DenialCode;
import io.haetae.order.DeskResult;
import io.haetae.order.EntryRequest;
import io.haetae.order.ExitTerms;
import io.haetae.order.Order;
import io.haetae.order.OrderDesk;
import io.haetae.order.OrderStore;
import io.haetae.order.OrderType;
import io.haetae.order.Validity;
import io.haetae.portfolio.Account;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Position;
import io.haetae.risk.Books;
import io.haetae.risk.Breach;
import io.haetae.risk.Marks;
import io.haetae.risk.RiskMetrics;
import io.haetae.risk.RiskWatch;
import io.haetae.risk.TradingState;
import io.haetae.signal.EntrySignal;
import io.haetae.signal.PositionSizing;
import io.haetae.signal.SignalTerms;
import io.haetae.signal.TradeStatistics;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Sizes signals in order of conviction, holds each against the account's limits, and hands what passes to the desk. */
final class Entries {

    private static final String STRATEGY = "conviction";

    private final TradingCalendar calendar;
    private final Books books;
    private final Marks marks;
    private final RiskWatch watch;
    private final OrderStore orders;
    private final OrderDesk desk;
    private final Costs costs;
    private final TimeSource time;
    private final Settings.Orchestrator settings;
    private final SignalTerms terms;
    private final PositionSizing sizing;

    Entries(
            TradingCalendar calendar,
            Books books,
            Marks marks,
            RiskWatch watch,
            OrderStore orders,
            OrderDesk desk,
            Costs costs,
            TimeSource time,
            Settings.Orchestrator settings,
            SignalTerms terms) {
        this.calendar = calendar;
        this.books = books;
        this.marks = marks;
        this.watch = watch;
        this.orders = orders;
        this.desk = desk;
        this.costs = costs;
        this.time = time;
        this.settings = settings;
        this.terms = terms;
        this.sizing = new PositionSizing(TradeStatistics.ASSUMED, terms.maxPositionSizePct());
    }

    /**
     * How many signals became orders, now or in an earlier run of the slot, and how many were refused.
     *
     * @param waitsFor the denial that stopped all of them, where a person's word lifts it: the slot is worth another run
     */
    record Outcome(long entered, long denied, Optional<String> waitsFor) {}

    Outcome enter(AccountId id, Session session, List<EntrySignal> signals, Run run, Report report)
            throws InterruptedException {
        Account account = books.read(id, settings.portfolioValue());
        Instant now = time.now();
        Marks.Marked marked = marks.mark(Books.held(account), now);
        marked.notes().forEach(report::line);
        RiskWatch.Reading reading = watch.read(account, calendar.dateAt(now), now, marked.prices());
        Optional<Block> blocked = blocked(reading);
        Set<String> taken = taken(account, orders.open(id));
        Optional<MarketDay> newest = signals.isEmpty() ? Optional.empty() : marks.newestDay(now);
        long entered = 0;
        long denied = 0;
        for (EntrySignal signal : signals) {
            Attempt attempt;
            if (blocked.isPresent()) {
                attempt = Attempt.denied(blocked.get().said());
            } else if (entered >= terms.maxNewPositions()) {
                attempt = Attempt.denied(DenialCode.NEW_POSITIONS_PER_DAY + " limit=" + terms.maxNewPositions()
                        + " actual=" + (entered + 1));
            } else if (!taken.contains(signal.symbol()) && isExceptional(newest, signal.symbol())) {
                attempt = Attempt.denied(
                        "it traded beyond the daily limits in the last session, as only a share just listed"
                                + " or about to be delisted does");
            } else {
                attempt = enter(id, session, signal, reading.metrics(), taken, run);
                blocked = attempt.blocks();
            }
            report.line(SignalLine.of(signal) + "; " + attempt.said());
            if (attempt.entered()) {
                entered++;
                taken.add(signal.symbol());
            } else {
                denied++;
            }
        }
        return new Outcome(
                entered,
                denied,
                entered > 0
                        ? Optional.empty()
                        : blocked.filter(Block::aPersonLifts).map(Block::said));
    }

    /** What stops every entry as the account stands. The desk asks again, in the transaction of each intent. */
    private Optional<Block> blocked(RiskWatch.Reading reading) {
        TradingState state = reading.standing().state();
        if (state != TradingState.ACTIVE) {
            return Optional.of(Block.of(new Denial(
                    DenialCode.TRADING_STATE,
                    TradingState.ACTIVE.name(),
                    state + " (" + reading.standing().reason() + ")")));
        }
        return watch.limits().standing(reading.metrics()).map(breach -> new Block(breach.toString(), false));
    }

    private static boolean isExceptional(Optional<MarketDay> newest, String symbol) {
        return newest.flatMap(day -> day.row(symbol).map(row -> KrxPriceLimits.isExceptional(day.session(), row)))
                .orElse(false);
    }

    /** Held, or bid for by an order that is not at its end. */
    private static Set<String> taken(Account account, List<Order> open) {
        Set<String> taken = new TreeSet<>();
        for (Position position : Books.held(account)) {
            taken.add(position.instrument().code());
        }
        for (Order order : open) {
            if (order.isEntry()) {
                taken.add(order.instrument().code());
            }
        }
        return taken;
    }

    private Attempt enter(
            AccountId id, Session session, EntrySignal signal, RiskMetrics metrics, Set<String> taken, Run run)
            throws InterruptedException {
        InstrumentId instrument = new InstrumentId(Venue.KIS, signal.symbol());
        long shares = sizing.shares(
                metrics.total(), signal.close(), signal.conviction().score());
        if (shares == 0) {
            return Attempt.denied(DenialCode.ZERO_QUANTITY + " limit=" + percentOf(signal.close(), metrics)
                    + " % a share actual=" + terms.maxPositionSizePct().toPlainString() + " % at most");
        }
        BigDecimal quantity = BigDecimal.valueOf(shares);
        boolean ours = taken.contains(signal.symbol());
        if (!ours) {
            Optional<Breach> breach = watch.limits()
                    .onEntry(
                            metrics,
                            taken.size(),
                            BigDecimal.ZERO,
                            signal.close().multiply(quantity));
            if (breach.isPresent()) {
                return Attempt.denied(breach.get().toString());
            }
        }
        // What is held or bid for goes to the desk too: after a crash it knows its own order again.
        BigDecimal notional = signal.limit().multiply(quantity);
        BigDecimal reserve = notional.add(costs.buying(instrument, quantity, signal.limit(), session.date())
                .total());
        DeskResult result = desk.enter(
                new EntryRequest(
                        id,
                        session.date(),
                        STRATEGY,
                        instrument,
                        session.date().toString(),
                        OrderType.LIMIT,
                        signal.limit(),
                        quantity,
                        BigDecimal.ONE,
                        reserve,
                        new Validity(session.open(), session.open(), session.close()),
                        dayLimits(metrics),
                        new ExitTerms(terms.stopPct(), terms.targetPct(), terms.trailingPct()),
                        "conviction %s"
                                .formatted(
                                        BigDecimal.valueOf(signal.conviction().score())
                                                .setScale(1, RoundingMode.HALF_EVEN)
                                                .toPlainString())),
                run);
        return switch (result) {
            case DeskResult.Carried(Order order) -> Attempt.of(order, told(order, metrics));
            case DeskResult.Standing(Order order) -> Attempt.of(order, told(order, metrics));
            case DeskResult.Denied(Denial denial) ->
                Attempt.denied(denial, size(quantity, notional, metrics) + " denied, " + denial);
        };
    }

    private static String told(Order order, RiskMetrics metrics) {
        return size(order.quantity(), order.price().multiply(order.quantity()), metrics) + " " + order.state();
    }

    private static String size(BigDecimal shares, BigDecimal notional, RiskMetrics metrics) {
        return shares.toPlainString() + " shares (" + percentOf(notional, metrics) + " %)";
    }

    private DayLimits dayLimits(RiskMetrics metrics) {
        return new DayLimits(
                settings.maxOrdersPerDay(),
                share(metrics, settings.maxEntryNotionalPctPerDay()),
                terms.maxNewPositions(),
                share(metrics, settings.maxDailyLossPct()));
    }

    private static BigDecimal share(RiskMetrics metrics, BigDecimal percent) {
        return metrics.total().multiply(percent).movePointLeft(2).setScale(0, RoundingMode.FLOOR);
    }

    private static String percentOf(BigDecimal value, RiskMetrics metrics) {
        return metrics.total().signum() <= 0
                ? "?"
                : value.movePointRight(2)
                        .divide(metrics.total(), 1, RoundingMode.HALF_EVEN)
                        .toPlainString();
    }

    /**
     * Why no further signal need be tried.
     *
     * @param aPersonLifts whether a person's word ends it; else only the market or another day does
     */
    private record Block(String said, boolean aPersonLifts) {

        static Block of(Denial denial) {
            return new Block(
                    denial.toString(),
                    denial.code() == DenialCode.TRADING_STATE || denial.code() == DenialCode.NOT_ARMED);
        }
    }

    /** What became of one signal. */
    private record Attempt(boolean entered, String said, Optional<Block> blocks) {

        static Attempt denied(String why) {
            return new Attempt(false, "denied, " + why, Optional.empty());
        }

        static Attempt of(Order order, String said) {
            // An order that ended without a share, such as one the venue rejected, opened nothing.
            boolean opens = !order.state().isTerminal() || order.filled().signum() > 0;
            return new Attempt(opens, said + (order.note().isEmpty() ? "" : ", " + order.note()), Optional.empty());
        }

        static Attempt denied(Denial denial, String said) {
            Optional<Block> blocks =
                    switch (denial.code()) {
                        case TRADING_STATE,
                                NOT_ARMED,
                                NOT_RECONCILED,
                                ENTRIES_NOT_ALLOWED,
                                ENTRY_WINDOW,
                                EXIT_WINDOW,
                                ORDERS_PER_DAY,
                                NEW_POSITIONS_PER_DAY,
                                DAILY_LOSS,
                                NO_BOOK -> Optional.of(Block.of(denial));
                        case ENTRY_NOTIONAL_PER_DAY,
                                ARMED_NOTIONAL,
                                CASH,
                                SYMBOL_OPEN,
                                ZERO_QUANTITY,
                                POSITION_CHANGED,
                                NOTHING_TO_SELL,
                                EXIT_WORKING,
                                REJECTED_TOO_OFTEN,
                                PRECHECK,
                                NOT_JUDGED -> Optional.empty();
                    };
            return new Attempt(false, said, blocks);
        }
    }
}
