package io.haetae.local.market;

import io.haetae.calendar.TradingCalendar;
import io.haetae.market.KrxMarket;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads price files and symbol lists into rows, and remembers what was missing in them. */
final class FileReader {

    private static final List<String> PRICES = List.of("date", "symbol", "open", "high", "low", "close", "volume");
    private static final int OUTSIDE = -1;

    /** What a file says of a symbol apart from its days. */
    static final class Described {
        final String symbol;

        @Nullable
        String name;

        @Nullable
        KrxMarket market;

        long shares;

        Described(String symbol) {
            this.symbol = symbol;
        }
    }

    private final TradingCalendar calendar;
    private final MessageDigest digest = sha256();

    final FileRows rows = new FileRows();
    final List<Described> symbols = new ArrayList<>();
    final List<ReadFile> files = new ArrayList<>();
    final List<String> lists = new ArrayList<>();

    /** The sessions rows are of, in the order they were met. */
    final List<LocalDate> dates = new ArrayList<>();

    private final Map<Long, Integer> symbolIndex = new HashMap<>();
    private final Map<Integer, Integer> dateIndex = new HashMap<>();
    private int lastDate;
    private int lastIndex = OUTSIDE;

    FileReader(TradingCalendar calendar) {
        this.calendar = calendar;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String hash() {
        return HexFormat.of().formatHex(digest.digest(), 0, 6);
    }

    /**
     * Reads one file: a list of symbols, or prices, whose impossible rows are dropped.
     *
     * @throws MarketFileException when it cannot be read, lacks a column, or more than 1 % of its rows are impossible
     */
    void read(Path path) {
        try (CsvLines lines = new CsvLines(path, digest)) {
            if (!lines.next()) {
                throw new MarketFileException(path + ", line 1: the file is empty; give it a header and rows");
            }
            List<String> header = lines.header();
            boolean list = header.contains("symbol")
                    && PRICES.stream().filter(header::contains).count() == 1;
            if (list) {
                list(lines, header);
            } else {
                prices(lines, header);
            }
        }
        digest.update((byte) 0);
    }

    static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > 120 ? clean.substring(0, 120) + "…" : clean;
    }

    private void list(CsvLines lines, List<String> header) {
        int symbol = header.indexOf("symbol");
        int name = header.indexOf("name");
        int market = header.indexOf("market");
        int shares = header.indexOf("shares");
        if (name < 0 && market < 0 && shares < 0) {
            throw missing(lines, header, "date");
        }
        lists.add(lines.file());
        while (lines.next()) {
            try {
                lines.expect(header.size());
                Described described = symbols.get(symbolAt(lines, symbol));
                described.name = name < 0 ? described.name : lines.text(name);
                if (market >= 0) {
                    described.market = FileRows.MARKETS[market(lines, market)];
                }
                if (shares >= 0 && !lines.isEmpty(shares)) {
                    described.shares = count(lines, shares, "shares");
                }
            } catch (RowFault e) {
                throw new MarketFileException(lines.at(e.reason() + "; mend or remove the line"), e);
            }
        }
    }

    private static MarketFileException missing(CsvLines lines, List<String> header, String column) {
        return new MarketFileException(lines.at("column " + column + " is missing in the header ("
                + shown(String.join(",", header)) + "); a price file needs " + String.join(",", PRICES)));
    }

    private void prices(CsvLines lines, List<String> header) {
        for (String column : PRICES) {
            if (!header.contains(column)) {
                throw missing(lines, header, column);
            }
        }
        Columns columns = Columns.of(header);
        ReadFile file = new ReadFile(
                lines.file(), columns.change >= 0 && columns.market >= 0 ? ReadFile.Kind.RAW : ReadFile.Kind.ADJUSTED);
        files.add(file);
        int firstRow = rows.count;
        while (lines.next()) {
            file.rows++;
            int row = rows.count;
            try {
                lines.expect(header.size());
                row(lines, columns, file);
            } catch (RowFault e) {
                rows.count = row;
                file.drop(lines.line(), e.reason());
            }
        }
        file.refuseIfTooMany();
        dropDuplicates(file, firstRow);
    }

    /** Where the columns stand; −1 for one that is not there. */
    private record Columns(int[] prices, int change, int value, int shares, int market, int name) {
        static Columns of(List<String> header) {
            return new Columns(
                    PRICES.stream().mapToInt(header::indexOf).toArray(),
                    header.indexOf("change"),
                    header.indexOf("value"),
                    header.indexOf("shares"),
                    header.indexOf("market"),
                    header.indexOf("name"));
        }
    }

    private void row(CsvLines lines, Columns columns, ReadFile file) {
        int session = session(lines, columns.prices[0], file);
        if (session == OUTSIDE) {
            return;
        }
        // A name that is no text spoils the row before anything of it is kept.
        String name = columns.name < 0 ? "" : lines.text(columns.name);
        int i = rows.add();
        rows.line[i] = Math.toIntExact(lines.line());
        rows.file[i] = (short) (files.size() - 1);
        rows.session[i] = session;
        bar(lines, columns.prices, i, file);
        rows.change[i] = columns.change < 0 || lines.isEmpty(columns.change)
                ? FileRows.NO_CHANGE
                : change(lines, columns.change, rows.close[i]);
        rows.value[i] = given(lines, columns.value, "value");
        rows.shares[i] = given(lines, columns.shares, "shares");
        rows.market[i] = columns.market < 0 || lines.isEmpty(columns.market)
                ? FileRows.NOT_GIVEN
                : market(lines, columns.market);
        rows.symbol[i] = symbolAt(lines, columns.prices[1]);
        Described described = symbols.get(rows.symbol[i]);
        if (columns.name >= 0 && described.name == null) {
            described.name = name;
        }
    }

    private static long given(CsvLines lines, int field, String column) {
        return field < 0 || lines.isEmpty(field) ? FileRows.NOT_GIVEN : count(lines, field, column);
    }

    private static long count(CsvLines lines, int field, String column) {
        long count = lines.number(field, column);
        if (count < 0) {
            throw new RowFault(column + " is " + count + ", below 0");
        }
        return count;
    }

    private static int change(CsvLines lines, int field, int close) {
        long change = lines.number(field, "change");
        long base = close - change;
        if (base <= 0 || base > Integer.MAX_VALUE) {
            throw new RowFault("close " + close + " less change " + change + " is no base price");
        }
        return (int) change;
    }

    /** Of rows with one symbol and session the first stays. */
    private void dropDuplicates(ReadFile file, int firstRow) {
        int size = rows.count - firstRow;
        long[] keys = new long[size];
        for (int i = 0; i < size; i++) {
            keys[i] = (long) rows.session[firstRow + i] << 48 | (long) rows.symbol[firstRow + i] << 30 | i;
        }
        Arrays.sort(keys);
        BitSet doubled = new BitSet();
        int first = 0;
        for (int k = 1; k < size; k++) {
            if (keys[k] >>> 30 != keys[first] >>> 30) {
                first = k;
                continue;
            }
            int row = firstRow + (int) (keys[k] & 0x3FFF_FFFF);
            int kept = firstRow + (int) (keys[first] & 0x3FFF_FFFF);
            doubled.set(row);
            file.duplicates.add(new ReadFile.Dropped(
                    rows.line[row],
                    "%s of %s stands in line %d already, with %s"
                            .formatted(
                                    symbols.get(rows.symbol[row]).symbol,
                                    dates.get(rows.session[row]),
                                    rows.line[kept],
                                    rows.samePrices(row, kept) ? "the same prices" : "other prices")));
        }
        int to = firstRow;
        for (int row = firstRow; row < rows.count; row++) {
            if (!doubled.get(row)) {
                rows.move(row, to++);
            }
        }
        rows.count = to;
    }

    private void bar(CsvLines lines, int[] at, int i, ReadFile file) {
        int close = price(lines, at[5], "close");
        if (close == 0) {
            throw new RowFault("close is 0");
        }
        int open = price(lines, at[2], "open");
        int high = price(lines, at[3], "high");
        int low = price(lines, at[4], "low");
        long volume = count(lines, at[6], "volume");
        if (volume == 0 || open == 0) {
            open = 0;
            high = 0;
            low = 0;
            volume = 0;
        } else {
            int most = Math.max(open, close);
            int least = Math.min(open, close);
            if (high < most || low > least || low == 0) {
                widen(file, open, high, low, close);
                high = Math.max(high, most);
                low = low == 0 ? least : Math.min(low, least);
            }
            if (Math.multiplyHigh(volume, high) != 0 || volume * high < 0) {
                throw new RowFault("volume " + volume + " at a price of " + high + " is more than can be traded");
            }
        }
        rows.open[i] = open;
        rows.high[i] = high;
        rows.low[i] = low;
        rows.close[i] = close;
        rows.volume[i] = volume;
    }

    /** Adjusting rounds each price for itself, which leaves a few days whose range just misses their open or close. */
    private static void widen(ReadFile file, int open, int high, int low, int close) {
        int missed = Math.max(Math.max(open, close) - high, low - Math.min(open, close));
        boolean rounding = file.kind == ReadFile.Kind.ADJUSTED && high >= low && low > 0 && missed * 100L <= close;
        if (!rounding) {
            throw new RowFault(
                    "open %d, high %d, low %d, close %d: the high is not the highest or the low not the lowest"
                            .formatted(open, high, low, close));
        }
        file.widened++;
    }

    private static int price(CsvLines lines, int field, String column) {
        long price = lines.number(field, column);
        if (price < 0 || price > Integer.MAX_VALUE) {
            throw new RowFault(column + " is " + price + ", not a price");
        }
        return (int) price;
    }

    private static byte market(CsvLines lines, int field) {
        return (byte)
                switch (lines.text(field)) {
                    case "KOSPI" -> KrxMarket.KOSPI.ordinal();
                    case "KOSDAQ", "KOSDAQ GLOBAL" -> KrxMarket.KOSDAQ.ordinal();
                    case "KONEX" -> KrxMarket.KONEX.ordinal();
                    default ->
                        throw new RowFault(
                                "market is \"" + shown(lines.text(field)) + "\", not KOSPI, KOSDAQ or KONEX");
                };
    }

    private int symbolAt(CsvLines lines, int field) {
        long packed = lines.symbol(field);
        Integer known = symbolIndex.get(packed);
        if (known != null) {
            return known;
        }
        symbols.add(new Described(lines.text(field)));
        symbolIndex.put(packed, symbols.size() - 1);
        return symbols.size() - 1;
    }

    private int session(CsvLines lines, int field, ReadFile file) {
        int number = lines.date(field);
        if (number != lastDate) {
            lastIndex = dateIndex.computeIfAbsent(number, this::index);
            lastDate = number;
        }
        if (lastIndex == OUTSIDE) {
            file.offSession.merge(date(number), 1, Integer::sum);
        }
        return lastIndex;
    }

    private int index(int number) {
        LocalDate date = date(number);
        if (!calendar.isSession(date)) {
            return OUTSIDE;
        }
        dates.add(date);
        return dates.size() - 1;
    }

    private static LocalDate date(int number) {
        try {
            return LocalDate.of(number / 10_000, number / 100 % 100, number % 100);
        } catch (DateTimeException _) {
            throw new RowFault(
                    "there is no %04d-%02d-%02d".formatted(number / 10_000, number / 100 % 100, number % 100));
        }
    }
}
