package io.haetae.local.cli;

import io.haetae.calendar.XkrxCalendar;
import io.haetae.local.driver.Driver;
import io.haetae.local.market.SimulatedMarket;
import io.haetae.local.world.ClockServer;
import io.haetae.local.world.SimulatedWorld;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The tables, the venues and their clock on fixed ports, for {@code sam local invoke}. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        description =
                "Keeps DynamoDB Local, the simulated venues and their clock up on fixed ports, for sam local invoke.")
final class ServeCommand implements Callable<Integer> {

    private static final int DYNAMODB = 18000;
    private static final SimulatedWorld.Ports VENUES = new SimulatedWorld.Ports(18001, 18002, 18003, 18005, 18006);
    private static final int CLOCK = 18004;

    /** Signals are due: the morning's data is there and the session's orders are taken. */
    private static final LocalTime STANDING_AT = LocalTime.of(8, 45);

    private static final Duration LONGEST_END = Duration.ofSeconds(10);

    private final Surroundings here;
    private final CountDownLatch closed = new CountDownLatch(1);

    @Mixin
    Simulation simulation;

    ServeCommand(Surroundings here) {
        this.here = here;
        this.simulation = new Simulation(here);
    }

    @Override
    public Integer call() throws Exception {
        simulation.world.store = WorldOptions.StoreKind.dynamodb;
        for (int port :
                List.of(DYNAMODB, VENUES.krx(), VENUES.kis(), VENUES.saxo(), VENUES.closures(), VENUES.dart(), CLOCK)) {
            checkFree(port);
        }
        SimulatedMarket market = simulation.market();
        LocalDate day = market.defaultDay();
        Progress progress = here.progress();
        try (SimulatedWorld world =
                        simulation.open(market, day, simulation.home().within("serve"), VENUES, DYNAMODB);
                ClockServer clock = new ClockServer(world.time(), CLOCK)) {
            Optional<InetAddress> bridge = dockerBridge();
            bridge.ifPresent(address -> {
                world.alsoOn(address);
                clock.alsoOn(address);
            });
            world.fillHistory(day, (done, total) -> progress.at("history", "sessions", done, total));
            Driver driver = world.driver((_, _, _, _) -> {});
            driver.driveUntil(
                    day, day.atTime(STANDING_AT).atZone(XkrxCalendar.SEOUL).toInstant());
            here.out().println("the clock stands at " + day + " " + STANDING_AT + " (Asia/Seoul)");
            here.out()
                    .println("DynamoDB Local " + DYNAMODB + " (on every address of this machine), KRX " + VENUES.krx()
                            + ", its closures " + VENUES.closures() + ", KIS " + VENUES.kis() + ", Saxo "
                            + VENUES.saxo() + ", OpenDART " + VENUES.dart() + ", clock " + CLOCK
                            + " (on 127.0.0.1"
                            + bridge.map(address -> " and " + address.getHostAddress())
                                    .orElse("") + ")");
            here.out().println("ready");
            awaitEnd();
        } finally {
            closed.countDown();
        }
        return ExitCode.DONE;
    }

    private static void checkFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assert socket.isBound();
        } catch (IOException e) {
            throw new BadInputException(
                    "port %d of this machine is taken: stop what listens there (another ./haetae serve?)"
                            .formatted(port),
                    e);
        }
    }

    /** Until Ctrl-C or a plain kill, which then wait for everything to be closed. */
    private void awaitEnd() throws InterruptedException {
        CountDownLatch stop = new CountDownLatch(1);
        Thread end = new Thread(
                () -> {
                    stop.countDown();
                    try {
                        closed.await(LONGEST_END.toSeconds(), TimeUnit.SECONDS);
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "serve-end");
        Runtime.getRuntime().addShutdownHook(end);
        stop.await();
    }

    /** Where containers of this machine can reach it. */
    private static Optional<InetAddress> dockerBridge() throws SocketException {
        NetworkInterface bridge = NetworkInterface.getByName("docker0");
        return bridge == null
                ? Optional.empty()
                : bridge.inetAddresses()
                        .filter(address -> address.getAddress().length == 4)
                        .findFirst();
    }
}
