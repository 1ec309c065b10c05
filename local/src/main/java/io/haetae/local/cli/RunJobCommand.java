package io.haetae.local.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.local.driver.FollowUps;
import io.haetae.local.driver.Functions;
import io.haetae.local.home.World;
import io.haetae.local.market.SimulatedMarket;
import io.haetae.local.world.Life;
import io.haetae.local.world.SimulatedWorld;
import io.haetae.local.world.VenueWorld;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** One run by hand. */
@Command(
        name = "run-job",
        mixinStandardHelpOptions = true,
        description = "Runs one job now, whatever its switch and hours say, and tells how it ended; what it makes due"
                + " runs after it. For the real venues, or with --seed or --data for a simulated world.")
final class RunJobCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Surroundings here;

    @Mixin
    Simulation simulation;

    @Parameters(paramLabel = "NAME", description = "data_collection, signal_generation, …")
    String name = "";

    RunJobCommand(Surroundings here) {
        this.here = here;
        this.simulation = new Simulation(here);
    }

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
        if (simulation.world.store != WorldOptions.StoreKind.sqlite) {
            throw new BadInputException("run-job goes on in a kept world: leave --store out");
        }
        SimulatedMarket market = simulation.market();
        try (SimulatedWorld world =
                simulation.open(market, market.firstSession(), simulation.home(), SimulatedWorld.Ports.ANY, 0)) {
            new Life(world).goOn();
            return run(world.functions(), world.followUps(), job);
        }
    }

    private int atVenues(JobName job) {
        simulation.world.needVenues("run-job without --seed or --data");
        Simulation.Given given = simulation.given();
        World world = VenueWorld.of(given.settings());
        Path folder = simulation.home().open(world);
        try (VenueWorld venues = simulation.venues(given, world, folder)) {
            Capital.check(venues.store(), given.settings());
            Logs.toFile(folder.resolve("haetae.log"));
            Logs.level(given.settings().logLevel());
            return run(venues.functions(), venues.followUps(), job);
        }
    }

    private int run(Functions functions, FollowUps followUps, JobName job) {
        int code = call(functions, byHand(job), job);
        for (Optional<JobEvent> due = followUps.next(); due.isPresent(); due = followUps.next()) {
            JobEvent event = due.get();
            if (event.job() != null) {
                code = Math.max(code, call(functions, event, event.job()));
            }
        }
        return code;
    }

    /** Real money is only spent by hand where this very command line says so. */
    private JobEvent byHand(JobName job) {
        return new JobEvent(job, null, null, null, simulation.settings.dryRun, null, null);
    }

    private int call(Functions functions, JobEvent event, JobName job) {
        try {
            JsonNode answer = JSON.readTree(functions.invoke(event));
            String outcome = answer.path("outcome").asText();
            here.out()
                    .println(job.text() + " " + outcome + ": "
                            + answer.path("reason").asText());
            answer.path("lines").forEach(line -> here.out().println("  " + line.asText()));
            return outcome.equals("REFUSED") ? ExitCode.REFUSED : ExitCode.DONE;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the function's answer is not JSON", e);
        }
    }
}
