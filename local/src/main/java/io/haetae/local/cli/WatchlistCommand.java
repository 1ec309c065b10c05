package io.haetae.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A user's watchlist, in a world on this machine or a deployed stack. */
@Command(
        name = "watchlist",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(add | set | list | update | clean | history | export | remove)",
        description = "Tells and changes a user's watchlist. In the world opened last, the one of --seed or --data, or"
                + " with --stack NAME a deployed stack. It may be used while jobs run.")
final class WatchlistCommand implements Callable<Integer> {

    private WatchlistCommand() {}

    /** The command with its subcommands. */
    static CommandLine of(Surroundings here) {
        return new CommandLine(new WatchlistCommand())
                .addSubcommand(new WatchlistAddCommand(here))
                .addSubcommand(new WatchlistSetCommand(here))
                .addSubcommand(new WatchlistListCommand(here))
                .addSubcommand(new WatchlistUpdateCommand(here))
                .addSubcommand(new WatchlistCleanCommand(here))
                .addSubcommand(new WatchlistHistoryCommand(here))
                .addSubcommand(new WatchlistExportCommand(here))
                .addSubcommand(new WatchlistRemoveCommand(here));
    }

    @Override
    public Integer call() {
        throw new BadInputException(
                "watchlist needs to know what to do: one of add, set, list, update, clean, history, export, remove");
    }
}
