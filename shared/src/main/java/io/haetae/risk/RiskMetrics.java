package io.haetae.risk;

import io.haetae.portfolio.AccountId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How an account stood at one moment. Money in the account's currency, shares of the whole in percent, floored at
 * the fourth decimal, so that a limit is reached exactly when the figure shown reaches it.
 *
 * @param day the account's calendar date, which daily figures are counted by
 * @param total cash and the market value of positions
 * @param peak the highest total ever seen; never falls
 * @param initial the capital the book began with
 * @param dayBase the total when the day began: that of the last row of an earlier day
 * @param drawdownPct how far the total is below the peak
 * @param maxDrawdownPct the largest drawdown ever seen; never falls
 * @param lossFromInitialPct how much of the initial capital is lost; 0 when none is
 * @param largest the instrument with the largest market value, empty without positions
 * @param largestPct its share of the total
 * @param exposurePct invested share of the total
 * @param positions how many are held
 * @param acceptedLossPct the loss from initial as it stood when trading was last halted; 0 when it never was. A person
 *     who resumes accepts it: only a larger loss halts again
 */
public record RiskMetrics(
        AccountId account,
        LocalDate day,
        Instant at,
        BigDecimal total,
        BigDecimal cash,
        BigDecimal invested,
        BigDecimal peak,
        BigDecimal initial,
        BigDecimal dayBase,
        BigDecimal dailyProfit,
        BigDecimal drawdownPct,
        BigDecimal maxDrawdownPct,
        BigDecimal lossFromInitialPct,
        Optional<String> largest,
        BigDecimal largestPct,
        BigDecimal exposurePct,
        int positions,
        BigDecimal acceptedLossPct) {

    /**
     * Measures an account.
     *
     * @param previous the row before this one, whose peak, worst drawdown and day's beginning go on; empty for a new book
     * @param initial capital the book began with, above 0
     * @param values market value of each position by instrument, an empty map for an empty portfolio
     */
    public static RiskMetrics measure(
            AccountId account,
            LocalDate day,
            Instant at,
            Optional<RiskMetrics> previous,
            BigDecimal initial,
            BigDecimal cash,
            Map<String, BigDecimal> values) {
        if (initial.signum() <= 0) {
            throw new IllegalArgumentException("an initial capital of " + initial + " measures no loss");
        }
        BigDecimal invested = BigDecimal.ZERO;
        Optional<String> largest = Optional.empty();
        BigDecimal largestValue = BigDecimal.ZERO;
        for (Map.Entry<String, BigDecimal> position : new TreeMap<>(values).entrySet()) {
            invested = invested.add(position.getValue());
            if (position.getValue().compareTo(largestValue) > 0) {
                largest = Optional.of(position.getKey());
                largestValue = position.getValue();
            }
        }
        BigDecimal total = cash.add(invested);
        BigDecimal peak = previous.map(RiskMetrics::peak).orElse(initial).max(total);
        BigDecimal dayBase = previous.map(row -> row.day().isBefore(day) ? row.total() : row.dayBase())
                .orElse(initial);
        BigDecimal drawdown = percent(peak.subtract(total), peak);
        return new RiskMetrics(
                account,
                day,
                at,
                total,
                cash,
                invested,
                peak,
                initial,
                dayBase,
                total.subtract(dayBase),
                drawdown,
                previous.map(RiskMetrics::maxDrawdownPct)
                        .orElse(BigDecimal.ZERO)
                        .max(drawdown),
                percent(initial.subtract(total), initial).max(BigDecimal.ZERO),
                largest,
                percent(largestValue, total),
                percent(invested, total),
                values.size(),
                previous.map(RiskMetrics::acceptedLossPct).orElse(BigDecimal.ZERO));
    }

    /**
     * The same row, with the peak and the worst drawdown of another that was kept since this one was measured: two passes
     * at once do not know of each other.
     */
    public RiskMetrics following(RiskMetrics kept) {
        BigDecimal higher = peak.max(kept.peak());
        BigDecimal below = percent(higher.subtract(total), higher);
        return new RiskMetrics(
                account,
                day,
                at,
                total,
                cash,
                invested,
                higher,
                initial,
                dayBase,
                dailyProfit,
                below,
                maxDrawdownPct.max(kept.maxDrawdownPct()).max(below),
                lossFromInitialPct,
                largest,
                largestPct,
                exposurePct,
                positions,
                acceptedLossPct);
    }

    /** The same row with another accepted loss, percent. */
    RiskMetrics accepting(BigDecimal lossPct) {
        return new RiskMetrics(
                account,
                day,
                at,
                total,
                cash,
                invested,
                peak,
                initial,
                dayBase,
                dailyProfit,
                drawdownPct,
                maxDrawdownPct,
                lossFromInitialPct,
                largest,
                largestPct,
                exposurePct,
                positions,
                lossPct);
    }

    /** What the day lost so far, percent of what it began with; 0 when nothing. */
    public BigDecimal dailyLossPct() {
        return percent(dailyProfit.negate(), dayBase).max(BigDecimal.ZERO);
    }

    /** {@code part} as percent of {@code whole}; 0 when there is no whole to measure by. */
    static BigDecimal percent(BigDecimal part, BigDecimal whole) {
        return whole.signum() <= 0 ? BigDecimal.ZERO : part.movePointRight(2).divide(whole, 4, RoundingMode.FLOOR);
    }
}
