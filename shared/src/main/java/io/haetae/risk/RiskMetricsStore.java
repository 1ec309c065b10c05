package io.haetae.risk;

import io.haetae.portfolio.AccountId;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The port that keeps risk metrics: one row a pass, and the newest row apart, which carries peak and baselines on. */
public interface RiskMetricsStore {

    /**
     * Keeps the row. A row of the same moment is replaced, one older than the newest is kept but does not become the
     * newest: a peak never falls because two passes ran at once.
     */
    void put(RiskMetrics metrics);

    Optional<RiskMetrics> newest(AccountId account);

    /** The rows of one day, oldest first. */
    List<RiskMetrics> day(AccountId account, LocalDate day);
}
