package io.haetae.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.local.driver.Functions;
import io.haetae.local.driver.LogListener;
import io.haetae.local.home.World;
import io.haetae.local.market.SimulatedMarket;
import io.haetae.local.world.Engine;
import io.haetae.local.world.Life;
import io.haetae.local.world.SimulatedWorld;
import io.haetae.local.world.Values;
import io.haetae.local.world.VenueWorld;
import io.haetae.time.SystemTime;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One run by hand. */
@Command(
        name = "run-job",
        mixinStandardHelpOptions = true,
        description = "Runs one job now, whatever its switch and hours say, and tells how it ended.")
final class RunJobCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin
    Simulation simulation = new Simulation();

    @Parameters(paramLabel = "NAME", description = "data_collection, signal_generation, …")
    String name = "";

    @Override
    public Integer call() throws Exception {
        JobName job = JobName.parse(name)
                .orElseThrow(() -> new BadInputException("'%s' is not a job: choose one of %s"
                        .formatted(
                                name,
                                Arrays.stream(JobName.values())
                                        .map(JobName::text)
                                        .collect(Collectors.joining(", ")))));
        return simulation.world.isSimulated() ? inSimulation(job) : atVenues(job);
    }

    private int inSimulation(JobName job) throws Exception {
        SimulatedMarket market = simulation.market();
        try (SimulatedWorld world =
                simulation.open(market, market.defaultDay(), simulation.world.home(), SimulatedWorld.Ports.ANY, 0)) {
            new Life(world).goOn();
            return run(world.functions(), job);
        }
    }

    private int atVenues(JobName job) {
        Values values = simulation.values();
        World world = VenueWorld.of(values);
        Path folder = simulation.world.home().open(world);
        Logs.toErrorStream();
        try (VenueWorld venues = new VenueWorld(
                world,
                folder,
                Engine.sqlite(folder),
                values,
                System.getenv(),
                Simulation.root(),
                new SystemTime(),
                new LogListener())) {
            Logs.level(venues.settings().logLevel());
            return run(venues.functions(), job);
        }
    }

    private static int run(Functions functions, JobName job) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try {
            JsonNode answer = JSON.readTree(functions.invoke(JobEvent.byHand(job)));
            String outcome = answer.path("outcome").asText();
            out.println(
                    job.text() + " " + outcome + ": " + answer.path("reason").asText());
            answer.path("lines").forEach(line -> out.println("  " + line.asText()));
            return outcome.equals("REFUSED") ? ExitCode.REFUSED : ExitCode.DONE;
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("the function's answer is not JSON", e);
        }
    }
}
