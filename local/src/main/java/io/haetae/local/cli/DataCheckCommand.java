package io.haetae.local.cli;

import io.haetae.local.market.DataCheck;
import io.haetae.local.market.DataReport;
import io.haetae.local.report.DataPage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges a user's price files. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Judges price files by the calendar and the rules of the Korea Exchange, all of them as one set of data: what is"
                    + " in them, what is missing, and what cannot be.",
            "Columns: date,symbol,open,high,low,close,volume; raw files also market,change and, if they have them,"
                    + " name,value,market_cap,shares. Without market and change prices may be adjusted, so steps and limits"
                    + " are not judged."
        },
        footer = {
            "",
            "Impossible rows and rows that stand twice are left out, as --data does, and told.",
            "Exit code: 0 the files were judged, whatever was found; 2 a file is refused: it cannot be read, lacks a column,"
                    + " or more than 1 %% of its rows are impossible."
        })
final class DataCheckCommand implements Callable<Integer> {

    private final Surroundings here;

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "CSV files, plain or gzip, or folders of them")
    List<Path> paths = List.of();

    @Option(names = "--json", description = "one document with every finding instead of a page")
    boolean json;

    DataCheckCommand(Surroundings here) {
        this.here = here;
    }

    @Override
    public Integer call() {
        DataReport report = DataCheck.judge(paths);
        here.out().print(json ? DataPage.json(report) : DataPage.text(report));
        return ExitCode.DONE;
    }
}
