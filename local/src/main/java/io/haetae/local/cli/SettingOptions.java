package io.haetae.local.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The settings that have a flag, by the names the single-machine orchestrator used. A flag beats every other source. */
final class SettingOptions {

    @Option(
            names = {"--user-id", "--user"},
            paramLabel = "ID",
            description = "owner of watchlist, book and metrics")
    @Nullable
    String userId;

    @Option(names = "--timezone", paramLabel = "ZONE", description = "zone of the schedules, such as Asia/Seoul")
    @Nullable
    String timezone;

    @Option(names = "--portfolio-value", paramLabel = "WON", description = "starting capital of the dry-run book")
    @Nullable
    String portfolioValue;

    @Option(
            names = "--dry-run",
            negatable = true,
            fallbackValue = "true",
            description = "paper orders only (the default); --no-dry-run asks for real ones")
    @Nullable
    Boolean dryRun;

    @Option(names = "--disable-data-collection", description = "switch the job off")
    boolean disableDataCollection;

    @Option(names = "--disable-indicator-calculation", description = "switch the job off")
    boolean disableIndicatorCalculation;

    @Option(names = "--disable-watchlist-update", description = "switch the job off")
    boolean disableWatchlistUpdate;

    @Option(names = "--disable-statement-collection", description = "switch the job off")
    boolean disableStatementCollection;

    @Option(names = "--disable-signal-generation", description = "switch the job off")
    boolean disableSignalGeneration;

    @Option(names = "--disable-position-monitoring", description = "switch the job off")
    boolean disablePositionMonitoring;

    @Option(names = "--disable-risk-checks", description = "switch the job off")
    boolean disableRiskChecks;

    /** The settings that flags gave, by name. */
    Map<String, String> given() {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, "ORCHESTRATOR_USER_ID", userId);
        put(given, "ORCHESTRATOR_TIMEZONE", timezone);
        put(given, "ORCHESTRATOR_PORTFOLIO_VALUE", portfolioValue);
        put(given, "ORCHESTRATOR_DRY_RUN", dryRun == null ? null : dryRun.toString());
        off(given, "ORCHESTRATOR_ENABLE_DATA_COLLECTION", disableDataCollection);
        off(given, "ORCHESTRATOR_ENABLE_INDICATOR_CALCULATION", disableIndicatorCalculation);
        off(given, "ORCHESTRATOR_ENABLE_WATCHLIST_UPDATE", disableWatchlistUpdate);
        off(given, "ORCHESTRATOR_ENABLE_STATEMENT_COLLECTION", disableStatementCollection);
        off(given, "ORCHESTRATOR_ENABLE_SIGNAL_GENERATION", disableSignalGeneration);
        off(given, "ORCHESTRATOR_ENABLE_POSITION_MONITORING", disablePositionMonitoring);
        off(given, "ORCHESTRATOR_ENABLE_RISK_CHECKS", disableRiskChecks);
        return given;
    }

    private static void put(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }

    private static void off(Map<String, String> given, String name, boolean disabled) {
        if (disabled) {
            given.put(name, "false");
        }
    }
}
