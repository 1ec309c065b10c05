package io.haetae.functions.positionmonitoring;

import io.haetae.functions.Graph;
import io.haetae.functions.JobHandler;
import io.haetae.functions.Platform;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.kis.KisKeys;

/** {@code PositionMonitoring}: working orders and exits are followed while the market is open. */
public final class PositionMonitoringHandler extends JobHandler {

    public PositionMonitoringHandler() {}

    public PositionMonitoringHandler(Platform platform) {
        super(platform);
    }

    @Override
    protected JobName job(JobEvent event, Graph graph) {
        return JobName.POSITION_MONITORING;
    }

    @Override
    protected JobBody body(JobName job, Graph graph) {
        if (graph.kis().isEmpty()) {
            return run -> new JobResult.Skipped("NO_KEY " + KisKeys.APP_KEY);
        }
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
