package io.haetae.config;

import io.haetae.calendar.Calendars;
import io.haetae.job.JobName;
import io.haetae.portfolio.Mode;
import java.math.BigDecimal;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Every setting, valid and immutable. Built by the settings reader in one go; a problem anywhere stops the start.
 *
 * @param calendars of all exchanges, with the dates that a person overrides
 * @param logLevel one of {@code TRACE DEBUG INFO WARN ERROR}
 * @param values the text of every setting, defaults included, by name; no secret is among them
 * @param sources where each value came from, by setting name: {@code default}, {@code environment}, {@code .env},
 *     {@code flag}, {@code template}
 */
public record Settings(
        Orchestrator orchestrator,
        Kis kis,
        Krx krx,
        Saxo saxo,
        Calendars calendars,
        Endpoints endpoints,
        Internal internal,
        String logLevel,
        Map<String, String> values,
        Map<String, String> sources) {

    public Settings {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        sources = Collections.unmodifiableSortedMap(new TreeMap<>(sources));
    }

    /** Mode of the Korean books. */
    public Mode koreanMode() {
        return orchestrator.dryRun() ? Mode.DRY_RUN : kis.paper() ? Mode.SIM : Mode.LIVE;
    }

    /** Mode of the Saxo books. */
    public Mode saxoMode() {
        return saxo.dryRun() ? Mode.DRY_RUN : saxo.live() ? Mode.LIVE : Mode.SIM;
    }

    /** Mode of the books that the job works for. */
    public Mode mode(JobName job) {
        return switch (job) {
            case SAXO_CYCLE, SAXO_TOKEN -> saxoMode();
            case DATA_COLLECTION,
                    DATA_CATCHUP,
                    CALENDAR_REFRESH,
                    INDICATOR_CALCULATION,
                    WATCHLIST_UPDATE,
                    STATEMENT_COLLECTION,
                    SIGNAL_GENERATION,
                    POSITION_MONITORING,
                    RISK_CHECKS -> koreanMode();
        };
    }

    /** The modes of all jobs, each once. */
    public Set<Mode> modes() {
        return EnumSet.of(koreanMode(), saxoMode());
    }

    /**
     * The Korean day ({@code ORCHESTRATOR_…}). Times, zone and intervals stand in the schedules, not here.
     *
     * @param portfolioValue starting capital of the dry-run book, won
     * @param maxPositionSizePct percent of the portfolio, above 0 to 100
     * @param marketOpenTime may narrow the session, never widen it
     * @param maxEntryNotionalPctPerDay percent of the portfolio
     */
    public record Orchestrator(
            ZoneId timezone,
            String userId,
            boolean dryRun,
            BigDecimal portfolioValue,
            BigDecimal maxPositionSizePct,
            int maxPositions,
            LocalTime marketOpenTime,
            LocalTime marketCloseTime,
            boolean enableDataCollection,
            boolean enableIndicatorCalculation,
            boolean enableWatchlistUpdate,
            boolean enableStatementCollection,
            boolean enableSignalGeneration,
            boolean enablePositionMonitoring,
            boolean enableRiskChecks,
            int maxOrdersPerDay,
            BigDecimal maxEntryNotionalPctPerDay,
            BigDecimal maxDailyLossPct) {}

    /**
     * The Korean broker.
     *
     * @param paper {@code KIS_ENV=paper}
     * @param callsPerSecond this function's share of the venue's rate, above 0 to 18
     */
    public record Kis(boolean paper, BigDecimal callsPerSecond) {}

    /**
     * The Exchange's data.
     *
     * @param konex collected beside KOSPI and KOSDAQ
     */
    public record Krx(boolean konex) {}

    /**
     * The Saxo cycle (names of the predecessor).
     *
     * @param stopLossPercent a fraction, as in the predecessor: 0.02 is 2 percent
     * @param takeProfitPercent a fraction
     * @param maxPositionSize US dollars
     * @param maxDailyLoss US dollars
     * @param tradingStart used in hours mode FIXED, in {@code timezone}
     * @param portfolioValue starting capital of the dry-run book, US dollars
     * @param oauth the token is refreshed by the token job; else it is a 24-hour token of a person's
     */
    public record Saxo(
            boolean dryRun,
            boolean live,
            List<WatchedInstrument> watchlist,
            int maxPositions,
            BigDecimal stopLossPercent,
            BigDecimal takeProfitPercent,
            BigDecimal maxPositionSize,
            BigDecimal maxDailyLoss,
            int maxDailyTrades,
            HoursMode hoursMode,
            LocalTime tradingStart,
            LocalTime tradingEnd,
            ZoneId timezone,
            BigDecimal defaultQuantity,
            BigDecimal portfolioValue,
            boolean enableCycle,
            boolean enableToken,
            boolean oauth) {
        public Saxo {
            watchlist = List.copyOf(watchlist);
        }
    }

    /**
     * One line of the Saxo watchlist.
     *
     * @param symbol as Saxo writes it ({@code EURUSD}, {@code AAPL:xnas})
     * @param assetType Saxo's word ({@code FxSpot}, {@code Stock}, {@code Etf}, {@code FxCrypto})
     * @param uic Saxo's number, 0 when it is to be looked up
     */
    public record WatchedInstrument(String symbol, String assetType, long uic) {}

    public enum HoursMode {
        ALWAYS,
        FIXED,
        INSTRUMENT
    }

    /**
     * Base addresses without a trailing slash.
     *
     * @param krxCalendar the Exchange's page of closures
     * @param kisRest follows {@code KIS_ENV} unless set
     * @param saxoRest follows {@code SAXO_ENV} unless set
     */
    public record Endpoints(
            String krx, String krxCalendar, String dart, String kisRest, String saxoRest, String saxoAuth) {}

    /**
     * How the program is put together; {@code local} answers for these itself.
     *
     * @param bus name of the event bus, {@code none} for none
     * @param followUp the function that does a derived job, by job
     * @param clock address of a simulated world's clock
     * @param dynamoDb address of a DynamoDB on this machine
     * @param localSecrets a simulated world's keys
     */
    public record Internal(
            String stateTable,
            String marketTable,
            String stage,
            String bus,
            String secretsPath,
            Map<JobName, String> followUp,
            Optional<String> clock,
            Optional<String> dynamoDb,
            Optional<String> localSecrets) {}
}
