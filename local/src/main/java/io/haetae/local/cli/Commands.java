package io.haetae.local.cli;

import io.haetae.config.InvalidSettingsException;
import io.haetae.local.home.HomeException;
import io.haetae.local.market.MarketFileException;
import io.haetae.local.store.StoreFileException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** All commands, and how each ends. */
@Command(
        name = "haetae",
        description = "Trades Korean stocks on a fixed daily rhythm and runs a Saxo cycle. Dry-run by default.",
        mixinStandardHelpOptions = true,
        version = "0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DayCommand.class,
            StartCommand.class,
            RunJobCommand.class,
            StatusCommand.class,
            ServeCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Commands {

    private static final System.Logger LOG = System.getLogger(Commands.class.getName());

    private Commands() {}

    /** @return the exit code */
    public static int run(String... arguments) {
        CommandLine commands = new CommandLine(new Commands());
        commands.setExecutionExceptionHandler((problem, line, _) -> explain(problem, line.getErr()));
        commands.setExitCodeExceptionMapper(_ -> ExitCode.FAILED);
        commands.getCommandSpec().exitCodeOnInvalidInput(ExitCode.BAD_INPUT);
        commands.getSubcommands().values().forEach(sub -> sub.getCommandSpec()
                .exitCodeOnInvalidInput(ExitCode.BAD_INPUT));
        return commands.execute(arguments);
    }

    /** One clear line for what a person can mend; for the rest the line and, in the log, the trace. */
    private static int explain(Exception problem, PrintWriter err) {
        int code =
                switch (problem) {
                    case BadInputException _,
                            InvalidSettingsException _,
                            HomeException _,
                            MarketFileException _,
                            StoreFileException _,
                            IllegalArgumentException _ -> ExitCode.BAD_INPUT;
                    default -> ExitCode.FAILED;
                };
        err.println("haetae: " + (problem.getMessage() == null ? problem.toString() : problem.getMessage()));
        if (code == ExitCode.FAILED && !(problem instanceof UncheckedIOException)) {
            LOG.log(System.Logger.Level.ERROR, "the command failed", problem);
        }
        return code;
    }
}
