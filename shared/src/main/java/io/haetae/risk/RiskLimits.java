package io.haetae.risk;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an account may risk. Limits block entries only; none of them is ever asked about an exit.
 *
 * @param maxPositions most positions held at once
 * @param maxPositionSizePct percent of the portfolio one instrument may be
 * @param maxDrawdownPct drawdown from which no entry passes
 * @param maxLossPct loss from the initial capital from which no entry passes
 * @param haltLossPct loss from the initial capital from which trading is halted and everything is sold
 * @param maxDailyLossPct loss since the day began from which no entry passes
 */
public record RiskLimits(
        int maxPositions,
        BigDecimal maxPositionSizePct,
        BigDecimal maxDrawdownPct,
        BigDecimal maxLossPct,
        BigDecimal haltLossPct,
        BigDecimal maxDailyLossPct) {

    /** From this share of a limit on, the account's status is a warning. */
    private static final BigDecimal WARNING_SHARE = new BigDecimal("0.8");

    /** How much further, in percent of the initial capital, a loss that a person accepted must grow to halt again. */
    private static final BigDecimal FURTHER = BigDecimal.ONE;

    /** Drawdown and loss block entries from 25 %, a loss of 28 % halts; the rest is a person's setting. */
    public static RiskLimits standard(int maxPositions, BigDecimal maxPositionSizePct, BigDecimal maxDailyLossPct) {
        return new RiskLimits(
                maxPositions,
                maxPositionSizePct,
                BigDecimal.valueOf(25),
                BigDecimal.valueOf(25),
                BigDecimal.valueOf(28),
                maxDailyLossPct);
    }

    /**
     * The first limit that an entry would break.
     *
     * @param taken instruments held or bid for, without the one to be entered
     * @param existing market value held of the instrument, and bid for it
     * @param added value of the entry
     */
    public Optional<Breach> onEntry(RiskMetrics metrics, int taken, BigDecimal existing, BigDecimal added) {
        return standing(metrics).or(() -> {
            if (taken >= maxPositions) {
                return Optional.of(breach(Limit.POSITION_COUNT, BigDecimal.valueOf(maxPositions), taken + 1L));
            }
            BigDecimal size = RiskMetrics.percent(existing.add(added), metrics.total());
            return metrics.total().signum() <= 0 || size.compareTo(maxPositionSizePct) > 0
                    ? Optional.of(new Breach(Limit.POSITION_SIZE, maxPositionSizePct, size))
                    : Optional.empty();
        });
    }

    /** The first limit that blocks every entry as the account stands. */
    public Optional<Breach> standing(RiskMetrics metrics) {
        return reached(Limit.TOTAL_LOSS, maxLossPct, metrics.lossFromInitialPct())
                .or(() -> reached(Limit.DRAWDOWN, maxDrawdownPct, metrics.drawdownPct()))
                .or(() -> reached(Limit.DAILY_LOSS, maxDailyLossPct, metrics.dailyLossPct()));
    }

    /**
     * The breach for which trading must be halted. A loss that stood when a person resumed is accepted; one that has
     * grown by another percent is not.
     */
    public Optional<Breach> halt(RiskMetrics metrics) {
        BigDecimal accepted = metrics.acceptedLossPct();
        BigDecimal threshold = accepted.compareTo(haltLossPct) < 0 ? haltLossPct : accepted.add(FURTHER);
        return reached(Limit.TOTAL_LOSS, threshold, metrics.lossFromInitialPct());
    }

    /** The loss is one for which everything is sold, as long as the account is halted. */
    public boolean liquidates(RiskMetrics metrics) {
        return metrics.lossFromInitialPct().compareTo(haltLossPct) >= 0;
    }

    /**
     * The row with what a person would accept by resuming. It follows the loss of a halted account, stays while a resumed
     * one has not recovered, and is forgotten once it has.
     */
    RiskMetrics accepting(RiskMetrics metrics, TradingState state) {
        if (state == TradingState.HALTED) {
            return metrics.accepting(metrics.lossFromInitialPct());
        }
        return liquidates(metrics) ? metrics : metrics.accepting(BigDecimal.ZERO);
    }

    /** Everything that stands at 80 % of its limit or beyond. */
    public List<Breach> warnings(RiskMetrics metrics) {
        List<Breach> warnings = new ArrayList<>();
        near(Limit.TOTAL_LOSS, haltLossPct, metrics.lossFromInitialPct()).ifPresent(warnings::add);
        near(Limit.DRAWDOWN, maxDrawdownPct, metrics.drawdownPct()).ifPresent(warnings::add);
        near(Limit.DAILY_LOSS, maxDailyLossPct, metrics.dailyLossPct()).ifPresent(warnings::add);
        near(Limit.POSITION_COUNT, BigDecimal.valueOf(maxPositions), BigDecimal.valueOf(metrics.positions()))
                .ifPresent(warnings::add);
        near(Limit.POSITION_SIZE, maxPositionSizePct, metrics.largestPct()).ifPresent(warnings::add);
        return List.copyOf(warnings);
    }

    /** A halt is a halt, whatever warns beside it. */
    public RiskStatus status(RiskMetrics metrics, TradingState state) {
        if (state == TradingState.HALTED) {
            return RiskStatus.HALTED;
        }
        return warnings(metrics).isEmpty() ? RiskStatus.OK : RiskStatus.WARNING;
    }

    private static Optional<Breach> reached(Limit limit, BigDecimal allowed, BigDecimal actual) {
        return actual.compareTo(allowed) >= 0 ? Optional.of(new Breach(limit, allowed, actual)) : Optional.empty();
    }

    private static Optional<Breach> near(Limit limit, BigDecimal allowed, BigDecimal actual) {
        return actual.compareTo(allowed.multiply(WARNING_SHARE)) >= 0
                ? Optional.of(new Breach(limit, allowed, actual))
                : Optional.empty();
    }

    private static Breach breach(Limit limit, BigDecimal allowed, long actual) {
        return new Breach(limit, allowed, BigDecimal.valueOf(actual));
    }
}
