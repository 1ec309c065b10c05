package io.haetae.functions.signalgeneration;

import io.haetae.functions.Graph;
import io.haetae.functions.Platform;
import io.haetae.functions.TradingHandler;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.market.Venue;
import java.util.Optional;

/** {@code SignalGeneration}: scores become signals, and before the open entries. */
public final class SignalGenerationHandler extends TradingHandler {

    public SignalGenerationHandler() {}

    public SignalGenerationHandler(Platform platform) {
        super(platform);
    }

    @Override
    protected JobName job(JobEvent event, Graph graph) {
        return JobName.SIGNAL_GENERATION;
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
        return new SignalGeneration(
                graph.calendar(),
                graph.calendarChecks(),
                graph.market(),
                graph.tradingStatuses(),
                graph.scores(),
                graph.watchlists(),
                graph.signals(),
                graph.books(),
                graph.marks(),
                graph.riskWatch(),
                graph.orders(),
                graph.koreanDesk(),
                graph.koreanRules(),
                graph.time(),
                graph.settings().orchestrator());
    }
}
