package io.haetae.local.report;

import io.haetae.indicator.Indicator;
import io.haetae.local.market.BarFile;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Bars with every indicator beside them: a line a bar in full precision, or tables that fit a terminal. */
public final class IndicatorTable {

    /** Columns of figures that stand beside the date on a page. */
    private static final int COLUMNS = 8;

    private static final List<String> OF_BAR = List.of("open", "high", "low", "close", "volume");

    private IndicatorTable() {}

    /** @param indicators at the end of the bar, in the order of {@link Indicator} */
    public record Row(BarFile.Line bar, double[] indicators) {

        private List<Double> figures() {
            List<Double> figures =
                    new ArrayList<>(List.of(bar.open(), bar.high(), bar.low(), bar.close(), bar.volume()));
            for (double indicator : indicators) {
                figures.add(indicator);
            }
            return figures;
        }
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>(OF_BAR);
        for (Indicator indicator : Indicator.values()) {
            names.add(indicator.text());
        }
        return names;
    }

    /** A header and a line a bar; a figure that is not defined yet is empty, any other reads back as the same number. */
    public static void csv(List<Row> rows, Consumer<String> out) {
        out.accept("date," + String.join(",", names()));
        for (Row row : rows) {
            StringBuilder line = new StringBuilder(row.bar().date().toString());
            row.figures().forEach(figure -> line.append(',').append(exact(figure)));
            out.accept(line.toString());
        }
    }

    private static String exact(double figure) {
        if (!Double.isFinite(figure)) {
            return "";
        }
        BigDecimal exact = BigDecimal.valueOf(figure).stripTrailingZeros();
        return exact.toPlainString();
    }

    /** Table under table, each with as many columns as fit. */
    public static void page(List<Row> rows, Consumer<String> out) {
        List<String> names = names();
        for (int from = 0; from < names.size(); from += COLUMNS) {
            int to = Math.min(names.size(), from + COLUMNS);
            List<List<String>> table = new ArrayList<>();
            table.add(line("date", names.subList(from, to)));
            for (Row row : rows) {
                List<String> figures = row.figures().subList(from, to).stream()
                        .map(IndicatorTable::readable)
                        .toList();
                table.add(line(row.bar().date().toString(), figures));
            }
            if (from > 0) {
                out.accept("");
            }
            TextTable.figures(table).forEach(out);
        }
    }

    private static List<String> line(String first, List<String> others) {
        List<String> line = new ArrayList<>(List.of(first));
        line.addAll(others);
        return line;
    }

    private static String readable(double figure) {
        if (!Double.isFinite(figure)) {
            return "-";
        }
        boolean whole = figure == Math.rint(figure) || Math.abs(figure) >= 1e6;
        return String.format(Locale.ROOT, whole ? "%,.0f" : Math.abs(figure) < 10 ? "%.4f" : "%,.2f", figure);
    }
}
