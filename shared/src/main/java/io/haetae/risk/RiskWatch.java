package io.haetae.risk;

import io.haetae.market.InstrumentId;
import io.haetae.portfolio.Account;
import io.haetae.portfolio.Position;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Measures an account, keeps what it measured, and halts trading when too much of the capital is lost. */
public final class RiskWatch {

    private final RiskMetricsStore store;
    private final TradingStates states;
    private final RiskLimits limits;

    public RiskWatch(RiskMetricsStore store, TradingStates states, RiskLimits limits) {
        this.store = store;
        this.states = states;
        this.limits = limits;
    }

    public RiskLimits limits() {
        return limits;
    }

    /**
     * How an account stands.
     *
     * @param haltedNow this reading is what halted it
     * @param liquidate everything held is to be sold
     */
    public record Reading(
            RiskMetrics metrics,
            TradingStates.Standing standing,
            RiskStatus status,
            List<Breach> warnings,
            boolean haltedNow,
            boolean liquidate) {

        /** One line for people; money in whole units of the currency. */
        public String line() {
            StringBuilder line = new StringBuilder(String.format(
                    Locale.ROOT,
                    "%s, trading %s: total %,.0f (cash %,.0f), day %+,.0f, drawdown %.2f %%, loss from initial %.2f %%, %d positions",
                    status,
                    standing.state(),
                    metrics.total(),
                    metrics.cash(),
                    metrics.dailyProfit(),
                    metrics.drawdownPct(),
                    metrics.lossFromInitialPct(),
                    metrics.positions()));
            warnings.forEach(warning -> line.append("; ").append(warning));
            return line.toString();
        }
    }

    /**
     * Measures without keeping or halting anything.
     *
     * @param day the account's calendar date
     * @param prices of everything held
     * @throws IllegalArgumentException when a held instrument has no price: it is not worth zero
     */
    public Reading read(Account account, LocalDate day, Instant at, Map<InstrumentId, BigDecimal> prices) {
        return reading(measure(account, day, at, prices), states.get(account.id()), false);
    }

    /**
     * Measures, raises HALTED when the loss asks for it, and keeps the row. The halt comes first: a crash after it loses
     * a row, never a halt.
     *
     * @param by the job that looks
     */
    public Reading check(Account account, LocalDate day, Instant at, Map<InstrumentId, BigDecimal> prices, String by) {
        RiskMetrics metrics = measure(account, day, at, prices);
        TradingStates.Standing standing = states.get(account.id());
        boolean haltedNow = false;
        if (standing.state() != TradingState.HALTED) {
            Optional<Breach> halt = limits.halt(metrics);
            if (halt.isPresent()) {
                standing = states.raise(
                        account.id(), TradingState.HALTED, by, halt.get().toString(), at);
                haltedNow = true;
            }
        }
        RiskMetrics row = limits.accepting(metrics, standing.state());
        store.put(row);
        return reading(row, standing, haltedNow);
    }

    private Reading reading(RiskMetrics metrics, TradingStates.Standing standing, boolean haltedNow) {
        return new Reading(
                metrics,
                standing,
                limits.status(metrics, standing.state()),
                limits.warnings(metrics),
                haltedNow,
                standing.state() == TradingState.HALTED && limits.liquidates(metrics));
    }

    private RiskMetrics measure(Account account, LocalDate day, Instant at, Map<InstrumentId, BigDecimal> prices) {
        Map<String, BigDecimal> values = new TreeMap<>();
        for (Position position : Books.held(account)) {
            BigDecimal price = prices.get(position.instrument());
            if (price == null) {
                throw new IllegalArgumentException(position.instrument() + " has no price");
            }
            values.put(position.instrument().code(), price.multiply(position.held()));
        }
        return RiskMetrics.measure(
                account.id(),
                day,
                at,
                store.newest(account.id()),
                account.cash().initialCapital(),
                account.cash().balance(),
                values);
    }
}
