package io.haetae.functions.watchlistupdate;

import io.haetae.functions.Graph;
import io.haetae.functions.JobHandler;
import io.haetae.functions.Platform;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;

/** {@code WatchlistUpdate}: scores, and the watchlist after them. */
public final class WatchlistUpdateHandler extends JobHandler {

    public WatchlistUpdateHandler() {}

    public WatchlistUpdateHandler(Platform platform) {
        super(platform);
    }

    @Override
    protected JobName job(JobEvent event, Graph graph) {
        return JobName.WATCHLIST_UPDATE;
    }

    @Override
    protected JobBody body(JobName job, Graph graph) {
        return graph.unlessCollectionWasSkipped(new WatchlistUpdate(
                graph.market(),
                graph.symbols(),
                graph.indicators(),
                graph.statements(),
                graph.scores(),
                graph.watchlists()));
    }
}
