package io.haetae.functions.datacollection;

import io.haetae.functions.Graph;
import io.haetae.functions.JobHandler;
import io.haetae.functions.Platform;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;

/** {@code DataCollection}: the session's prices in the evening, the Exchange's rows in the morning. */
public final class DataCollectionHandler extends JobHandler {

    private static final LocalTime FIRST_CATCHUP = LocalTime.of(8, 10);

    public DataCollectionHandler() {}

    public DataCollectionHandler(Platform platform) {
        super(platform);
    }

    @Override
    protected JobName job(JobEvent event, Graph graph) {
        JobName asked = event.job();
        return asked == null ? newestDue(graph) : asked == JobName.DATA_CATCHUP ? asked : JobName.DATA_COLLECTION;
    }

    /** The morning's phase from its first time to the close of a session, else the evening's. */
    private static JobName newestDue(Graph graph) {
        Instant now = graph.time().now();
        LocalDate today = graph.calendar().dateAt(now);
        boolean morning = graph.calendar()
                .session(today)
                .filter(session -> now.isBefore(session.close()))
                .filter(session -> !now.isBefore(
                        today.atTime(FIRST_CATCHUP).atZone(graph.calendar().zone()).toInstant()))
                .isPresent();
        return morning ? JobName.DATA_CATCHUP : JobName.DATA_COLLECTION;
    }

    @Override
    protected JobBody body(JobName job, Graph graph) {
        return job == JobName.DATA_CATCHUP
                ? new DataCatchup(
                        graph.krx(),
                        graph.kis(),
                        graph.settings().kis().callsPerSecond(),
                        graph.market(),
                        graph.calendar(),
                        graph.time())
                : new DataCollection(
                        graph.kis(),
                        graph.settings().kis().callsPerSecond(),
                        graph.market(),
                        graph.calendar(),
                        graph.time());
    }
}
