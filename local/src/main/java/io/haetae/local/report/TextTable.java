package io.haetae.local.report;

import java.util.List;

/** Rows of cells as lines for a terminal, in columns. */
public final class TextTable {

    private TextTable() {}

    /** Two spaces before each cell; the last column is not filled up. */
    public static List<String> lines(List<List<String>> rows) {
        int[] widths = widths(rows);
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            text.append("  ").append(padded(row.get(column), widths[column]));
        }
        return text.toString().stripTrailing();
    }

    /** Two spaces before each cell but the first; all columns but the first end flush, as figures do. */
    static List<String> figures(List<List<String>> rows) {
        int[] widths = widths(rows);
        return rows.stream().map(row -> flush(row, widths)).toList();
    }

    private static String flush(List<String> row, int[] widths) {
        StringBuilder text = new StringBuilder(padded(row.getFirst(), widths[0]));
        for (int column = 1; column < widths.length; column++) {
            String cell = row.get(column);
            text.append("  ").append(" ".repeat(widths[column] - width(cell))).append(cell);
        }
        return text.toString();
    }

    /** Of each column, that of its widest cell. */
    private static int[] widths(List<List<String>> rows) {
        int[] widths = new int[rows.isEmpty() ? 0 : rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        return widths;
    }

    static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /** Columns on a terminal: Korean letters take two. */
    static int width(String text) {
        return text.codePoints()
                .map(letter -> letter >= 0x1100 && letter <= 0xFFDC ? 2 : 1)
                .sum();
    }
}
