package io.haetae.functions;

import io.haetae.calendar.CalendarChecks;
import io.haetae.calendar.TradingCalendar;
import io.haetae.config.Settings;
import io.haetae.config.SettingsReader;
import io.haetae.dart.DartClient;
import io.haetae.functions.datacollection.Backfill;
import io.haetae.indicator.IndicatorSnapshots;
import io.haetae.indicator.MarketStates;
import io.haetae.job.JobBody;
import io.haetae.job.JobName;
import io.haetae.job.JobPolicy;
import io.haetae.job.JobResult;
import io.haetae.job.JobRunner;
import io.haetae.job.RunRecord;
import io.haetae.kis.KisAccountNumber;
import io.haetae.kis.KisBroker;
import io.haetae.kis.KisClient;
import io.haetae.kis.KisKeys;
import io.haetae.kis.KisQuotes;
import io.haetae.kis.KisRateLimiter;
import io.haetae.kis.KisToken;
import io.haetae.krx.ClosurePageClient;
import io.haetae.krx.KrxClient;
import io.haetae.market.CallAllowance;
import io.haetae.market.Gaps;
import io.haetae.market.Indices;
import io.haetae.market.KrxCosts;
import io.haetae.market.KrxMarket;
import io.haetae.market.KrxTradeRules;
import io.haetae.market.MarketData;
import io.haetae.market.Quotes;
import io.haetae.market.Statements;
import io.haetae.market.SymbolRegisters;
import io.haetae.market.TradingStatuses;
import io.haetae.order.Broker;
import io.haetae.order.BrokerCapital;
import io.haetae.order.OrderDesk;
import io.haetae.order.OrderStore;
import io.haetae.order.paper.PaperBroker;
import io.haetae.order.paper.PaperTerms;
import io.haetae.portfolio.Mode;
import io.haetae.risk.Books;
import io.haetae.risk.Marks;
import io.haetae.risk.RiskLimits;
import io.haetae.risk.RiskWatch;
import io.haetae.saxo.SaxoClient;
import io.haetae.saxo.SaxoToken;
import io.haetae.score.Scores;
import io.haetae.signal.Signals;
import io.haetae.store.AdoptionMapper;
import io.haetae.store.ArmingMapper;
import io.haetae.store.CalendarCheckMapper;
import io.haetae.store.CallQuotaMapper;
import io.haetae.store.GapMapper;
import io.haetae.store.IndexMapper;
import io.haetae.store.IndicatorMapper;
import io.haetae.store.JobMapper;
import io.haetae.store.MarketDataMapper;
import io.haetae.store.MarketStateMapper;
import io.haetae.store.OrderMapper;
import io.haetae.store.Outbox;
import io.haetae.store.PaperBookMapper;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.RiskMetricsMapper;
import io.haetae.store.ScoreMapper;
import io.haetae.store.SecretLeases;
import io.haetae.store.SignalsMapper;
import io.haetae.store.StatementMapper;
import io.haetae.store.Store;
import io.haetae.store.SymbolRegisterMapper;
import io.haetae.store.TradingStateMapper;
import io.haetae.store.TradingStatusMapper;
import io.haetae.store.WatchlistMapper;
import io.haetae.time.TimeSource;
import io.haetae.watchlist.Watchlists;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.OkHttpClient;

/** The object graph of a function, built by hand out of its platform and its settings. */
public final class Graph {

    private static final LocalTime ORDINARY_OPEN = LocalTime.of(9, 0);
    private static final LocalTime ORDINARY_CLOSE = LocalTime.of(15, 30);

    private final Platform platform;
    private final Settings settings;
    private final TradingCalendar calendar;
    private final MarketData market;
    private final IndicatorSnapshots indicators;
    private final KrxTradeRules koreanRules;
    private final OkHttpClient http = KisClient.http();
    private final AtomicReference<Optional<KisClient>> kis = new AtomicReference<>(Optional.empty());
    private final JobRunner runner;

    /** @throws io.haetae.config.InvalidSettingsException naming all that is wrong with the environment */
    public Graph(Platform platform) {
        this.platform = platform;
        this.settings = SettingsReader.read(platform.environment(), platform.sources());
        this.calendar = settings.calendars().xkrx();
        Store store = platform.store();
        this.market = new MarketDataMapper(store);
        this.indicators = new IndicatorMapper(store);
        this.koreanRules =
                new KrxTradeRules(new KrxCosts(calendar), new ListedMarkets(market, calendar, platform.time()));
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

    /**
     * The body, but for a session that has no rows because its collection was skipped: then there is nothing to do until
     * they come, and the collection's own reason says when.
     */
    public JobBody unlessCollectionWasSkipped(JobBody body) {
        return run -> {
            Optional<String> skipped = market.coverage(run.session()).isPresent()
                    ? Optional.empty()
                    : collection(run.slot().mode(), run.session())
                            .filter(record -> record.outcome().equals("SKIPPED"))
                            .map(RunRecord::reason);
            return skipped.isPresent() ? new JobResult.Skipped(skipped.get()) : body.run(run);
        };
    }

    /** How the newest collection of the session ended. */
    private Optional<RunRecord> collection(Mode mode, LocalDate session) {
        return new JobMapper(platform.store())
                .runs(mode, session).stream()
                        .filter(record -> record.slot().job() == JobName.DATA_COLLECTION
                                && record.slot().due().equals(session.toString()))
                        .reduce((_, newer) -> newer);
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

    public Gaps gaps() {
        return new GapMapper(platform.store());
    }

    public IndicatorSnapshots indicators() {
        return indicators;
    }

    public MarketStates marketStates() {
        return new MarketStateMapper(platform.store());
    }

    public Scores scores() {
        return new ScoreMapper(platform.store());
    }

    public Watchlists watchlists() {
        return new WatchlistMapper(platform.store());
    }

    public Signals signals() {
        return new SignalsMapper(platform.store());
    }

    public OrderStore orders() {
        return new OrderMapper(platform.store());
    }

    /** The Korean accounts; outside dry runs they begin with what the broker says. */
    public Books books() {
        PortfolioMapper portfolios = new PortfolioMapper(platform.store());
        return switch (settings.koreanMode()) {
            case DRY_RUN -> new Books(portfolios);
            case SIM, LIVE -> new Books(portfolios, new BrokerCapital(koreanBroker()));
        };
    }

    public RiskWatch riskWatch() {
        Settings.Orchestrator korean = settings.orchestrator();
        return new RiskWatch(
                new RiskMetricsMapper(platform.store()),
                new TradingStateMapper(platform.store()),
                RiskLimits.standard(korean.maxPositions(), korean.maxPositionSizePct(), korean.maxDailyLossPct()));
    }

    public Marks marks() {
        return new Marks(koreanQuotes(), market, calendar);
    }

    public KrxTradeRules koreanRules() {
        return koreanRules;
    }

    /** Takes an intent to the broker of the configured mode, and to no other. */
    public OrderDesk koreanDesk() {
        Store store = platform.store();
        return new OrderDesk(
                new OrderMapper(store),
                new PortfolioMapper(store),
                new TradingStateMapper(store),
                new ArmingMapper(store),
                new AdoptionMapper(store),
                koreanBroker(),
                time());
    }

    private Broker koreanBroker() {
        return switch (settings.koreanMode()) {
            case DRY_RUN ->
                new PaperBroker(
                        new PaperBookMapper(platform.store()),
                        koreanQuotes(),
                        koreanRules,
                        koreanRules,
                        PaperTerms.krx(),
                        time());
            case SIM, LIVE -> kisBroker();
        };
    }

    /**
     * The Korean broker itself, whatever the mode.
     *
     * @throws IllegalStateException without its keys
     */
    public KisBroker kisBroker() {
        return new KisBroker(
                kis().orElseThrow(() -> missing(KisKeys.APP_KEY)),
                KisAccountNumber.in(platform.secrets()).orElseThrow(() -> missing(KisAccountNumber.SECRET)),
                settings.kis().paper(),
                calendar,
                koreanRules,
                KisBroker.sender(),
                time());
    }

    /** The jobs ask {@link #missingBrokerKey} first and are skipped. */
    private static IllegalStateException missing(String key) {
        return new IllegalStateException("there is no broker without the key " + key);
    }

    /** The key without which orders of the configured mode have no broker; a dry run needs none. */
    public Optional<String> missingBrokerKey() {
        return switch (settings.koreanMode()) {
            case DRY_RUN -> Optional.empty();
            case SIM, LIVE -> missingKisKey();
        };
    }

    /** The name of a key without which there is no {@link #kisBroker}. */
    public Optional<String> missingKisKey() {
        if (kis().isEmpty()) {
            return Optional.of(KisKeys.APP_KEY);
        }
        return KisAccountNumber.in(platform.secrets()).isEmpty()
                ? Optional.of(KisAccountNumber.SECRET)
                : Optional.empty();
    }

    public Quotes koreanQuotes() {
        return kis().<Quotes>map(client -> new KisQuotes(client, time()))
                .orElseGet(() -> new NoKeyQuotes(KisKeys.APP_KEY));
    }

    /** Empty when no keys are configured. The same client for all, so that its rate is kept by all. */
    public Optional<KisClient> kis() {
        return kis.updateAndGet(
                made -> made.isPresent() ? made : KisKeys.in(platform.secrets()).map(this::kis));
    }

    private KisClient kis(KisKeys keys) {
        String base = settings.endpoints().kisRest();
        KisToken token = new KisToken(http, base, keys, platform.secrets(), secretLeases(), time());
        KisRateLimiter limiter = new KisRateLimiter(time(), settings.kis().callsPerSecond());
        return new KisClient(http, base, keys, token, limiter, time());
    }

    /** Empty when no key is configured. */
    public Optional<KrxClient> krx() {
        return platform.secrets()
                .get("krx/auth-key")
                .map(key -> new KrxClient(
                        KrxClient.http(),
                        settings.endpoints().krx(),
                        key,
                        settings.krx().konex() ? List.of(KrxMarket.values()) : KrxMarket.MAIN,
                        new CallQuotaMapper(platform.store()),
                        time()));
    }

    /** The life of every symbol of the Exchange. */
    public SymbolRegisters symbols() {
        return new SymbolRegisterMapper(platform.store());
    }

    public Indices indices() {
        return new IndexMapper(platform.store());
    }

    /** The Exchange's page of closures, which needs no key. */
    public ClosurePageClient closurePage() {
        return new ClosurePageClient(
                ClosurePageClient.http(), settings.endpoints().krxCalendar(), time());
    }

    public TradingStatuses tradingStatuses() {
        return new TradingStatusMapper(platform.store());
    }

    public CalendarChecks calendarChecks() {
        return new CalendarCheckMapper(platform.store());
    }

    public Statements statements() {
        return new StatementMapper(platform.store());
    }

    /** Empty when no key is configured. A client of its own for each run: one that was shut out asks no more. */
    public Optional<DartClient> dart() {
        CallAllowance calls = new CallAllowance(new CallQuotaMapper(platform.store()), "dart", DartClient.CALLS_A_DAY);
        return platform.secrets()
                .get("dart/api-key")
                .map(key -> new DartClient(
                        DartClient.http(),
                        settings.endpoints().dart(),
                        key,
                        () -> calls.take(calendar.dateAt(time().now())),
                        time()));
    }

    /** Empty when no key is configured. */
    public Optional<Backfill> backfill() {
        return krx().map(client -> new Backfill(client, market, gaps(), calendar, time()));
    }

    public Platform platform() {
        return platform;
    }

    private SecretLeases secretLeases() {
        return new SecretLeases(platform.store(), time(), platform.ownerIds(), platform.locks());
    }

    public SaxoToken saxoToken() {
        return new SaxoToken(
                settings.saxo().oauth(),
                platform.secrets(),
                secretLeases(),
                URI.create(settings.endpoints().saxoAuth()),
                time());
    }

    public SaxoClient saxo(SaxoToken token) {
        return new SaxoClient(URI.create(settings.endpoints().saxoRest()), token, time());
    }

    /** How long a run of the job may take where no one else says so. */
    static Duration longest(JobName job) {
        return switch (job) {
            case DATA_COLLECTION,
                    DATA_CATCHUP,
                    CALENDAR_REFRESH,
                    INDICATOR_CALCULATION,
                    WATCHLIST_UPDATE,
                    STATEMENT_COLLECTION -> Duration.ofMinutes(15);
            case SIGNAL_GENERATION -> Duration.ofMinutes(5);
            case POSITION_MONITORING, RISK_CHECKS, SAXO_TOKEN ->
                Duration.ofMinutes(8).plusSeconds(30);
            case SAXO_CYCLE -> Duration.ofMinutes(3).plusSeconds(30);
        };
    }

    JobPolicy policy(JobName job, Duration longest) {
        Settings.Orchestrator korean = settings.orchestrator();
        return switch (job) {
            case DATA_COLLECTION, DATA_CATCHUP, CALENDAR_REFRESH ->
                policy(job, korean.enableDataCollection(), "ORCHESTRATOR_ENABLE_DATA_COLLECTION", longest);
            case INDICATOR_CALCULATION ->
                policy(job, korean.enableIndicatorCalculation(), "ORCHESTRATOR_ENABLE_INDICATOR_CALCULATION", longest);
            case WATCHLIST_UPDATE ->
                policy(job, korean.enableWatchlistUpdate(), "ORCHESTRATOR_ENABLE_WATCHLIST_UPDATE", longest);
            case STATEMENT_COLLECTION ->
                policy(job, korean.enableStatementCollection(), "ORCHESTRATOR_ENABLE_STATEMENT_COLLECTION", longest);
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
        return new JobPolicy(
                job,
                enabled,
                switchName,
                settings.mode(job),
                korean.userId(),
                Optional.of(korean.marketOpenTime()).filter(time -> !time.equals(ORDINARY_OPEN)),
                Optional.of(korean.marketCloseTime()).filter(time -> !time.equals(ORDINARY_CLOSE)),
                longest);
    }
}
