package io.haetae.config;

import io.haetae.calendar.Calendars;
import io.haetae.calendar.InvalidOverridesException;
import io.haetae.job.JobName;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads all settings at once: what comes out is valid, or everything that is wrong is named. */
public final class SettingsReader {

    private static final List<String> OURS = List.of("ORCHESTRATOR_", "SAXO_", "KIS_", "KRX_");

    /** What the Korean broker allows its paper environment, whatever is configured. */
    private static final BigDecimal PAPER_CALLS_PER_SECOND = BigDecimal.ONE;

    /** What the template gives to signals, monitoring and risk checks together. */
    private static final BigDecimal TRADING_SHARES_PCT = BigDecimal.valueOf(30);

    private static final String DEFAULT = "default";
    private static final String ENVIRONMENT = "environment";
    private static final String DOT_ENV = ".env";

    private final Map<String, String> values;
    private final Map<String, String> sources;
    private final Set<String> problems = new LinkedHashSet<>();
    private final SortedMap<String, String> used = new TreeMap<>();
    private final SortedMap<String, String> usedSources = new TreeMap<>();

    private SettingsReader(Map<String, String> values, Map<String, String> sources) {
        this.values = new TreeMap<>(values);
        this.sources = sources;
    }

    /**
     * Reads the settings among {@code values}; variables that are not ours are left alone, an empty value counts as
     * absent.
     *
     * @throws InvalidSettingsException naming all problems
     */
    public static Settings read(Map<String, String> values) {
        return read(values, Map.of());
    }

    /**
     * @param sources where a value came from, by name; {@code environment} for names it lacks
     * @throws InvalidSettingsException naming all problems
     */
    public static Settings read(Map<String, String> values, Map<String, String> sources) {
        SettingsReader reader = new SettingsReader(values, sources);
        reader.findStrangers();
        Settings settings = reader.settings();
        if (!reader.problems.isEmpty()) {
            throw new InvalidSettingsException(List.copyOf(reader.problems));
        }
        return settings;
    }

    /** Whether a variable of that name is read, or refused, here; the others belong to other programs. */
    public static boolean isOurs(String name) {
        return OURS.stream().anyMatch(name::startsWith)
                || SettingTable.REFUSED.containsKey(name)
                || SettingTable.all().stream()
                        .anyMatch(definition -> definition.name().equals(name));
    }

    private void findStrangers() {
        List<String> known =
                SettingTable.all().stream().map(SettingDefinition::name).toList();
        for (String name : values.keySet()) {
            String successor = SettingTable.REFUSED.get(name);
            if (successor != null) {
                problems.add("%s%s never did anything and is refused: %s".formatted(name, from(name), successor));
            } else if (OURS.stream().anyMatch(name::startsWith)
                    && !known.contains(name)
                    && !SettingTable.SECRETS.containsKey(name)) {
                problems.add("%s%s is not a setting%s".formatted(name, from(name), nearest(name, known)));
            } else if (DOT_ENV.equals(sources.get(name))
                    && !known.contains(name)
                    && !nearest(name, known).isEmpty()) {
                // A file of ours: what is nearly a setting is one with a slip of the pen.
                problems.add("%s%s is not a setting%s".formatted(name, from(name), nearest(name, known)));
            }
        }
    }

    private String from(String name) {
        String source = sources.get(name);
        return source == null ? "" : " (" + source + ")";
    }

    private static String nearest(String name, List<String> known) {
        Optional<String> close = known.stream()
                .filter(candidate -> distance(name, candidate) <= 3)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
        return close.map(candidate -> "; did you mean " + candidate + "?").orElse("");
    }

    /** How many letters must be changed, added or left out to make one word of the other. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }

    private Settings settings() {
        SettingTable.all().stream()
                .filter(definition -> definition.reach() == Reach.SCHEDULE)
                .forEach(this::get);
        Settings.Orchestrator orchestrator = orchestrator();
        boolean paper = get(SettingTable.KIS_ENV).equals("paper");
        boolean live = get(SettingTable.SAXO_ENV).equals("LIVE");
        Settings.Saxo saxo = saxo(live);
        Settings.Endpoints endpoints = endpoints(paper, live);
        Settings.Internal internal = internal(endpoints);
        if (internal.clock().isPresent() && !(orchestrator.dryRun() && saxo.dryRun())) {
            problems.add("HAETAE_CLOCK: only in a dry run; orders keep the system's time");
        }
        BigDecimal share = koreanCallsPerSecond(paper);
        String level = get(SettingTable.LOG_LEVEL);
        return new Settings(
                orchestrator,
                new Settings.Kis(paper, share.stripTrailingZeros()),
                new Settings.Krx(get(SettingTable.KRX_KONEX)),
                saxo,
                calendars(),
                endpoints,
                internal,
                switch (level) {
                    case "WARNING" -> "WARN";
                    case "CRITICAL" -> "ERROR";
                    default -> level;
                },
                used,
                usedSources);
    }

    /**
     * This function's share of the Korean broker's rate. The paper environment's one call a second does not do to collect
     * prices: there those who trade share it among them.
     */
    private BigDecimal koreanCallsPerSecond(boolean paper) {
        BigDecimal share = BigDecimal.valueOf(get(SettingTable.HAETAE_KIS_SHARE_PCT));
        BigDecimal whole = get(SettingTable.KIS_CALLS_PER_SECOND);
        if (!paper) {
            return whole.multiply(share).divide(BigDecimal.valueOf(100), 4, RoundingMode.DOWN);
        }
        BigDecimal allowed = whole.min(PAPER_CALLS_PER_SECOND);
        return allowed.multiply(share)
                .divide(TRADING_SHARES_PCT, 4, RoundingMode.DOWN)
                .min(allowed);
    }

    private Settings.Orchestrator orchestrator() {
        Settings.Orchestrator read = new Settings.Orchestrator(
                get(SettingTable.ORCHESTRATOR_TIMEZONE),
                get(SettingTable.ORCHESTRATOR_USER_ID),
                get(SettingTable.ORCHESTRATOR_DRY_RUN),
                get(SettingTable.ORCHESTRATOR_PORTFOLIO_VALUE),
                get(SettingTable.ORCHESTRATOR_MAX_POSITION_SIZE_PCT),
                get(SettingTable.ORCHESTRATOR_MAX_POSITIONS),
                get(SettingTable.ORCHESTRATOR_MARKET_OPEN_TIME),
                get(SettingTable.ORCHESTRATOR_MARKET_CLOSE_TIME),
                get(SettingTable.ORCHESTRATOR_ENABLE_DATA_COLLECTION),
                get(SettingTable.ORCHESTRATOR_ENABLE_INDICATOR_CALCULATION),
                get(SettingTable.ORCHESTRATOR_ENABLE_WATCHLIST_UPDATE),
                get(SettingTable.ORCHESTRATOR_ENABLE_STATEMENT_COLLECTION),
                get(SettingTable.ORCHESTRATOR_ENABLE_SIGNAL_GENERATION),
                get(SettingTable.ORCHESTRATOR_ENABLE_POSITION_MONITORING),
                get(SettingTable.ORCHESTRATOR_ENABLE_RISK_CHECKS),
                get(SettingTable.ORCHESTRATOR_MAX_ORDERS_PER_DAY),
                get(SettingTable.ORCHESTRATOR_MAX_ENTRY_NOTIONAL_PCT_PER_DAY),
                get(SettingTable.ORCHESTRATOR_MAX_DAILY_LOSS_PCT));
        if (!read.marketOpenTime().isBefore(read.marketCloseTime())) {
            problems.add("ORCHESTRATOR_MARKET_OPEN_TIME=%s must lie before ORCHESTRATOR_MARKET_CLOSE_TIME=%s"
                    .formatted(read.marketOpenTime(), read.marketCloseTime()));
        }
        if (read.portfolioValue().stripTrailingZeros().scale() > 0) {
            problems.add("ORCHESTRATOR_PORTFOLIO_VALUE=%s must be whole won".formatted(read.portfolioValue()));
        }
        return read;
    }

    private Settings.Saxo saxo(boolean live) {
        return new Settings.Saxo(
                get(SettingTable.DRY_RUN),
                live,
                get(SettingTable.WATCHLIST),
                get(SettingTable.MAX_POSITIONS),
                get(SettingTable.STOP_LOSS_PERCENT),
                get(SettingTable.TAKE_PROFIT_PERCENT),
                get(SettingTable.MAX_POSITION_SIZE),
                get(SettingTable.MAX_DAILY_LOSS),
                get(SettingTable.MAX_DAILY_TRADES),
                Settings.HoursMode.valueOf(get(SettingTable.TRADING_HOURS_MODE).toUpperCase(Locale.ROOT)),
                get(SettingTable.TRADING_START),
                get(SettingTable.TRADING_END),
                get(SettingTable.TIMEZONE),
                get(SettingTable.DEFAULT_QUANTITY),
                get(SettingTable.SAXO_PORTFOLIO_VALUE),
                get(SettingTable.SAXO_ENABLE_CYCLE),
                get(SettingTable.SAXO_ENABLE_TOKEN),
                get(SettingTable.SAXO_AUTH_MODE).equals("oauth"));
    }

    private Calendars calendars() {
        try {
            return Calendars.overridden(find(SettingTable.CALENDAR_OVERRIDES).orElse(""));
        } catch (InvalidOverridesException e) {
            String name = SettingTable.CALENDAR_OVERRIDES.name();
            e.problems().forEach(problem -> problems.add("%s%s: %s".formatted(name, from(name), problem)));
            return Calendars.bundled();
        }
    }

    private Settings.Endpoints endpoints(boolean paper, boolean live) {
        return new Settings.Endpoints(
                get(SettingTable.KRX_REST_BASE),
                get(SettingTable.KRX_CALENDAR_BASE),
                get(SettingTable.DART_REST_BASE),
                find(SettingTable.KIS_REST_BASE)
                        .orElse(
                                paper
                                        ? "https://openapivts.koreainvestment.com:29443"
                                        : "https://openapi.koreainvestment.com:9443"),
                find(SettingTable.SAXO_REST_BASE)
                        .orElse(
                                live
                                        ? "https://gateway.saxobank.com/openapi"
                                        : "https://gateway.saxobank.com/sim/openapi"),
                find(SettingTable.SAXO_AUTH_BASE)
                        .orElse(live ? "https://live.logonvalidation.net" : "https://sim.logonvalidation.net"));
    }

    private Settings.Internal internal(Settings.Endpoints endpoints) {
        Settings.Internal internal = new Settings.Internal(
                get(SettingTable.HAETAE_STATE_TABLE),
                get(SettingTable.HAETAE_MARKET_TABLE),
                get(SettingTable.HAETAE_STAGE),
                get(SettingTable.HAETAE_BUS),
                get(SettingTable.HAETAE_SECRETS_PATH),
                followUp(),
                find(SettingTable.HAETAE_CLOCK),
                find(SettingTable.HAETAE_DYNAMODB),
                find(SettingTable.HAETAE_LOCAL_SECRETS));
        List<String> venues = List.of(
                endpoints.krx(),
                endpoints.krxCalendar(),
                endpoints.dart(),
                endpoints.kisRest(),
                endpoints.saxoRest(),
                endpoints.saxoAuth());
        List<String> worldly = new ArrayList<>();
        internal.clock().ifPresent(_ -> worldly.add(SettingTable.HAETAE_CLOCK.name()));
        internal.localSecrets().ifPresent(_ -> worldly.add(SettingTable.HAETAE_LOCAL_SECRETS.name()));
        boolean allLocal = venues.stream().allMatch(SettingsReader::isLocal)
                && internal.clock().map(SettingsReader::isLocal).orElse(true)
                && internal.dynamoDb().map(SettingsReader::isLocal).orElse(false);
        if (!worldly.isEmpty() && !allLocal) {
            problems.add("%s: only where DynamoDB, the clock and every venue are on this machine"
                    .formatted(String.join(", ", worldly)));
        }
        for (String venue : venues) {
            if (venue.startsWith("http:") && !isLocal(venue)) {
                problems.add("%s must be https: keys are sent to it".formatted(venue));
            }
        }
        return internal;
    }

    private Map<JobName, String> followUp() {
        Optional<String> text = find(SettingTable.HAETAE_FOLLOW_UP);
        if (text.isEmpty()) {
            return Map.of();
        }
        String[] parts = text.get().split("=", 2);
        Optional<JobName> job = JobName.parse(parts[0]);
        if (job.isEmpty()) {
            problems.add("HAETAE_FOLLOW_UP=%s names no job".formatted(text.get()));
            return Map.of();
        }
        return Map.of(job.get(), parts[1]);
    }

    /** Loopback, or the host as a container of this machine names it. */
    private static boolean isLocal(String address) {
        String host = URI.create(address).getHost();
        return host.equals("localhost")
                || host.equals("host.docker.internal")
                || host.equals("[::1]")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    /** The value, or the default when it is absent or wrong; what is wrong is remembered. */
    private <T> T get(SettingDefinition<T> definition) {
        return find(definition).orElseGet(() -> {
            used.put(definition.name(), definition.defaultText());
            usedSources.put(definition.name(), DEFAULT);
            return definition.kind().parse(definition.defaultText());
        });
    }

    private <T> Optional<T> find(SettingDefinition<T> definition) {
        String text = given(definition.name());
        if (text == null) {
            return Optional.empty();
        }
        try {
            T value = definition.kind().parse(text);
            used.put(definition.name(), shown(definition, text));
            usedSources.put(definition.name(), sources.getOrDefault(definition.name(), ENVIRONMENT));
            return Optional.of(value);
        } catch (IllegalArgumentException e) {
            problems.add("%s=%s%s must be %s"
                    .formatted(
                            definition.name(),
                            shown(definition, text),
                            from(definition.name()),
                            definition.kind().expected()));
            return Optional.empty();
        }
    }

    private static String shown(SettingDefinition<?> definition, String text) {
        if (definition.equals(SettingTable.HAETAE_LOCAL_SECRETS)) {
            return "…";
        }
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private @Nullable String given(String name) {
        String text = values.get(name);
        return text == null || text.isBlank() ? null : text.strip();
    }
}
