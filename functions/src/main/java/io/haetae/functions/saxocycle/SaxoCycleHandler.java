package io.haetae.functions.saxocycle;

import io.haetae.functions.Graph;
import io.haetae.functions.Platform;
import io.haetae.functions.TradingHandler;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.market.Venue;
import io.haetae.saxo.SaxoToken;
import java.util.Optional;

/** {@code SaxoCycle}: one pass over the Saxo watchlist. */
public final class SaxoCycleHandler extends TradingHandler {

    public SaxoCycleHandler() {}

    public SaxoCycleHandler(Platform platform) {
        super(platform);
    }

    @Override
    protected JobName job(JobEvent event, Graph graph) {
        return JobName.SAXO_CYCLE;
    }

    @Override
    protected Venue venue() {
        return Venue.SAXO;
    }

    @Override
    protected Optional<String> missingKey(Graph graph) {
        return graph.saxoToken().missingKey();
    }

    @Override
    protected JobBody trading(Graph graph) {
        SaxoToken token = graph.saxoToken();
        return new SaxoCycle(
                graph.settings().saxo(),
                graph.platform().secrets(),
                token,
                graph.saxo(token),
                graph.platform().store(),
                graph.time());
    }
}
