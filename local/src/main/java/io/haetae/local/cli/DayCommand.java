package io.haetae.local.cli;

import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.local.driver.Driver;
import io.haetae.local.market.SimulatedMarket;
import io.haetae.local.report.DayReport;
import io.haetae.local.report.ReportPage;
import io.haetae.local.world.Life;
import io.haetae.local.world.SimulatedWorld;
import java.io.PrintStream;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One trading day, or several, of a simulated world, start to finish. */
@Command(
        name = "day",
        mixinStandardHelpOptions = true,
        description = "Lives a trading day and the Saxo cycle on simulated venues, then tells it.")
final class DayCommand implements Callable<Integer> {

    private final Surroundings here;

    @Mixin
    Simulation simulation;

    @Option(names = "--date", paramLabel = "DATE", description = "the session (default: fixed by the market)")
    @Nullable
    LocalDate date;

    @Option(names = "--days", paramLabel = "N", defaultValue = "1", description = "how many sessions (default: 1)")
    int days = 1;

    @Option(names = "--json", description = "one document instead of a page")
    boolean json;

    DayCommand(Surroundings here) {
        this.here = here;
        this.simulation = new Simulation(here);
    }

    @Override
    public Integer call() throws Exception {
        if (days < 1 || days > 250) {
            throw new BadInputException("--days " + days + ": a number from 1 to 250 is expected");
        }
        PrintStream err = here.err();
        long began = System.nanoTime();
        SimulatedMarket market = simulation.market();
        LocalDate first = simulation.day(market, Optional.ofNullable(date));
        List<LocalDate> sessions = sessions(market, first);
        Progress progress = here.progress();
        try (SimulatedWorld world = simulation.open(market, first, simulation.home(), SimulatedWorld.Ports.ANY, 0)) {
            Life life = new Life(world);
            Driver driver = world.driver((day, now, done, total) -> progress.at(
                    "living " + day,
                    now.atZone(XkrxCalendar.SEOUL).toLocalTime().withNano(0).toString(),
                    done,
                    total));
            DayReport report = null;
            boolean ran = false;
            for (LocalDate session : sessions) {
                Optional<DayReport> stored = life.told(session);
                ran |= stored.isEmpty();
                DayReport next = stored.isPresent()
                        ? stored.get()
                        : life.live(session, driver, (done, total) -> progress.at("history", "sessions", done, total));
                report = report == null ? next : report.then(next);
            }
            if (!ran) {
                err.println("haetae: this folder holds " + (days == 1 ? "the day" : "these days")
                        + " already: nothing was run");
            }
            print(report);
            err.printf(Locale.ROOT, "kept in %s%n", world.place());
            err.printf(
                    Locale.ROOT,
                    "took %.1f s%n",
                    Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0);
        }
        return ExitCode.DONE;
    }

    private List<LocalDate> sessions(SimulatedMarket market, LocalDate first) {
        TradingCalendar calendar = simulation.given().settings().calendars().xkrx();
        List<LocalDate> sessions = new ArrayList<>(List.of(first));
        while (sessions.size() < days) {
            LocalDate next = calendar.next(sessions.getLast()).date();
            if (next.isAfter(market.lastSession())) {
                throw new BadInputException("--days %d goes beyond this market's last session, %s: at most %d from %s"
                        .formatted(days, market.lastSession(), sessions.size(), first));
            }
            sessions.add(next);
        }
        return sessions;
    }

    private void print(@Nullable DayReport report) {
        if (report != null) {
            here.out()
                    .println(
                            json
                                    ? report.toJson()
                                    : ReportPage.render(report, XkrxCalendar.SEOUL)
                                            .stripTrailing());
        }
    }
}
