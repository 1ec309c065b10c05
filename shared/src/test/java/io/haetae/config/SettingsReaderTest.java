package io.haetae.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.haetae.job.JobName;
import io.haetae.portfolio.Mode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsReaderTest {

    /** Another valid value for every setting. A setting that is missing here fails the test below. */
    private static final Map<String, String> OTHER_VALUES = new TreeMap<>(Map.ofEntries(
            Map.entry("ORCHESTRATOR_TIMEZONE", "Asia/Tokyo"),
            Map.entry("ORCHESTRATOR_USER_ID", "someone"),
            Map.entry("ORCHESTRATOR_DATA_COLLECTION_TIME", "16:10"),
            Map.entry("ORCHESTRATOR_INDICATOR_CALCULATION_TIME", "17:10"),
            Map.entry("ORCHESTRATOR_WATCHLIST_UPDATE_TIME", "18:10"),
            Map.entry("ORCHESTRATOR_SIGNAL_GENERATION_TIME", "08:50"),
            Map.entry("ORCHESTRATOR_POSITION_MONITOR_INTERVAL", "10"),
            Map.entry("ORCHESTRATOR_RISK_CHECK_INTERVAL", "60"),
            Map.entry("ORCHESTRATOR_MARKET_OPEN_TIME", "09:30"),
            Map.entry("ORCHESTRATOR_MARKET_CLOSE_TIME", "15:00"),
            Map.entry("ORCHESTRATOR_PORTFOLIO_VALUE", "50000000"),
            Map.entry("ORCHESTRATOR_MAX_POSITION_SIZE_PCT", "5.5"),
            Map.entry("ORCHESTRATOR_MAX_POSITIONS", "7"),
            Map.entry("ORCHESTRATOR_ENABLE_DATA_COLLECTION", "false"),
            Map.entry("ORCHESTRATOR_ENABLE_INDICATOR_CALCULATION", "false"),
            Map.entry("ORCHESTRATOR_ENABLE_WATCHLIST_UPDATE", "false"),
            Map.entry("ORCHESTRATOR_ENABLE_STATEMENT_COLLECTION", "false"),
            Map.entry("ORCHESTRATOR_ENABLE_SIGNAL_GENERATION", "false"),
            Map.entry("ORCHESTRATOR_ENABLE_POSITION_MONITORING", "false"),
            Map.entry("ORCHESTRATOR_ENABLE_RISK_CHECKS", "false"),
            Map.entry("ORCHESTRATOR_MAX_ORDERS_PER_DAY", "3"),
            Map.entry("ORCHESTRATOR_MAX_ENTRY_NOTIONAL_PCT_PER_DAY", "25"),
            Map.entry("ORCHESTRATOR_MAX_DAILY_LOSS_PCT", "2.5"),
            Map.entry("ORCHESTRATOR_DRY_RUN", "false"),
            Map.entry("DRY_RUN", "false"),
            Map.entry("KIS_ENV", "paper"),
            Map.entry("KIS_CALLS_PER_SECOND", "4"),
            Map.entry("SAXO_ENV", "LIVE"),
            Map.entry("SAXO_AUTH_MODE", "oauth"),
            Map.entry("SAXO_PORTFOLIO_VALUE", "20000"),
            Map.entry("SAXO_ENABLE_CYCLE", "false"),
            Map.entry("SAXO_ENABLE_TOKEN", "false"),
            Map.entry("WATCHLIST", "EURUSD/FxSpot/21"),
            Map.entry("MAX_POSITIONS", "2"),
            Map.entry("STOP_LOSS_PERCENT", "0.01"),
            Map.entry("TAKE_PROFIT_PERCENT", "0.03"),
            Map.entry("MAX_POSITION_SIZE", "750"),
            Map.entry("MAX_DAILY_LOSS", "250"),
            Map.entry("MAX_DAILY_TRADES", "4"),
            Map.entry("TRADING_HOURS_MODE", "fixed"),
            Map.entry("TRADING_START", "10:00"),
            Map.entry("TRADING_END", "15:00"),
            Map.entry("TIMEZONE", "Europe/Zurich"),
            Map.entry("CALENDAR_OVERRIDES", "XKRX/2026-12-24/closed"),
            Map.entry("CYCLE_INTERVAL_SECONDS", "600"),
            Map.entry("DEFAULT_QUANTITY", "0.5"),
            Map.entry("KRX_KONEX", "true"),
            Map.entry("KRX_REST_BASE", "http://127.0.0.1:1"),
            Map.entry("KRX_CALENDAR_BASE", "http://127.0.0.1:7"),
            Map.entry("DART_REST_BASE", "http://127.0.0.1:8"),
            Map.entry("KIS_REST_BASE", "http://127.0.0.1:2"),
            Map.entry("SAXO_REST_BASE", "http://127.0.0.1:3/"),
            Map.entry("SAXO_AUTH_BASE", "http://127.0.0.1:4"),
            Map.entry("LOG_LEVEL", "DEBUG"),
            Map.entry("HAETAE_STATE_TABLE", "other-state"),
            Map.entry("HAETAE_MARKET_TABLE", "other-market"),
            Map.entry("HAETAE_STAGE", "other"),
            Map.entry("HAETAE_BUS", "other-bus"),
            Map.entry("HAETAE_SECRETS_PATH", "/other"),
            Map.entry("HAETAE_FOLLOW_UP", "watchlist_update=some-function"),
            Map.entry("HAETAE_KIS_SHARE_PCT", "50"),
            Map.entry("HAETAE_DYNAMODB", "http://127.0.0.1:5"),
            Map.entry("HAETAE_CLOCK", "http://127.0.0.1:6"),
            Map.entry("HAETAE_LOCAL_SECRETS", "krx/auth-key=abc")));

    /** What is only allowed where everything is on one machine needs the rest of it. */
    private static final Map<String, String> ONE_MACHINE = Map.of(
            "KRX_REST_BASE", "http://127.0.0.1:18001",
            "KRX_CALENDAR_BASE", "http://127.0.0.1:18005",
            "DART_REST_BASE", "http://127.0.0.1:18006",
            "KIS_REST_BASE", "http://127.0.0.1:18002",
            "SAXO_REST_BASE", "http://127.0.0.1:18003",
            "SAXO_AUTH_BASE", "http://127.0.0.1:18003",
            "HAETAE_DYNAMODB", "http://127.0.0.1:18000");

    static List<SettingDefinition<?>> everySetting() {
        return SettingTable.all();
    }

    /** G1, G2: a setting that is read by nobody would leave the settings as they were. */
    @ParameterizedTest
    @MethodSource("everySetting")
    void everySettingChangesSomething(SettingDefinition<?> definition) {
        String name = definition.name();
        String other = OTHER_VALUES.get(name);
        assertThat(other).as("another value for " + name).isNotNull();
        Map<String, String> before = new TreeMap<>();
        if (name.equals("HAETAE_CLOCK") || name.equals("HAETAE_LOCAL_SECRETS")) {
            before.putAll(ONE_MACHINE);
        }
        Map<String, String> after = new TreeMap<>(before);
        after.put(name, String.valueOf(other));

        Settings plain = SettingsReader.read(before);
        Settings changed = SettingsReader.read(after);

        if (definition.reach() == Reach.SCHEDULE) {
            assertThat(changed.values()).containsEntry(name, other);
            assertThat(changed.values().get(name)).isNotEqualTo(plain.values().get(name));
        } else {
            assertThat(List.of(
                            changed.orchestrator(),
                            changed.kis(),
                            changed.krx(),
                            changed.saxo(),
                            changed.calendars(),
                            changed.endpoints(),
                            changed.internal(),
                            changed.logLevel()))
                    .isNotEqualTo(List.of(
                            plain.orchestrator(),
                            plain.kis(),
                            plain.krx(),
                            plain.saxo(),
                            plain.calendars(),
                            plain.endpoints(),
                            plain.internal(),
                            plain.logLevel()));
        }
        assertThat(changed.sources()).containsEntry(name, "environment");
    }

    @Test
    void nothingSetIsDryRunByDefault() {
        Settings settings = SettingsReader.read(Map.of("PATH", "/bin", "AWS_REGION", "ap-northeast-2"));

        assertThat(settings.koreanMode()).isEqualTo(Mode.DRY_RUN);
        assertThat(settings.saxoMode()).isEqualTo(Mode.DRY_RUN);
        assertThat(settings.sources()).containsEntry("ORCHESTRATOR_MAX_POSITIONS", "default");
        assertThat(settings.orchestrator().portfolioValue()).isEqualByComparingTo("100000000");
    }

    @Test
    void aValueKeepsItsSource() {
        Settings settings = SettingsReader.read(
                Map.of("ORCHESTRATOR_MAX_POSITIONS", "3", "LOG_LEVEL", "DEBUG"), Map.of("LOG_LEVEL", ".env"));

        assertThat(settings.sources())
                .containsEntry("LOG_LEVEL", ".env")
                .containsEntry("ORCHESTRATOR_MAX_POSITIONS", "environment");
    }

    /** G5: nonsense is refused, and all of it is named at once. */
    @Test
    void allProblemsAreNamedInOneMessage() {
        InvalidSettingsException refused = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> SettingsReader.read(Map.of(
                        "ORCHESTRATOR_DATA_COLLECTION_TIME", "25:99",
                        "ORCHESTRATOR_TIMEZONE", "Mars/X",
                        "ORCHESTRATOR_MAX_POSITIONS", "-5",
                        "ORCHESTRATOR_MAX_POSITION", "5",
                        "SAXO_ENVIRONMENT", "SIM",
                        "LOG_FILE", "bot.log")));

        assertThat(refused.problems()).hasSize(6);
        assertThat(String.valueOf(refused.getMessage()).lines()).hasSize(6);
        assertThat(refused)
                .hasMessageContaining("ORCHESTRATOR_DATA_COLLECTION_TIME=25:99")
                .hasMessageContaining("ORCHESTRATOR_TIMEZONE=Mars/X")
                .hasMessageContaining("ORCHESTRATOR_MAX_POSITIONS=-5")
                .hasMessageContaining("did you mean ORCHESTRATOR_MAX_POSITIONS?")
                .hasMessageContaining("SAXO_ENVIRONMENT is not a setting")
                .hasMessageContaining("LOG_LEVEL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRADE_AMOUNT", "TRADING_SCHEDULE", "CHECK_INTERVAL_MINUTES", "LOG_FILE"})
    void whatNeverDidAnythingIsRefusedNamingItsSuccessor(String name) {
        assertThatThrownBy(() -> SettingsReader.read(Map.of(name, "1")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("set ");
    }

    /** Dry run unless it is said otherwise; then the venue's environment decides whose money moves. */
    @Test
    void theModeFollowsTheConfigurationAlone() {
        assertThat(SettingsReader.read(Map.of("KIS_ENV", "real", "SAXO_ENV", "LIVE"))
                        .modes())
                .containsExactly(Mode.DRY_RUN);
        assertThat(SettingsReader.read(Map.of("ORCHESTRATOR_DRY_RUN", "false", "KIS_ENV", "paper"))
                        .koreanMode())
                .isEqualTo(Mode.SIM);
        assertThat(SettingsReader.read(Map.of("ORCHESTRATOR_DRY_RUN", "false")).koreanMode())
                .isEqualTo(Mode.LIVE);
        assertThat(SettingsReader.read(Map.of("DRY_RUN", "false")).saxoMode()).isEqualTo(Mode.SIM);
        Settings live = SettingsReader.read(Map.of("DRY_RUN", "false", "SAXO_ENV", "LIVE"));
        assertThat(live.mode(JobName.SAXO_CYCLE)).isEqualTo(Mode.LIVE);
        assertThat(live.mode(JobName.RISK_CHECKS)).isEqualTo(Mode.DRY_RUN);
    }

    @Test
    void ordersKeepTheSystemsTime() {
        Map<String, String> local = new TreeMap<>(ONE_MACHINE);
        local.put("HAETAE_CLOCK", "http://127.0.0.1:18004");
        local.put("ORCHESTRATOR_DRY_RUN", "false");
        assertThatThrownBy(() -> SettingsReader.read(local)).hasMessageContaining("HAETAE_CLOCK: only in a dry run");
    }

    @Test
    void aSimulatedClockIsRefusedBesideARealVenue() {
        assertThatThrownBy(() -> SettingsReader.read(Map.of("HAETAE_CLOCK", "http://127.0.0.1:18004")))
                .hasMessageContaining("HAETAE_CLOCK");
        Map<String, String> local = new TreeMap<>(ONE_MACHINE);
        local.put("HAETAE_CLOCK", "http://host.docker.internal:18004");
        assertThat(SettingsReader.read(local).internal().clock()).contains("http://host.docker.internal:18004");
    }

    @Test
    void aKeyIsNeverSentInTheClear() {
        assertThatThrownBy(() -> SettingsReader.read(Map.of("KRX_REST_BASE", "http://example.com")))
                .hasMessageContaining("https");
    }

    @Test
    void simulatedKeysAreShownNowhere() {
        Map<String, String> local = new TreeMap<>(ONE_MACHINE);
        local.put("HAETAE_LOCAL_SECRETS", "krx/auth-key=topsecret");
        assertThat(SettingsReader.read(local).values().toString()).doesNotContain("topsecret");
        assertThatThrownBy(() -> SettingsReader.read(Map.of("HAETAE_LOCAL_SECRETS", "topsecret")))
                .hasMessageNotContaining("topsecret");
    }

    @Test
    void aFunctionGetsItsShareOfTheVenuesRate() {
        Settings settings = SettingsReader.read(Map.of("KIS_CALLS_PER_SECOND", "18", "HAETAE_KIS_SHARE_PCT", "75"));

        assertThat(settings.kis().callsPerSecond()).isEqualByComparingTo(new BigDecimal("13.5"));
    }

    /** One call a second is too few to collect prices with: those who trade share it. */
    @ParameterizedTest
    @CsvSource({"15, 18, 0.5", "70, 18, 1", "15, 0.5, 0.25"})
    void thePaperEnvironmentAllowsOneCallASecond(String share, String calls, BigDecimal rate) {
        Settings settings = SettingsReader.read(
                Map.of("KIS_ENV", "paper", "HAETAE_KIS_SHARE_PCT", share, "KIS_CALLS_PER_SECOND", calls));

        assertThat(settings.kis().callsPerSecond()).isEqualByComparingTo(rate);
    }

    @Test
    void theParameterOfASettingIsItsNameInOneWord() {
        assertThat(SettingTable.ORCHESTRATOR_MAX_POSITIONS.parameter()).isEqualTo("OrchestratorMaxPositions");
        assertThat(SettingTable.KIS_ENV.parameter()).isEqualTo("KisEnv");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AAPL",
                "AAPL/Bond",
                "AAPL/Stock/x",
                "BTCUSD/Stock",
                "AAPL/Stock,AAPL/Stock/211",
                ",",
                "A B/Stock"
            })
    void aWatchlistThatMakesNoSenseIsRefused(String watchlist) {
        assertThatThrownBy(() -> SettingsReader.read(Map.of("WATCHLIST", watchlist)))
                .hasMessageContaining("WATCHLIST=");
    }

    @Test
    void everyOverrideThatMakesNoSenseIsNamedWithAllElse() {
        InvalidSettingsException problems = catchThrowableOfType(
                InvalidSettingsException.class,
                () -> SettingsReader.read(Map.of(
                        "CALENDAR_OVERRIDES", "XKRX/2026-02-30/closed,XKRX/2027-02-01/closed",
                        "ORCHESTRATOR_MAX_POSITIONS", "0")));

        assertThat(problems.problems()).hasSize(3).anySatisfy(problem -> assertThat(problem)
                .startsWith("CALENDAR_OVERRIDES: XKRX/2026-02-30/closed: there is no such date"));
    }
}
