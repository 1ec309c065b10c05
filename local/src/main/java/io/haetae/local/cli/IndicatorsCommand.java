package io.haetae.local.cli;

import io.haetae.functions.indicatorcalculation.InputChain;
import io.haetae.indicator.SymbolIndicators;
import io.haetae.local.market.AdjustedBars;
import io.haetae.local.market.BarFile;
import io.haetae.local.report.IndicatorTable;
import io.haetae.market.DailyRow;
import io.haetae.market.MarketDay;
import io.haetae.store.IndexMapper;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One share's bars and what every indicator makes of them. */
@Command(
        name = "indicators",
        mixinStandardHelpOptions = true,
        description =
                "Prints a share's bars, adjusted to the newest, and every indicator beside them: of a stored share, or"
                        + " of a file. Sessions without trade are no bars.")
final class IndicatorsCommand implements Callable<Integer> {

    /** Bars on a page when no range is asked for. */
    private static final int NEWEST = 20;

    private static final int SESSIONS_A_READ = 25;

    private final Surroundings here;

    @Mixin
    Simulation simulation;

    @Parameters(paramLabel = "SYMBOL", arity = "0..1", description = "a stored share, such as 005930")
    @Nullable
    String symbol;

    @Option(
            names = "--bars",
            paramLabel = "FILE.csv",
            description = "date,open,high,low,close,volume and, if it is there, value; plain or gzipped")
    @Nullable
    Path file;

    @Option(
            names = "--from",
            paramLabel = "DATE",
            description = "the oldest bar shown (default: the newest 20; with --csv all)")
    @Nullable
    LocalDate from;

    @Option(names = "--to", paramLabel = "DATE", description = "the newest bar shown")
    @Nullable
    LocalDate to;

    @Option(
            names = "--csv",
            description = "one line a bar, in full precision, empty where an indicator is not defined yet")
    boolean csv;

    IndicatorsCommand(Surroundings here) {
        this.here = here;
        this.simulation = new Simulation(here);
    }

    @Override
    public Integer call() {
        List<IndicatorTable.Row> rows = shown(rows(file == null ? stored(symbol) : ofFile(file)));
        if (csv) {
            IndicatorTable.csv(rows, here.out()::println);
        } else {
            IndicatorTable.page(rows, here.out()::println);
        }
        return ExitCode.DONE;
    }

    private List<AdjustedBars.Line> ofFile(Path file) {
        if (symbol != null) {
            throw new BadInputException("either SYMBOL or --bars: the bars of " + file + " have no symbol");
        }
        if (simulation.world.isSimulated()) {
            throw new BadInputException("--bars " + file + " is of no world: leave --seed and --data out");
        }
        BarFile read = BarFile.read(here.workingFolder().resolve(file));
        if (read.untraded() > 0) {
            here.err().println("haetae: " + read.untraded() + " lines without trade are no bars and left out");
        }
        return read.bars().stream()
                .map(bar -> new AdjustedBars.Line(bar, Double.NaN))
                .toList();
    }

    private List<AdjustedBars.Line> stored(@Nullable String symbol) {
        if (symbol == null) {
            throw new BadInputException("name a SYMBOL, such as 005930, or a file with --bars");
        }
        StoredMarket.symbol(symbol);
        try (StoredMarket stored = StoredMarket.open(here, simulation, "indicators")) {
            List<AdjustedBars.Line> lines = read(stored, symbol);
            if (lines.isEmpty()) {
                throw new BadInputException("%s traded in no stored session from %s to %s: check the symbol"
                        .formatted(symbol, stored.first(), stored.last()));
            }
            return lines;
        }
    }

    /** From the oldest stored session on, as the job reckons. */
    private List<AdjustedBars.Line> read(StoredMarket stored, String symbol) {
        InputChain chain = InputChain.read(
                stored.data(),
                new IndexMapper(stored.store()),
                simulation.given().settings().calendars().xkrx(),
                stored.last());
        List<LocalDate> sessions = chain.after(null);
        AdjustedBars bars = new AdjustedBars();
        for (int from = 0; from < sessions.size(); from += SESSIONS_A_READ) {
            Map<LocalDate, MarketDay> days =
                    stored
                            .data()
                            .days(sessions.subList(from, Math.min(sessions.size(), from + SESSIONS_A_READ)))
                            .stream()
                            .collect(Collectors.toMap(MarketDay::session, Function.identity()));
            for (int number = from; number < Math.min(sessions.size(), from + SESSIONS_A_READ); number++) {
                LocalDate session = sessions.get(number);
                Optional<DailyRow> row = Optional.ofNullable(days.get(session)).flatMap(day -> day.row(symbol));
                if (row.isPresent()) {
                    bars.add(session, number, row.get(), chain.indexClose(session));
                }
            }
        }
        return bars.lines();
    }

    private static List<IndicatorTable.Row> rows(List<AdjustedBars.Line> lines) {
        SymbolIndicators indicators = new SymbolIndicators();
        List<IndicatorTable.Row> rows = new ArrayList<>(lines.size());
        for (AdjustedBars.Line line : lines) {
            BarFile.Line bar = line.bar();
            indicators.next(bar.high(), bar.low(), bar.close(), bar.volume(), bar.value(), line.indexClose());
            rows.add(new IndicatorTable.Row(bar, indicators.values()));
        }
        return rows;
    }

    private List<IndicatorTable.Row> shown(List<IndicatorTable.Row> rows) {
        LocalDate first = Optional.ofNullable(from).orElse(LocalDate.MIN);
        LocalDate last = Optional.ofNullable(to).orElse(LocalDate.MAX);
        List<IndicatorTable.Row> asked = rows.stream()
                .filter(row ->
                        !row.bar().date().isBefore(first) && !row.bar().date().isAfter(last))
                .toList();
        if (asked.isEmpty()) {
            throw new BadInputException("no bar lies from %s to %s; the bars are of %s to %s"
                    .formatted(
                            from == null ? "the first" : from,
                            to == null ? "the last" : to,
                            rows.getFirst().bar().date(),
                            rows.getLast().bar().date()));
        }
        return csv || from != null ? asked : asked.subList(Math.max(0, asked.size() - NEWEST), asked.size());
    }
}
