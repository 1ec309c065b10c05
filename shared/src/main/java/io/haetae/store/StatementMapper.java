package io.haetae.store;

import io.haetae.market.Report;
import io.haetae.market.Statement;
import io.haetae.market.StatementFigures;
import io.haetae.market.StatementProgress;
import io.haetae.market.StatementProgress.Filing;
import io.haetae.market.Statements;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Statements as one sheet a calendar quarter of their receipt: a season's filings lie together, and the 27 months that
 * scores look at are read in two requests. A sheet grows by the versions that come; none in it ever changes.
 */
public final class StatementMapper implements Statements {

    private static final String NAME = "statements/KRX";
    private static final String PROGRESS = "statement-progress/KRX";
    private static final LocalDate ONE = LocalDate.EPOCH;
    private static final long UNKNOWN = Long.MIN_VALUE;

    private static final Comparator<Statement> ORDER = Comparator.comparing(Statement::receipt)
            .thenComparing(Statement::company)
            .thenComparing(Statement::report)
            .thenComparing(Statement::periodEnd)
            .thenComparing(Statement::consolidated);

    /** In the order of the record's components. */
    private static final List<Function<StatementFigures, @Nullable Long>> FIGURES = List.of(
            StatementFigures::assets,
            StatementFigures::currentAssets,
            StatementFigures::liabilities,
            StatementFigures::currentLiabilities,
            StatementFigures::equity,
            StatementFigures::ownersEquity,
            StatementFigures::revenue,
            StatementFigures::priorRevenue,
            StatementFigures::operatingProfit,
            StatementFigures::priorOperatingProfit,
            StatementFigures::netProfit,
            StatementFigures::priorNetProfit,
            StatementFigures::ownersProfit,
            StatementFigures::priorOwnersProfit);

    private final Sheets sheets;
    private final Sheets progress;

    public StatementMapper(Store store) {
        this.sheets = new Sheets(store, NAME);
        this.progress = new Sheets(store, PROGRESS);
    }

    @Override
    public List<Statement> received(LocalDate from, LocalDate to) {
        if (from.isAfter(to)) {
            return List.of();
        }
        return sheets.readAll(quarter(from), quarter(to)).stream()
                .flatMap(sheet -> decode(sheet).stream())
                .filter(statement -> !statement.received().isBefore(from)
                        && !statement.received().isAfter(to))
                .sorted(ORDER)
                .toList();
    }

    @Override
    public int add(List<Statement> statements) {
        Map<LocalDate, List<Statement>> byQuarter =
                statements.stream().collect(Collectors.groupingBy(statement -> quarter(statement.received())));
        return byQuarter.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .mapToInt(entry -> add(entry.getKey(), entry.getValue()))
                .sum();
    }

    private int add(LocalDate quarter, List<Statement> more) {
        Map<Statement.Id, Statement> all = new LinkedHashMap<>();
        sheets.read(quarter).ifPresent(sheet -> decode(sheet).forEach(known -> all.put(known.id(), known)));
        int before = all.size();
        more.forEach(statement -> all.putIfAbsent(statement.id(), statement));
        if (all.size() > before) {
            List<Statement> sorted = all.values().stream().sorted(ORDER).toList();
            sheets.write(quarter, String.valueOf(sorted.size()), encode(sorted));
        }
        return all.size() - before;
    }

    private static LocalDate quarter(LocalDate received) {
        return LocalDate.of(received.getYear(), received.getMonth().firstMonthOfQuarter(), 1);
    }

    private static byte[] encode(List<Statement> statements) {
        Columns.Writer<Statement> writer = new Columns.Writer<>(statements)
                .texts(Statement::company)
                .texts(Statement::symbol)
                .texts(statement -> statement.report().code())
                .texts(statement -> statement.periodEnd().toString())
                .wholes(statement -> statement.consolidated() ? 1 : 0)
                .texts(Statement::receipt)
                .wholes(statement -> statement.received().toEpochDay());
        for (Function<StatementFigures, @Nullable Long> figure : FIGURES) {
            writer.wholes(statement -> {
                Long known = figure.apply(statement.figures());
                return known == null ? UNKNOWN : known;
            });
        }
        return writer.bytes();
    }

    private static List<Statement> decode(Sheets.Sheet sheet) {
        try {
            Columns.Reader reader = new Columns.Reader(sheet.plain());
            String[] companies = reader.texts();
            String[] symbols = reader.texts();
            String[] reports = reader.texts();
            String[] periods = reader.texts();
            long[] consolidated = reader.wholes();
            String[] receipts = reader.texts();
            long[] received = reader.wholes();
            long[][] figures = new long[FIGURES.size()][];
            for (int i = 0; i < figures.length; i++) {
                figures[i] = reader.wholes();
            }
            List<Statement> statements = new ArrayList<>(reader.rows());
            for (int row = 0; row < reader.rows(); row++) {
                statements.add(new Statement(
                        companies[row],
                        symbols[row],
                        Report.ofCode(reports[row]).orElseThrow(() -> new IllegalArgumentException("no such report")),
                        YearMonth.parse(periods[row]),
                        consolidated[row] == 1,
                        receipts[row],
                        LocalDate.ofEpochDay(received[row]),
                        figures(figures, row)));
            }
            return statements;
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new CorruptItemException(Key.market(NAME, "a quarter"), "bytes", "statements: " + e.getMessage());
        }
    }

    private static StatementFigures figures(long[][] columns, int row) {
        @Nullable Long[] known = new @Nullable Long[columns.length];
        for (int i = 0; i < columns.length; i++) {
            known[i] = columns[i][row] == UNKNOWN ? null : columns[i][row];
        }
        return new StatementFigures(
                known[0], known[1], known[2], known[3], known[4], known[5], known[6], known[7], known[8], known[9],
                known[10], known[11], known[12], known[13]);
    }

    @Override
    public Optional<StatementProgress> progress() {
        return progress.read(ONE).map(sheet -> {
            try {
                Columns.Reader reader = new Columns.Reader(sheet.plain());
                List<String> span = reader.lines();
                List<String> lost = reader.lines();
                String[] lines = reader.texts();
                return new StatementProgress(
                        LocalDate.parse(span.get(0)),
                        LocalDate.parse(span.get(1)),
                        Arrays.stream(lines).map(StatementMapper::filing).toList(),
                        new TreeSet<>(lost));
            } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
                throw new CorruptItemException(Key.market(PROGRESS, ONE.toString()), "bytes", "a progress");
            }
        });
    }

    private static Filing filing(String line) {
        String[] part = line.split(" ", -1);
        return new Filing(
                part[0],
                part[1],
                Report.ofCode(part[2]).orElseThrow(() -> new IllegalArgumentException("no such report")),
                YearMonth.parse(part[3]),
                part[4],
                LocalDate.parse(part[5]));
    }

    @Override
    public void keep(StatementProgress kept) {
        byte[] plain = new Columns.Writer<>(kept.awaited())
                .lines(List.of(kept.from().toString(), kept.through().toString()))
                .lines(List.copyOf(kept.lost()))
                .texts(filing -> String.join(
                        " ",
                        filing.company(),
                        filing.symbol(),
                        filing.report().code(),
                        filing.periodEnd().toString(),
                        filing.receipt(),
                        filing.received().toString()))
                .bytes();
        progress.write(ONE, kept.through().toString(), plain);
    }
}
