package io.haetae.local.settings;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.haetae.config.KeptSecrets;
import io.haetae.config.Secrets;
import io.haetae.config.SettingDefinition;
import io.haetae.config.SettingTable;
import io.haetae.event.DomainEvent;
import io.haetae.functions.CloudSurroundings;
import io.haetae.functions.FakePlatform;
import io.haetae.functions.Graph;
import io.haetae.functions.JobHandler;
import io.haetae.functions.KoreanDesk;
import io.haetae.functions.Platform;
import io.haetae.functions.datacollection.Backfill;
import io.haetae.functions.datacollection.DataCollectionHandler;
import io.haetae.functions.indicatorcalculation.IndicatorCalculationHandler;
import io.haetae.functions.positionmonitoring.PositionMonitoringHandler;
import io.haetae.functions.riskchecks.RiskChecksHandler;
import io.haetae.functions.saxocycle.SaxoCycleHandler;
import io.haetae.functions.saxotoken.SaxoTokenHandler;
import io.haetae.functions.signalgeneration.SignalGenerationHandler;
import io.haetae.functions.watchlistupdate.WatchlistUpdateHandler;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.job.RunRecord;
import io.haetae.job.Slot;
import io.haetae.local.http.Answer;
import io.haetae.local.http.LoopbackServer;
import io.haetae.local.saxo.SaxoSimulator;
import io.haetae.local.schedule.Template;
import io.haetae.market.InstrumentId;
import io.haetae.market.KrxMarket;
import io.haetae.market.PriceSource;
import io.haetae.market.Venue;
import io.haetae.order.Order;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.store.Key;
import io.haetae.store.MemoryStore;
import io.haetae.store.OrderMapper;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.Store;
import io.haetae.time.VirtualTime;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.cloudwatchlogs.emf.config.EnvironmentConfigurationProvider;
import software.amazon.cloudwatchlogs.emf.environment.Environments;

/** Design invariant: every setting changes something that can be seen from outside the settings. */
class SettingsChangeSomethingTest {

    private static final Path TEMPLATE = Path.of("..", "template.yaml");

    /** Nine o'clock in Seoul, on a session. */
    private static final Instant OPEN = Instant.parse("2026-01-06T00:00:00Z");

    private static final Instant SAXO_DAY = Instant.parse("2026-01-06T15:00:00Z");

    /** Nothing listens there. */
    private static final String NOWHERE = "http://127.0.0.1:9";

    /** Stands for the address of a server that remembers what it is asked. */
    private static final String OTHER = "{other}";

    private static final Map<String, String> VENUES_HERE = Map.of(
            "KRX_REST_BASE", NOWHERE,
            "KRX_CALENDAR_BASE", NOWHERE,
            "DART_REST_BASE", NOWHERE,
            "KIS_REST_BASE", NOWHERE,
            "SAXO_REST_BASE", NOWHERE,
            "SAXO_AUTH_BASE", NOWHERE);

    private static final String NEAR = "0.00001";

    @TempDir
    private Path folder;

    /** What can be seen from outside when the program runs with these settings. */
    private interface Observation {
        String of(Map<String, String> settings, Other other) throws Exception;
    }

    /**
     * @param around other settings, the same before and after
     * @param value the changed one
     * @param seen in what is observed with the changed value alone
     */
    private record Case(Map<String, String> around, String value, String seen, Observation observation) {}

    /** A server that remembers when and what it was asked. */
    private static final class Other implements AutoCloseable {
        private final VirtualTime time = new VirtualTime(OPEN);
        private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
        private final LoopbackServer server =
                new LoopbackServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), time, request -> {
                    String target = String.valueOf(request.header("x-amz-target"));
                    asked.add(String.join(" ", time.now().toString(), request.path(), target, request.text()));
                    if (request.path().equals("/now")) {
                        return Answer.json(200, "2031-05-05T00:00:00Z");
                    }
                    if (request.path().contains("tokenP")) {
                        return Answer.json(200, """
                                {"access_token":"t","token_type":"Bearer","expires_in":86400,\
                                "access_token_token_expired":"2026-01-07 09:00:00"}""");
                    }
                    if (request.path().endsWith("_bydd_trd")) {
                        return Answer.json(200, oneShare(request.path(), request.parameter("basDd")));
                    }
                    return target.contains("GetParameter")
                            ? Answer.json(400, "{\"__type\":\"ParameterNotFound\"}")
                            : target.contains("PutEvents")
                                    ? Answer.json(200, "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"1\"}]}")
                                    : Answer.json(request.path().contains("invocations") ? 202 : 200, "{}");
                });

        /** A market's rows of a session, with one share a market. */
        private static String oneShare(String path, String date) {
            String symbol = "0000" + path.replaceAll(".*/(..).*", "$1").toUpperCase(Locale.ROOT);
            return """
                    {"OutBlock_1":[{"BAS_DD":"%s","ISU_CD":"%s","ISU_NM":"one","TDD_CLSPRC":"5","CMPPREVDD_PRC":"0",\
                    "TDD_OPNPRC":"5","TDD_HGPRC":"5","TDD_LWPRC":"5","ACC_TRDVOL":"1","ACC_TRDVAL":"5",\
                    "LIST_SHRS":"9"}]}""".formatted(date, symbol);
        }

        private String story() {
            return String.join("\n", asked);
        }

        @Override
        public void close() {
            server.close();
        }
    }

    static List<SettingDefinition<?>> everySetting() {
        return SettingTable.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everySetting")
    void changingTheSettingChangesWhatIsSeen(SettingDefinition<?> setting) throws Exception {
        Case changed = Optional.ofNullable(cases().get(setting.name()))
                .orElseThrow(() -> new AssertionError("no case changes " + setting.name()));
        String before;
        String after;
        try (Other other = new Other()) {
            before = changed.observation().of(placed(changed.around(), other), other);
        }
        try (Other other = new Other()) {
            Map<String, String> settings = placed(changed.around(), other);
            settings.putAll(placed(Map.of(setting.name(), changed.value()), other));
            after = changed.observation().of(settings, other);
        }
        assertThat(after).isNotEqualTo(before).contains(changed.seen());
    }

    @Test
    void everyCaseIsOfASettingThatIsThere() {
        assertThat(cases().keySet())
                .isSubsetOf(everySetting().stream().map(SettingDefinition::name).toList());
    }

    private static Map<String, String> placed(Map<String, String> settings, Other other) {
        Map<String, String> placed = new TreeMap<>();
        settings.forEach((name, value) ->
                placed.put(name, value.replace(OTHER, other.server.base().toString())));
        return placed;
    }

    private Map<String, Case> cases() {
        Map<String, Case> cases = new TreeMap<>();
        Map<String, String> none = Map.of();
        Observation plan = (settings, _) -> schedules(settings);
        cases.put("ORCHESTRATOR_TIMEZONE", new Case(none, "UTC", "data_collection true 2026-01-05T16:00:00Z", plan));
        cases.put(
                "ORCHESTRATOR_DATA_COLLECTION_TIME",
                new Case(none, "15:45", "data_collection true 2026-01-05T06:45:00Z", plan));
        cases.put(
                "ORCHESTRATOR_INDICATOR_CALCULATION_TIME",
                new Case(none, "17:30", "indicator_calculation true 2026-01-05T08:30:00Z", plan));
        cases.put(
                "ORCHESTRATOR_WATCHLIST_UPDATE_TIME",
                new Case(none, "18:30", "watchlist_update true 2026-01-05T09:30:00Z", plan));
        cases.put(
                "ORCHESTRATOR_SIGNAL_GENERATION_TIME",
                new Case(none, "08:50", "signal_generation true 2026-01-05T23:50:00Z", plan));
        cases.put("ORCHESTRATOR_POSITION_MONITOR_INTERVAL", new Case(none, "5", "position_monitoring true", plan));
        cases.put("ORCHESTRATOR_RISK_CHECK_INTERVAL", new Case(none, "5", "risk_checks true", plan));
        cases.put("CYCLE_INTERVAL_SECONDS", new Case(none, "600", "saxo_cycle true", plan));

        toggle(cases, "ORCHESTRATOR_ENABLE_DATA_COLLECTION", "data_collection", DataCollectionHandler::new);
        toggle(
                cases,
                "ORCHESTRATOR_ENABLE_INDICATOR_CALCULATION",
                "indicator_calculation",
                IndicatorCalculationHandler::new);
        toggle(cases, "ORCHESTRATOR_ENABLE_WATCHLIST_UPDATE", "watchlist_update", WatchlistUpdateHandler::new);
        toggle(cases, "ORCHESTRATOR_ENABLE_STATEMENT_COLLECTION", "statement_collection", DataCollectionHandler::new);
        toggle(cases, "ORCHESTRATOR_ENABLE_SIGNAL_GENERATION", "signal_generation", SignalGenerationHandler::new);
        toggle(cases, "ORCHESTRATOR_ENABLE_POSITION_MONITORING", "position_monitoring", PositionMonitoringHandler::new);
        toggle(cases, "ORCHESTRATOR_ENABLE_RISK_CHECKS", "risk_checks", RiskChecksHandler::new);
        toggle(cases, "SAXO_ENABLE_CYCLE", "saxo_cycle", SaxoCycleHandler::new);
        toggle(cases, "SAXO_ENABLE_TOKEN", "saxo_token", SaxoTokenHandler::new);

        Observation monitoring =
                (settings, _) -> answer(settings, "position_monitoring", 15, OPEN, PositionMonitoringHandler::new);
        cases.put("ORCHESTRATOR_MARKET_OPEN_TIME", new Case(none, "10:00", "SKIPPED", monitoring));
        cases.put(
                "ORCHESTRATOR_MARKET_CLOSE_TIME",
                new Case(
                        none,
                        "14:00",
                        "SKIPPED",
                        (settings, _) -> answer(
                                settings,
                                "position_monitoring",
                                15,
                                OPEN.plus(Duration.ofHours(6)),
                                PositionMonitoringHandler::new)));
        cases.put("ORCHESTRATOR_USER_ID", new Case(none, "someone", "someone owns a book", (settings, _) -> {
            Store store = new MemoryStore();
            Platform platform = platform(settings, store, new KeptSecrets(), new VirtualTime(OPEN));
            handle(new RiskChecksHandler(platform), "risk_checks", 30, OPEN);
            return List.of("default_user", "someone").stream()
                    .filter(user -> new PortfolioMapper(store)
                            .account(new AccountId(Mode.DRY_RUN, Venue.KIS, user, "KRW"))
                            .isPresent())
                    .map(user -> user + " owns a book")
                    .toList()
                    .toString();
        }));

        Observation entries = (settings, _) -> koreanEntries(settings);
        cases.put("ORCHESTRATOR_PORTFOLIO_VALUE", new Case(none, "50000000", "000010 50", entries));
        cases.put("ORCHESTRATOR_MAX_POSITION_SIZE_PCT", new Case(none, "4", "000010 40", entries));
        cases.put("ORCHESTRATOR_MAX_POSITIONS", new Case(none, "2", "2 entries", entries));
        cases.put("ORCHESTRATOR_MAX_ORDERS_PER_DAY", new Case(none, "1", "1 entries", entries));
        cases.put("ORCHESTRATOR_MAX_ENTRY_NOTIONAL_PCT_PER_DAY", new Case(none, "25", "2 entries", entries));
        cases.put(
                "ORCHESTRATOR_MAX_DAILY_LOSS_PCT", new Case(none, "1", "warnings=1", (settings, _) -> loss(settings)));

        cases.put(
                "CALENDAR_OVERRIDES", new Case(none, "XKRX/2026-01-06/closed", "no session on 2026-01-06", monitoring));

        Observation koreanMode = (settings, _) -> answer(settings, "risk_checks", 30, OPEN, RiskChecksHandler::new);
        cases.put("ORCHESTRATOR_DRY_RUN", new Case(none, "false", "\"mode\" : \"LIVE\"", koreanMode));
        cases.put(
                "KIS_ENV",
                new Case(Map.of("ORCHESTRATOR_DRY_RUN", "false"), "paper", "\"mode\" : \"SIM\"", koreanMode));
        Observation saxoMode = (settings, _) -> answer(settings, "saxo_cycle", 5, OPEN, SaxoCycleHandler::new);
        cases.put("DRY_RUN", new Case(none, "false", "\"mode\" : \"SIM\"", saxoMode));
        cases.put("SAXO_ENV", new Case(Map.of("DRY_RUN", "false"), "LIVE", "\"mode\" : \"LIVE\"", saxoMode));

        Observation koreanCalls = (settings, other) -> koreanCalls(settings, other);
        cases.put("KIS_REST_BASE", new Case(VENUES_HERE, OTHER, "inquire-price", koreanCalls));
        cases.put(
                "KIS_CALLS_PER_SECOND",
                new Case(Map.of("KIS_REST_BASE", OTHER), "1", "2026-01-06T00:00:02Z", koreanCalls));
        cases.put(
                "HAETAE_KIS_SHARE_PCT",
                new Case(
                        Map.of("KIS_REST_BASE", OTHER, "KIS_CALLS_PER_SECOND", "10"),
                        "10",
                        "2026-01-06T00:00:02Z",
                        koreanCalls));
        cases.put("KRX_REST_BASE", new Case(VENUES_HERE, OTHER, "bydd_trd", (settings, other) -> {
            try {
                return new Graph(keyed(settings, other))
                                .krx()
                                .orElseThrow()
                                .dailyTrades(KrxMarket.KOSPI, LocalDate.of(2026, 1, 5))
                        + other.story();
            } catch (io.haetae.krx.KrxException | RuntimeException e) {
                return other.story();
            }
        }));

        cases.put("KRX_CALENDAR_BASE", new Case(VENUES_HERE, OTHER, "GenerateOTP", (settings, other) -> {
            try {
                return new Graph(keyed(settings, other)).closurePage().closures(Year.of(2026)) + other.story();
            } catch (io.haetae.krx.KrxException e) {
                return other.story();
            }
        }));
        cases.put("DART_REST_BASE", new Case(VENUES_HERE, OTHER, "corpCode", (settings, other) -> {
            try {
                return new Graph(keyed(settings, other)).dart().orElseThrow().companies() + other.story();
            } catch (io.haetae.dart.DartException e) {
                return other.story();
            }
        }));

        cases.put("KRX_KONEX", new Case(Map.of("KRX_REST_BASE", OTHER), "true", "KONEX", (settings, other) -> {
            Graph graph = new Graph(keyed(settings, other));
            LocalDate session = LocalDate.of(2026, 1, 5);
            new Backfill(graph.krx().orElseThrow(), graph.market(), graph.gaps(), graph.calendar(), other.time)
                    .run(session, session, (_, _) -> {});
            return graph.market().day(session).orElseThrow().toString();
        }));

        saxo(cases);
        cloud(cases);
        return cases;
    }

    private void toggle(
            Map<String, Case> cases, String name, String job, Function<Platform, ? extends JobHandler> handler) {
        cases.put(name, new Case(Map.of(), "false", job + " false", (settings, _) -> {
            String answer = answer(settings, job, 30, OPEN, handler);
            assertThat(answer.contains(name)).isEqualTo(settings.containsKey(name));
            return schedules(settings) + answer;
        }));
    }

    private void saxo(Map<String, Case> cases) {
        Map<String, String> none = Map.of();
        Observation day = (settings, _) -> saxoDay(settings, 15, 96);
        cases.put("WATCHLIST", new Case(none, "EURUSD/FxSpot/21", "1 instruments", day));
        cases.put("MAX_POSITIONS", new Case(none, "1", "POSITIONS limit=1", day));
        cases.put("MAX_POSITION_SIZE", new Case(none, "1", "POSITION_SIZE limit=1 actual=", day));
        cases.put("MAX_DAILY_TRADES", new Case(none, "1", "limit=1", day));
        cases.put("MAX_DAILY_LOSS", new Case(Map.of("STOP_LOSS_PERCENT", NEAR), "0.0001", "LOSS limit=0.0001", day));
        cases.put("STOP_LOSS_PERCENT", new Case(none, NEAR, "SELL STOP", day));
        cases.put("TAKE_PROFIT_PERCENT", new Case(none, NEAR, "SELL TAKE_PROFIT", day));
        cases.put("DEFAULT_QUANTITY", new Case(none, "2", "buys 2", day));
        cases.put("SAXO_PORTFOLIO_VALUE", new Case(none, "100", "", day));
        cases.put("TRADING_HOURS_MODE", new Case(none, "fixed", "outside the hours", day));
        Map<String, String> fixed = Map.of("TRADING_HOURS_MODE", "fixed");
        Observation once = (settings, _) -> saxoDay(settings, 15, 1);
        // Ten o'clock in New York, midnight in Seoul.
        cases.put("TRADING_START", new Case(fixed, "11:00", "outside the hours", once));
        cases.put("TRADING_END", new Case(fixed, "09:45", "outside the hours", once));
        cases.put("TIMEZONE", new Case(fixed, "Asia/Seoul", "outside the hours", once));
        cases.put("SAXO_AUTH_MODE", new Case(none, "oauth", "NO_KEY saxo/token", (settings, other) -> {
            Map<String, String> here = new TreeMap<>(VENUES_HERE);
            here.putAll(settings);
            KeptSecrets secrets = new KeptSecrets();
            secrets.put("saxo/access-token", "by-hand");
            return handle(
                    new SaxoTokenHandler(platform(here, new MemoryStore(), secrets, other.time)),
                    "saxo_token",
                    10,
                    OPEN);
        }));
        cases.put("SAXO_REST_BASE", new Case(VENUES_HERE, OTHER, "/port/v1/accounts", (settings, other) -> {
            KeptSecrets secrets = new KeptSecrets();
            secrets.put("saxo/access-token", "by-hand");
            return outcome(settings, secrets, other, "saxo_cycle", SaxoCycleHandler::new);
        }));
        cases.put("SAXO_AUTH_BASE", new Case(VENUES_HERE, OTHER, "/token", (settings, other) -> {
            KeptSecrets secrets = new KeptSecrets();
            secrets.put("saxo/app-key", "key");
            secrets.put("saxo/app-secret", "secret");
            secrets.put(
                    "saxo/token",
                    "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"expires_in\":1200,"
                            + "\"refresh_token_expires_in\":3600,\"issued_at\":\"2026-01-05T23:30:00Z\"}");
            return outcome(settings, secrets, other, "saxo_token", SaxoTokenHandler::new);
        }));
    }

    private void cloud(Map<String, Case> cases) {
        Map<String, String> none = Map.of();
        cases.put(
                "HAETAE_STATE_TABLE",
                new Case(
                        none,
                        "other-state",
                        "other-state",
                        (settings, other) ->
                                inCloud(settings, other, cloud -> cloud.store().get(Key.state("P", "S")))));
        cases.put(
                "HAETAE_MARKET_TABLE",
                new Case(
                        none,
                        "other-market",
                        "other-market",
                        (settings, other) ->
                                inCloud(settings, other, cloud -> cloud.store().get(Key.market("P", "S")))));
        cases.put(
                "HAETAE_SECRETS_PATH",
                new Case(
                        none,
                        "/elsewhere",
                        "/elsewhere/kis/app-key",
                        (settings, other) -> inCloud(
                                settings, other, cloud -> cloud.secrets().get("kis/app-key"))));
        cases.put(
                "HAETAE_BUS",
                new Case(
                        none,
                        "a-bus",
                        "a-bus",
                        (settings, other) -> inCloud(settings, other, cloud -> {
                            cloud.publisher()
                                    .publish(List.of(new DomainEvent("1", "JobFailed", "job", OPEN, Map.of())));
                            return "";
                        })));
        cases.put(
                "HAETAE_FOLLOW_UP",
                new Case(
                        none,
                        "indicator_calculation=some-function",
                        "/functions/some-function/",
                        (settings, other) -> inCloud(settings, other, cloud -> {
                            cloud.invoker()
                                    .invoke(JobEvent.derived(
                                            JobName.INDICATOR_CALCULATION, LocalDate.of(2026, 1, 5), "r"));
                            return "";
                        })));
        cases.put(
                "HAETAE_DYNAMODB",
                new Case(
                        none,
                        OTHER + "/here",
                        "/here",
                        (settings, other) ->
                                inCloud(settings, other, cloud -> cloud.store().get(Key.state("P", "S")))));
        Map<String, String> world = new TreeMap<>(VENUES_HERE);
        world.put("HAETAE_DYNAMODB", OTHER);
        cases.put(
                "HAETAE_CLOCK",
                new Case(
                        world,
                        OTHER,
                        "2031-05-05T00:00:00Z",
                        (settings, other) ->
                                inCloud(settings, other, cloud -> cloud.time().now())));
        cases.put(
                "HAETAE_LOCAL_SECRETS",
                new Case(
                        world,
                        "kis/app-key=simulated",
                        "Optional[simulated]",
                        (settings, other) -> inCloud(
                                settings, other, cloud -> cloud.secrets().get("kis/app-key"))));
        cases.put(
                "LOG_LEVEL",
                new Case(
                        none,
                        "ERROR",
                        "informs false",
                        (settings, other) -> inCloud(
                                settings,
                                other,
                                _ -> "informs "
                                        + System.getLogger("io.haetae.any").isLoggable(System.Logger.Level.INFO))));
        cases.put(
                "HAETAE_STAGE",
                new Case(
                        none,
                        "some-stage",
                        "some-stage",
                        (settings, other) -> inCloud(settings, other, SettingsChangeSomethingTest::measured)));
    }

    /** What a run's metrics say; Lambda reads them from the standard output. */
    private static String measured(Platform cloud) {
        EnvironmentConfigurationProvider.getConfig().setEnvironmentOverride(Environments.Lambda);
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            cloud.listener()
                    .ended(new RunRecord(
                            new Slot(JobName.SAXO_TOKEN, "now", "", Mode.DRY_RUN, Optional.empty()),
                            Optional.empty(),
                            true,
                            OPEN,
                            OPEN,
                            "DONE",
                            "",
                            Map.of(),
                            List.of()));
        } finally {
            System.setOut(out);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    /** What is asked of AWS, and answered, by a function with these settings; AWS is the other server. */
    private static String inCloud(Map<String, String> settings, Other other, Function<Platform, Object> use) {
        Map<String, String> surroundings = Map.ofEntries(
                entry("aws.region", "ap-northeast-2"),
                entry("aws.accessKeyId", "fake"),
                entry("aws.secretAccessKey", "fake"),
                entry("aws.endpointUrl", other.server.base().toString()));
        Level level = LogManager.getRootLogger().getLevel();
        surroundings.forEach(System::setProperty);
        String answer;
        try {
            answer = String.valueOf(use.apply(CloudSurroundings.of(settings)));
        } catch (RuntimeException e) {
            answer = String.valueOf(e.getMessage());
        } finally {
            surroundings.keySet().forEach(System::clearProperty);
            Configurator.setRootLevel(level);
        }
        return answer + "\n" + other.story();
    }

    /** Name, switch and the moments of two days of every schedule. */
    private static String schedules(Map<String, String> settings) {
        Map<String, String> parameters = new TreeMap<>();
        everySetting().stream()
                .filter(setting -> settings.containsKey(setting.name()))
                .forEach(setting -> parameters.put(setting.parameter(), settings.get(setting.name())));
        Instant monday = Instant.parse("2026-01-05T00:00:00Z");
        StringBuilder story = new StringBuilder();
        for (Template.Function function : new Template(TEMPLATE, parameters).functions()) {
            for (Template.Schedule schedule : function.schedules()) {
                List<Instant> fires =
                        List.copyOf(schedule.expression().between(monday, monday.plus(Duration.ofDays(2))));
                story.append(schedule.name()).append(' ').append(schedule.enabled());
                fires.forEach(fire -> story.append(' ').append(fire));
                story.append('\n');
            }
        }
        return story.toString();
    }

    private static KoreanDesk desk(Map<String, String> settings) {
        KoreanDesk desk = new KoreanDesk();
        settings.forEach(desk::set);
        return desk.at("08:45");
    }

    private static String koreanEntries(Map<String, String> settings) throws Exception {
        KoreanDesk desk = desk(settings);
        for (String symbol : List.of("000010", "000020", "000030")) {
            desk.scored(symbol, 100_000, 90);
        }
        desk.published(PriceSource.OFFICIAL).run(JobName.SIGNAL_GENERATION);
        List<Order> accepted = desk.orders().stream()
                .filter(order -> order.state() == io.haetae.order.OrderState.ACCEPTED)
                .toList();
        return accepted.size() + " entries "
                + accepted.stream()
                        .map(order -> order.instrument().code() + " "
                                + order.quantity().stripTrailingZeros().toPlainString())
                        .toList();
    }

    /** A tenth of the book falls by a fifth in one session. */
    private static String loss(Map<String, String> settings) throws Exception {
        KoreanDesk desk = desk(settings);
        desk.scored("005930", 71_000, 90).published(PriceSource.OFFICIAL);
        desk.run(JobName.SIGNAL_GENERATION);
        desk.quotes.set("005930", "70000");
        desk.at("09:00").run(JobName.POSITION_MONITORING);
        desk.quotes.set("005930", "56000");
        return ((JobResult.Done) desk.at("09:30").run(JobName.RISK_CHECKS))
                .statistics()
                .toString();
    }

    /** When the broker was asked for the prices of five shares, one call each. */
    private static String koreanCalls(Map<String, String> settings, Other other) {
        Graph graph = new Graph(keyed(settings, other));
        for (String symbol : List.of("000010", "000020", "000030", "000040", "000050")) {
            try {
                var _ = graph.koreanQuotes().quotes(List.of(new InstrumentId(Venue.KIS, symbol)));
            } catch (Exception e) {
                // The other server knows no prices; that it was asked, and when, is what is seen.
                assertThat(e).isNotNull();
            }
        }
        return other.story();
    }

    private static Platform keyed(Map<String, String> settings, Other other) {
        KeptSecrets secrets = new KeptSecrets();
        for (String name : List.of("krx/auth-key", "dart/api-key", "kis/app-key", "kis/app-secret")) {
            secrets.put(name, "some-key");
        }
        secrets.put("kis/account", "00000000-01");
        return platform(settings, new MemoryStore(), secrets, other.time);
    }

    private static String outcome(
            Map<String, String> settings,
            KeptSecrets secrets,
            Other other,
            String job,
            Function<Platform, ? extends JobHandler> handler)
            throws Exception {
        try {
            return handle(handler.apply(platform(settings, new MemoryStore(), secrets, other.time)), job, 10, OPEN)
                    + other.story();
        } catch (RuntimeException e) {
            return other.story();
        }
    }

    /** A day of the Saxo cycle against the simulated bank: its answers and its orders. */
    private String saxoDay(Map<String, String> settings, int minutes, int runs) throws Exception {
        VirtualTime time = new VirtualTime(SAXO_DAY);
        Path state = java.nio.file.Files.createTempDirectory(folder, "saxo").resolve("state");
        StringBuilder story = new StringBuilder();
        try (SaxoSimulator bank =
                new SaxoSimulator(time, 42, state, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Map<String, String> here = new TreeMap<>(settings);
            here.put("SAXO_REST_BASE", bank.restBase().toString());
            here.put("SAXO_AUTH_BASE", bank.authBase().toString());
            KeptSecrets secrets = new KeptSecrets();
            secrets.values.putAll(bank.secrets());
            Store store = new MemoryStore();
            JobHandler cycle = new SaxoCycleHandler(platform(here, store, secrets, time));
            for (int run = 0; run < runs; run++) {
                Instant at = SAXO_DAY.plus(Duration.ofMinutes((long) run * minutes));
                time.advanceTo(at);
                story.append(handle(cycle, "saxo_cycle", minutes, at)).append('\n');
            }
            AccountId account = new AccountId(Mode.DRY_RUN, Venue.SAXO, "default_user", "USD");
            for (LocalDate date = LocalDate.of(2026, 1, 4); date.getDayOfMonth() < 10; date = date.plusDays(1)) {
                for (Order order : new OrderMapper(store).ofSession(account, date)) {
                    story.append(order.side() + " " + order.rule() + " " + order.filled() + "\n");
                }
            }
        }
        return story.toString();
    }

    private static String answer(
            Map<String, String> settings,
            String job,
            int minutes,
            Instant at,
            Function<Platform, ? extends JobHandler> handler)
            throws Exception {
        return handle(
                handler.apply(platform(settings, new MemoryStore(), new KeptSecrets(), new VirtualTime(at))),
                job,
                minutes,
                at);
    }

    private static String handle(JobHandler handler, String job, int minutes, Instant at) throws Exception {
        boolean daily = job.equals("data_collection")
                || job.equals("indicator_calculation")
                || job.equals("watchlist_update")
                || job.equals("signal_generation");
        String event = "{\"job\":\"" + job + "\",\"scheduledTime\":\"" + at + "\""
                + (daily ? "}" : ",\"everyMinutes\":" + minutes + "}");
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        handler.handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), output, null);
        return output.toString(StandardCharsets.UTF_8);
    }

    private static Platform platform(Map<String, String> settings, Store store, Secrets secrets, VirtualTime time) {
        return FakePlatform.of(settings, secrets, store, time, _ -> {}, _ -> {}, _ -> {});
    }
}
