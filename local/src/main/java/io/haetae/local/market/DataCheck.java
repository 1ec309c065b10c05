package io.haetae.local.market;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.calendar.XkrxCalendar;
import io.haetae.market.KrxMarket;
import io.haetae.market.KrxPriceLimits;
import io.haetae.market.KrxTicks;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Judges price files by the calendar and the rules of the Korea Exchange. Raw files are judged together, as one set of
 * data, and so are adjusted ones; what the two hold of the same day is not compared.
 *
 * <p>A row beyond the daily limits is explained where the data themselves show the exception: it is the symbol's first row,
 * and the session before it is in the data (the first day of a listing); the symbol came back from
 * days without trades for at most seven sessions and is gone after them (trades before a delisting have no limits and last
 * seven sessions); or it came back so shortly before the data end that its end cannot be seen. Another row beyond the limits
 * stays unexplained.
 */
public final class DataCheck {

    private static final int DELISTING_SESSIONS = 7;
    private static final String LISTING = "first day of a listing";
    private static final String DELISTING = "before a delisting";
    private static final String DELISTING_CUT_OFF = "before a delisting; the data end first";
    private static final int NONE = -1;

    private final TradingCalendar calendar;
    private final FileReader reader;
    private final FileRows rows;

    /** The calendar's sessions from the data's first to their last, and each row's place among them. */
    private final List<LocalDate> sessions;

    private final int[] place;
    private final Tally[] tallies;
    private final List<DataReport.Break> breaks = new ArrayList<>();
    private final List<DataReport.OffTick> offTicks = new ArrayList<>();
    private final List<DataReport.Outside> outside = new ArrayList<>();
    private final List<DataReport.Doubled> doubled = new ArrayList<>();

    private DataCheck(FileReader reader, TradingCalendar calendar) {
        this.calendar = calendar;
        this.reader = reader;
        this.rows = reader.rows;
        this.sessions = sessions();
        this.place = reader.dates.stream().mapToInt(sessions::indexOf).toArray();
        this.tallies = reader.files.stream().map(_ -> new Tally()).toArray(Tally[]::new);
    }

    /**
     * Judges files; a folder stands for the CSV files in it.
     *
     * @throws MarketFileException when a file is refused: it cannot be read, lacks a column, or more than 1 % of its rows
     *     are impossible
     */
    public static DataReport judge(List<Path> paths) {
        return judge(paths, XkrxCalendar.bundled());
    }

    static DataReport judge(List<Path> paths, TradingCalendar calendar) {
        FileReader reader = new FileReader(calendar);
        List<Path> files = FileMarket.files(paths);
        files.forEach(reader::read);
        if (reader.files.isEmpty()) {
            throw new MarketFileException(
                    paths + ": no price file; name CSV files with date,symbol,open,high,low,close,volume");
        }
        return new DataCheck(reader, calendar).report();
    }

    private List<LocalDate> sessions() {
        if (reader.dates.isEmpty()) {
            return List.of();
        }
        LocalDate first = reader.dates.stream().min(Comparator.naturalOrder()).orElseThrow();
        LocalDate last = reader.dates.stream().max(Comparator.naturalOrder()).orElseThrow();
        return calendar.sessionsBetween(first, last).stream().map(Session::date).toList();
    }

    private DataReport report() {
        BitSet present = new BitSet();
        for (ReadFile.Kind kind : ReadFile.Kind.values()) {
            int[] order = order(kind);
            BitSet ofKind = new BitSet();
            for (int row : order) {
                ofKind.set(place(row));
            }
            for (int from = 0; from < order.length; ) {
                int to = from + 1;
                while (to < order.length && rows.symbol[order[to]] == rows.symbol[order[from]]) {
                    to++;
                }
                life(Arrays.copyOfRange(order, from, to), kind, ofKind);
                from = to;
            }
            present.or(ofKind);
        }
        Tally all = new Tally();
        List<DataReport.FilePart> files = new ArrayList<>();
        for (int f = 0; f < tallies.length; f++) {
            ReadFile file = reader.files.get(f);
            files.add(filePart(file, tallies[f].part(List.of(file))));
            all.add(tallies[f]);
        }
        return new DataReport(
                all.part(reader.files),
                files,
                missing(present),
                inOrder(breaks, DataReport.Break::at),
                inOrder(offTicks, DataReport.OffTick::at),
                inOrder(outside, DataReport.Outside::at),
                inOrder(doubled, DataReport.Doubled::at),
                inBothKinds(),
                List.copyOf(reader.lists));
    }

    private List<DataReport.Stretch> missing(BitSet present) {
        List<DataReport.Stretch> stretches = new ArrayList<>();
        for (int from = present.nextClearBit(0); from < sessions.size(); ) {
            int to = present.nextSetBit(from);
            stretches.add(new DataReport.Stretch(List.copyOf(sessions.subList(from, to))));
            from = present.nextClearBit(to);
        }
        return stretches;
    }

    private static <T> List<T> inOrder(List<T> findings, Function<T, DataReport.Row> at) {
        return findings.stream()
                .sorted(Comparator.comparing((T finding) -> at.apply(finding).date())
                        .thenComparing(finding -> at.apply(finding).symbol()))
                .toList();
    }

    private static DataReport.FilePart filePart(ReadFile file, DataReport.Part part) {
        return new DataReport.FilePart(
                file.name,
                file.kind == ReadFile.Kind.RAW,
                part,
                lines(file.impossible),
                lines(file.duplicates),
                file.offSession.entrySet().stream()
                        .map(day -> new DataReport.Days(day.getKey(), day.getValue()))
                        .toList());
    }

    private static List<DataReport.Line> lines(List<ReadFile.Dropped> dropped) {
        return dropped.stream()
                .map(row -> new DataReport.Line(row.line(), row.reason()))
                .toList();
    }

    private long inBothKinds() {
        long[] raw = days(ReadFile.Kind.RAW);
        return Arrays.stream(days(ReadFile.Kind.ADJUSTED))
                .filter(day -> Arrays.binarySearch(raw, day) >= 0)
                .count();
    }

    private long[] days(ReadFile.Kind kind) {
        return IntStream.range(0, rows.count)
                .filter(row -> kind(row) == kind)
                .mapToLong(row -> (long) rows.symbol[row] << 16 | place(row))
                .sorted()
                .toArray();
    }

    private int place(int row) {
        return place[rows.session[row]];
    }

    /** Rows of one kind by symbol and session, the file named first first; another kind's rows are counted only. */
    private int[] order(ReadFile.Kind kind) {
        return IntStream.range(0, rows.count)
                .filter(row -> kind(row) == kind)
                .mapToLong(row -> (long) rows.symbol[row] << 46 | (long) place(row) << 30 | row)
                .sorted()
                .mapToInt(key -> (int) (key & 0x3FFF_FFFF))
                .toArray();
    }

    private ReadFile.Kind kind(int row) {
        return reader.files.get(rows.file[row]).kind;
    }

    /** One symbol's rows, oldest first. */
    private void life(int[] life, ReadFile.Kind kind, BitSet present) {
        int size = 0;
        for (int row : life) {
            Tally tally = tallies[rows.file[row]];
            tally.count(rows.symbol[row], place(row), rows.traded(row));
            if (size > 0 && place(life[size - 1]) == place(row)) {
                int kept = life[size - 1];
                doubled.add(new DataReport.Doubled(at(row), file(kept), rows.line[kept], rows.samePrices(row, kept)));
            } else {
                life[size++] = row;
            }
        }
        if (kind == ReadFile.Kind.RAW) {
            new Life(Arrays.copyOf(life, size), present).judge();
        }
    }

    private String file(int row) {
        return reader.files.get(rows.file[row]).name;
    }

    private DataReport.Row at(int row) {
        return new DataReport.Row(file(row), rows.line[row], date(row), reader.symbols.get(rows.symbol[row]).symbol);
    }

    private LocalDate date(int row) {
        return reader.dates.get(rows.session[row]);
    }

    /** A symbol's rows in raw files, and what they are judged by. */
    private final class Life {
        private final int[] life;
        private final BitSet present;
        private final int last;
        private final boolean gone;
        private final int cameBack;
        private final List<Integer> beyond = new ArrayList<>();

        /** @param present the sessions the raw files have */
        Life(int[] life, BitSet present) {
            this.life = life;
            this.present = present;
            this.last = place(life[life.length - 1]);
            this.gone = present.get(last + 1);
            this.cameBack = gone ? NONE : cameBack();
        }

        /** Since when the symbol trades without a day's pause up to where the data end; NONE when that is not seen. */
        private int cameBack() {
            int i = life.length - 1;
            if (!rows.traded(life[i])) {
                return NONE;
            }
            while (i > 0 && rows.traded(life[i - 1]) && place(life[i - 1]) == place(life[i]) - 1) {
                i--;
            }
            int session = place(life[i]);
            boolean seen = session > 0 && present.get(session - 1);
            return seen && last - session < DELISTING_SESSIONS ? session : NONE;
        }

        void judge() {
            for (int i = 0; i < life.length; i++) {
                judge(i);
            }
            for (int i : beyond) {
                String why = why(i);
                int row = life[i];
                KrxPriceLimits limits = limits(row);
                tallies[rows.file[row]].explained += why.isEmpty() ? 0 : 1;
                outside.add(new DataReport.Outside(
                        at(row), limits.base(), limits.lower(), limits.upper(), rows.low[row], rows.high[row], why));
            }
        }

        private void judge(int i) {
            int row = life[i];
            if (i > 0) {
                base(row, life[i - 1]);
            }
            if (!rows.traded(row)) {
                return;
            }
            LocalDate date = date(row);
            if (rows.market[row] == FileRows.NOT_GIVEN || date.isBefore(KrxTicks.FIRST_COVERED)) {
                tallies[rows.file[row]].notJudged++;
                return;
            }
            KrxMarket market = FileRows.MARKETS[rows.market[row]];
            step(row, date, market, "open", rows.open[row]);
            step(row, date, market, "high", rows.high[row]);
            step(row, date, market, "low", rows.low[row]);
            step(row, date, market, "close", rows.close[row]);
            if (rows.change[row] == FileRows.NO_CHANGE) {
                return;
            }
            KrxPriceLimits limits = limits(row);
            Tally tally = tallies[rows.file[row]];
            if (rows.close[row] == limits.upper() || rows.close[row] == limits.lower()) {
                tally.atLimit++;
            }
            if (!limits.allows(rows.high[row]) || !limits.allows(rows.low[row])) {
                tally.outside++;
                beyond.add(i);
            }
        }

        private KrxPriceLimits limits(int row) {
            return KrxPriceLimits.around(
                    date(row), FileRows.MARKETS[rows.market[row]], rows.close[row] - (long) rows.change[row]);
        }

        private void base(int row, int before) {
            if (rows.change[row] == FileRows.NO_CHANGE) {
                return;
            }
            long base = rows.close[row] - (long) rows.change[row];
            long close = rows.close[before];
            if (base == close || base == raised(row, close)) {
                return;
            }
            int between = place(row) - place(before) - 1;
            if (present.get(place(before), place(row)).cardinality() <= between) {
                tallies[rows.file[row]].basesNotCompared++;
                return;
            }
            breaks.add(new DataReport.Break(
                    at(row),
                    close,
                    base,
                    BigDecimal.valueOf(base).divide(BigDecimal.valueOf(close), 6, RoundingMode.HALF_EVEN),
                    between));
        }

        /** A close that is off the day's steps becomes the base of the next step up. */
        private long raised(int row, long close) {
            return rows.market[row] == FileRows.NOT_GIVEN || date(row).isBefore(KrxTicks.FIRST_COVERED)
                    ? close
                    : KrxTicks.roundUp(date(row), FileRows.MARKETS[rows.market[row]], close);
        }

        private void step(int row, LocalDate date, KrxMarket market, String name, int price) {
            if (KrxTicks.isValid(date, market, price)) {
                return;
            }
            long step = KrxTicks.tick(date, market, price);
            // Half a won is dropped from the middle of a step of 5.
            boolean half = price % step == step / 2 && (name.equals("high") || name.equals("low"));
            tallies[rows.file[row]].offTicks++;
            tallies[rows.file[row]].halfTicks += half ? 1 : 0;
            offTicks.add(new DataReport.OffTick(at(row), name, price, step, half));
        }

        /** Trading was halted when the delisting was decided; before the data begin that cannot be seen. */
        private boolean pausedBefore(int session) {
            return IntStream.range(last - DELISTING_SESSIONS, session)
                    .anyMatch(earlier -> earlier < 0
                            || Arrays.stream(life).noneMatch(row -> place(row) == earlier && rows.traded(row)));
        }

        private String why(int i) {
            int session = place(life[i]);
            boolean first = i == 0 && session > 0 && present.get(session - 1);
            if (first && beyond.size() == 1) {
                return LISTING;
            }
            if (gone && last - session < DELISTING_SESSIONS && pausedBefore(session)) {
                return DELISTING;
            }
            if (cameBack != NONE && session >= cameBack) {
                return DELISTING_CUT_OFF;
            }
            return first ? LISTING : "";
        }
    }

    /** What is counted of one file, or of all. */
    private final class Tally {
        private final BitSet symbols = new BitSet();
        private final BitSet days = new BitSet();
        private long offTicks;
        private long halfTicks;
        private long outside;
        private long explained;
        private long atLimit;
        private long halted;
        private long notJudged;
        private long basesNotCompared;

        void count(int symbol, int session, boolean traded) {
            symbols.set(symbol);
            days.set(session);
            halted += traded ? 0 : 1;
        }

        void add(Tally other) {
            symbols.or(other.symbols);
            days.or(other.days);
            offTicks += other.offTicks;
            halfTicks += other.halfTicks;
            outside += other.outside;
            explained += other.explained;
            atLimit += other.atLimit;
            halted += other.halted;
            notJudged += other.notJudged;
            basesNotCompared += other.basesNotCompared;
        }

        DataReport.Part part(List<ReadFile> files) {
            return new DataReport.Part(
                    sum(files, file -> file.rows),
                    symbols.cardinality(),
                    days.cardinality(),
                    days.isEmpty() ? null : sessions.get(days.nextSetBit(0)),
                    days.isEmpty() ? null : sessions.get(days.length() - 1),
                    sum(files, file -> file.duplicates.size()),
                    sum(files, file -> file.impossible.size()),
                    sum(files, ReadFile::offSessionRows),
                    sum(files, file -> file.widened),
                    offTicks,
                    halfTicks,
                    outside,
                    explained,
                    atLimit,
                    halted,
                    notJudged,
                    basesNotCompared);
        }

        private static long sum(List<ReadFile> files, ToLongFunction<ReadFile> counted) {
            return files.stream().mapToLong(counted).sum();
        }
    }
}
