package io.haetae.functions;

import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.config.Settings;
import io.haetae.config.SettingsReader;
import io.haetae.functions.positionmonitoring.PositionMonitoring;
import io.haetae.functions.riskchecks.RiskChecks;
import io.haetae.functions.signalgeneration.SignalGeneration;
import io.haetae.job.Fence;
import io.haetae.job.JobBody;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.job.Leases;
import io.haetae.job.Run;
import io.haetae.job.Slot;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.InstrumentId;
import io.haetae.market.KrxCosts;
import io.haetae.market.KrxMarket;
import io.haetae.market.KrxTradeRules;
import io.haetae.market.MarketDay;
import io.haetae.market.PriceSource;
import io.haetae.market.Quote;
import io.haetae.market.Quotes;
import io.haetae.market.QuotesUnavailableException;
import io.haetae.market.Venue;
import io.haetae.order.Fill;
import io.haetae.order.Order;
import io.haetae.order.OrderDesk;
import io.haetae.order.paper.PaperBroker;
import io.haetae.order.paper.PaperTerms;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.Position;
import io.haetae.risk.Books;
import io.haetae.risk.Marks;
import io.haetae.risk.RiskLimits;
import io.haetae.risk.RiskWatch;
import io.haetae.score.CompanyHistory;
import io.haetae.score.Financials;
import io.haetae.score.Measures;
import io.haetae.score.Score;
import io.haetae.score.ScoreSheet;
import io.haetae.store.Action;
import io.haetae.store.AdoptionMapper;
import io.haetae.store.ArmingMapper;
import io.haetae.store.CalendarCheckMapper;
import io.haetae.store.Item;
import io.haetae.store.Key;
import io.haetae.store.MarketDataMapper;
import io.haetae.store.MemoryStore;
import io.haetae.store.OrderMapper;
import io.haetae.store.Outcome;
import io.haetae.store.PaperBookMapper;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.RiskMetricsMapper;
import io.haetae.store.ScoreMapper;
import io.haetae.store.SignalsMapper;
import io.haetae.store.Store;
import io.haetae.store.TradingStateMapper;
import io.haetae.store.TradingStatusMapper;
import io.haetae.store.WatchlistMapper;
import io.haetae.time.VirtualTime;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The trading jobs of one account over a store in memory, the paper broker, and quotes that a test sets. Every run builds
 * its objects anew, as Lambda would.
 */
public final class KoreanDesk {

    public static final AccountId ACCOUNT = new AccountId(Mode.DRY_RUN, Venue.KIS, "default_user", "KRW");
    public static final LocalDate BASIS = LocalDate.of(2026, 1, 5);
    public static final LocalDate SESSION = LocalDate.of(2026, 1, 6);

    private static final TradingCalendar CALENDAR = XkrxCalendar.bundled();

    public final Store store;
    public final FakeQuotes quotes = new FakeQuotes();
    private final List<Score> scores = new ArrayList<>();
    private VirtualTime time = new VirtualTime(Instant.EPOCH);
    private long fence;
    private final Map<String, String> set = new TreeMap<>();
    private BigDecimal capital = new BigDecimal("100000000");

    public KoreanDesk() {
        this(new MemoryStore());
    }

    public KoreanDesk(Store store) {
        this.store = store;
    }

    /** Quotes that stand where a test puts them, of the moment they are asked for. */
    public final class FakeQuotes implements Quotes {
        private final Map<String, BigDecimal> prices = new TreeMap<>();
        private boolean down;

        public void set(String symbol, String price) {
            prices.put(symbol, new BigDecimal(price));
        }

        public void remove(String symbol) {
            prices.remove(symbol);
        }

        public void down(boolean value) {
            down = value;
        }

        @Override
        public Map<InstrumentId, Quote> quotes(Collection<InstrumentId> instruments) {
            if (down) {
                throw new QuotesUnavailableException("no answer", new IllegalStateException("down"));
            }
            Map<InstrumentId, Quote> answer = new TreeMap<>(java.util.Comparator.comparing(InstrumentId::code));
            for (InstrumentId instrument : instruments) {
                BigDecimal price = prices.get(instrument.code());
                if (price != null) {
                    answer.put(instrument, quote(instrument, price));
                }
            }
            return answer;
        }

        private Quote quote(InstrumentId instrument, BigDecimal price) {
            return new Quote(
                    instrument,
                    price,
                    null,
                    null,
                    price,
                    price,
                    price,
                    50_000_000,
                    null,
                    null,
                    null,
                    time.now(),
                    true,
                    "");
        }
    }

    /** The clock on the wall in Seoul, on the session. */
    public KoreanDesk at(String wallTime) {
        return at(SESSION, wallTime);
    }

    public KoreanDesk at(LocalDate date, String wallTime) {
        time = new VirtualTime(
                date.atTime(LocalTime.parse(wallTime)).atZone(CALENDAR.zone()).toInstant());
        return this;
    }

    /** Another value of a setting. */
    public KoreanDesk set(String name, String value) {
        set.put(name, value);
        return this;
    }

    public KoreanDesk capital(String won) {
        capital = new BigDecimal(won);
        return this;
    }

    /** A share that every threshold passes, with this value score to rank it by. */
    public KoreanDesk scored(String symbol, long close, double value) {
        return scored(symbol, close, value, 90.0);
    }

    public KoreanDesk scored(String symbol, long close, double value, @Nullable Double quality) {
        scores.removeIf(score -> score.symbol().equals(symbol));
        scores.add(new Score(
                symbol,
                "가나 " + symbol,
                KrxMarket.KOSPI,
                close,
                500_000,
                35_000_000_000L,
                0,
                true,
                300,
                new Measures(
                        0.2,
                        null,
                        null,
                        null,
                        500_000.0,
                        35_000_000_000.0,
                        2.0,
                        1.0,
                        1_000.0,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                Financials.of(new Fundamentals(symbol, 8.0, 0.9, null, null), close, null, 0),
                CompanyHistory.UNKNOWN,
                value,
                null,
                quality,
                90.0,
                80.0,
                50.0,
                90.0,
                100));
        return this;
    }

    /** Keeps prices and scores of the session before. */
    public KoreanDesk published(PriceSource source) {
        return published(BASIS, source);
    }

    public KoreanDesk published(LocalDate session, PriceSource source) {
        List<DailyRow> rows = scores.stream()
                .map(score -> new DailyRow(
                        score.symbol(),
                        score.name(),
                        KrxMarket.KOSPI,
                        score.close(),
                        score.close(),
                        score.close(),
                        score.close(),
                        0,
                        500_000,
                        score.close() * 500_000,
                        10_000_000))
                .toList();
        return publishedAs(MarketDay.of(session, source, rows));
    }

    /** Keeps these prices, and the scores as if they rested on them. */
    public KoreanDesk publishedAs(MarketDay day) {
        MarketDataMapper market = new MarketDataMapper(store);
        market.put(day, day.rows().size(), true, time.now());
        String inputs = market.coverage(day.session()).orElseThrow().inputs();
        new ScoreMapper(store).put(new ScoreSheet(day.session(), inputs, scores, List.of()));
        return this;
    }

    /** As the runner would: entries are allowed inside the entry window alone. */
    public JobResult run(JobName job) throws Exception {
        Instant now = time.now();
        boolean window = CALENDAR.session(SESSION).orElseThrow().inEntryWindow(now);
        return run(job, job == JobName.SIGNAL_GENERATION ? window : true);
    }

    public JobResult run(JobName job, boolean entriesAllowed) throws Exception {
        Instant now = time.now();
        Optional<String> user = Optional.of(ACCOUNT.user());
        Slot slot = new Slot(
                job, job == JobName.SIGNAL_GENERATION ? SESSION.toString() : now.toString(), "", Mode.DRY_RUN, user);
        Run run = new Run(slot, SESSION, lease(job), now, now.plus(Duration.ofMinutes(5)), false, entriesAllowed);
        return body(job).run(run);
    }

    private Fence lease(JobName job) {
        String name = Leases.name(job, Mode.DRY_RUN, Optional.of(ACCOUNT.user()));
        fence++;
        Outcome _ = store.commit(List.of(Action.put(
                Item.at(Key.state(name, Leases.SORT)).with(Leases.FENCE, fence).build())));
        return new Fence(name, fence);
    }

    private JobBody body(JobName job) {
        OrderMapper orders = new OrderMapper(store);
        PortfolioMapper portfolios = new PortfolioMapper(store);
        MarketDataMapper market = new MarketDataMapper(store);
        KrxTradeRules rules = new KrxTradeRules(new KrxCosts(CALENDAR), _ -> Optional.of(KrxMarket.KOSPI));
        OrderDesk desk = new OrderDesk(
                orders,
                portfolios,
                new TradingStateMapper(store),
                new ArmingMapper(store),
                new AdoptionMapper(store),
                new PaperBroker(new PaperBookMapper(store), quotes, rules, rules, PaperTerms.krx(), time),
                time);
        Books books = new Books(portfolios);
        Marks marks = new Marks(quotes, market, CALENDAR);
        RiskWatch watch = new RiskWatch(
                new RiskMetricsMapper(store),
                new TradingStateMapper(store),
                RiskLimits.standard(
                        settings().maxPositions(),
                        settings().maxPositionSizePct(),
                        settings().maxDailyLossPct()));
        return switch (job) {
            case SIGNAL_GENERATION ->
                new SignalGeneration(
                        CALENDAR,
                        new CalendarCheckMapper(store),
                        market,
                        new TradingStatusMapper(store),
                        new ScoreMapper(store),
                        new WatchlistMapper(store),
                        new SignalsMapper(store),
                        books,
                        marks,
                        watch,
                        orders,
                        desk,
                        rules,
                        time,
                        settings());
            case POSITION_MONITORING ->
                new PositionMonitoring(CALENDAR, books, quotes, marks, watch, desk, time, capital);
            case RISK_CHECKS -> new RiskChecks(CALENDAR, books, marks, watch, desk, time, capital);
            case DATA_COLLECTION,
                    DATA_CATCHUP,
                    CALENDAR_REFRESH,
                    INDICATOR_CALCULATION,
                    WATCHLIST_UPDATE,
                    STATEMENT_COLLECTION,
                    SAXO_CYCLE,
                    SAXO_TOKEN -> throw new IllegalArgumentException(job + " trades nothing here");
        };
    }

    /** Any amount a session, unless a test says otherwise. */
    private Settings.Orchestrator settings() {
        Map<String, String> values = new TreeMap<>();
        values.put("ORCHESTRATOR_USER_ID", ACCOUNT.user());
        values.put("ORCHESTRATOR_PORTFOLIO_VALUE", capital.toPlainString());
        values.put("ORCHESTRATOR_MAX_ENTRY_NOTIONAL_PCT_PER_DAY", "100");
        values.putAll(set);
        return SettingsReader.read(values).orchestrator();
    }

    public List<Order> orders() {
        return new OrderMapper(store).ofSession(ACCOUNT, SESSION);
    }

    public List<Fill> fills() {
        return new OrderMapper(store).fills(ACCOUNT, SESSION);
    }

    public List<Position> held() {
        return new PortfolioMapper(store)
                .positions(ACCOUNT).stream().filter(Position::isOpen).toList();
    }

    public List<Score> scores() {
        return List.copyOf(scores);
    }

    public TradingStateMapper states() {
        return new TradingStateMapper(store);
    }

    public Instant now() {
        return time.now();
    }
}
