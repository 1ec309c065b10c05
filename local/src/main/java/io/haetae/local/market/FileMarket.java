package io.haetae.local.market;

import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.KrxMarket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A market read from a user's CSV files, plain or gzipped.
 *
 * <p>A price file has the columns {@code date,symbol,open,high,low,close,volume} and may have
 * {@code name,market,change,value,shares}; a symbol list has {@code symbol} and any of {@code name,market,shares}. Columns
 * are found by name. What no file gives is derived, and {@link #notes()} says so: change against the symbol's previous
 * close, value from the mean price, market KOSPI, shares 0. When two files hold the same symbol and date, the file named
 * first counts. A directory stands for the CSV files in it, by name. There are no fundamentals.
 */
public final class FileMarket implements SimulatedMarket {

    /** A previous close older than this says nothing of the day's base price. */
    private static final int DAYS_A_CLOSE_HOLDS = 60;

    private final String world;
    private final List<LocalDate> sessions;
    private final TreeSet<LocalDate> dates;
    private final Map<LocalDate, Integer> sessionIndex = new HashMap<>();
    private final Map<String, Integer> symbolIndex = new HashMap<>();
    private final List<Listing> listings;
    private final Map<String, Listing> listed = new HashMap<>();
    private final String[] names;
    private final String[] codes;
    private final FileRows rows;
    private final int[] firstOfSession;
    private final IntradayPath path;
    private final List<String> notes = new ArrayList<>();

    /** @throws MarketFileException when a file is missing, lacks a column or has a line that cannot be read */
    public FileMarket(List<Path> paths) {
        this(paths, XkrxCalendar.bundled());
    }

    FileMarket(List<Path> paths, TradingCalendar calendar) {
        FileReader reader = new FileReader(calendar);
        for (Path file : files(paths)) {
            reader.read(file);
        }
        if (reader.rows.count == 0) {
            throw new MarketFileException(
                    paths + ": no price rows on any session; name a file with date,symbol,open,high,low,close,volume");
        }
        this.world = "files:" + reader.hash();
        this.dates = new TreeSet<>(reader.dates);
        this.sessions = List.copyOf(dates);
        for (int i = 0; i < sessions.size(); i++) {
            sessionIndex.put(sessions.get(i), i);
        }
        this.path = new IntradayPath(calendar, dates);
        List<FileReader.Described> symbols = rank(reader);
        this.rows = sorted(reader);
        this.firstOfSession = offsets();
        derive(reader, symbols);
        this.names = symbols.stream().map(FileMarket::name).toArray(String[]::new);
        this.codes = symbols.stream().map(symbol -> symbol.symbol).toArray(String[]::new);
        this.listings = listings(symbols);
        listings.forEach(listing -> listed.put(listing.symbol(), listing));
    }

    /**
     * The files that paths stand for: a folder for the CSV files in it.
     *
     * @throws MarketFileException when a folder cannot be listed
     */
    static List<Path> files(List<Path> paths) {
        List<Path> files = new ArrayList<>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                files.add(path);
                continue;
            }
            try (Stream<Path> inside = Files.list(path)) {
                inside.filter(file -> file.toString().endsWith(".csv")
                                || file.toString().endsWith(".csv.gz"))
                        .sorted(Comparator.comparing(Path::toString))
                        .forEach(files::add);
            } catch (IOException e) {
                throw new MarketFileException(path + ": cannot be listed; name a readable folder", e);
            }
        }
        return files;
    }

    /** Renumbers sessions by date and symbols by code. */
    private List<FileReader.Described> rank(FileReader reader) {
        Integer[] byCode = IntStream.range(0, reader.symbols.size()).boxed().toArray(Integer[]::new);
        Arrays.sort(byCode, Comparator.comparing(i -> reader.symbols.get(i).symbol));
        int[] rank = new int[byCode.length];
        List<FileReader.Described> ranked = new ArrayList<>(byCode.length);
        for (int i = 0; i < byCode.length; i++) {
            rank[byCode[i]] = i;
            FileReader.Described described = reader.symbols.get(byCode[i]);
            ranked.add(described);
            symbolIndex.put(described.symbol, i);
        }
        int[] order = new int[reader.dates.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = sessionIndex.getOrDefault(reader.dates.get(i), 0);
        }
        for (int i = 0; i < reader.rows.count; i++) {
            reader.rows.symbol[i] = rank[reader.rows.symbol[i]];
            reader.rows.session[i] = order[reader.rows.session[i]];
        }
        return ranked;
    }

    private FileRows sorted(FileReader reader) {
        FileRows read = reader.rows;
        long[] keys = new long[read.count];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) read.session[i] << 48 | (long) read.symbol[i] << 30 | i;
        }
        Arrays.parallelSort(keys);
        int[] order = new int[keys.length];
        int kept = 0;
        int covered = 0;
        for (int k = 0; k < keys.length; k++) {
            int row = (int) (keys[k] & 0x3FFF_FFFF);
            if (kept > 0 && keys[k] >>> 30 == keys[k - 1] >>> 30) {
                covered++;
                continue;
            }
            order[kept++] = row;
        }
        if (covered > 0) {
            notes.add(covered + " rows stand in two files; those of the file named first are used");
        }
        for (ReadFile file : reader.files) {
            left(file.impossible, file, "are impossible and left out");
            left(file.duplicates, file, "stand twice; the first of each is used");
        }
        note(reader.files, ReadFile::offSessionRows, "rows on days without a session are left out");
        note(reader.files, file -> file.widened, "rows had a high or low widened to hold open and close");
        return read.inOrder(order, kept);
    }

    private void left(List<ReadFile.Dropped> dropped, ReadFile file, String what) {
        if (!dropped.isEmpty()) {
            ReadFile.Dropped first = dropped.getFirst();
            notes.add("%s: %d of %d rows %s; line %d: %s"
                    .formatted(file.name, dropped.size(), file.rows, what, first.line(), first.reason()));
        }
    }

    private void note(List<ReadFile> files, ToIntFunction<ReadFile> counted, String what) {
        int count = files.stream().mapToInt(counted).sum();
        if (count > 0) {
            notes.add(count + " " + what);
        }
    }

    private int[] offsets() {
        int[] first = new int[sessions.size() + 1];
        for (int i = 0; i < rows.count; i++) {
            first[rows.session[i] + 1] = i + 1;
        }
        return first;
    }

    private void derive(FileReader reader, List<FileReader.Described> symbols) {
        int[] previousClose = new int[symbols.size()];
        int[] previousSession = new int[symbols.size()];
        int changes = 0;
        int values = 0;
        int noMarket = 0;
        int noShares = 0;
        for (int i = 0; i < rows.count; i++) {
            int symbol = rows.symbol[i];
            FileReader.Described described = symbols.get(symbol);
            if (rows.change[i] == FileRows.NO_CHANGE) {
                changes++;
                boolean fresh = previousClose[symbol] > 0
                        && sessions.get(previousSession[symbol])
                                .plusDays(DAYS_A_CLOSE_HOLDS)
                                .isAfter(sessions.get(rows.session[i]));
                rows.change[i] = fresh ? rows.close[i] - previousClose[symbol] : 0;
                if (fresh && rows.volume[i] == 0) {
                    // A day without trades carries the base price on; an adjusted file may round it differently.
                    rows.change[i] = 0;
                }
            }
            if (rows.value[i] == FileRows.NOT_GIVEN) {
                values++;
                long mean = ((long) rows.open[i] + rows.high[i] + rows.low[i] + rows.close[i]) / 4;
                rows.value[i] = rows.volume[i] * mean;
            }
            if (rows.shares[i] == FileRows.NOT_GIVEN) {
                rows.shares[i] = described.shares;
                noShares += described.shares == 0 ? 1 : 0;
            }
            if (rows.market[i] == FileRows.NOT_GIVEN) {
                noMarket += described.market == null ? 1 : 0;
                rows.market[i] = (byte) (described.market == null ? KrxMarket.KOSPI : described.market).ordinal();
            }
            previousClose[symbol] = rows.close[i];
            previousSession[symbol] = rows.session[i];
        }
        note(changes, "change is derived from the previous close");
        note(values, "traded value is derived from volume and mean price");
        note(noMarket, "no file gives the market; KOSPI is assumed");
        note(noShares, "no file gives the number of shares; 0 is served");
        if (symbols.stream().anyMatch(symbol -> symbol.name == null)) {
            notes.add("a name that no file gives is the symbol itself");
        }
        if (!reader.lists.isEmpty()) {
            notes.add("names, markets and shares that price files lack come from " + String.join(", ", reader.lists));
        }
        notes.add("prices are read from "
                + reader.files.stream().map(file -> file.name).collect(Collectors.joining(", "))
                + "; within a day they follow open, high, low and close; there are no fundamentals");
    }

    private void note(int count, String what) {
        if (count > 0) {
            notes.add("of " + rows.count + " rows " + count + ": " + what);
        }
    }

    private List<Listing> listings(List<FileReader.Described> symbols) {
        int[] last = new int[symbols.size()];
        int[] first = new int[symbols.size()];
        Arrays.fill(first, -1);
        for (int i = 0; i < rows.count; i++) {
            int symbol = rows.symbol[i];
            first[symbol] = first[symbol] < 0 ? i : first[symbol];
            last[symbol] = i;
        }
        List<Listing> all = new ArrayList<>();
        for (int s = 0; s < symbols.size(); s++) {
            if (first[s] < 0) {
                continue;
            }
            FileReader.Described described = symbols.get(s);
            all.add(new Listing(
                    described.symbol,
                    name(described),
                    FileRows.MARKETS[rows.market[last[s]]],
                    rows.shares[last[s]],
                    sessions.get(rows.session[first[s]])));
        }
        return List.copyOf(all);
    }

    private static String name(FileReader.Described described) {
        return described.name == null || described.name.isEmpty() ? described.symbol : described.name;
    }

    @Override
    public String world() {
        return world;
    }

    @Override
    public LocalDate firstSession() {
        return sessions.getFirst();
    }

    @Override
    public LocalDate lastSession() {
        return sessions.getLast();
    }

    /** The last session of the files. */
    @Override
    public LocalDate defaultDay() {
        return sessions.getLast();
    }

    @Override
    public List<LocalDate> sessions() {
        return sessions;
    }

    @Override
    public List<Listing> listings() {
        return listings;
    }

    @Override
    public Optional<Listing> listing(String symbol) {
        return Optional.ofNullable(listed.get(symbol));
    }

    @Override
    public List<DailyRow> rows(LocalDate session, KrxMarket market) {
        Integer s = sessionIndex.get(session);
        if (s == null) {
            return List.of();
        }
        List<DailyRow> found = new ArrayList<>();
        for (int i = firstOfSession[s]; i < firstOfSession[s + 1]; i++) {
            if (rows.market[i] == market.ordinal()) {
                found.add(row(i));
            }
        }
        return found;
    }

    private DailyRow row(int i) {
        return new DailyRow(
                codes[rows.symbol[i]],
                names[rows.symbol[i]],
                FileRows.MARKETS[rows.market[i]],
                rows.open[i],
                rows.high[i],
                rows.low[i],
                rows.close[i],
                rows.change[i],
                rows.volume[i],
                rows.value[i],
                rows.shares[i]);
    }

    @Override
    public Optional<DailyRow> row(LocalDate session, String symbol) {
        return Optional.ofNullable(find(session, symbol));
    }

    private @Nullable DailyRow find(@Nullable LocalDate session, String symbol) {
        Integer s = session == null ? null : sessionIndex.get(session);
        Integer code = symbolIndex.get(symbol);
        if (s == null || code == null) {
            return null;
        }
        int i = Arrays.binarySearch(rows.symbol, firstOfSession[s], firstOfSession[s + 1], code);
        return i < 0 ? null : row(i);
    }

    @Override
    public Optional<Fundamentals> fundamentals(LocalDate session, String symbol) {
        return Optional.empty();
    }

    @Override
    public Optional<Moment> at(Instant at, String symbol) {
        LocalDate session = path.shown(at);
        DailyRow row = find(session, symbol);
        if (session == null || row == null) {
            return Optional.empty();
        }
        // First listing days and delistings trade outside the ordinary band; what was traded was allowed.
        TickGrid grid = TickGrid.of(row.market(), session);
        long upper = Math.max(grid.upper(row.base(), row.market()), row.high());
        long ordinary = grid.lower(row.base(), row.market());
        long lower = row.traded() ? Math.min(ordinary, row.low()) : ordinary;
        return Optional.of(path.at(at, session, row, upper, lower, !row.traded(), 50));
    }

    @Override
    public List<String> notes() {
        return List.copyOf(notes);
    }
}
