package io.haetae.local.cli;

import io.haetae.local.home.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which data folder, which world in it, on which store: the same on every command. */
final class WorldOptions {

    /** Where the items of a world are kept. */
    enum StoreKind {
        sqlite,
        memory,
        dynamodb
    }

    @Option(names = "--home", paramLabel = "DIR", description = "data folder (else HAETAE_HOME, else ~/.haetae)")
    @Nullable
    Path home;

    @Option(
            names = "--store",
            defaultValue = "sqlite",
            description = "where items are kept: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    StoreKind store = StoreKind.sqlite;

    @Option(names = "--seed", paramLabel = "N", description = "the simulated world with this seed")
    @Nullable
    Long seed;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            arity = "1..*",
            description = "the world of these price files (CSV, plain or gzip)")
    List<Path> data = List.of();

    Home home(Map<String, String> environment) {
        return Home.of(Optional.ofNullable(home), environment);
    }

    void check() {
        if (seed != null && !data.isEmpty()) {
            throw new BadInputException("--seed and --data name different worlds: give one of them");
        }
    }

    /** Whether the command line names a simulated world. */
    boolean isSimulated() {
        return seed != null || !data.isEmpty();
    }

    void needVenues(String command) {
        if (isSimulated() || store != StoreKind.sqlite) {
            throw new BadInputException(command
                    + " is for the real venues, on the real clock and SQLite: leave --seed, --data and --store out");
        }
    }
}
