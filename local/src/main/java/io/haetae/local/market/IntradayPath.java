package io.haetae.local.market;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.market.DailyRow;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/**
 * The way of a price through its day: from the open straight to one of the day's extremes, to the other, to the close.
 * Which comes first, and when, hangs on symbol and date alone; prices between lie on the tick grid; volume flows faster
 * early in the day. At the close everything equals the day's row.
 */
final class IntradayPath {

    private final TradingCalendar calendar;
    private final NavigableSet<LocalDate> sessions;

    /** @param sessions those the market has rows of */
    IntradayPath(TradingCalendar calendar, NavigableSet<LocalDate> sessions) {
        this.calendar = calendar;
        this.sessions = sessions;
    }

    /** The session a quote at {@code at} is about; null before the first. */
    @Nullable
    LocalDate shown(Instant at) {
        LocalDate date = calendar.dateAt(at);
        if (sessions.contains(date)
                && calendar.session(date)
                        .filter(hours -> !at.isBefore(hours.orderAcceptance()))
                        .isPresent()) {
            return date;
        }
        return sessions.lower(date);
    }

    /**
     * The row as far as it has come.
     *
     * @param lowFirst of a hundred symbols, how many see the day's low before its high
     */
    Moment at(Instant at, LocalDate session, DailyRow row, long upper, long lower, boolean halted, int lowFirst) {
        Session hours = calendar.session(session).orElseThrow();
        boolean open = hours.isOpen(at) && at.isBefore(hours.close());
        long base = row.base();
        if (at.isBefore(hours.open()) || !row.traded()) {
            return new Moment(session, row, base, 0, 0, 0, 0, 0, base, upper, lower, halted, open);
        }
        if (!at.isBefore(hours.close())) {
            return new Moment(
                    session,
                    row,
                    row.close(),
                    row.open(),
                    row.high(),
                    row.low(),
                    row.volume(),
                    row.value(),
                    base,
                    upper,
                    lower,
                    halted,
                    false);
        }
        // Prices move with the minute: a run that is repeated after a kill asks a little earlier or later, and sees the
        // same.
        double passed = (double) Duration.between(hours.open(), at.truncatedTo(ChronoUnit.MINUTES))
                        .toMillis()
                / Duration.between(hours.open(), hours.close()).toMillis();
        return along(passed, session, row, upper, lower, halted, lowFirst);
    }

    private static Moment along(
            double passed, LocalDate session, DailyRow row, long upper, long lower, boolean halted, int lowFirst) {
        long dice = Rng.mix(Rng.hash(row.symbol()), session.toEpochDay());
        boolean low = Math.floorMod(dice >>> 8, 100) < lowFirst;
        double first = 0.04 + 0.30 * ((dice >>> 20 & 0xFFF) / 4096.0);
        double second = 0.45 + 0.45 * ((dice >>> 36 & 0xFFF) / 4096.0);
        long[] prices = {row.open(), low ? row.low() : row.high(), low ? row.high() : row.low(), row.close()};
        double[] times = {0, first, second, 1};
        TickGrid grid = TickGrid.of(row.market(), session);

        int leg = passed < first ? 0 : passed < second ? 1 : 2;
        double within = (passed - times[leg]) / (times[leg + 1] - times[leg]);
        long last = between(grid, prices[leg], prices[leg + 1], within);
        long high = Math.max(last, row.open());
        long deep = Math.min(last, row.open());
        for (int knot = 1; knot <= leg; knot++) {
            high = Math.max(high, prices[knot]);
            deep = Math.min(deep, prices[knot]);
        }
        double flow = 0.03 + 0.97 * (0.6 * passed + 0.4 * Math.sqrt(passed));
        long volume = Math.clamp((long) (row.volume() * flow), 1, row.volume());
        long value = (long) (row.value() * ((double) volume / row.volume()));
        return new Moment(
                session, row, last, row.open(), high, deep, volume, value, row.base(), upper, lower, halted, true);
    }

    private static long between(TickGrid grid, long from, long to, double within) {
        long exact = from + Math.round((to - from) * within);
        return Math.clamp(grid.down(exact), Math.min(from, to), Math.max(from, to));
    }
}
