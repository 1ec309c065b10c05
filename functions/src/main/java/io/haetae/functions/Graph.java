package io.haetae.functions;

import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.config.Secrets;
import io.haetae.config.Settings;
import io.haetae.config.SettingsReader;
import io.haetae.indicator.IndicatorSnapshots;
import io.haetae.job.JobName;
import io.haetae.job.JobPolicy;
import io.haetae.job.JobRunner;
import io.haetae.kis.KisClient;
import io.haetae.kis.KisKeys;
import io.haetae.kis.KisQuotes;
import io.haetae.kis.KisRateLimiter;
import io.haetae.kis.KisToken;
import io.haetae.krx.KrxClient;
import io.haetae.market.KrxCosts;
import io.haetae.market.KrxTradeRules;
import io.haetae.market.MarketData;
import io.haetae.market.Quotes;
import io.haetae.market.QuotesUnavailableException;
import io.haetae.order.OrderDesk;
import io.haetae.order.OrderStore;
import io.haetae.order.paper.PaperBroker;
import io.haetae.order.paper.PaperTerms;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.Portfolios;
import io.haetae.risk.Books;
import io.haetae.risk.Marks;
import io.haetae.risk.RiskLimits;
import io.haetae.risk.RiskWatch;
import io.haetae.risk.TradingStates;
import io.haetae.saxo.SaxoClient;
import io.haetae.saxo.SaxoToken;
import io.haetae.score.Scores;
import io.haetae.store.IndicatorMapper;
import io.haetae.store.JobMapper;
import io.haetae.store.MarketDataMapper;
import io.haetae.store.OrderMapper;
import io.haetae.store.Outbox;
import io.haetae.store.PaperBookMapper;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.RiskMetricsMapper;
import io.haetae.store.ScoreMapper;
import io.haetae.store.SecretLeases;
import io.haetae.store.Store;
import io.haetae.store.TradingStateMapper;
import io.haetae.store.WatchlistMapper;
import io.haetae.time.TimeSource;
import io.haetae.watchlist.Watchlists;
import java.net.URI;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import okhttp3.OkHttpClient;

/** The object graph of a function, built by hand out of its platform and its settings. */
public final class Graph {

    private static final LocalTime ORDINARY_OPEN = LocalTime.of(9, 0);
    private static final LocalTime ORDINARY_CLOSE = LocalTime.of(15, 30);

    private final Platform platform;
    private final Settings settings;
    private final TradingCalendar calendar = XkrxCalendar.bundled();
    private final MarketData market;
    private final IndicatorSnapshots indicators;
    private final JobRunner runner;

    /** @throws io.haetae.config.InvalidSettingsException naming all that is wrong with the environment */
    public Graph(Platform platform) {
        this.platform = platform;
        this.settings = SettingsReader.read(platform.environment(), platform.sources());
        Store store = platform.store();
        this.market = new MarketDataMapper(store);
        this.indicators = new IndicatorMapper(store);
        Outbox outbox = new Outbox(store);
        this.runner = new JobRunner(
                new JobMapper(store),
                platform.time(),
                calendar,
                new MarketInputs(market, indicators),
                platform.invoker(),
                platform.listener(),
                () -> outbox.publishPending(platform.publisher()),
                platform.ownerIds(),
                platform.locks());
    }

    public JobRunner runner() {
        return runner;
    }

    public Settings settings() {
        return settings;
    }

    public TimeSource time() {
        return platform.time();
    }

    public TradingCalendar calendar() {
        return calendar;
    }

    public MarketData market() {
        return market;
    }

    public IndicatorSnapshots indicators() {
        return indicators;
    }

    public Scores scores() {
        return new ScoreMapper(platform.store());
    }

    public Watchlists watchlists() {
        return new WatchlistMapper(platform.store());
    }

    public Store store() {
        return platform.store();
    }

    public Secrets secrets() {
        return platform.secrets();
    }

    /** Empty without the Exchange's key. */
    public Optional<KrxClient> krx() {
        return secrets()
                .get("krx/auth-key")
                .map(key -> new KrxClient(KrxClient.http(), settings.endpoints().krx(), key, time()));
    }

    /** Empty without the Korean broker's keys. */
    public Optional<KisClient> kis() {
        return KisKeys.in(secrets()).map(keys -> {
            OkHttpClient http = KisClient.http();
            String base = settings.endpoints().kisRest();
            return new KisClient(
                    http,
                    base,
                    keys,
                    new KisToken(http, base, keys, secrets(), store(), time()),
                    new KisRateLimiter(time(), settings.kis().callsPerSecond()),
                    time());
        });
    }

    /** Prices of Korean shares; without the broker's keys every question fails, which is never a price. */
    public Quotes koreanQuotes() {
        return kis().<Quotes>map(client -> new KisQuotes(client, time())).orElse(asked -> {
            throw new QuotesUnavailableException("NO_KEY " + KisKeys.APP_KEY, null);
        });
    }

    public KrxTradeRules koreanRules() {
        return new KrxTradeRules(new KrxCosts(calendar), new ListedMarkets(market, calendar, time()));
    }

    /** The desk of the Korean book: a paper broker that fills against {@code quotes}. */
    public OrderDesk koreanDesk(Quotes quotes) {
        KrxTradeRules rules = koreanRules();
        return new OrderDesk(
                orders(),
                portfolios(),
                states(),
                new PaperBroker(new PaperBookMapper(store()), quotes, rules, rules, PaperTerms.krx(), time()),
                time());
    }

    public OrderStore orders() {
        return new OrderMapper(store());
    }

    public Portfolios portfolios() {
        return new PortfolioMapper(store());
    }

    public TradingStates states() {
        return new TradingStateMapper(store());
    }

    public Books books() {
        return new Books(portfolios());
    }

    public Marks marks(Quotes quotes) {
        return new Marks(quotes, market, calendar);
    }

    public RiskWatch koreanWatch() {
        Settings.Orchestrator korean = settings.orchestrator();
        return new RiskWatch(
                new RiskMetricsMapper(store()),
                states(),
                RiskLimits.standard(korean.maxPositions(), korean.maxPositionSizePct(), korean.maxDailyLossPct()));
    }

    public SaxoToken saxoToken() {
        return new SaxoToken(
                settings.saxo().oauth(),
                secrets(),
                new SecretLeases(store(), time(), platform.ownerIds()),
                URI.create(settings.endpoints().saxoAuth()),
                time());
    }

    public SaxoClient saxo(SaxoToken token) {
        return new SaxoClient(URI.create(settings.endpoints().saxoRest()), token, time());
    }

    /** How long a run of the job may take where no one else says so. */
    static Duration longest(JobName job) {
        return switch (job) {
            case DATA_COLLECTION, DATA_CATCHUP, INDICATOR_CALCULATION, WATCHLIST_UPDATE -> Duration.ofMinutes(15);
            case SIGNAL_GENERATION -> Duration.ofMinutes(5);
            case POSITION_MONITORING, RISK_CHECKS, SAXO_TOKEN -> Duration.ofMinutes(8).plusSeconds(30);
            case SAXO_CYCLE -> Duration.ofMinutes(3).plusSeconds(30);
        };
    }

    JobPolicy policy(JobName job, Duration longest) {
        Settings.Orchestrator korean = settings.orchestrator();
        return switch (job) {
            case DATA_COLLECTION, DATA_CATCHUP ->
                policy(job, korean.enableDataCollection(), "ORCHESTRATOR_ENABLE_DATA_COLLECTION", longest);
            case INDICATOR_CALCULATION ->
                policy(job, korean.enableIndicatorCalculation(), "ORCHESTRATOR_ENABLE_INDICATOR_CALCULATION", longest);
            case WATCHLIST_UPDATE ->
                policy(job, korean.enableWatchlistUpdate(), "ORCHESTRATOR_ENABLE_WATCHLIST_UPDATE", longest);
            case SIGNAL_GENERATION ->
                policy(job, korean.enableSignalGeneration(), "ORCHESTRATOR_ENABLE_SIGNAL_GENERATION", longest);
            case POSITION_MONITORING ->
                policy(job, korean.enablePositionMonitoring(), "ORCHESTRATOR_ENABLE_POSITION_MONITORING", longest);
            case RISK_CHECKS -> policy(job, korean.enableRiskChecks(), "ORCHESTRATOR_ENABLE_RISK_CHECKS", longest);
            case SAXO_CYCLE -> policy(job, settings.saxo().enableCycle(), "SAXO_ENABLE_CYCLE", longest);
            case SAXO_TOKEN -> policy(job, settings.saxo().enableToken(), "SAXO_ENABLE_TOKEN", longest);
        };
    }

    /** At its default, a market hour follows the session, which opens late or closes late on some days. */
    private JobPolicy policy(JobName job, boolean enabled, String switchName, Duration longest) {
        Settings.Orchestrator korean = settings.orchestrator();
        Mode mode = job == JobName.SAXO_CYCLE || job == JobName.SAXO_TOKEN
                ? settings.saxoMode()
                : settings.koreanMode();
        return new JobPolicy(
                job,
                enabled,
                switchName,
                mode,
                korean.userId(),
                Optional.of(korean.marketOpenTime()).filter(time -> !time.equals(ORDINARY_OPEN)),
                Optional.of(korean.marketCloseTime()).filter(time -> !time.equals(ORDINARY_CLOSE)),
                longest);
    }
}
