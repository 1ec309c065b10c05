package io.haetae.config;

import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every setting there is. */
public final class SettingTable {

    private static final List<SettingDefinition<?>> ALL = new ArrayList<>();

    private static final List<Integer> MINUTES = List.of(5, 6, 10, 12, 15, 20, 30, 60);

    public static final SettingDefinition<ZoneId> ORCHESTRATOR_TIMEZONE =
            schedule("ORCHESTRATOR_TIMEZONE", new Kind.Zone(), "Asia/Seoul", "Time zone of all schedules");
    public static final SettingDefinition<String> ORCHESTRATOR_USER_ID = function(
            "ORCHESTRATOR_USER_ID",
            new Kind.Text("[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}", "1 to 64 letters, digits, or any of _ . @ -"),
            "default_user",
            "Owner of watchlist, books and metrics");
    public static final SettingDefinition<LocalTime> ORCHESTRATOR_DATA_COLLECTION_TIME = schedule(
            "ORCHESTRATOR_DATA_COLLECTION_TIME",
            new Kind.Time("00:00", "23:59"),
            "16:00",
            "When the session's prices are collected");
    public static final SettingDefinition<LocalTime> ORCHESTRATOR_INDICATOR_CALCULATION_TIME = schedule(
            "ORCHESTRATOR_INDICATOR_CALCULATION_TIME",
            new Kind.Time("00:00", "23:59"),
            "17:00",
            "When indicators and scores are computed");
    public static final SettingDefinition<LocalTime> ORCHESTRATOR_WATCHLIST_UPDATE_TIME = schedule(
            "ORCHESTRATOR_WATCHLIST_UPDATE_TIME",
            new Kind.Time("00:00", "23:59"),
            "18:00",
            "When the watchlist is brought up to date");
    public static final SettingDefinition<LocalTime> ORCHESTRATOR_SIGNAL_GENERATION_TIME = schedule(
            "ORCHESTRATOR_SIGNAL_GENERATION_TIME",
            new Kind.Time("08:30", "08:59"),
            "08:45",
            "When signals are generated, between order acceptance and the open");
    public static final SettingDefinition<Integer> ORCHESTRATOR_POSITION_MONITOR_INTERVAL = schedule(
            "ORCHESTRATOR_POSITION_MONITOR_INTERVAL",
            new Kind.Interval(MINUTES, "minutes"),
            "15",
            "Minutes between two passes over the positions");
    public static final SettingDefinition<Integer> ORCHESTRATOR_RISK_CHECK_INTERVAL = schedule(
            "ORCHESTRATOR_RISK_CHECK_INTERVAL",
            new Kind.Interval(MINUTES, "minutes"),
            "30",
            "Minutes between two risk checks");
    public static final SettingDefinition<LocalTime> ORCHESTRATOR_MARKET_OPEN_TIME = function(
            "ORCHESTRATOR_MARKET_OPEN_TIME",
            new Kind.Time("00:00", "23:59"),
            "09:00",
            "Monitoring starts no earlier than this; at its default it follows the session");
    public static final SettingDefinition<LocalTime> ORCHESTRATOR_MARKET_CLOSE_TIME = function(
            "ORCHESTRATOR_MARKET_CLOSE_TIME",
            new Kind.Time("00:00", "23:59"),
            "15:30",
            "Monitoring ends no later than this; at its default it follows the session");
    public static final SettingDefinition<Boolean> ORCHESTRATOR_DRY_RUN =
            function("ORCHESTRATOR_DRY_RUN", new Kind.Flag(), "true", "Korean orders go to the paper broker");
    public static final SettingDefinition<BigDecimal> ORCHESTRATOR_PORTFOLIO_VALUE = function(
            "ORCHESTRATOR_PORTFOLIO_VALUE",
            new Kind.Decimal("0", "1000000000000000"),
            "100000000",
            "Starting capital of the dry-run book in won");
    public static final SettingDefinition<BigDecimal> ORCHESTRATOR_MAX_POSITION_SIZE_PCT = function(
            "ORCHESTRATOR_MAX_POSITION_SIZE_PCT",
            new Kind.Decimal("0", "100"),
            "10",
            "Largest position in percent of the portfolio");
    public static final SettingDefinition<Integer> ORCHESTRATOR_MAX_POSITIONS =
            function("ORCHESTRATOR_MAX_POSITIONS", new Kind.Whole(1, 1000), "20", "Most positions held at once");
    public static final SettingDefinition<Boolean> ORCHESTRATOR_ENABLE_DATA_COLLECTION = toggle(
            "ORCHESTRATOR_ENABLE_DATA_COLLECTION",
            "Switch of data collection, of its catch-up and of the check of the calendar");
    public static final SettingDefinition<Boolean> ORCHESTRATOR_ENABLE_INDICATOR_CALCULATION =
            toggle("ORCHESTRATOR_ENABLE_INDICATOR_CALCULATION", "Switch of indicator calculation");
    public static final SettingDefinition<Boolean> ORCHESTRATOR_ENABLE_WATCHLIST_UPDATE =
            toggle("ORCHESTRATOR_ENABLE_WATCHLIST_UPDATE", "Switch of the watchlist update");
    public static final SettingDefinition<Boolean> ORCHESTRATOR_ENABLE_STATEMENT_COLLECTION =
            toggle("ORCHESTRATOR_ENABLE_STATEMENT_COLLECTION", "Switch of the collection of statements");
    public static final SettingDefinition<Boolean> ORCHESTRATOR_ENABLE_SIGNAL_GENERATION =
            toggle("ORCHESTRATOR_ENABLE_SIGNAL_GENERATION", "Switch of signal generation");
    public static final SettingDefinition<Boolean> ORCHESTRATOR_ENABLE_POSITION_MONITORING =
            toggle("ORCHESTRATOR_ENABLE_POSITION_MONITORING", "Switch of position monitoring");
    public static final SettingDefinition<Boolean> ORCHESTRATOR_ENABLE_RISK_CHECKS =
            toggle("ORCHESTRATOR_ENABLE_RISK_CHECKS", "Switch of the risk checks");
    public static final SettingDefinition<Integer> ORCHESTRATOR_MAX_ORDERS_PER_DAY =
            function("ORCHESTRATOR_MAX_ORDERS_PER_DAY", new Kind.Whole(1, 1000), "20", "Most entry orders a session");
    public static final SettingDefinition<BigDecimal> ORCHESTRATOR_MAX_ENTRY_NOTIONAL_PCT_PER_DAY = function(
            "ORCHESTRATOR_MAX_ENTRY_NOTIONAL_PCT_PER_DAY",
            new Kind.Decimal("0", "100"),
            "50",
            "Most that a session's entries may cost, in percent of the portfolio");
    public static final SettingDefinition<BigDecimal> ORCHESTRATOR_MAX_DAILY_LOSS_PCT = function(
            "ORCHESTRATOR_MAX_DAILY_LOSS_PCT",
            new Kind.Decimal("0", "100"),
            "5",
            "A session's loss in percent of the portfolio beyond which nothing is entered");

    public static final SettingDefinition<String> KIS_ENV =
            function("KIS_ENV", Kind.Choice.of("real", "paper"), "real", "The Korean broker's environment");
    public static final SettingDefinition<BigDecimal> KIS_CALLS_PER_SECOND = function(
            "KIS_CALLS_PER_SECOND",
            new Kind.Decimal("0", "18"),
            "18",
            "The Korean broker's rate, shared among the functions; its paper environment allows 1");

    public static final SettingDefinition<Boolean> DRY_RUN =
            function("DRY_RUN", new Kind.Flag(), "true", "Saxo orders are prechecked and go to the paper broker");
    public static final SettingDefinition<String> SAXO_ENV =
            function("SAXO_ENV", Kind.Choice.of("SIM", "LIVE"), "SIM", "Saxo's environment");
    public static final SettingDefinition<String> SAXO_AUTH_MODE = function(
            "SAXO_AUTH_MODE",
            Kind.Choice.of("manual", "oauth"),
            "manual",
            "manual: a 24-hour token; oauth: refreshed by the Saxo token job");
    public static final SettingDefinition<BigDecimal> SAXO_PORTFOLIO_VALUE = function(
            "SAXO_PORTFOLIO_VALUE",
            new Kind.Decimal("0", "1000000000000"),
            "10000",
            "Starting capital of the Saxo dry-run book in US dollars");
    public static final SettingDefinition<Boolean> SAXO_ENABLE_CYCLE =
            toggle("SAXO_ENABLE_CYCLE", "Switch of the Saxo cycle");
    public static final SettingDefinition<Boolean> SAXO_ENABLE_TOKEN =
            toggle("SAXO_ENABLE_TOKEN", "Switch of the Saxo token refresh");
    public static final SettingDefinition<List<Settings.WatchedInstrument>> WATCHLIST = function(
            "WATCHLIST",
            new Kind.Watchlist(),
            "AAPL/Stock/211,MSFT/Stock,GOOGL/Stock,TSLA/Stock,AMZN/Stock,"
                    + "BTCUSD/FxSpot/21700189,ETHUSD/FxSpot/21750301",
            "What the Saxo cycle watches");
    public static final SettingDefinition<Integer> MAX_POSITIONS =
            function("MAX_POSITIONS", new Kind.Whole(1, 1000), "5", "Most Saxo positions held at once");
    public static final SettingDefinition<BigDecimal> STOP_LOSS_PERCENT = function(
            "STOP_LOSS_PERCENT", new Kind.Decimal("0", "1"), "0.02", "Saxo stop-loss as a fraction: 0.02 is 2 percent");
    public static final SettingDefinition<BigDecimal> TAKE_PROFIT_PERCENT = function(
            "TAKE_PROFIT_PERCENT",
            new Kind.Decimal("0", "10"),
            "0.05",
            "Saxo take-profit as a fraction: 0.05 is 5 percent");
    public static final SettingDefinition<BigDecimal> MAX_POSITION_SIZE = function(
            "MAX_POSITION_SIZE", new Kind.Decimal("0", "1000000000"), "1000", "Largest Saxo position in US dollars");
    public static final SettingDefinition<BigDecimal> MAX_DAILY_LOSS = function(
            "MAX_DAILY_LOSS",
            new Kind.Decimal("0", "1000000000"),
            "500",
            "A day's Saxo loss in US dollars beyond which nothing is entered");
    public static final SettingDefinition<Integer> MAX_DAILY_TRADES =
            function("MAX_DAILY_TRADES", new Kind.Whole(1, 1000), "10", "Most Saxo entries a day");
    public static final SettingDefinition<String> TRADING_HOURS_MODE = function(
            "TRADING_HOURS_MODE",
            Kind.Choice.of("always", "fixed", "instrument"),
            "always",
            "When the Saxo cycle may enter");
    public static final SettingDefinition<LocalTime> TRADING_START = function(
            "TRADING_START", new Kind.Time("00:00", "23:59"), "09:30", "Start of the Saxo hours in mode fixed");
    public static final SettingDefinition<LocalTime> TRADING_END =
            function("TRADING_END", new Kind.Time("00:00", "23:59"), "16:00", "End of the Saxo hours in mode fixed");
    public static final SettingDefinition<ZoneId> TIMEZONE =
            function("TIMEZONE", new Kind.Zone(), "America/New_York", "Time zone of the Saxo hours and days");
    public static final SettingDefinition<Integer> CYCLE_INTERVAL_SECONDS = schedule(
            "CYCLE_INTERVAL_SECONDS",
            new Kind.Interval(MINUTES.stream().map(minutes -> minutes * 60).toList(), "seconds"),
            "300",
            "Seconds between two Saxo cycles");
    public static final SettingDefinition<BigDecimal> DEFAULT_QUANTITY = function(
            "DEFAULT_QUANTITY",
            new Kind.Decimal("0", "1000000000"),
            "1.0",
            "Size of a Saxo entry in units (shares, coins, base currency); less than Saxo's minimum, 1000 of most pairs, is refused");

    public static final SettingDefinition<String> CALENDAR_OVERRIDES = function(
            "CALENDAR_OVERRIDES",
            new Kind.Text("[A-Za-z0-9:/, -]{1,600}", "a list EXCHANGE/DATE/HH:MM-HH:MM or EXCHANGE/DATE/closed,…"),
            "",
            "Dates known better than the calendar: XKRX/2026-11-19/10:00-16:30,XKRX/2026-12-24/closed");
    public static final SettingDefinition<Boolean> KRX_KONEX = function(
            "KRX_KONEX",
            new Kind.Flag(),
            "false",
            "Collect KONEX beside KOSPI and KOSDAQ; its APIs need approvals of their own");

    public static final SettingDefinition<String> KRX_REST_BASE = function(
            "KRX_REST_BASE", new Kind.Address(), "https://data-dbg.krx.co.kr/svc/apis", "Address of the KRX Open API");
    public static final SettingDefinition<String> KRX_CALENDAR_BASE = function(
            "KRX_CALENDAR_BASE",
            new Kind.Address(),
            "https://open.krx.co.kr",
            "Address of the Exchange's page of closures");
    public static final SettingDefinition<String> DART_REST_BASE =
            function("DART_REST_BASE", new Kind.Address(), "https://opendart.fss.or.kr", "Address of OpenDART");
    public static final SettingDefinition<String> KIS_REST_BASE =
            function("KIS_REST_BASE", new Kind.Address(), "", "Address of the Korean broker; follows KIS_ENV");
    public static final SettingDefinition<String> SAXO_REST_BASE =
            function("SAXO_REST_BASE", new Kind.Address(), "", "Address of Saxo's OpenAPI; follows SAXO_ENV");
    public static final SettingDefinition<String> SAXO_AUTH_BASE =
            function("SAXO_AUTH_BASE", new Kind.Address(), "", "Address of Saxo's log-on; follows SAXO_ENV");
    public static final SettingDefinition<String> LOG_LEVEL = function(
            "LOG_LEVEL",
            Kind.Choice.of("TRACE", "DEBUG", "INFO", "WARN", "WARNING", "ERROR", "CRITICAL"),
            "INFO",
            "The least severe level that is logged");

    public static final SettingDefinition<String> HAETAE_STATE_TABLE =
            internal("HAETAE_STATE_TABLE", table(), "haetae-state", "Table of what must never be lost");
    public static final SettingDefinition<String> HAETAE_MARKET_TABLE =
            internal("HAETAE_MARKET_TABLE", table(), "haetae-market", "Table of what can be rebuilt");
    public static final SettingDefinition<String> HAETAE_STAGE =
            internal("HAETAE_STAGE", table(), "local", "Name of the stack");
    public static final SettingDefinition<String> HAETAE_BUS =
            internal("HAETAE_BUS", new Kind.Text(".{1,256}", "a bus name"), "none", "Bus of what happened, or none");
    public static final SettingDefinition<String> HAETAE_SECRETS_PATH = internal(
            "HAETAE_SECRETS_PATH",
            new Kind.Text("/[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*", "a path of the parameter store"),
            "/haetae",
            "Where the keys and tokens lie in the parameter store");
    public static final SettingDefinition<String> HAETAE_FOLLOW_UP = internal(
            "HAETAE_FOLLOW_UP",
            new Kind.Text("[a-z_]+=[A-Za-z0-9_:-]{1,170}", "JOB=FUNCTION"),
            "",
            "The job that a run here makes due, and the function that does it");
    public static final SettingDefinition<Integer> HAETAE_KIS_SHARE_PCT = internal(
            "HAETAE_KIS_SHARE_PCT",
            new Kind.Whole(1, 100),
            "100",
            "This function's share of KIS_CALLS_PER_SECOND in percent");
    public static final SettingDefinition<String> HAETAE_CLOCK =
            internal("HAETAE_CLOCK", new Kind.Address(), "", "A simulated world's clock in place of the system's");
    public static final SettingDefinition<String> HAETAE_DYNAMODB =
            internal("HAETAE_DYNAMODB", new Kind.Address(), "", "A local DynamoDB in place of the region's");
    public static final SettingDefinition<String> HAETAE_LOCAL_SECRETS = internal(
            "HAETAE_LOCAL_SECRETS",
            new Kind.Text("[^,=]+=[^,]*(,[^,=]+=[^,]*)*", "a list NAME=VALUE,…"),
            "",
            "A simulated world's keys in place of the parameter store's");

    /** Names of the predecessors that never did anything, and what to set in their place. */
    static final Map<String, String> REFUSED = Map.of(
            "TRADE_AMOUNT", "set DEFAULT_QUANTITY",
            "TRADING_SCHEDULE", "set CYCLE_INTERVAL_SECONDS, and TRADING_START for the hours",
            "CHECK_INTERVAL_MINUTES", "set CYCLE_INTERVAL_SECONDS",
            "LOG_FILE", "set LOG_LEVEL; logs go to the standard error output");

    /** Keys and tokens that may stand in the environment on one machine. They are secrets, not settings. */
    public static final Map<String, String> SECRETS = Map.ofEntries(
            Map.entry("KRX_AUTH_KEY", "krx/auth-key"),
            Map.entry("DART_API_KEY", "dart/api-key"),
            Map.entry("KIS_APP_KEY", "kis/app-key"),
            Map.entry("KIS_APP_SECRET", "kis/app-secret"),
            Map.entry("KIS_ACCOUNT", "kis/account"),
            Map.entry("SAXO_APP_KEY", "saxo/app-key"),
            Map.entry("SAXO_APP_SECRET", "saxo/app-secret"),
            Map.entry("SAXO_ACCESS_TOKEN", "saxo/access-token"),
            Map.entry("SAXO_ACCOUNT_KEY", "saxo/account-key"),
            Map.entry("SAXO_CLIENT_KEY", "saxo/client-key"));

    private SettingTable() {}

    /** In the order in which a person would read them. */
    public static List<SettingDefinition<?>> all() {
        return List.copyOf(ALL);
    }

    private static Kind<String> table() {
        return new Kind.Text("[A-Za-z0-9_.-]{3,200}", "3 to 200 letters, digits, or any of _ . -");
    }

    private static <T> SettingDefinition<T> function(String name, Kind<T> kind, String value, String description) {
        return define(name, kind, value, Reach.FUNCTION, description);
    }

    private static <T> SettingDefinition<T> schedule(String name, Kind<T> kind, String value, String description) {
        return define(name, kind, value, Reach.SCHEDULE, description);
    }

    private static SettingDefinition<Boolean> toggle(String name, String description) {
        return define(name, new Kind.Flag(), "true", Reach.BOTH, description);
    }

    private static <T> SettingDefinition<T> internal(String name, Kind<T> kind, String value, String description) {
        return define(name, kind, value, Reach.INTERNAL, description);
    }

    private static <T> SettingDefinition<T> define(
            String name, Kind<T> kind, String value, Reach reach, String description) {
        SettingDefinition<T> definition = new SettingDefinition<>(name, kind, value, reach, description);
        ALL.add(definition);
        return definition;
    }
}
