package io.haetae.local.cli;

import io.haetae.calendar.XkrxCalendar;
import io.haetae.config.Settings;
import io.haetae.functions.control.TradingControl;
import io.haetae.job.JobStore;
import io.haetae.local.driver.RealTimeDriver;
import io.haetae.local.home.FolderLock;
import io.haetae.local.home.HomeException;
import io.haetae.local.home.World;
import io.haetae.local.world.VenueWorld;
import io.haetae.store.JobMapper;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The schedules on the real clock, in the foreground. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "Runs the schedules on the real clock against the real venues; Ctrl-C finishes the running job.")
final class StartCommand implements Callable<Integer> {

    private static final System.Logger LOG = System.getLogger(StartCommand.class.getName());

    private final Surroundings here;

    @Mixin
    Simulation simulation;

    StartCommand(Surroundings here) {
        this.here = here;
        this.simulation = new Simulation(here);
    }

    @Override
    public Integer call() throws Exception {
        simulation.world.needVenues("start");
        Simulation.Given given = simulation.given();
        World world = VenueWorld.of(given.settings());
        Path folder = simulation.home().open(world);
        Stopping stopping = new Stopping();
        try {
            run(given, world, folder, stopping);
            return stopping.ended(ExitCode.DONE);
        } catch (Exception e) {
            stopping.ended(ExitCode.FAILED);
            throw e;
        }
    }

    private void run(Simulation.Given given, World world, Path folder, Stopping stopping) {
        try (FolderLock only = FolderLock.tryLock(folder.resolve("start.lock"))
                        .orElseThrow(() -> new HomeException("another start runs in " + folder
                                + ": stop it first, or name another folder with --home DIR"));
                VenueWorld venues = simulation.venues(given, world, folder)) {
            Capital.check(venues.store(), given.settings());
            Logs.toErrorStream();
            Settings settings = given.settings();
            Logs.level(settings.logLevel());
            // What a killed process had made due and not yet run.
            JobStore ledger = new JobMapper(venues.store());
            settings.modes().forEach(mode -> ledger.owed(mode).forEach(venues.followUps()::invoke));
            RealTimeDriver driver = new RealTimeDriver(
                    venues.template().functions(), venues.functions(), venues.followUps(), here.time());
            LOG.log(System.Logger.Level.INFO, () -> "%s, mode %s at KIS, %s at Saxo, user %s, kept in %s; next call %s"
                    .formatted(
                            world.id(),
                            settings.koreanMode(),
                            settings.saxoMode(),
                            settings.orchestrator().userId(),
                            folder,
                            driver.next(here.time().now())
                                    .map(Object::toString)
                                    .orElse("never: every schedule is switched off")));
            new TradingControl(venues.store(), settings, XkrxCalendar.SEOUL)
                    .status(here.time().now())
                    .forEach(line -> LOG.log(System.Logger.Level.INFO, line));
            stopping.on(driver::stop);
            driver.run();
            LOG.log(System.Logger.Level.INFO, "stopped");
            assert only != null;
        }
    }
}
