package io.haetae.local.saxo;

import io.haetae.local.saxo.SimulatedInstrument.Hours;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prices that depend on seed, instrument and moment alone, whatever was asked before: an hourly walk that returns to a
 * level, with smaller moves between. Not safe for use by several threads.
 */
final class SaxoMarket {

    static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    private static final LocalDate FIRST_DAY = LocalDate.of(2009, 1, 1);
    private static final Instant FIRST_HOUR = Instant.parse("2009-01-01T00:00:00Z");
    private static final LocalTime US_OPEN = LocalTime.of(9, 30);
    private static final LocalTime US_CLOSE = LocalTime.of(16, 0);
    private static final LocalTime FX_OPEN = LocalTime.of(17, 4);
    private static final LocalTime FX_CLOSE = LocalTime.of(16, 59);

    /** Boundaries of a stock session's walk: 9:30, 10:30, …, 15:30, 16:00. */
    private static final int NODES_A_SESSION = 8;

    /** Share of the distance to its level that the walk gives up in a step: keeps years of it plausible. */
    private static final double RETURN = 0.004;

    /** A stretch of an instrument's day, {@code end} exclusive. */
    record Stretch(Instant start, Instant end, String state) {}

    private final long seed;
    private final Map<Long, double[]> walks = new HashMap<>();
    private final Map<Long, Integer> walked = new HashMap<>();

    SaxoMarket(long seed) {
        this.seed = seed;
    }

    /** The trading stretch of that date in New York; empty list on days without one. */
    private static List<Stretch> trading(Hours hours, LocalDate date) {
        return switch (hours) {
            case AROUND_THE_CLOCK ->
                isWeekend(date)
                        ? List.of()
                        : List.of(stretch(date.minusDays(1), FX_OPEN, date, FX_CLOSE, "AutomatedTrading"));
            case US_STOCKS ->
                isUsSession(date) ? List.of(stretch(date, US_OPEN, date, US_CLOSE, "AutomatedTrading")) : List.of();
        };
    }

    private static Stretch stretch(LocalDate from, LocalTime start, LocalDate to, LocalTime end, String state) {
        return new Stretch(
                from.atTime(start).atZone(NEW_YORK).toInstant(),
                to.atTime(end).atZone(NEW_YORK).toInstant(),
                state);
    }

    private static boolean isWeekend(LocalDate date) {
        return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
    }

    /** Only the holidays with a fixed date: enough for a simulated exchange. */
    private static boolean isUsSession(LocalDate date) {
        MonthDay day = MonthDay.from(date);
        return !isWeekend(date)
                && !day.equals(MonthDay.of(1, 1))
                && !day.equals(MonthDay.of(7, 4))
                && !day.equals(MonthDay.of(12, 25));
    }

    /** Trading and closed stretches from the day before to three days after, without gaps. */
    List<Stretch> schedule(SimulatedInstrument instrument, Instant around) {
        LocalDate today = LocalDate.ofInstant(around, NEW_YORK);
        List<Stretch> schedule = new ArrayList<>();
        Instant reached = today.minusDays(1).atStartOfDay(NEW_YORK).toInstant();
        for (int day = -1; day <= 4; day++) {
            for (Stretch open : trading(instrument.hours(), today.plusDays(day))) {
                if (open.start().isAfter(reached)) {
                    schedule.add(new Stretch(reached, open.start(), "Closed"));
                }
                schedule.add(open);
                reached = open.end();
            }
        }
        Instant end = today.plusDays(5).atStartOfDay(NEW_YORK).toInstant();
        if (end.isAfter(reached)) {
            schedule.add(new Stretch(reached, end, "Closed"));
        }
        return schedule;
    }

    boolean isOpen(SimulatedInstrument instrument, Instant moment) {
        LocalDate date = LocalDate.ofInstant(moment, NEW_YORK);
        for (int day = 0; day <= 1; day++) {
            for (Stretch open : trading(instrument.hours(), date.plusDays(day))) {
                if (!moment.isBefore(open.start()) && moment.isBefore(open.end())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** {@code moment} when the market is open, else the end of the newest trading before it. */
    Instant lastTrading(SimulatedInstrument instrument, Instant moment) {
        if (isOpen(instrument, moment)) {
            return moment;
        }
        LocalDate date = LocalDate.ofInstant(moment, NEW_YORK).plusDays(1);
        while (true) {
            for (Stretch open : trading(instrument.hours(), date)) {
                if (!open.end().isAfter(moment)) {
                    return open.end();
                }
            }
            date = date.minusDays(1);
        }
    }

    /** Start of the newest trading stretch at or before {@code moment}. */
    Instant sessionStart(SimulatedInstrument instrument, Instant moment) {
        LocalDate date = LocalDate.ofInstant(moment, NEW_YORK).plusDays(1);
        while (true) {
            for (Stretch open : trading(instrument.hours(), date)) {
                if (!open.start().isAfter(moment)) {
                    return open.start();
                }
            }
            date = date.minusDays(1);
        }
    }

    /** The middle price then, or the last one before when the market was closed. */
    BigDecimal middle(SimulatedInstrument instrument, Instant moment) {
        Instant at = lastTrading(instrument, moment).truncatedTo(ChronoUnit.MINUTES);
        double log =
                switch (instrument.hours()) {
                    case AROUND_THE_CLOCK -> {
                        long seconds = Duration.between(FIRST_HOUR, at).toSeconds();
                        yield between(
                                instrument, Math.toIntExact(seconds / 3600), (seconds % 3600) / 3600.0, seconds / 300);
                    }
                    case US_STOCKS -> {
                        LocalDate date = LocalDate.ofInstant(at, NEW_YORK);
                        long minutes = Duration.between(
                                        date.atTime(US_OPEN).atZone(NEW_YORK).toInstant(), at)
                                .toMinutes();
                        int node = (int) Math.min(minutes / 60, NODES_A_SESSION - 1);
                        double length = node == NODES_A_SESSION - 2 ? 30 : 60;
                        long day = weekdaysSinceFirst(date);
                        yield between(
                                instrument,
                                Math.toIntExact(day * NODES_A_SESSION + node),
                                node == NODES_A_SESSION - 1 ? 0 : (minutes - node * 60L) / length,
                                day * 100 + minutes / 5);
                    }
                };
        double price = instrument.level().doubleValue() * StrictMath.exp(log);
        return BigDecimal.valueOf(price).setScale(instrument.decimals(), RoundingMode.HALF_EVEN);
    }

    private double between(SimulatedInstrument instrument, int node, double part, long fiveMinutes) {
        double[] walk = walk(instrument, node + 1);
        double straight = walk[node] + (walk[node + 1] - walk[node]) * part;
        double wiggle = noise(instrument.uic(), 2, fiveMinutes) * instrument.stepPercent() / 400;
        return straight + wiggle * 4 * part * (1 - part);
    }

    private double[] walk(SimulatedInstrument instrument, int upTo) {
        double[] walk = walks.computeIfAbsent(instrument.uic(), _ -> new double[1024]);
        int known = walked.getOrDefault(instrument.uic(), 0);
        if (upTo > known) {
            if (upTo >= walk.length) {
                walk = Arrays.copyOf(walk, Math.max(upTo + 1, walk.length * 2));
                walks.put(instrument.uic(), walk);
            }
            for (int node = known; node < upTo; node++) {
                walk[node + 1] =
                        walk[node] * (1 - RETURN) + noise(instrument.uic(), 1, node) * instrument.stepPercent() / 100;
            }
            walked.put(instrument.uic(), upTo);
        }
        return walk;
    }

    private static long weekdaysSinceFirst(LocalDate date) {
        long days = ChronoUnit.DAYS.between(FIRST_DAY, date);
        // FIRST_DAY is a Thursday: day 4 is the first Monday.
        long weeks = Math.floorDiv(days + 3, 7);
        long day = Math.floorMod(days + 3, 7);
        return weeks * 5 + Math.min(day, 5) - 3;
    }

    /** Near a normal distribution with deviation 1: the sum of four even ones, scaled. */
    private double noise(long uic, long kind, long index) {
        long hash = mix(mix(mix(seed) ^ uic * 0x9E3779B97F4A7C15L) ^ kind * 0xD1B54A32D192ED03L) ^ index;
        double sum = 0;
        for (int part = 0; part < 4; part++) {
            hash = mix(hash + 0x9E3779B97F4A7C15L);
            sum += (hash >>> 11) * 0x1.0p-53;
        }
        return (sum - 2) * 1.7320508075688772;
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** A bar of middle prices; the last one of a chart may still form. */
    record MiddleBar(
            Instant start, boolean closed, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close) {}

    /** Starts of the newest {@code count} bars at or before {@code now}, oldest first. */
    List<Instant> barStarts(SimulatedInstrument instrument, Duration horizon, int count, Instant now) {
        List<Instant> starts = new ArrayList<>();
        switch (instrument.hours()) {
            case AROUND_THE_CLOCK -> {
                long length = horizon.toSeconds();
                Instant start = Instant.ofEpochSecond(now.getEpochSecond() / length * length);
                while (starts.size() < count && start.isAfter(FIRST_HOUR)) {
                    Instant end = start.plus(horizon);
                    if ((isOpen(instrument, start) || isOpen(instrument, end.minusSeconds(60)))
                            && !sessionOpensAfter(instrument, start, end, now)) {
                        starts.add(start);
                    }
                    start = start.minus(horizon);
                }
            }
            case US_STOCKS -> {
                LocalDate date = LocalDate.ofInstant(now, NEW_YORK);
                while (starts.size() < count && date.isAfter(FIRST_DAY)) {
                    for (Stretch session : trading(instrument.hours(), date)) {
                        long bars = (Duration.between(session.start(), session.end())
                                                .toSeconds()
                                        - 1)
                                / horizon.toSeconds();
                        for (long bar = bars; bar >= 0 && starts.size() < count; bar--) {
                            Instant start = session.start().plus(horizon.multipliedBy(bar));
                            if (!start.isAfter(now)) {
                                starts.add(start);
                            }
                        }
                    }
                    date = date.minusDays(1);
                }
            }
        }
        return starts.reversed();
    }

    /** The forming bar is not there before its first price. */
    private boolean sessionOpensAfter(SimulatedInstrument instrument, Instant start, Instant end, Instant now) {
        return !isOpen(instrument, start) && end.isAfter(now) && !isOpen(instrument, now);
    }

    MiddleBar bar(SimulatedInstrument instrument, Instant start, Duration horizon, Instant now) {
        Instant end = start.plus(horizon);
        boolean closed = !end.isAfter(now);
        Instant last = closed ? end : now;
        Duration step = horizon.compareTo(Duration.ofMinutes(60)) < 0 ? Duration.ofMinutes(1) : Duration.ofMinutes(10);
        BigDecimal open = middle(instrument, start);
        BigDecimal close = middle(instrument, last);
        BigDecimal high = open.max(close);
        BigDecimal low = open.min(close);
        for (Instant at = start.plus(step); at.isBefore(last); at = at.plus(step)) {
            BigDecimal price = middle(instrument, at);
            high = high.max(price);
            low = low.min(price);
        }
        return new MiddleBar(start, closed, open, high, low, close);
    }
}
