package io.haetae.functions.indicatorcalculation;

import io.haetae.functions.Graph;
import io.haetae.functions.JobHandler;
import io.haetae.functions.Platform;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;

/** {@code IndicatorCalculation}: the market's indicators after a session. */
public final class IndicatorCalculationHandler extends JobHandler {

    public IndicatorCalculationHandler() {}

    public IndicatorCalculationHandler(Platform platform) {
        super(platform);
    }

    @Override
    protected JobName job(JobEvent event, Graph graph) {
        return JobName.INDICATOR_CALCULATION;
    }

    @Override
    protected JobBody body(JobName job, Graph graph) {
        return graph.unlessCollectionWasSkipped(new IndicatorCalculation(
                graph.market(), graph.indices(), graph.calendar(), graph.marketStates(), graph.indicators()));
    }
}
