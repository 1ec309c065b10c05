package io.haetae.local.cli;

import io.haetae.local.market.FileMarket;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Judges a user's price files. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = "Judges price files: what is in them and what is wrong.")
final class DataCheckCommand implements Callable<Integer> {

    private final Surroundings here;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "CSV files, plain or gzip, or folders of them")
    List<Path> paths = List.of();

    DataCheckCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        FileMarket market = new FileMarket(paths);
        here.out()
                .println(market.sessions().size() + " sessions, " + market.firstSession() + " to "
                        + market.lastSession());
        return ExitCode.DONE;
    }
}
