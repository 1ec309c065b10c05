package io.haetae.functions.riskchecks;

import io.haetae.functions.Graph;
import io.haetae.functions.Platform;
import io.haetae.functions.TradingHandler;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.market.Venue;
import java.util.Optional;

/** {@code RiskChecks}: risk is measured around the clock, and a limit halts. */
public final class RiskChecksHandler extends TradingHandler {

    public RiskChecksHandler() {}

    public RiskChecksHandler(Platform platform) {
        super(platform);
    }

    @Override
    protected JobName job(JobEvent event, Graph graph) {
        return JobName.RISK_CHECKS;
    }

    @Override
    protected Venue venue() {
        return Venue.KIS;
    }

    @Override
    protected Optional<String> missingKey(Graph graph) {
        return graph.missingBrokerKey();
    }

    @Override
    protected JobBody trading(Graph graph) {
        return new RiskChecks(
                graph.calendar(),
                graph.books(),
                graph.marks(),
                graph.riskWatch(),
                graph.koreanDesk(),
                graph.time(),
                graph.settings().orchestrator().portfolioValue());
    }
}
