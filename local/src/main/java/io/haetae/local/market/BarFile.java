package io.haetae.local.market;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One share's daily bars out of a user's file, plain or gzipped: {@code date,open,high,low,close,volume} and, if it is there,
 * {@code value}; other columns are not looked at, and lines may stand in any order. Prices are taken as they are, in any
 * currency and with any decimals.
 *
 * @param bars oldest first
 * @param untraded lines without trade (volume or open 0), which are no bars
 */
public record BarFile(List<Line> bars, int untraded) {

    private static final List<String> COLUMNS = List.of("date", "open", "high", "low", "close", "volume");

    /** @param value NaN when the file does not say */
    public record Line(
            LocalDate date, double open, double high, double low, double close, double volume, double value) {}

    public BarFile {
        bars = List.copyOf(bars);
    }

    /** @throws MarketFileException naming file and line, when a line cannot be a share's day or stands twice */
    public static BarFile read(Path path) {
        try (CsvLines lines = new CsvLines(path, FileReader.sha256())) {
            if (!lines.next()) {
                throw new MarketFileException(path + ", line 1: the file is empty; give it a header and rows");
            }
            return read(lines, lines.header());
        }
    }

    private static BarFile read(CsvLines lines, List<String> header) {
        for (String column : COLUMNS) {
            if (!header.contains(column)) {
                throw new MarketFileException(lines.at(
                        "column " + column + " is missing in the header; bars need " + String.join(",", COLUMNS)));
            }
        }
        List<Line> bars = new ArrayList<>();
        int untraded = 0;
        while (lines.next()) {
            try {
                lines.expect(header.size());
                Line line = line(lines, header);
                if (line.volume() == 0 || line.open() == 0) {
                    untraded++;
                } else {
                    bars.add(possible(line));
                }
            } catch (RowFault e) {
                throw new MarketFileException(lines.at(e.reason() + "; mend or remove the line"), e);
            }
        }
        bars.sort(Comparator.comparing(Line::date));
        for (int i = 1; i < bars.size(); i++) {
            if (bars.get(i).date().equals(bars.get(i - 1).date())) {
                throw new MarketFileException("%s: %s stands twice; the file must hold one share's days"
                        .formatted(lines.file(), bars.get(i).date()));
            }
        }
        if (bars.isEmpty()) {
            throw new MarketFileException(lines.file() + ": no line with trade; give it rows");
        }
        return new BarFile(bars, untraded);
    }

    private static Line line(CsvLines lines, List<String> header) {
        int value = header.indexOf("value");
        return new Line(
                date(lines, header.indexOf("date")),
                number(lines, header, "open"),
                number(lines, header, "high"),
                number(lines, header, "low"),
                number(lines, header, "close"),
                number(lines, header, "volume"),
                value < 0 || lines.isEmpty(value) ? Double.NaN : number(lines, header, "value"));
    }

    private static LocalDate date(CsvLines lines, int field) {
        int date = lines.date(field);
        try {
            return LocalDate.of(date / 10_000, date / 100 % 100, date % 100);
        } catch (DateTimeException e) {
            throw new RowFault("date is \"" + lines.text(field) + "\", no day of the calendar");
        }
    }

    private static double number(CsvLines lines, List<String> header, String column) {
        String text = lines.text(header.indexOf(column));
        try {
            double number = new BigDecimal(text).doubleValue();
            if (Double.isFinite(number) && number >= 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // Told below, as every other text that is no price.
        }
        throw new RowFault(column + " is \"" + FileReader.shown(text) + "\", not a number from 0 up");
    }

    private static Line possible(Line line) {
        double missed = Math.max(
                Math.max(line.open(), line.close()) - line.high(), line.low() - Math.min(line.open(), line.close()));
        // Adjusting rounds each price for itself, which leaves days whose range just misses their open or close.
        if (line.low() == 0 || line.close() == 0 || line.low() > line.high() || missed > line.close() / 100) {
            throw new RowFault(
                    "open %s, high %s, low %s, close %s: the high is not the highest or the low not the lowest"
                            .formatted(line.open(), line.high(), line.low(), line.close()));
        }
        return line;
    }
}
