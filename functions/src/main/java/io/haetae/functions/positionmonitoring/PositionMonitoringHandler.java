package io.haetae.functions.positionmonitoring;

import io.haetae.functions.Graph;
import io.haetae.functions.Platform;
import io.haetae.functions.TradingHandler;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.kis.KisKeys;
import io.haetae.market.Venue;
import java.util.Optional;

/** {@code PositionMonitoring}: working orders and exits are followed while the market is open. */
public final class PositionMonitoringHandler extends TradingHandler {

    public PositionMonitoringHandler() {}

    public PositionMonitoringHandler(Platform platform) {
        super(platform);
    }

    @Override
    protected JobName job(JobEvent event, Graph graph) {
        return JobName.POSITION_MONITORING;
    }

    @Override
    protected Venue venue() {
        return Venue.KIS;
    }

    @Override
    protected Optional<String> missingKey(Graph graph) {
        return graph.kis().isEmpty() ? Optional.of(KisKeys.APP_KEY) : graph.missingBrokerKey();
    }

    @Override
    protected JobBody trading(Graph graph) {
        return new PositionMonitoring(
                graph.calendar(),
                graph.books(),
                graph.koreanQuotes(),
                graph.marks(),
                graph.riskWatch(),
                graph.koreanDesk(),
                graph.time(),
                graph.settings().orchestrator().portfolioValue());
    }
}
