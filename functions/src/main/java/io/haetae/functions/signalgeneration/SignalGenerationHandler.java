package io.haetae.functions.signalgeneration;

import io.haetae.functions.Graph;
import io.haetae.functions.JobHandler;
import io.haetae.functions.Platform;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.market.Quotes;
import io.haetae.store.SignalsMapper;

/** {@code SignalGeneration}: the signals before the open. */
public final class SignalGenerationHandler extends JobHandler {

    public SignalGenerationHandler() {}

    public SignalGenerationHandler(Platform platform) {
        super(platform);
    }

    @Override
    protected JobName job(JobEvent event, Graph graph) {
        return JobName.SIGNAL_GENERATION;
    }

    @Override
    protected JobBody body(JobName job, Graph graph) {
        Quotes quotes = graph.koreanQuotes();
        return new SignalGeneration(
                graph.calendar(),
                graph.market(),
                graph.scores(),
                graph.watchlists(),
                new SignalsMapper(graph.store()),
                graph.books(),
                graph.marks(quotes),
                graph.koreanWatch(),
                graph.orders(),
                graph.koreanDesk(quotes),
                graph.koreanRules(),
                graph.time(),
                graph.settings().orchestrator());
    }
}
