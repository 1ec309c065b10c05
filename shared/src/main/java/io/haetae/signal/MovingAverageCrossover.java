package io.haetae.signal;

import io.haetae.market.Bar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Buys when the short moving average of closes rises above the long one, sells when it falls below. Touching is not
 * crossing: the averages must stand on the other side after the bar than before it, or have been equal before it.
 *
 * <p>Looks only at bars that are closed at the decision, so the same bar always gives the same decision. Averages are
 * compared exactly, without rounding, because currency pairs differ in the fifth decimal.
 *
 * @param shortWindow bars, at least 1, below {@code longWindow}
 * @param longWindow bars
 * @param horizon length of a bar
 * @param thresholdBps least distance of the averages after the crossing, in hundredths of a percent of the long one; 0
 *     asks for none
 * @param cooldownBars bar lengths that must pass after a signal before the next one; 0 asks for none
 */
public record MovingAverageCrossover(
        int shortWindow, int longWindow, Duration horizon, int thresholdBps, int cooldownBars) {

    /** Bars older than this many horizons say nothing of now. */
    private static final int STALE_AFTER_HORIZONS = 5;

    private static final BigDecimal BPS = BigDecimal.valueOf(10_000);

    public MovingAverageCrossover {
        if (shortWindow < 1 || shortWindow >= longWindow) {
            throw new IllegalArgumentException(
                    "the short window (" + shortWindow + ") must be from 1 to below the long one (" + longWindow + ")");
        }
        if (!horizon.isPositive() || thresholdBps < 0 || cooldownBars < 0) {
            throw new IllegalArgumentException("horizon must be positive, threshold and cooldown not negative");
        }
    }

    /** 5 over 20 bars of an hour, no threshold, no cooldown. */
    public static MovingAverageCrossover standard() {
        return new MovingAverageCrossover(5, 20, Duration.ofMinutes(60), 0, 0);
    }

    /** Names strategy and parameters in ids and records. */
    public String name() {
        return "ma-" + shortWindow + "-" + longWindow + "-" + horizon.toMinutes() + "m";
    }

    /** Closed bars a decision needs: the long window now and one bar before. */
    public int barsNeeded() {
        return longWindow + 1;
    }

    public enum Action {
        BUY,
        SELL,
        HOLD
    }

    /** Why, in the words that logs and records use. */
    public enum Reason {
        SIG_INSUFFICIENT_CLOSED_BARS,
        SIG_STALE_BARS,
        SIG_CROSSOVER_UP,
        SIG_CROSSOVER_DOWN,
        SIG_BELOW_THRESHOLD,
        SIG_COOLDOWN_ACTIVE,
        SIG_NO_CROSSOVER
    }

    /**
     * @param barEnd end of the newest closed bar, the cause of what follows from a signal; empty when there is none
     * @param close of that bar
     * @param shortAverage after that bar, to ten decimals, for people
     * @param longAverage after that bar, to ten decimals, for people
     */
    public record Decision(
            Action action,
            Reason reason,
            Optional<Instant> barEnd,
            Optional<BigDecimal> close,
            Optional<BigDecimal> shortAverage,
            Optional<BigDecimal> longAverage) {}

    /**
     * @param bars in any order; bars not closed at {@code decisionTime} are left out; of two with one start the later
     *     in the list holds
     * @param lastSignal end of the bar of the last BUY or SELL on this instrument, empty when there was none
     */
    public Decision decide(List<Bar> bars, Instant decisionTime, Optional<Instant> lastSignal) {
        List<Bar> closed = closedBars(bars, decisionTime);
        if (closed.isEmpty()) {
            return new Decision(
                    Action.HOLD,
                    Reason.SIG_INSUFFICIENT_CLOSED_BARS,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
        Bar last = closed.getLast();
        if (closed.size() < barsNeeded()) {
            return hold(last, Reason.SIG_INSUFFICIENT_CLOSED_BARS);
        }
        if (last.end().plus(horizon.multipliedBy(STALE_AFTER_HORIZONS)).isBefore(decisionTime)) {
            return hold(last, Reason.SIG_STALE_BARS);
        }
        BigDecimal shortSum = sum(closed, shortWindow, 0);
        BigDecimal longSum = sum(closed, longWindow, 0);
        int now = compareAverages(shortSum, longSum);
        int before = compareAverages(sum(closed, shortWindow, 1), sum(closed, longWindow, 1));
        Action action;
        Reason reason;
        if (before <= 0 && now > 0) {
            action = Action.BUY;
            reason = Reason.SIG_CROSSOVER_UP;
        } else if (before >= 0 && now < 0) {
            action = Action.SELL;
            reason = Reason.SIG_CROSSOVER_DOWN;
        } else {
            action = Action.HOLD;
            reason = Reason.SIG_NO_CROSSOVER;
        }
        if (action != Action.HOLD && !reachesThreshold(shortSum, longSum)) {
            action = Action.HOLD;
            reason = Reason.SIG_BELOW_THRESHOLD;
        }
        if (action != Action.HOLD && coolingDown(last, lastSignal)) {
            action = Action.HOLD;
            reason = Reason.SIG_COOLDOWN_ACTIVE;
        }
        return new Decision(
                action,
                reason,
                Optional.of(last.end()),
                Optional.of(last.close()),
                Optional.of(average(shortSum, shortWindow)),
                Optional.of(average(longSum, longWindow)));
    }

    private static Decision hold(Bar last, Reason reason) {
        return new Decision(
                Action.HOLD,
                reason,
                Optional.of(last.end()),
                Optional.of(last.close()),
                Optional.empty(),
                Optional.empty());
    }

    private static List<Bar> closedBars(List<Bar> bars, Instant decisionTime) {
        List<Bar> sorted = new ArrayList<>();
        for (Bar bar : bars) {
            if (bar.closedAt(decisionTime)) {
                sorted.add(bar);
            }
        }
        sorted.sort(Comparator.comparing(Bar::start));
        List<Bar> distinct = new ArrayList<>();
        for (Bar bar : sorted) {
            if (!distinct.isEmpty() && distinct.getLast().start().equals(bar.start())) {
                distinct.removeLast();
            }
            distinct.add(bar);
        }
        return distinct;
    }

    private static BigDecimal sum(List<Bar> bars, int window, int skip) {
        BigDecimal sum = BigDecimal.ZERO;
        int end = bars.size() - skip;
        for (Bar bar : bars.subList(end - window, end)) {
            sum = sum.add(bar.close());
        }
        return sum;
    }

    /** Sign of short average − long average, with no division. */
    private int compareAverages(BigDecimal shortSum, BigDecimal longSum) {
        return shortSum.multiply(BigDecimal.valueOf(longWindow))
                .compareTo(longSum.multiply(BigDecimal.valueOf(shortWindow)));
    }

    private boolean reachesThreshold(BigDecimal shortSum, BigDecimal longSum) {
        BigDecimal scaledShort = shortSum.multiply(BigDecimal.valueOf(longWindow));
        BigDecimal scaledLong = longSum.multiply(BigDecimal.valueOf(shortWindow));
        return scaledShort
                        .subtract(scaledLong)
                        .abs()
                        .multiply(BPS)
                        .compareTo(scaledLong.abs().multiply(BigDecimal.valueOf(thresholdBps)))
                >= 0;
    }

    private boolean coolingDown(Bar last, Optional<Instant> lastSignal) {
        return cooldownBars > 0
                && lastSignal.isPresent()
                && lastSignal.get().isBefore(last.end())
                && last.end().isBefore(lastSignal.get().plus(horizon.multipliedBy(cooldownBars)));
    }

    private static BigDecimal average(BigDecimal sum, int window) {
        return sum.divide(BigDecimal.valueOf(window), 10, RoundingMode.HALF_EVEN);
    }
}
