package io.haetae.local.cli;

import io.haetae.local.driver.LogListener;
import io.haetae.local.driver.RealTimeDriver;
import io.haetae.local.home.FolderLock;
import io.haetae.local.home.HomeException;
import io.haetae.local.home.World;
import io.haetae.local.world.Engine;
import io.haetae.local.world.Values;
import io.haetae.local.world.VenueWorld;
import io.haetae.time.SystemTime;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The schedules on the real clock, in the foreground. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = "Runs the schedules on the real clock against the real venues; Ctrl-C finishes the running job.")
final class StartCommand implements Callable<Integer> {

    private static final System.Logger LOG = System.getLogger(StartCommand.class.getName());

    @Mixin
    Simulation simulation = new Simulation();

    @Override
    public Integer call() throws Exception {
        simulation.world.needVenues("start");
        Values values = simulation.values();
        World world = VenueWorld.of(values);
        Path folder = simulation.world.home().open(world);
        Logs.toErrorStream();
        SystemTime time = new SystemTime();
        try (FolderLock only = FolderLock.tryLock(folder.resolve("start.lock"))
                        .orElseThrow(() -> new HomeException("another start runs in " + folder
                                + ": stop it first, or name another folder with --home"));
                VenueWorld venues = new VenueWorld(
                        world,
                        folder,
                        Engine.sqlite(folder),
                        values,
                        System.getenv(),
                        Simulation.root(),
                        time,
                        new LogListener())) {
            Logs.level(venues.settings().logLevel());
            RealTimeDriver driver =
                    new RealTimeDriver(venues.template().functions(), venues.functions(), venues.followUps(), time);
            LOG.log(System.Logger.Level.INFO, () -> "%s, mode DRY_RUN, user %s, kept in %s; next call %s"
                    .formatted(
                            world.id(),
                            venues.settings().orchestrator().userId(),
                            folder,
                            driver.next(time.now()).map(Object::toString).orElse("never")));
            CountDownLatch ended = new CountDownLatch(1);
            Thread hook = new Thread(() -> {
                driver.stop();
                awaitQuietly(ended);
            });
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                driver.run();
                LOG.log(System.Logger.Level.INFO, "stopped");
            } finally {
                ended.countDown();
            }
            assert only != null;
        }
        return ExitCode.DONE;
    }

    private static void awaitQuietly(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
