package io.haetae.local.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What is said of market data: stored ones, and a user's own files. */
@Command(name = "data", mixinStandardHelpOptions = true, description = "Market data: a user's own files, judged.")
final class DataCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init")
    CommandSpec spec;

    /** The command with its subcommands. */
    static CommandLine of(Surroundings here) {
        return new CommandLine(new DataCommand()).addSubcommand(new DataCheckCommand(here));
    }

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(spec.commandLine(), "data needs a command: check PATH...");
    }
}
