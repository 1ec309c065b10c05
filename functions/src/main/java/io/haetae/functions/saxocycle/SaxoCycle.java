package io.haetae.functions.saxocycle;

import io.haetae.config.Secrets;
import io.haetae.config.Settings;
import io.haetae.functions.FailedReads;
import io.haetae.job.JobBody;
import io.haetae.job.JobResult;
import io.haetae.job.Run;
import io.haetae.market.InstrumentId;
import io.haetae.market.Quote;
import io.haetae.market.Venue;
import io.haetae.order.AdvanceReport;
import io.haetae.order.Broker;
import io.haetae.order.BrokerCapital;
import io.haetae.order.DayLimits;
import io.haetae.order.DeskResult;
import io.haetae.order.EntryRequest;
import io.haetae.order.ExitRequest;
import io.haetae.order.ExitRule;
import io.haetae.order.ExitTerms;
import io.haetae.order.Order;
import io.haetae.order.OrderDesk;
import io.haetae.order.OrderState;
import io.haetae.order.OrderType;
import io.haetae.order.Validity;
import io.haetae.order.paper.PaperBroker;
import io.haetae.order.paper.PaperTerms;
import io.haetae.portfolio.Account;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.OtherCapitalException;
import io.haetae.portfolio.Position;
import io.haetae.risk.Books;
import io.haetae.risk.RiskLimits;
import io.haetae.risk.RiskWatch;
import io.haetae.saxo.InstrumentDetails;
import io.haetae.saxo.SaxoAccount;
import io.haetae.saxo.SaxoBars;
import io.haetae.saxo.SaxoBroker;
import io.haetae.saxo.SaxoClient;
import io.haetae.saxo.SaxoCosts;
import io.haetae.saxo.SaxoFormatException;
import io.haetae.saxo.SaxoInstruments;
import io.haetae.saxo.SaxoQuotes;
import io.haetae.saxo.SaxoRefusedException;
import io.haetae.saxo.SaxoToken;
import io.haetae.saxo.SaxoUnavailableException;
import io.haetae.saxo.TradingSession;
import io.haetae.saxo.UnresolvedInstrumentException;
import io.haetae.signal.ExitRules;
import io.haetae.signal.MovingAverageCrossover;
import io.haetae.signal.MovingAverageCrossover.Action;
import io.haetae.store.AdoptionMapper;
import io.haetae.store.ArmingMapper;
import io.haetae.store.OrderMapper;
import io.haetae.store.PaperBookMapper;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.RiskMetricsMapper;
import io.haetae.store.Store;
import io.haetae.store.TradingStateMapper;
import io.haetae.time.TimeSource;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One look at the watched instruments: carries working orders on, protects what is held, and acts on moving averages
 * that crossed, once for each bar.
 *
 * <p>Hours and limits keep entries back; what is held is protected whenever its market is open. In a dry run Saxo is
 * asked whether it would take an entry (precheck), and our paper broker fills it; in every other mode Saxo is the broker.
 */
public final class SaxoCycle implements JobBody {

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    /** A market order may fill above the price that was seen: so much more cash is held back for it. */
    private static final BigDecimal RESERVE = new BigDecimal("1.01");

    /** What a signal that was acted on is counted as. */
    private static final String ENTRIES = "entries";

    private static final String EXITS = "exits";
    private static final String REFUSED = "refused";

    /** The Saxo book is kept in this currency, and only instruments in it are traded. */
    private static final String CURRENCY = ChosenAccount.CURRENCY;

    private final Settings.Saxo settings;
    private final Secrets secrets;
    private final SaxoToken token;
    private final SaxoClient client;
    private final Store store;
    private final TimeSource time;
    private final CycleRecords records;
    private final PortfolioMapper portfolios;
    private final OrderMapper orders;
    private final TradingStateMapper states;
    private final RiskWatch watch;
    private final MovingAverageCrossover strategy = MovingAverageCrossover.standard();
    private final SaxoCosts costs = new SaxoCosts();

    /** @param secrets asked for {@code saxo/account-key}; without it the only active account in US dollars is taken */
    public SaxoCycle(
            Settings.Saxo settings, Secrets secrets, SaxoToken token, SaxoClient client, Store store, TimeSource time) {
        this.settings = settings;
        this.secrets = secrets;
        this.token = token;
        this.client = client;
        this.store = store;
        this.time = time;
        this.records = new CycleRecords(store);
        this.portfolios = new PortfolioMapper(store);
        this.orders = new OrderMapper(store);
        this.states = new TradingStateMapper(store);
        this.watch = new RiskWatch(
                new RiskMetricsMapper(store),
                states,
                // The loss that halts is the same everywhere; entries have limits of their own here.
                RiskLimits.standard(settings.maxPositions(), HUNDRED, HUNDRED));
    }

    /**
     * @throws io.haetae.saxo.AuthenticationRequiredException when a person has to log in
     * @throws io.haetae.market.QuotesUnavailableException when Saxo gave no prices
     * @throws InterruptedException when asked to stop
     */
    @Override
    public JobResult run(Run run) throws InterruptedException {
        Optional<String> missing = token.missingKey();
        if (missing.isPresent()) {
            return new JobResult.Skipped("NO_KEY " + missing.get());
        }
        return switch (ChosenAccount.of(client, secrets, run.slot().mode())) {
            case ChosenAccount.Fitting(SaxoAccount account) -> new Cycle(run, account).go();
            case ChosenAccount.None(String reason) -> new JobResult.Refused(reason);
        };
    }

    /** One run, with what it has seen and done so far. */
    private final class Cycle {
        private final Run run;
        private final SaxoAccount venueAccount;
        private final AccountId account;
        private final Instant now = time.now();
        private final SaxoQuotes quotes;
        private final SaxoBars bars;
        private final SaxoInstruments instruments;
        private final SaxoBroker saxo;
        private final OrderDesk desk;
        private final FailedReads failedReads = new FailedReads();
        private final List<String> lines = new ArrayList<>();
        private List<String> fills = List.of();
        private final Map<String, Long> counts = new TreeMap<>();
        private Optional<String> otherCapital = Optional.empty();

        Cycle(Run run, SaxoAccount venueAccount) {
            this.run = run;
            this.venueAccount = venueAccount;
            this.account = new AccountId(
                    run.slot().mode(), Venue.SAXO, run.slot().user().orElseThrow(), CURRENCY);
            String key = venueAccount.accountKey();
            this.quotes = new SaxoQuotes(client, key, time);
            this.bars = new SaxoBars(client, key);
            this.instruments = new SaxoInstruments(client, key, new StoredInstruments(store), time);
            this.saxo = new SaxoBroker(client, venueAccount.clientKey(), key, settings.timezone(), time);
            this.desk = new OrderDesk(
                    orders, portfolios, states, new ArmingMapper(store), new AdoptionMapper(store), broker(), time);
        }

        private Broker broker() {
            return switch (account.mode()) {
                case DRY_RUN ->
                    new PaperBroker(
                            new PaperBookMapper(store),
                            quotes,
                            costs,
                            (_, _, price, _) -> price,
                            PaperTerms.saxo(),
                            // Exits are not asked for: the venue does not hold what the paper broker sells.
                            order -> order.isEntry() ? saxo.precheck(order) : new Broker.Precheck.Passed("paper"),
                            time);
                case SIM, LIVE -> saxo;
            };
        }

        JobResult go() throws InterruptedException {
            openBook();
            tally(desk.advance(account, run));
            Map<InstrumentId, InstrumentDetails> watched = resolve();
            List<InstrumentId> asked = new ArrayList<>(watched.keySet());
            for (Position position : held()) {
                if (!asked.contains(position.instrument())) {
                    asked.add(position.instrument());
                }
            }
            Map<InstrumentId, Quote> prices = asked.isEmpty() ? Map.of() : quotes.quotes(asked);
            count("fetched", prices.size());
            boolean ordered = protect(prices, isLost(prices));
            boolean open = hoursOpen();
            for (Map.Entry<InstrumentId, InstrumentDetails> entry : watched.entrySet()) {
                ordered |= look(entry.getKey(), entry.getValue(), prices.get(entry.getKey()), open);
            }
            if (ordered) {
                tally(desk.advance(account, run));
            }
            String text = "%d instruments, %d BUY, %d SELL, %d HOLD, %d entries, %d exits, %d refused, %d fills%s"
                    .formatted(
                            counted("fetched"),
                            counted("signal.BUY"),
                            counted("signal.SELL"),
                            counted("signal.HOLD"),
                            counted(ENTRIES),
                            counted(EXITS),
                            counted(REFUSED),
                            counted("fills"),
                            open ? "" : ", outside the hours");
            records.summary(account, run.slot().due(), text, counts, run.fence());
            List<String> all = new ArrayList<>(fills);
            all.addAll(lines);
            return failedReads.instead(
                    otherCapital.isPresent()
                            ? new JobResult.Refused(otherCapital.get() + "; " + text)
                            : new JobResult.Done(text, counts, List.of(), all));
        }

        /** A dry run's book of another capital takes no entry; what it holds is protected all the same. */
        private void openBook() {
            try {
                var _ = new Books(portfolios, new BrokerCapital(saxo)).readFor(account, settings.portfolioValue());
            } catch (OtherCapitalException e) {
                otherCapital = Optional.ofNullable(e.getMessage());
            }
        }

        /** What is ours to sell. */
        private List<Position> held() {
            return portfolios.positions(account).stream()
                    .filter(Position::isOpen)
                    .toList();
        }

        private Map<InstrumentId, InstrumentDetails> resolve() {
            Map<InstrumentId, InstrumentDetails> resolved = new LinkedHashMap<>();
            for (Settings.WatchedInstrument watched : settings.watchlist()) {
                try {
                    InstrumentDetails details =
                            instruments.resolve(watched.symbol(), watched.assetType(), watched.uic());
                    resolved.put(SaxoQuotes.instrument(details.assetType(), details.uic()), details);
                } catch (UnresolvedInstrumentException
                        | SaxoUnavailableException
                        | SaxoRefusedException
                        | SaxoFormatException e) {
                    count("skipped", 1);
                    lines.add(watched.symbol() + " skipped: " + e.getMessage());
                }
            }
            return resolved;
        }

        /**
         * Measures the account, and halts it when too much of its capital is lost; true when everything of ours is to be
         * sold. What a person holds and nobody prices here counts at its cost.
         */
        private boolean isLost(Map<InstrumentId, Quote> prices) {
            Optional<Account> book = portfolios.account(account);
            if (book.isEmpty()) {
                return false;
            }
            Map<InstrumentId, BigDecimal> marks = new LinkedHashMap<>();
            for (Position position : Books.held(book.get())) {
                Quote quote = prices.get(position.instrument());
                BigDecimal last = quote == null ? null : quote.last();
                BigDecimal mark = last == null || last.signum() <= 0 ? position.averageCost() : last;
                if (mark.signum() <= 0) {
                    lines.add("risk is not measured: no price of "
                            + position.instrument().code());
                    return false;
                }
                marks.put(position.instrument(), mark);
            }
            LocalDate day = LocalDate.ofInstant(now, settings.timezone());
            RiskWatch.Reading reading =
                    watch.check(book.get(), day, now, marks, run.slot().job().text());
            if (reading.haltedNow()) {
                lines.add(reading.line());
            }
            return reading.liquidate();
        }

        /** Stop-loss and take-profit of everything that is held. */
        private boolean protect(Map<InstrumentId, Quote> prices, boolean emergency) throws InterruptedException {
            boolean ordered = false;
            for (Position position : held()) {
                Quote quote = prices.get(position.instrument());
                if (quote == null || !quote.tradable() || quote.bid() == null) {
                    count("unpriced", 1);
                    lines.add(position.instrument().code() + " is held and not protected: "
                            + (quote == null ? "no price" : quote.why()));
                    continue;
                }
                BigDecimal price = quote.bid();
                Position seen = portfolios.observe(position, price);
                Optional<ExitRules.Exit> exit = ExitRules.onPrice(seen, emergency, price);
                if (exit.isPresent()) {
                    ordered |= sell(seen, exit.get().rule(), exit.get().reason(), price);
                }
            }
            return ordered;
        }

        /** Both ends of the fixed hours are inside; a window may go over midnight. */
        private boolean hoursOpen() {
            return switch (settings.hoursMode()) {
                case ALWAYS, INSTRUMENT -> true;
                case FIXED -> {
                    ZonedDateTime local = now.atZone(settings.timezone());
                    LocalTime clock = local.toLocalTime().withSecond(0).withNano(0);
                    LocalTime start = settings.tradingStart();
                    LocalTime end = settings.tradingEnd();
                    boolean overnight = end.isBefore(start);
                    boolean inside = overnight
                            ? !clock.isBefore(start) || !clock.isAfter(end)
                            : !clock.isBefore(start) && !clock.isAfter(end);
                    // The hours after midnight belong to the day they began on.
                    DayOfWeek day = (overnight && !clock.isAfter(end) ? local.minusDays(1) : local).getDayOfWeek();
                    yield inside && day != DayOfWeek.SATURDAY && day != DayOfWeek.SUNDAY;
                }
            };
        }

        /** The signal of one instrument and what follows from it; true when an order was carried. */
        private boolean look(InstrumentId id, InstrumentDetails details, @Nullable Quote quote, boolean hours)
                throws InterruptedException {
            if (!hours) {
                return hold("OUTSIDE_HOURS");
            }
            if (quote == null) {
                return hold("DQ_MISSING_FROM_RESPONSE");
            }
            if (!quote.tradable() || quote.ask() == null || quote.bid() == null) {
                return hold(word(quote.why()));
            }
            MovingAverageCrossover.Decision decision;
            Optional<CycleRecords.Acted> acted = records.last(account, id);
            if (acted.isPresent() && acted.get().slot().equals(run.slot().due())) {
                // An invocation of this slot acted and died: this one says what that one would have said.
                return told(acted.get());
            }
            Optional<Instant> last = acted.map(CycleRecords.Acted::barEnd);
            try {
                if (settings.hoursMode() == Settings.HoursMode.INSTRUMENT
                        && !TradingSession.openAt(client.tradingSchedule(details.assetType(), details.uic()), now)) {
                    return hold("INSTRUMENT_CLOSED");
                }
                decision = strategy.decide(
                        bars.closed(details.assetType(), details.uic(), strategy.horizon(), strategy.barsNeeded(), now),
                        now,
                        last);
            } catch (SaxoUnavailableException | SaxoRefusedException | SaxoFormatException e) {
                lines.add(details.symbol() + " skipped: " + e.getMessage());
                count("skipped", 1);
                return hold("DQ_NO_BARS");
            }
            Instant barEnd = decision.barEnd().orElse(Instant.EPOCH);
            if (decision.action() != Action.HOLD && last.isPresent() && !barEnd.isAfter(last.get())) {
                return hold("SIG_ACTED");
            }
            return switch (decision.action()) {
                case HOLD -> hold(decision.reason().name());
                case BUY -> {
                    if (!now.isBefore(barEnd.plus(strategy.horizon()))) {
                        yield hold("SIG_BAR_EXPIRED");
                    }
                    yield buy(id, details, quote, quote.ask(), barEnd);
                }
                case SELL -> sellOnSignal(id, details, quote.bid(), barEnd);
            };
        }

        private CycleRecords.Acted acted(Instant barEnd, Action action, String counted, String line) {
            return new CycleRecords.Acted(barEnd, run.slot().due(), action, counted, line);
        }

        /** Remembers that this bar was acted on, so that the next cycles of its hour leave it. */
        private boolean ended(InstrumentId id, CycleRecords.Acted acted) {
            records.acted(account, id, acted, run.fence());
            return told(acted);
        }

        /** Whether anything was ordered. */
        private boolean told(CycleRecords.Acted acted) {
            count("signal." + acted.action(), 1);
            if (!acted.counted().isEmpty()) {
                count(acted.counted(), 1);
            }
            lines.add(acted.line());
            return acted.counted().equals(ENTRIES) || acted.counted().equals(EXITS);
        }

        private boolean hold(String reason) {
            count("signal.HOLD", 1);
            count("hold." + reason, 1);
            return false;
        }

        private boolean buy(InstrumentId id, InstrumentDetails details, Quote quote, BigDecimal ask, Instant barEnd)
                throws InterruptedException {
            BigDecimal quantity = size(details, ask);
            BigDecimal notional = quantity.multiply(ask);
            Optional<String> refusal = refusal(details, quantity, notional);
            String buying = details.symbol() + " BUY: ";
            if (refusal.isPresent()) {
                return ended(id, acted(barEnd, Action.BUY, REFUSED, buying + "refused, " + refusal.get()));
            }
            LocalDate session = LocalDate.ofInstant(barEnd, settings.timezone());
            Instant until = barEnd.plus(strategy.horizon());
            BigDecimal commission =
                    costs.buying(id, quantity, ask.multiply(RESERVE), session).commission();
            DeskResult result = desk.enter(
                    new EntryRequest(
                            account,
                            session,
                            strategy.name(),
                            id,
                            barEnd.toString(),
                            OrderType.MARKET,
                            ask,
                            quantity,
                            BigDecimal.ONE,
                            notional.multiply(RESERVE).add(commission).setScale(2, RoundingMode.CEILING),
                            new Validity(barEnd, until, until),
                            new DayLimits(
                                    settings.maxDailyTrades(),
                                    settings.maxPositionSize().multiply(BigDecimal.valueOf(settings.maxDailyTrades())),
                                    settings.maxDailyTrades(),
                                    settings.maxDailyLoss()),
                            new ExitTerms(
                                    settings.stopLossPercent().multiply(HUNDRED),
                                    settings.takeProfitPercent().multiply(HUNDRED),
                                    null),
                            "%s crossed above at the bar that ended %s, price %s%s"
                                    .formatted(strategy.name(), barEnd, plain(quote.ask()), lowered(quantity))),
                    run);
            CycleRecords.Acted acted =
                    switch (result) {
                        case DeskResult.Carried(Order order) -> entered(barEnd, buying, order);
                        case DeskResult.Standing(Order order) -> entered(barEnd, buying, order);
                        case DeskResult.Denied(var denial) ->
                            acted(barEnd, Action.BUY, REFUSED, buying + "denied, " + denial);
                    };
            if (run.entriesAllowed()) {
                records.acted(account, id, acted, run.fence());
            }
            return told(acted);
        }

        private CycleRecords.Acted entered(Instant barEnd, String buying, Order order) {
            return acted(
                    barEnd,
                    Action.BUY,
                    order.state() == OrderState.DENIED ? REFUSED : ENTRIES,
                    buying + order.told() + lowered(order.quantity()));
        }

        private String lowered(BigDecimal quantity) {
            return quantity.compareTo(settings.defaultQuantity()) < 0
                    ? ", lowered from " + plain(settings.defaultQuantity()) + " for a position of at most "
                            + plain(settings.maxPositionSize())
                    : "";
        }

        private boolean left(String said, Order order) {
            count(EXITS, 1);
            lines.add(said + order.told());
            return true;
        }

        /**
         * The configured quantity, or as much of it as the largest position allows: one bitcoin is more than most positions
         * may be. Never more; too small for Saxo is refused.
         */
        private BigDecimal size(InstrumentDetails details, BigDecimal ask) {
            BigDecimal wanted = details.orderable(settings.defaultQuantity(), venueAccount.fractional());
            if (wanted.multiply(ask).compareTo(settings.maxPositionSize()) <= 0) {
                return wanted;
            }
            BigDecimal allowed = details.orderable(
                    settings.maxPositionSize().divide(ask, 8, RoundingMode.DOWN), venueAccount.fractional());
            return allowed.signum() > 0 ? allowed : wanted;
        }

        /** Our own limits, each with its numbers; empty when the entry may go to the desk. */
        private Optional<String> refusal(InstrumentDetails details, BigDecimal quantity, BigDecimal notional) {
            if (otherCapital.isPresent()) {
                return otherCapital;
            }
            if (!details.currency().equals(CURRENCY)) {
                return Optional.of("CURRENCY limit=" + CURRENCY + " actual=" + details.currency());
            }
            if (!details.tradable()) {
                return Optional.of("NOT_TRADABLE " + details.nonTradableReason());
            }
            if (quantity.signum() <= 0) {
                return Optional.of("MINIMUM_SIZE limit=" + plain(details.minimumTradeSize()) + " actual="
                        + plain(settings.defaultQuantity()) + ", which is DEFAULT_QUANTITY");
            }
            if (notional.compareTo(settings.maxPositionSize()) > 0) {
                return Optional.of(
                        "POSITION_SIZE limit=" + plain(settings.maxPositionSize()) + " actual=" + plain(notional));
            }
            long positions = portfolios.positions(account).stream()
                            .filter(Position::isHeld)
                            .count()
                    + orders.open(account).stream().filter(Order::isEntry).count();
            if (positions >= settings.maxPositions()) {
                return Optional.of("POSITIONS limit=" + settings.maxPositions() + " actual=" + (positions + 1));
            }
            return Optional.empty();
        }

        private boolean sellOnSignal(InstrumentId id, InstrumentDetails details, BigDecimal bid, Instant barEnd)
                throws InterruptedException {
            Optional<Position> position = portfolios.position(account, id).filter(Position::isOpen);
            if (position.isEmpty()) {
                return ended(id, acted(barEnd, Action.SELL, "", details.symbol() + " SELL: nothing is held"));
            }
            count("signal.SELL", 1);
            boolean carried = sell(
                    position.get(),
                    ExitRule.TECHNICAL,
                    strategy.name() + " crossed below at the bar that ended " + barEnd,
                    bid);
            if (carried) {
                records.acted(account, id, acted(barEnd, Action.SELL, EXITS, lines.getLast()), run.fence());
            }
            return carried;
        }

        private boolean sell(Position position, ExitRule rule, String reason, BigDecimal price)
                throws InterruptedException {
            Instant until = now.plus(strategy.horizon());
            DeskResult result = desk.exit(
                    new ExitRequest(
                            LocalDate.ofInstant(now, settings.timezone()),
                            position,
                            rule,
                            OrderType.MARKET,
                            price,
                            position.quantity(),
                            BigDecimal.ONE,
                            new Validity(now, until, until),
                            reason),
                    run);
            String said = position.instrument().code() + " " + rule.text() + ", " + reason + ": ";
            return switch (result) {
                case DeskResult.Carried(Order order) -> left(said, order);
                case DeskResult.Standing(Order order) -> left(said, order);
                case DeskResult.Denied(var denial) -> {
                    lines.add(said + "denied, " + denial);
                    yield false;
                }
            };
        }

        /** The fills are the slot's so far: those of a later report are the earlier ones' too. */
        private void tally(AdvanceReport report) {
            counts.put("fills", (long) report.fills().size());
            fills = report.fills().stream()
                    .map(fill -> "%s %s %s at %s"
                            .formatted(
                                    fill.instrument().code(), fill.side(), plain(fill.quantity()), plain(fill.price())))
                    .toList();
            lines.addAll(report.problems());
            failedReads.add(report);
        }

        private void count(String name, long by) {
            counts.merge(name, by, Long::sum);
        }

        private long counted(String name) {
            return counts.getOrDefault(name, 0L);
        }
    }

    /** The first word of a reason: the code without its numbers. */
    private static String word(String reason) {
        int space = reason.indexOf(' ');
        return (space < 0 ? reason : reason.substring(0, space)).toUpperCase(Locale.ROOT);
    }

    private static String plain(@Nullable BigDecimal number) {
        return number == null ? "" : number.stripTrailingZeros().toPlainString();
    }
}
