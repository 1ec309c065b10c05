package io.haetae.local.cli;

import io.haetae.calendar.XkrxCalendar;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is said of market data: the stored ones here, and a user's own files below it. */
@Command(
        name = "data",
        mixinStandardHelpOptions = true,
        description = "Tells which sessions are stored, from which source and how completely, and which are missing; or"
                + " judges a user's own files.")
final class DataCommand implements Callable<Integer> {

    /** Sessions shown when no range is asked for. */
    private static final int NEWEST = 20;

    private final Surroundings here;

    @Mixin
    Simulation simulation;

    @Option(names = "--from", paramLabel = "DATE", description = "the oldest session (default: the oldest stored)")
    @Nullable
    LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DATE",
            description = "the newest session (default: the newest that has ended)")
    @Nullable
    LocalDate to;

    @Option(names = "--json", description = "one document instead of a page")
    boolean json;

    private DataCommand(Surroundings here) {
        this.here = here;
        this.simulation = new Simulation(here);
    }

    /** The command with its subcommands. */
    static CommandLine of(Surroundings here) {
        return new CommandLine(new DataCommand(here)).addSubcommand(new DataCheckCommand(here));
    }

    @Override
    public Integer call() {
        try (StoredMarket stored = StoredMarket.open(here, simulation, "data")) {
            LocalDate first = Optional.ofNullable(from).orElseGet(stored::first);
            LocalDate last = Optional.ofNullable(to)
                    .orElseGet(() ->
                            XkrxCalendar.bundled().newestClosed(stored.now()).date());
            if (first.isAfter(last)) {
                throw new BadInputException("nothing lies from %s to %s".formatted(first, last));
            }
            DataPage page = DataPage.of(stored, first, last);
            here.out().println(json ? page.json() : page.text(from == null ? NEWEST : Integer.MAX_VALUE));
        }
        return ExitCode.DONE;
    }
}
