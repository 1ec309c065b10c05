package io.haetae.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.haetae.functions.control.TradingControl;
import io.haetae.job.InvalidEventException;
import io.haetae.local.driver.Functions;
import io.haetae.local.home.World;
import io.haetae.local.market.SimulatedMarket;
import io.haetae.local.world.Life;
import io.haetae.local.world.SimulatedWorld;
import io.haetae.local.world.VenueWorld;
import io.haetae.order.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A person's judgement of an order that reads cannot judge: the function {@code Control} takes it. */
@Command(
        name = "settle",
        mixinStandardHelpOptions = true,
        description =
                "Says what became of an UNKNOWN order, after a look at the broker's own screen. The broker is asked first,"
                        + " and what it shows wins. For the real venues, or with --seed or --data for a simulated world.")
final class SettleCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Surroundings here;

    @Mixin
    Simulation simulation;

    @Parameters(paramLabel = "ID", description = "the order's whole name")
    String id = "";

    @Option(
            names = "--as",
            paramLabel = "HOW",
            required = true,
            description = "placed: it is an order of the broker's, which --broker-id names; or not-placed: it never"
                    + " reached the broker")
    String as = "";

    @Option(names = "--broker-id", paramLabel = "ID", description = "the broker's name of it")
    @Nullable
    String brokerId;

    @Option(names = "--by", paramLabel = "NAME", required = true, description = "the person who says so")
    String by = "";

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why, for whoever reads it later")
    String reason = "";

    SettleCommand(Surroundings here) {
        this.here = here;
        this.simulation = new Simulation(here);
    }

    @Override
    public Integer call() throws Exception {
        OrdersCommand.session(id);
        try {
            Verdict _ = Verdict.of(as, Optional.ofNullable(brokerId));
            TradingControl.Word _ = new TradingControl.Word(by, reason);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
        return simulation.world.isSimulated() ? inSimulation() : atVenues();
    }

    private int inSimulation() throws Exception {
        SimulatedMarket market = simulation.market();
        StoredWorld.toCommand(simulation).close();
        try (SimulatedWorld world =
                simulation.open(market, market.firstSession(), simulation.home(), SimulatedWorld.Ports.ANY, 0)) {
            new Life(world).goOn();
            return say(world.functions(), new World(market.world()));
        }
    }

    private int atVenues() throws JsonProcessingException {
        simulation.world.needVenues("orders settle without --seed or --data");
        Simulation.Given given = simulation.given();
        World world = VenueWorld.of(given.settings());
        Path folder = simulation.home().folder(world);
        if (!Files.exists(folder.resolve("haetae.db"))) {
            throw new BadInputException("nothing is stored of the world %s in %s".formatted(world.id(), folder));
        }
        try (VenueWorld venues = simulation.venues(given, world, folder)) {
            return say(venues.functions(), world);
        }
    }

    private int say(Functions functions, World world) throws JsonProcessingException {
        ObjectNode event = JSON.createObjectNode()
                .put("command", "settle")
                .put("order", id)
                .put("as", as)
                .put("by", by)
                .put("reason", reason);
        if (brokerId != null) {
            event.put("brokerId", brokerId);
        }
        try {
            String answer = functions.invoke("Control", event.toString());
            here.out().println("world " + world.id());
            JSON.readTree(answer).path("lines").forEach(line -> here.out().println(line.asText()));
            return ExitCode.DONE;
        } catch (InvalidEventException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
    }
}
