package io.haetae.local.cli;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.functions.datacollection.Backfill;
import io.haetae.local.driver.Driver;
import io.haetae.local.home.World;
import io.haetae.local.market.SimulatedMarket;
import io.haetae.local.world.SimulatedWorld;
import io.haetae.local.world.VenueWorld;
import io.haetae.store.GapMapper;
import io.haetae.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Fills the store with past sessions. */
@Command(
        name = "backfill",
        mixinStandardHelpOptions = true,
        description =
                "Fetches past sessions from the Exchange; stopped, it goes on where it was when it is called again."
                        + " From the real service, or with --seed or --data from a simulated one.")
final class BackfillCommand implements Callable<Integer> {

    /** When the Exchange publishes a session's rows, on the next one's day. */
    private static final LocalTime PUBLICATION = LocalTime.of(8, 0);

    private static final int SHOWN = 10;

    private final Surroundings here;
    private final TradingCalendar calendar = XkrxCalendar.bundled();
    private final AtomicBoolean stop = new AtomicBoolean();

    @Mixin
    Simulation simulation;

    @Option(names = "--years", paramLabel = "N", description = "that many years back from the newest session")
    @Nullable
    Long years;

    @Option(names = "--from", paramLabel = "DATE", description = "the oldest date")
    @Nullable
    LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DATE",
            description = "the newest date (default: the newest published session)")
    @Nullable
    LocalDate to;

    BackfillCommand(Surroundings here) {
        this.here = here;
        this.simulation = new Simulation(here);
    }

    private record Range(LocalDate from, LocalDate to) {}

    @Override
    public Integer call() throws Exception {
        if ((years == null) == (from == null)) {
            throw new BadInputException("how far back? give one of --years N and --from DATE");
        }
        if (years != null && (years < 1 || years > 50)) {
            throw new BadInputException("--years " + years + ": a number from 1 to 50 is expected");
        }
        Stopping stopping = new Stopping();
        stopping.on(() -> stop.set(true));
        try {
            return stopping.ended(simulation.world.isSimulated() ? inSimulation() : atVenues());
        } catch (Exception e) {
            stopping.ended(ExitCode.FAILED);
            throw e;
        }
    }

    private int inSimulation() throws Exception {
        if (simulation.world.store != WorldOptions.StoreKind.sqlite) {
            throw new BadInputException("backfill fills a kept world: leave --store out");
        }
        SimulatedMarket market = simulation.market();
        try (SimulatedWorld world =
                simulation.open(market, market.defaultDay(), simulation.home(), SimulatedWorld.Ports.ANY, 0)) {
            Driver.clock(world.store()).ifPresent(world.time()::advanceTo);
            Range range = range(world.time().now(), market.firstSession());
            return run(world.backfill(), world.store(), range);
        }
    }

    private int atVenues() throws Exception {
        simulation.world.needVenues("backfill without --seed or --data");
        Simulation.Given given = simulation.given();
        Range range = range(here.time().now(), calendar.firstKnown());
        World world = VenueWorld.of(given.settings());
        Path folder = simulation.home().open(world);
        try (VenueWorld venues = simulation.venues(given, world, folder)) {
            Logs.toFile(folder.resolve("haetae.log"));
            Logs.level(given.settings().logLevel());
            Optional<Backfill> backfill = venues.backfill();
            if (backfill.isEmpty()) {
                here.err()
                        .println(
                                "haetae: no key for the Exchange's Open API: put KRX_AUTH_KEY into the environment, .env or "
                                        + folder.resolve("secrets"));
                return ExitCode.AUTHENTICATION;
            }
            return run(backfill.get(), venues.store(), range);
        }
    }

    private Range range(Instant now, LocalDate earliest) {
        LocalDate published = newestPublished(now);
        LocalDate last = Optional.ofNullable(to).orElse(published);
        LocalDate first = from != null
                ? from
                : last.minusYears(Optional.ofNullable(years).orElse(1L)).plusDays(1);
        if (last.isAfter(published)) {
            throw new BadInputException("--to %s: rows are published up to %s so far".formatted(last, published));
        }
        if (first.isAfter(last)) {
            throw new BadInputException("nothing lies from %s to %s".formatted(first, last));
        }
        if (first.isBefore(earliest)) {
            throw new BadInputException("there is no history before %s: begin there with --from".formatted(earliest));
        }
        return new Range(first, last);
    }

    /** The newest session whose rows can be had: those of the next one's morning, or later. */
    private LocalDate newestPublished(Instant now) {
        LocalDate today = calendar.dateAt(now);
        LocalDate session = calendar.previous(today).date();
        Optional<Session> open = calendar.session(today);
        boolean due = open.isPresent()
                && !now.isBefore(
                        today.atTime(PUBLICATION).atZone(calendar.zone()).toInstant());
        return due ? session : calendar.previous(session).date();
    }

    private int run(Backfill backfill, Store store, Range range) throws Exception {
        long began = System.nanoTime();
        Progress progress = here.progress();
        int[] before = {-1};
        Backfill.Report report = backfill.run(
                range.from(),
                range.to(),
                (done, total) -> {
                    if (before[0] < 0) {
                        before[0] = done - 1;
                    }
                    progress.at("history", pace(done - before[0], total - done, began), done, total);
                },
                stop::get);
        here.out()
                .println("%s to %s: %d sessions stored, %d were there%s"
                        .formatted(
                                range.from(),
                                range.to(),
                                report.stored(),
                                report.present(),
                                report.refused().isEmpty()
                                        ? ""
                                        : ", " + report.refused().size() + " without usable rows"));
        tellRefused(store, report.refused());
        if (report.stopped()) {
            here.err().println("haetae: stopped before the end; the same command goes on from here");
            return ExitCode.FAILED;
        }
        return report.refused().isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
    }

    private void tellRefused(Store store, List<LocalDate> refused) {
        if (refused.isEmpty()) {
            return;
        }
        new GapMapper(store)
                .refusals(refused.getFirst(), refused.getLast()).stream()
                        .limit(SHOWN)
                        .forEach(refusal -> here.out().println("  " + refusal.session() + ": " + refusal.reason()));
        if (refused.size() > SHOWN) {
            here.out().println("  and %d more: ./haetae data tells all".formatted(refused.size() - SHOWN));
        }
    }

    private static String pace(int done, int left, long began) {
        double seconds = Math.max((System.nanoTime() - began) / 1e9, 0.001);
        double each = seconds / done;
        long rest = Math.round(each * left);
        return String.format(
                Locale.ROOT,
                "sessions, %.1f a second, %s left",
                1 / each,
                rest < 120 ? rest + " s" : Math.round(rest / 60.0) + " min");
    }
}
