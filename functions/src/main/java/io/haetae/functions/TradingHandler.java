package io.haetae.functions;

import io.haetae.job.JobBody;
import io.haetae.job.JobName;
import io.haetae.job.JobResult;
import io.haetae.market.Venue;
import io.haetae.store.PortfolioMapper;
import java.util.Optional;

/** What the functions of all trading jobs do alike: without its broker's key a job is skipped, and no live holding is forgotten. */
public abstract class TradingHandler extends JobHandler {

    protected TradingHandler() {}

    protected TradingHandler(Platform platform) {
        super(platform);
    }

    protected abstract Venue venue();

    /** Called only when {@link #missingKey} finds none missing. */
    protected abstract JobBody trading(Graph graph);

    /** The name of a key without which the job can do nothing. */
    protected abstract Optional<String> missingKey(Graph graph);

    @Override
    protected final JobBody body(JobName job, Graph graph) {
        Optional<String> missing = missingKey(graph);
        JobBody body = missing.isPresent() ? _ -> new JobResult.Skipped("NO_KEY " + missing.get()) : trading(graph);
        UnattendedPositions unattended = new UnattendedPositions(
                graph.platform().store(), new PortfolioMapper(graph.platform().store()));
        return run -> unattended.toldBeside(
                body.run(run),
                run.slot().mode(),
                venue(),
                run.slot().user().orElseThrow(),
                graph.time().now());
    }
}
