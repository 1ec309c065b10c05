package io.haetae.functions.saxotoken;

import io.haetae.functions.Graph;
import io.haetae.functions.JobHandler;
import io.haetae.functions.Platform;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;

/** {@code SaxoToken}: keeps the Saxo login alive. */
public final class SaxoTokenHandler extends JobHandler {

    public SaxoTokenHandler() {}

    public SaxoTokenHandler(Platform platform) {
        super(platform);
    }

    @Override
    protected JobName job(JobEvent event, Graph graph) {
        return JobName.SAXO_TOKEN;
    }

    @Override
    protected JobBody body(JobName job, Graph graph) {
        return new SaxoTokenRefresh(graph.saxoToken());
    }
}
