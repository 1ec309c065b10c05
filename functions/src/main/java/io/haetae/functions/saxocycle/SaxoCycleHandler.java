package io.haetae.functions.saxocycle;

import io.haetae.functions.Graph;
import io.haetae.functions.JobHandler;
import io.haetae.functions.Platform;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.saxo.SaxoToken;

/** {@code SaxoCycle}: one pass over the Saxo watchlist. */
public final class SaxoCycleHandler extends JobHandler {

    public SaxoCycleHandler() {}

    public SaxoCycleHandler(Platform platform) {
        super(platform);
    }

    @Override
    protected JobName job(JobEvent event, Graph graph) {
        return JobName.SAXO_CYCLE;
    }

    @Override
    protected JobBody body(JobName job, Graph graph) {
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
