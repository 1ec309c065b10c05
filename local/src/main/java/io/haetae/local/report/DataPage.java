package io.haetae.local.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.haetae.local.market.DataReport;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A judgement of price files, for a person or for a program. */
public final class DataPage {

    /** As many findings of a kind stand on the page. */
    private static final int SHOWN = 10;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(LocalDate.class, ToStringSerializer.instance))
            .build();

    /** What needs the columns change and market: null without them. */
    private static final List<String> JUDGED_RAW =
            List.of("offTickPrices", "halfTickPrices", "outsideBand", "explained", "closesAtLimit");

    private final StringBuilder page = new StringBuilder();

    private final boolean manyFiles;

    private DataPage(boolean manyFiles) {
        this.manyFiles = manyFiles;
    }

    /** One JSON document: the figures of all files, those of each, and every finding. */
    public static String json(DataReport report) {
        boolean raw = report.files().stream().anyMatch(DataReport.FilePart::raw);
        ObjectNode document = counts(report.all(), raw);
        var files = document.putArray("files");
        for (DataReport.FilePart file : report.files()) {
            ObjectNode one = files.addObject();
            one.put("file", file.file()).put("kind", file.raw() ? "raw" : "adjusted");
            one.setAll(counts(file.part(), file.raw()));
            one.set("impossibleRows", JSON.valueToTree(file.impossibleRows()));
            one.set("duplicateRows", JSON.valueToTree(file.duplicateRows()));
            one.set("offSessionDays", JSON.valueToTree(file.offSessionDays()));
        }
        document.set("symbolLists", JSON.valueToTree(report.lists()));
        document.put("inRawAndAdjusted", report.inRawAndAdjusted());
        document.set(
                "missingSessions",
                JSON.valueToTree(report.missing().stream()
                        .flatMap(stretch -> stretch.sessions().stream())
                        .toList()));
        document.set("duplicatesAcrossFiles", JSON.valueToTree(report.doubled()));
        document.set("basePriceBreaks", JSON.valueToTree(breaks(report, true)));
        document.set("basesAfterPauses", JSON.valueToTree(breaks(report, false)));
        document.set("outsideBandRows", JSON.valueToTree(report.outside()));
        document.set("offTickRows", JSON.valueToTree(report.offTicks()));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records are always JSON", e);
        }
    }

    private static ObjectNode counts(DataReport.Part part, boolean raw) {
        ObjectNode figures = JSON.valueToTree(part);
        if (!raw) {
            JUDGED_RAW.forEach(figures::putNull);
        }
        return figures;
    }

    /** A page to read: each file's figures, then what was found in all of them. */
    public static String text(DataReport report) {
        boolean manyFiles = report.files().size() > 1;
        DataPage page = new DataPage(manyFiles);
        for (DataReport.FilePart file : report.files()) {
            page.line("%s: %s", file.file(), file.raw() ? "raw" : "adjusted, or without market and change");
            page.figures(file.part(), file.raw());
            page.list(
                    "dropped as impossible",
                    file.impossibleRows().stream()
                            .map(row -> "line " + row.line() + ": " + row.reason())
                            .toList());
            page.list(
                    "dropped, stood twice",
                    file.duplicateRows().stream()
                            .map(row -> "line " + row.line() + ": " + row.reason())
                            .toList());
            page.list(
                    "on days without a session, left out",
                    file.offSessionDays().stream()
                            .map(day -> day.date() + ": " + day.rows() + " rows")
                            .toList());
        }
        report.lists().forEach(list -> page.line("%s: a list of symbols", list));
        if (manyFiles) {
            page.line("All files");
            page.figures(report.all(), report.files().stream().anyMatch(DataReport.FilePart::raw));
        }
        page.findings(report);
        return page.page.toString();
    }

    private void figures(DataReport.Part part, boolean raw) {
        line(
                "  %,d rows, %,d symbols, %,d sessions%s",
                part.rows(),
                part.symbols(),
                part.sessions(),
                part.first() == null ? "" : ", " + part.first() + " to " + part.last());
        line("  %,d without trades%s", part.halted(), share(part.halted(), part.rows()));
        if (part.rounded() > 0) {
            line("  %,d with a high or low that misses open or close by rounding", part.rounded());
        }
        if (!raw) {
            line("  steps and limits not judged: adjusted, or no market and change column");
            return;
        }
        line(
                "  %,d prices off their step%s",
                part.offTickPrices(),
                part.halfTickPrices() == 0
                        ? ""
                        : ", %,d of them highs and lows at the middle of one: trades between bid and ask"
                                .formatted(part.halfTickPrices()));
        line(
                "  %,d rows beyond the daily limits, %,d explained; %,d closes exactly at a limit",
                part.outsideBand(), part.explained(), part.closesAtLimit());
        if (part.notJudged() > 0) {
            line("  %,d rows not judged: before the tables of 2021, or without market", part.notJudged());
        }
        if (part.basesNotCompared() > 0) {
            line("  %,d base prices not compared: sessions before them are missing", part.basesNotCompared());
        }
    }

    private static String share(long part, long whole) {
        return part == 0 ? "" : String.format(Locale.ROOT, " (%.2f %%)", 100.0 * part / whole);
    }

    private void findings(DataReport report) {
        line(
                "Sessions missing: %,d",
                report.missing().stream()
                        .mapToInt(stretch -> stretch.sessions().size())
                        .sum());
        list("", report.missing().stream().map(DataPage::told).toList());
        if (report.inRawAndAdjusted() > 0) {
            line(
                    "In raw and in adjusted files: %,d rows; --data takes those of the file named first",
                    report.inRawAndAdjusted());
        }
        list(
                "In two files",
                report.doubled().stream()
                        .map(row -> "%s also in %s, line %d, with %s prices"
                                .formatted(
                                        at(row.at()), row.alsoIn(), row.alsoLine(), row.same() ? "the same" : "other"))
                        .toList());
        list("Base-price breaks", breaks(report, true).stream().map(this::told).toList());
        list(
                "Bases that moved over days without a row: a break, or a quote without a trade",
                breaks(report, false).stream().map(this::told).toList());
        Map<String, Long> why = report.outside().stream()
                .collect(Collectors.groupingBy(DataReport.Outside::why, TreeMap::new, Collectors.counting()));
        if (!why.isEmpty()) {
            line(
                    "Beyond the daily limits: %s",
                    why.entrySet().stream()
                            .map(entry -> entry.getValue() + " "
                                    + (entry.getKey().isEmpty() ? "unexplained" : entry.getKey()))
                            .collect(Collectors.joining(", ")));
        }
        list(
                "Beyond the daily limits and unexplained",
                report.outside().stream()
                        .filter(row -> row.why().isEmpty())
                        .map(row -> "%s: low %d, high %d, limits %d to %d"
                                .formatted(at(row.at()), row.low(), row.high(), row.lower(), row.upper()))
                        .toList());
        list(
                "Off their step",
                report.offTicks().stream()
                        .filter(price -> !price.half())
                        .map(price -> "%s: %s %d, step %d"
                                .formatted(at(price.at()), price.price(), price.won(), price.step()))
                        .toList());
    }

    private String told(DataReport.Break found) {
        return "%s: close %d, base %d, factor %s%s"
                .formatted(
                        at(found.at()),
                        found.previousClose(),
                        found.base(),
                        found.factor().toPlainString(),
                        found.sessionsBetween() == 0
                                ? ""
                                : ", " + found.sessionsBetween() + " sessions without a row between");
    }

    private String at(DataReport.Row row) {
        return "%s %s, %sline %d".formatted(row.date(), row.symbol(), manyFiles ? row.file() + " " : "", row.line());
    }

    private static String told(DataReport.Stretch stretch) {
        int size = stretch.sessions().size();
        return size == 1
                ? stretch.sessions().getFirst().toString()
                : "%s to %s (%d)"
                        .formatted(
                                stretch.sessions().getFirst(),
                                stretch.sessions().getLast(),
                                size);
    }

    /** From one session to the next the base moves for a reason; over days without a row quotes may have moved it too. */
    private static List<DataReport.Break> breaks(DataReport report, boolean overNight) {
        return report.breaks().stream()
                .filter(found -> (found.sessionsBetween() == 0) == overNight)
                .toList();
    }

    private void list(String title, List<String> lines) {
        if (lines.isEmpty()) {
            return;
        }
        if (!title.isEmpty()) {
            line("%s: %d", title, lines.size());
        }
        lines.stream().limit(SHOWN).forEach(text -> line("    %s", text));
        if (lines.size() > SHOWN) {
            line("    … and %,d more: --json has them all", lines.size() - SHOWN);
        }
    }

    private void line(String format, Object... values) {
        page.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
