package io.haetae.local.market;

import io.haetae.calendar.TradingCalendar;
import io.haetae.market.KrxMarket;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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
    final List<String> files = new ArrayList<>();
    final List<String> lists = new ArrayList<>();
    final List<Integer> firstRowOfFile = new ArrayList<>();
    final List<LocalDate> dates = new ArrayList<>();
    int widened;
    int outsideSessions;

    private final Map<Long, Integer> symbolIndex = new HashMap<>();
    private final Map<Integer, Integer> dateIndex = new HashMap<>();
    private int lastDate;
    private int lastIndex = OUTSIDE;

    FileReader(TradingCalendar calendar) {
        this.calendar = calendar;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    String hash() {
        return HexFormat.of().formatHex(digest.digest(), 0, 6);
    }

    void read(Path path) {
        try (CsvLines lines = new CsvLines(path, digest)) {
            if (!lines.next()) {
                throw new MarketFileException(path + ", line 1: the file is empty; give it a header and rows");
            }
            List<String> header = new ArrayList<>(lines.all());
            header.set(0, header.getFirst().replace("\uFEFF", ""));
            if (new TreeSet<>(header).size() != header.size()) {
                throw lines.bad("a column stands twice in the header");
            }
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

    private static void complete(CsvLines lines, List<String> header) {
        if (lines.fields() != header.size()) {
            throw lines.bad("the line has " + lines.fields() + " fields, the header " + header.size());
        }
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
            complete(lines, header);
            Described described = symbols.get(symbolAt(lines, symbol));
            described.name = name < 0 ? described.name : lines.text(name);
            if (market >= 0) {
                described.market = FileRows.MARKETS[market(lines, market)];
            }
            if (shares >= 0 && !lines.isEmpty(shares)) {
                described.shares = lines.number(shares, "shares");
            }
        }
    }

    private static MarketFileException missing(CsvLines lines, List<String> header, String column) {
        return new MarketFileException(lines.at("column " + column + " is missing in the header ("
                + String.join(",", header) + "); a price file needs " + String.join(",", PRICES)));
    }

    private void prices(CsvLines lines, List<String> header) {
        for (String column : PRICES) {
            if (!header.contains(column)) {
                throw missing(lines, header, column);
            }
        }
        files.add(lines.file());
        firstRowOfFile.add(rows.count);
        int[] at = PRICES.stream().mapToInt(header::indexOf).toArray();
        int change = header.indexOf("change");
        int value = header.indexOf("value");
        int shares = header.indexOf("shares");
        int market = header.indexOf("market");
        int name = header.indexOf("name");
        int line = 1;
        while (lines.next()) {
            line++;
            complete(lines, header);
            int session = session(lines, at[0]);
            if (session == OUTSIDE) {
                outsideSessions++;
                continue;
            }
            int i = rows.add();
            rows.line[i] = line;
            rows.session[i] = session;
            rows.symbol[i] = symbolAt(lines, at[1]);
            bar(lines, at, i);
            rows.change[i] = change < 0 || lines.isEmpty(change)
                    ? FileRows.NO_CHANGE
                    : Math.toIntExact(lines.number(change, "change"));
            rows.value[i] = value < 0 || lines.isEmpty(value) ? FileRows.NOT_GIVEN : lines.number(value, "value");
            rows.shares[i] = shares < 0 || lines.isEmpty(shares) ? FileRows.NOT_GIVEN : lines.number(shares, "shares");
            rows.market[i] = market < 0 || lines.isEmpty(market) ? FileRows.NOT_GIVEN : market(lines, market);
            Described described = symbols.get(rows.symbol[i]);
            if (name >= 0 && described.name == null) {
                described.name = lines.text(name);
            }
        }
    }

    private void bar(CsvLines lines, int[] at, int i) {
        int close = price(lines, at[5], "close");
        if (close == 0) {
            throw lines.bad("close is 0");
        }
        int open = price(lines, at[2], "open");
        int high = price(lines, at[3], "high");
        int low = price(lines, at[4], "low");
        long volume = lines.number(at[6], "volume");
        if (volume < 0) {
            throw lines.bad("volume is below 0");
        }
        if (volume == 0 || open == 0) {
            open = 0;
            high = 0;
            low = 0;
            volume = 0;
        } else if (high < Math.max(open, close) || low > Math.min(open, close) || low == 0) {
            // Adjusting rounds each price for itself, which leaves a few days whose range misses their open or close.
            widened++;
            high = Math.max(high, Math.max(open, close));
            low = Math.min(low == 0 ? close : low, Math.min(open, close));
        }
        rows.open[i] = open;
        rows.high[i] = high;
        rows.low[i] = low;
        rows.close[i] = close;
        rows.volume[i] = volume;
    }

    private static int price(CsvLines lines, int field, String column) {
        long price = lines.number(field, column);
        if (price < 0 || price > Integer.MAX_VALUE) {
            throw lines.bad(column + " is " + price + ", not a price");
        }
        return (int) price;
    }

    private static byte market(CsvLines lines, int field) {
        return (byte)
                switch (lines.text(field)) {
                    case "KOSPI" -> KrxMarket.KOSPI.ordinal();
                    case "KOSDAQ", "KOSDAQ GLOBAL" -> KrxMarket.KOSDAQ.ordinal();
                    case "KONEX" -> KrxMarket.KONEX.ordinal();
                    default -> throw lines.bad("market is \"" + lines.text(field) + "\", not KOSPI, KOSDAQ or KONEX");
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

    private int session(CsvLines lines, int field) {
        int number = lines.date(field);
        if (number == lastDate) {
            return lastIndex;
        }
        Integer index = dateIndex.get(number);
        if (index == null) {
            LocalDate date;
            try {
                date = LocalDate.of(number / 10_000, number / 100 % 100, number % 100);
            } catch (DateTimeException _) {
                throw lines.bad("there is no " + lines.text(field));
            }
            index = calendar.isSession(date) ? dates.size() : OUTSIDE;
            if (index != OUTSIDE) {
                dates.add(date);
            }
            dateIndex.put(number, index);
        }
        lastDate = number;
        lastIndex = index;
        return index;
    }
}
