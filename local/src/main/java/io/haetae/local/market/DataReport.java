package io.haetae.local.market;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands in a user's price files and what is wrong with them.
 *
 * @param missing sessions of the Exchange between the first and the last of the data that have no row
 * @param inRawAndAdjusted rows of adjusted files whose symbol and session stand in a raw file too
 * @param lists symbol lists, which have no prices to judge
 */
public record DataReport(
        Part all,
        List<FilePart> files,
        List<Stretch> missing,
        List<Break> breaks,
        List<OffTick> offTicks,
        List<Outside> outside,
        List<Doubled> doubled,
        long inRawAndAdjusted,
        List<String> lists) {

    /**
     * Figures of one file, or of all.
     *
     * @param rows under the headers, whatever became of them
     * @param first null when no row is on a session, as {@code last}
     * @param duplicates rows whose symbol and session stood in an earlier line of the same file; dropped
     * @param impossible rows dropped because they cannot be
     * @param offSession rows on days without a session
     * @param rounded adjusted rows whose high or low misses open or close by rounding
     * @param offTickPrices opens, highs, lows and closes of traded raw rows that are off their step
     * @param halfTickPrices of those, highs and lows at the middle of a step
     * @param outsideBand traded raw rows beyond the ordinary daily limits
     * @param explained of those, by the first day of a listing or the days before a delisting
     * @param closesAtLimit traded raw rows that closed exactly at a daily limit
     * @param halted rows with volume 0 or open 0
     * @param notJudged raw rows before the tables of steps and limits begin, or without market
     * @param basesNotCompared raw rows whose base is not the symbol's close before, where sessions between are missing in
     *     the data
     */
    public record Part(
            long rows,
            int symbols,
            int sessions,
            @Nullable LocalDate first,
            @Nullable LocalDate last,
            long duplicates,
            long impossible,
            long offSession,
            long rounded,
            long offTickPrices,
            long halfTickPrices,
            long outsideBand,
            long explained,
            long closesAtLimit,
            long halted,
            long notJudged,
            long basesNotCompared) {}

    /** Sessions that follow one another. */
    public record Stretch(List<LocalDate> sessions) {}

    /** @param raw steps and limits could be judged: the file has the columns change and market */
    public record FilePart(
            String file,
            boolean raw,
            Part part,
            List<Line> impossibleRows,
            List<Line> duplicateRows,
            List<Days> offSessionDays) {}

    public record Line(long line, String reason) {}

    public record Days(LocalDate date, int rows) {}

    /** Where a row stands. */
    public record Row(String file, long line, LocalDate date, String symbol) {}

    /**
     * A base price that is not the close before: a split, ex-rights, a stock dividend, or a price newly found.
     *
     * @param factor base over the close before, what earlier prices are to be multiplied by
     * @param sessionsBetween sessions without a row of the symbol between the two; 0 where they follow one another. Above 0
     *     the base may also have moved on the days that are left out
     */
    public record Break(Row at, long previousClose, long base, BigDecimal factor, int sessionsBetween) {}

    /** @param half at the middle of a step, where trades happen since 2026: no fault of the row */
    public record OffTick(Row at, String price, long won, long step, boolean half) {}

    /** @param why the exception that allows it; empty when none is known */
    public record Outside(Row at, long base, long lower, long upper, long low, long high, String why) {}

    /** A row that stands in two files. */
    public record Doubled(Row at, String alsoIn, long alsoLine, boolean same) {}
}
