package io.haetae.local.cli;

import io.haetae.config.Settings;
import io.haetae.local.world.DeployedStack;
import io.haetae.local.world.Engine;
import io.haetae.store.Store;
import java.time.Instant;
import java.util.Optional;

/**
 * The items that a command line means: of a world on this machine, or of a deployed stack. Others are at work in them: every
 * change is one conditional transaction.
 *
 * @param name of the world or stack, for a person
 * @param settings that are asked for
 * @param configured that the jobs there run with
 * @param now where the clock stands there
 */
record KeptItems(String name, Store store, Settings settings, Settings configured, Instant now)
        implements AutoCloseable {

    /** @throws BadInputException when nothing is stored there, or no such stack is deployed */
    static KeptItems open(Surroundings here, Simulation simulation, StackOptions options, String command) {
        Optional<String> stack = options.name(simulation.world);
        return stack.isPresent()
                ? ofStack(here, simulation, stack.get(), options.access(here.environment()))
                : ofWorld(here, simulation, command);
    }

    private static KeptItems ofWorld(Surroundings here, Simulation simulation, String command) {
        Settings settings = simulation.given().settings();
        StoredWorld stored = StoredWorld.toRead(simulation, command);
        return new KeptItems(
                "world " + stored.world().id(), stored.store(), settings, simulation.configured(), stored.now(here));
    }

    private static KeptItems ofStack(
            Surroundings here, Simulation simulation, String name, DeployedStack.Access access) {
        DeployedStack stack = DeployedStack.find(name, access, simulation.settings.given())
                .orElseThrow(() -> new BadInputException(
                        "no function of a stack %s is deployed there: check its name and --region".formatted(name)));
        Engine engine = stack.open(access);
        return new KeptItems(
                engine.place(),
                engine.store(),
                stack.settings(),
                stack.configured(),
                here.time().now());
    }

    @Override
    public void close() {
        store.close();
    }
}
