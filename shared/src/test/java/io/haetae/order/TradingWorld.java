package io.haetae.order;

import io.haetae.job.Fence;
import io.haetae.job.JobName;
import io.haetae.job.Leases;
import io.haetae.job.Run;
import io.haetae.job.Slot;
import io.haetae.market.Charges;
import io.haetae.market.Costs;
import io.haetae.market.InstrumentId;
import io.haetae.market.Quote;
import io.haetae.market.Quotes;
import io.haetae.market.QuotesUnavailableException;
import io.haetae.market.Venue;
import io.haetae.order.paper.PaperBook;
import io.haetae.order.paper.PaperBroker;
import io.haetae.order.paper.PaperTerms;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.Portfolios;
import io.haetae.portfolio.Position;
import io.haetae.risk.Armings;
import io.haetae.risk.TradingStates;
import io.haetae.store.Action;
import io.haetae.store.AdoptionMapper;
import io.haetae.store.ArmingMapper;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.MemoryStore;
import io.haetae.store.OrderMapper;
import io.haetae.store.Outbox;
import io.haetae.store.PaperBookMapper;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.Store;
import io.haetae.store.TradingStateMapper;
import io.haetae.time.VirtualTime;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One account on one session, 08:45 before the open, over any store and broker. */
public final class TradingWorld {

    public static final LocalDate SESSION = LocalDate.of(2026, 1, 5);
    public static final Instant SIGNALS = Instant.parse("2026-01-04T23:45:00Z");
    public static final Instant OPEN = Instant.parse("2026-01-05T00:00:00Z");
    public static final Instant CLOSE = Instant.parse("2026-01-05T06:30:00Z");
    public static final AccountId ACCOUNT = new AccountId(Mode.DRY_RUN, Venue.KIS, "someone", "KRW");
    public static final InstrumentId ALPHA = new InstrumentId(Venue.KIS, "000110");
    public static final InstrumentId BETA = new InstrumentId(Venue.KIS, "000220");
    public static final BigDecimal CAPITAL = won(10_000_000);
    public static final DayLimits LIMITS = new DayLimits(20, won(5_000_000), 5, won(500_000));
    public static final ExitTerms TERMS = new ExitTerms(won(10), won(20), won(10));
    private static final Fence FENCE =
            new Fence(Leases.name(JobName.SIGNAL_GENERATION, Mode.DRY_RUN, Optional.of("someone")), 7);

    public final Store store;
    public final VirtualTime time;
    public final FakeQuotes quotes = new FakeQuotes();
    public final Portfolios portfolios;
    public final TradingStates states;
    public final Armings armings;
    public final Adoptions adoptions;
    public final OrderStore orders;
    public final PaperBook book;
    public final PaperBroker paper;
    public final OrderDesk desk;

    public TradingWorld() {
        this(new MemoryStore(), new VirtualTime(SIGNALS));
        open();
    }

    /** Everything rebuilt on what the store holds: what a new process does. */
    public TradingWorld(Store store, VirtualTime time) {
        this.store = store;
        this.time = time;
        portfolios = new PortfolioMapper(store);
        states = new TradingStateMapper(store);
        armings = new ArmingMapper(store);
        adoptions = new AdoptionMapper(store);
        orders = new OrderMapper(store);
        book = new PaperBookMapper(store);
        paper = new PaperBroker(book, quotes, new Percent(), TradingWorld::tenWon, PaperTerms.krx(), time);
        desk = new OrderDesk(orders, portfolios, states, armings, adoptions, paper, time);
    }

    public void open() {
        var _ = portfolios.open(ACCOUNT, CAPITAL);
        lease(FENCE.number());
    }

    public void lease(long number) {
        var _ = store.commit(List.of(Action.put(Item.at(Key.state(FENCE.lease(), Leases.SORT))
                .with(Leases.FENCE, number)
                .build())));
    }

    public OrderDesk desk(Broker broker) {
        return new OrderDesk(orders, portfolios, states, armings, adoptions, broker, time);
    }

    public Run run() {
        return run(true);
    }

    public Run run(boolean entriesAllowed) {
        Slot slot = new Slot(JobName.SIGNAL_GENERATION, SESSION.toString(), "", Mode.DRY_RUN, Optional.of("someone"));
        return new Run(slot, SESSION, FENCE, time.now(), time.now().plus(Duration.ofMinutes(5)), false, entriesAllowed);
    }

    public static EntryRequest entry(InstrumentId instrument, long price, long quantity) {
        return entry(instrument, price, quantity, LIMITS);
    }

    public static EntryRequest entry(InstrumentId instrument, long price, long quantity, DayLimits limits) {
        BigDecimal notional = won(price).multiply(won(quantity));
        return new EntryRequest(
                ACCOUNT,
                SESSION,
                "momentum",
                instrument,
                "2026-01-02",
                OrderType.LIMIT,
                won(price),
                won(quantity),
                BigDecimal.ONE,
                notional.multiply(new BigDecimal("1.001")),
                new Validity(OPEN, OPEN, CLOSE),
                limits,
                TERMS,
                "conviction 72");
    }

    public static ExitRequest exit(Position position, ExitRule rule, long quantity, long price) {
        return new ExitRequest(
                SESSION,
                position,
                rule,
                OrderType.MARKET,
                won(price),
                won(quantity),
                BigDecimal.ONE,
                new Validity(OPEN, CLOSE, CLOSE),
                rule.text());
    }

    public Position position(InstrumentId instrument) {
        return portfolios.position(ACCOUNT, instrument).orElseThrow();
    }

    public Cash cash() {
        return portfolios.cash(ACCOUNT).orElseThrow();
    }

    public Order only() {
        var all = orders.ofSession(ACCOUNT, SESSION);
        if (all.size() != 1) {
            throw new AssertionError("expected one order, found " + all);
        }
        return all.getFirst();
    }

    /** What people were alarmed of: of one order, oldest first. */
    public List<String> alarms() {
        return new Outbox(store)
                .pending().stream()
                        .filter(event -> event.type().equals("OrderAlarm"))
                        .map(event -> String.valueOf(event.detail().get("detail")))
                        .toList();
    }

    /** Buys at the open and moves to the first pass of the session. */
    public Position bought(InstrumentId instrument, long price, long quantity) throws InterruptedException {
        var _ = desk.enter(entry(instrument, price, quantity), run());
        time.advanceTo(OPEN);
        quotes.trade(instrument, price, price, price, price, 1_000_000, OPEN);
        var _ = desk.advance(ACCOUNT, run());
        return position(instrument);
    }

    public void at(String kst) {
        time.advanceTo(Instant.parse("2026-01-05T" + kst + ":00+09:00"));
    }

    public static BigDecimal won(long amount) {
        return BigDecimal.valueOf(amount);
    }

    private static BigDecimal tenWon(InstrumentId instrument, LocalDate session, BigDecimal price, boolean up) {
        return price.add(won(up ? 10 : -10));
    }

    /** 0.01 % commission, 0.2 % tax, whole won. */
    private static final class Percent implements Costs {

        @Override
        public Charges buying(InstrumentId instrument, BigDecimal quantity, BigDecimal price, LocalDate session) {
            return new Charges(part(quantity, price, "0.0001"), BigDecimal.ZERO);
        }

        @Override
        public Charges selling(InstrumentId instrument, BigDecimal quantity, BigDecimal price, LocalDate session) {
            return new Charges(part(quantity, price, "0.0001"), part(quantity, price, "0.002"));
        }

        private static BigDecimal part(BigDecimal quantity, BigDecimal price, String rate) {
            return quantity.multiply(price).multiply(new BigDecimal(rate)).setScale(0, RoundingMode.DOWN);
        }
    }

    /** Prices as the test sets them. */
    public static final class FakeQuotes implements Quotes {

        private final Map<String, Quote> prices = new TreeMap<>();
        public boolean unavailable;

        @Override
        public Map<InstrumentId, Quote> quotes(Collection<InstrumentId> instruments) {
            if (unavailable) {
                throw new QuotesUnavailableException("the venue does not answer", new IllegalStateException());
            }
            Map<InstrumentId, Quote> answer = new java.util.LinkedHashMap<>();
            for (InstrumentId instrument : instruments) {
                Quote quote = prices.get(instrument.toString());
                if (quote != null) {
                    answer.put(instrument, quote);
                }
            }
            return answer;
        }

        public void put(Quote quote) {
            prices.put(quote.instrument().toString(), quote);
        }

        public void trade(InstrumentId instrument, long open, long high, long low, long last, long volume, Instant at) {
            put(new Quote(
                    instrument,
                    won(last),
                    null,
                    null,
                    won(open),
                    won(high),
                    won(low),
                    volume,
                    won(open),
                    null,
                    null,
                    at,
                    true,
                    ""));
        }
    }
}
