package io.haetae.local.world;

import io.haetae.calendar.TradingCalendar;
import io.haetae.config.Settings;
import io.haetae.config.SettingsReader;
import io.haetae.dart.DartClient;
import io.haetae.functions.datacollection.Backfill;
import io.haetae.functions.datacollection.StatementCollection;
import io.haetae.job.RunListener;
import io.haetae.kis.KisToken;
import io.haetae.local.dart.DartSimulator;
import io.haetae.local.driver.Driver;
import io.haetae.local.driver.FollowUps;
import io.haetae.local.driver.Functions;
import io.haetae.local.home.FileSecrets;
import io.haetae.local.home.World;
import io.haetae.local.http.LoopbackServer;
import io.haetae.local.kis.KisSimulator;
import io.haetae.local.krx.ClosurePageSimulator;
import io.haetae.local.krx.KrxSimulator;
import io.haetae.local.market.Moment;
import io.haetae.local.market.SimulatedMarket;
import io.haetae.local.saxo.SaxoSimulator;
import io.haetae.local.schedule.Template;
import io.haetae.market.InstrumentId;
import io.haetae.store.SecretLeases;
import io.haetae.store.StatementMapper;
import io.haetae.store.Store;
import io.haetae.time.VirtualTime;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A world of simulated venues on a virtual clock: the venues as real servers on loopback, and the template's functions
 * calling them. Nothing here decides anything about trading.
 */
public final class SimulatedWorld implements AutoCloseable {

    /** Sessions of history that a new data folder is filled with, as far as the market has them. */
    private static final int HISTORY_SESSIONS = 305;

    private static final LocalTime HISTORY_EVENING = LocalTime.of(20, 0);

    /** Ports of the venues; 0 takes a free one. */
    public record Ports(int krx, int kis, int saxo, int closures, int dart) {
        public static final Ports ANY = new Ports(0, 0, 0, 0, 0);
    }

    /**
     * What a world is made of.
     *
     * @param folder of the world
     * @param seed of the bank's prices
     * @param root of the checkout: {@code template.yaml} is there
     */
    public record Parts(
            World world,
            Path folder,
            SimulatedMarket market,
            long seed,
            Engine engine,
            Values values,
            Path root,
            Ports ports,
            RunListener listener) {}

    private final Parts parts;
    private final Settings settings;
    private final VirtualTime time;
    private final TradingCalendar calendar;
    private final KrxSimulator krx;
    private final KisSimulator kis;
    private final SaxoSimulator saxo;
    private final ClosurePageSimulator closures;
    private final DartSimulator dart;
    private final Template template;
    private final FollowUps followUps = new FollowUps();
    private final LocalPlatforms platforms;
    private final Functions functions;

    /**
     * Starts the venues and makes the functions.
     *
     * @param start where the clock stands
     * @throws io.haetae.config.InvalidSettingsException naming every problem of the settings
     * @throws io.haetae.local.home.HomeException when the store is about another world
     */
    public SimulatedWorld(Parts parts, Instant start) {
        this.parts = parts;
        this.settings =
                SettingsReader.read(parts.values().byName(), parts.values().sources());
        this.calendar = settings.calendars().xkrx();
        this.template = parts.values().template(parts.root());
        this.time = new VirtualTime(start);
        WorldMark.check(parts.engine().store(), parts.world());
        this.krx = new KrxSimulator(time, parts.market(), on(parts.ports().krx()));
        this.kis = new KisSimulator(
                time,
                parts.market(),
                parts.folder().resolve("kis-simulator.json"),
                on(parts.ports().kis()),
                settings.kis().paper());
        this.saxo = new SaxoSimulator(
                time,
                parts.seed(),
                parts.folder().resolve("saxo-simulator.json"),
                on(parts.ports().saxo()));
        this.closures = new ClosurePageSimulator(time, on(parts.ports().closures()));
        this.dart = new DartSimulator(time, parts.market(), on(parts.ports().dart()));
        FileSecrets secrets = new FileSecrets(parts.folder().resolve("secrets"), Map.of());
        // The venues know the newest tokens; ours may be older, after a kill between their answer and our writing.
        keys().forEach((name, value) -> {
            if (!secrets.get(name).equals(Optional.of(value))) {
                secrets.put(name, value);
            }
        });
        this.platforms = new LocalPlatforms(
                parts.values(),
                addresses(),
                secrets,
                parts.engine().store(),
                time,
                followUps,
                parts.listener(),
                parts.folder());
        this.functions = new Functions(template.functions(), time, platforms);
    }

    private static InetSocketAddress on(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private Map<String, String> keys() {
        Map<String, String> secrets = new TreeMap<>(saxo.secrets());
        secrets.put("krx/auth-key", KrxSimulator.AUTH_KEY);
        secrets.put("dart/api-key", DartSimulator.API_KEY);
        secrets.put("kis/app-key", KisSimulator.APP_KEY);
        secrets.put("kis/app-secret", KisSimulator.APP_SECRET);
        secrets.put("kis/account", KisSimulator.ACCOUNT);
        kis.issuedToken().ifPresent(token -> secrets.put(KisToken.SECRET, token));
        return secrets;
    }

    private Map<String, String> addresses() {
        return Map.of(
                "KRX_REST_BASE", krxBase(),
                "KRX_CALENDAR_BASE", closures.base().toString(),
                "DART_REST_BASE", dart.base().toString(),
                "KIS_REST_BASE", kis.base().toString(),
                "SAXO_REST_BASE", saxo.restBase().toString(),
                "SAXO_AUTH_BASE", saxo.authBase().toString());
    }

    private String krxBase() {
        return krx.base() + "/svc/apis";
    }

    public SimulatedMarket market() {
        return parts.market();
    }

    public VirtualTime time() {
        return time;
    }

    public Settings settings() {
        return settings;
    }

    public Functions functions() {
        return functions;
    }

    /** What the jobs have made due. */
    public FollowUps followUps() {
        return followUps;
    }

    /** Answers on {@code address} too, on the same ports. */
    public void alsoOn(InetAddress address) {
        krx.alsoOn(address);
        dart.alsoOn(address);
        kis.alsoOn(address);
        saxo.alsoOn(address);
        closures.alsoOn(address);
    }

    /** The Exchange's page of closures, to make it say something else or nothing. */
    public ClosurePageSimulator closurePage() {
        return closures;
    }

    /** The simulated disclosure service, likewise. */
    public DartSimulator disclosures() {
        return dart;
    }

    /** The simulated Korean broker, likewise. */
    public KisSimulator broker() {
        return kis;
    }

    public TradingCalendar calendar() {
        return calendar;
    }

    /** The Exchange's server, for faults. */
    public LoopbackServer krxServer() {
        return krx.server();
    }

    /** The broker's server, for faults. */
    public LoopbackServer kisServer() {
        return kis.server();
    }

    /** How many HTTP requests each venue has had, by its name. */
    public Map<String, Long> requests() {
        return new TreeMap<>(Map.of(
                "KRX", krx.server().requests(),
                "KIS", kis.server().requests(),
                "Saxo", saxo.server().requests()));
    }

    /**
     * Fills the store with the sessions before the one before {@code day}, through the real client: what the Exchange has
     * published when that day begins. Goes on where it was stopped.
     */
    public void fillHistory(LocalDate day, Backfill.Progress progress) throws Exception {
        LocalDate last = calendar.previous(calendar.previous(day).date()).date();
        LocalDate first = last;
        for (int back = 1; back < HISTORY_SESSIONS && first.isAfter(market().firstSession()); back++) {
            first = calendar.previous(first).date();
        }
        backfill().run(first, last, progress);
        fillStatements(day);
    }

    /** What the evening before would have collected; its calls are spaced out on that evening's clock, not on this one. */
    private void fillStatements(LocalDate day) throws Exception {
        LocalDate yesterday = day.minusDays(1);
        VirtualTime evening = new VirtualTime(
                yesterday.atTime(HISTORY_EVENING).atZone(calendar.zone()).toInstant());
        try (DartSimulator then = dart.at(evening)) {
            DartClient client = new DartClient(
                    DartClient.http(), then.base().toString(), DartSimulator.API_KEY, () -> true, evening);
            new StatementCollection(Optional.of(client), new StatementMapper(store()), calendar, evening)
                    .collect(yesterday, Instant.MAX);
        }
    }

    /** With the client of the function that collects. */
    public Backfill backfill() {
        return platforms.backfill(template).orElseThrow();
    }

    /** One process at a time lives in a world: who took a turn before is dead. The simulated broker keeps its own count. */
    void takeOver() {
        new SecretLeases(store(), time, () -> "world").returnTurn(kis.turn());
    }

    public Driver driver(Driver.Progress progress) {
        return new Driver(
                template.functions(), functions, followUps, parts.engine().store(), time, progress);
    }

    public Store store() {
        return parts.engine().store();
    }

    /** Where the items are, for a person. */
    public String place() {
        return parts.engine().place();
    }

    public String id() {
        return parts.world().id();
    }

    /** The price at which the venue last traded the instrument. */
    public Optional<BigDecimal> lastPrice(InstrumentId instrument) {
        return switch (instrument.venue()) {
            case KIS ->
                market().at(time.now(), instrument.code()).map(Moment::last).map(BigDecimal::valueOf);
            case SAXO -> saxo.lastPrice(instrument.code());
        };
    }

    /** What a person should know of where the figures come from. */
    public List<String> notes() {
        List<String> notes = new ArrayList<>(market().notes());
        if (market().companies().isEmpty()) {
            notes.add("there are no company statements in this market");
        }
        return notes;
    }

    @Override
    public void close() {
        krx.close();
        dart.close();
        kis.close();
        saxo.close();
        closures.close();
        parts.engine().close();
    }
}
