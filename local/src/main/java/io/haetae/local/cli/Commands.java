package io.haetae.local.cli;

import io.haetae.calendar.CalendarRangeException;
import io.haetae.config.InvalidSettingsException;
import io.haetae.functions.FailedRunException;
import io.haetae.kis.KisException;
import io.haetae.krx.KrxException;
import io.haetae.local.home.HomeException;
import io.haetae.local.market.MarketFileException;
import io.haetae.local.schedule.TemplateException;
import io.haetae.local.store.StoreFileException;
import io.haetae.local.world.DeployedStack;
import io.haetae.order.IllegalTransitionException;
import io.haetae.order.SettlementRefusedException;
import io.haetae.portfolio.OtherCapitalException;
import io.haetae.saxo.AuthenticationRequiredException;
import io.haetae.store.CorruptItemException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, and how each ends. */
@Command(
        name = "haetae",
        description = "Trades Korean stocks on a fixed daily rhythm and runs a Saxo cycle. Dry-run by default.",
        mixinStandardHelpOptions = true,
        version = "0.1.0",
        synopsisSubcommandLabel = "COMMAND")
public final class Commands {

    private static final System.Logger LOG = System.getLogger(Commands.class.getName());

    private Commands() {}

    /** @return the exit code */
    public static int run(String... arguments) {
        return run(Surroundings.ofThisProcess(), arguments);
    }

    static int run(Surroundings here, String... arguments) {
        Logs.nowhere();
        CommandLine commands = new CommandLine(new Commands())
                .addSubcommand(new DayCommand(here))
                .addSubcommand(new StartCommand(here))
                .addSubcommand(new RunJobCommand(here))
                .addSubcommand(new StatusCommand(here))
                .addSubcommand(OrdersCommand.of(here))
                .addSubcommand(new HaltCommand(here))
                .addSubcommand(new ResumeCommand(here))
                .addSubcommand(new ArmCommand(here))
                .addSubcommand(new DisarmCommand(here))
                .addSubcommand(new BackfillCommand(here))
                .addSubcommand(DataCommand.of(here))
                .addSubcommand(new CalendarCommand(here))
                .addSubcommand(new BarsCommand(here))
                .addSubcommand(new ScoreCommand(here))
                .addSubcommand(new ScreenCommand(here))
                .addSubcommand(WatchlistCommand.of(here))
                .addSubcommand(new IndicatorsCommand(here))
                .addSubcommand(new ServeCommand(here))
                .addSubcommand(new CommandLine.HelpCommand())
                .registerConverter(LocalDate.class, Commands::date)
                .registerConverter(Long.class, Commands::whole)
                .registerConverter(int.class, Commands::count)
                .registerConverter(Integer.class, Commands::count)
                .setOut(new PrintWriter(here.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(here.err(), true, StandardCharsets.UTF_8))
                .setExecutionStrategy(Commands::execute)
                .setParameterExceptionHandler((problem, _) -> explainUsage(problem, here))
                .setExecutionExceptionHandler((problem, _, _) -> explain(problem, here));
        return commands.execute(arguments);
    }

    /** What stands before a subcommand would be dropped silently, and another world be meant than the one that was named. */
    private static int execute(ParseResult parsed) {
        for (ParseResult next = parsed; next.hasSubcommand(); next = next.subcommand()) {
            ParseResult at = next;
            String sub = at.subcommand().commandSpec().name();
            Stream.concat(
                            at.matchedOptions().stream()
                                    .filter(option -> !option.usageHelp() && !option.versionHelp())
                                    .map(OptionSpec::longestName),
                            at.matchedPositionals().stream().map(PositionalParamSpec::paramLabel))
                    .findFirst()
                    .ifPresent(given -> {
                        throw new ParameterException(
                                at.commandSpec().commandLine(),
                                "%s stands before %s, which would not see it: write it after".formatted(given, sub));
                    });
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw conversion("'" + text + "' is not a date such as 2026-03-18", e);
        }
    }

    private static long whole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw conversion("'" + text + "' is not a whole number", e);
        }
    }

    private static int count(String text) {
        long number = whole(text);
        try {
            return Math.toIntExact(number);
        } catch (ArithmeticException e) {
            throw conversion("'" + text + "' is too great a number", e);
        }
    }

    private static TypeConversionException conversion(String message, Exception cause) {
        TypeConversionException exception = new TypeConversionException(message);
        exception.initCause(cause);
        return exception;
    }

    private static int explainUsage(ParameterException problem, Surroundings here) {
        CommandLine line = problem.getCommandLine();
        String what =
                switch (problem) {
                    case UnmatchedArgumentException unmatched ->
                        "'%s' is no command or option here%s"
                                .formatted(
                                        unmatched.getUnmatched().getFirst(),
                                        unmatched.getSuggestions().stream()
                                                .findFirst()
                                                .map(near -> "; did you mean " + near + "?")
                                                .orElse(""));
                    default -> String.valueOf(problem.getMessage());
                };
        here.err()
                .println("haetae: %s (./%s --help shows what there is)"
                        .formatted(oneLine(what), line.getCommandSpec().qualifiedName()));
        return ExitCode.BAD_INPUT;
    }

    /** One line for the person; the trace of what nobody foresaw goes to the log. */
    private static int explain(Exception problem, Surroundings here) {
        Throwable cause = cause(problem);
        int code = exitCode(cause);
        String what = cause instanceof InvalidSettingsException settings
                ? "settings: " + String.join("; ", settings.problems())
                : cause.getMessage() == null ? cause.toString() : cause.getMessage();
        here.err().println("haetae: " + oneLine(what));
        LOG.log(code == ExitCode.BAD_INPUT ? System.Logger.Level.DEBUG : System.Logger.Level.ERROR, "it failed", cause);
        return code;
    }

    /** What a function threw, without the wrapping that a checked exception needs on its way. */
    private static Throwable cause(Throwable problem) {
        return problem instanceof FailedRunException && problem.getCause() != null ? problem.getCause() : problem;
    }

    private static int exitCode(Throwable problem) {
        return switch (problem) {
            case BadInputException _,
                    CalendarRangeException _,
                    InvalidSettingsException _,
                    HomeException _,
                    MarketFileException _,
                    StoreFileException _,
                    TemplateException _ -> ExitCode.BAD_INPUT;
            case AuthenticationRequiredException _, DeployedStack.AccessException _ -> ExitCode.AUTHENTICATION;
            case KrxException krx ->
                switch (krx.kind()) {
                    case UNAUTHORIZED_KEY, UNAUTHORIZED_API -> ExitCode.AUTHENTICATION;
                    case WRONG_ADDRESS, NOT_PUBLISHED, MALFORMED, UNAVAILABLE -> ExitCode.FAILED;
                    case QUOTA_USED_UP -> ExitCode.REFUSED;
                };
            case KisException kis ->
                switch (kis.kind()) {
                    case TOKEN, CONFIGURATION -> ExitCode.AUTHENTICATION;
                    case RATE_LIMITED, NOT_ON_PAPER, REJECTED, MALFORMED, UNAVAILABLE -> ExitCode.FAILED;
                };
            case OtherCapitalException _, SettlementRefusedException _ -> ExitCode.REFUSED;
            case CorruptItemException _, IllegalTransitionException _ -> ExitCode.CRITICAL;
            default -> ExitCode.FAILED;
        };
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*[\\r\\n]+\\s*", "; ");
    }
}
