package io.haetae.functions;

import io.haetae.indicator.IndicatorSnapshots;
import io.haetae.job.InputRevisions;
import io.haetae.job.JobName;
import io.haetae.market.Coverage;
import io.haetae.market.MarketData;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Revisions of the derived jobs' inputs: the rows in force for indicators, the indicators for the watchlist. */
final class MarketInputs implements InputRevisions {

    /** Longer than any stretch without a session. */
    private static final int DAYS_BACK = 45;

    private final MarketData market;
    private final IndicatorSnapshots indicators;

    MarketInputs(MarketData market, IndicatorSnapshots indicators) {
        this.market = market;
        this.indicators = indicators;
    }

    @Override
    public Optional<String> revision(JobName job, LocalDate session) {
        return switch (job) {
            case INDICATOR_CALCULATION -> market.coverage(session).map(Coverage::inputs);
            case WATCHLIST_UPDATE -> indicators.revision(session);
            case DATA_COLLECTION,
                    DATA_CATCHUP,
                    CALENDAR_REFRESH,
                    STATEMENT_COLLECTION,
                    SIGNAL_GENERATION,
                    POSITION_MONITORING,
                    RISK_CHECKS,
                    SAXO_CYCLE,
                    SAXO_TOKEN -> Optional.empty();
        };
    }

    @Override
    public Optional<LocalDate> newestComplete(LocalDate date) {
        List<Coverage> stored = market.coverage(date.minusDays(DAYS_BACK), date);
        return stored.reversed().stream()
                .filter(Coverage::complete)
                .map(Coverage::session)
                .findFirst();
    }
}
