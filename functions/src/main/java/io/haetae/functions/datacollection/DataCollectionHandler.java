package io.haetae.functions.datacollection;

import io.haetae.calendar.Session;
import io.haetae.calendar.TradingCalendar;
import io.haetae.functions.Graph;
import io.haetae.functions.JobHandler;
import io.haetae.functions.Platform;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.Optional;

/**
 * {@code DataCollection}: a session's prices in the afternoon, statements in the evening, the official rows the next
 * business morning, and before them the check of the calendar.
 */
public final class DataCollectionHandler extends JobHandler {

    /** From when the exchange has published the rows of the session before. */
    private static final LocalTime OFFICIAL_ROWS = LocalTime.of(8, 10);

    /** From when a session's closing prices are complete. */
    private static final Duration AFTER_CLOSE = Duration.ofMinutes(30);

    public DataCollectionHandler() {}

    public DataCollectionHandler(Platform platform) {
        super(platform);
    }

    /** What fetches history as this function would; empty when no key is configured. */
    public static Optional<Backfill> backfill(Platform platform) {
        return new Graph(platform).backfill();
    }

    @Override
    protected JobName job(JobEvent event, Graph graph) {
        JobName asked = event.job();
        if (asked == JobName.DATA_CATCHUP
                || asked == JobName.DATA_COLLECTION
                || asked == JobName.STATEMENT_COLLECTION
                || asked == JobName.CALENDAR_REFRESH) {
            return asked;
        }
        return newestDue(graph.calendar(), graph.time().now());
    }

    /** The phase whose time came last: the catch-up from the morning of a session until its close, else collection. */
    static JobName newestDue(TradingCalendar calendar, Instant now) {
        Optional<Session> today = calendar.session(calendar.dateAt(now));
        LocalTime wall = LocalTime.ofInstant(now, calendar.zone());
        boolean catchingUp = today.isPresent()
                && !wall.isBefore(OFFICIAL_ROWS)
                && now.isBefore(today.get().close().plus(AFTER_CLOSE));
        return catchingUp ? JobName.DATA_CATCHUP : JobName.DATA_COLLECTION;
    }

    @Override
    protected JobBody body(JobName job, Graph graph) {
        if (job == JobName.CALENDAR_REFRESH) {
            return new CalendarRefresh(
                    graph.closurePage(),
                    graph.settings().kis().paper() ? Optional.empty() : graph.kis(),
                    graph.calendarChecks(),
                    graph.calendar(),
                    graph.time());
        }
        if (job == JobName.STATEMENT_COLLECTION) {
            return new StatementCollection(graph.dart(), graph.statements(), graph.calendar(), graph.time());
        }
        BigDecimal rate = graph.settings().kis().callsPerSecond();
        if (job != JobName.DATA_CATCHUP) {
            return new DataCollection(
                    graph.kis(),
                    rate,
                    graph.market(),
                    graph.symbols(),
                    graph.tradingStatuses(),
                    graph.calendar(),
                    graph.calendarChecks(),
                    graph.time());
        }
        JobBody catchup = new DataCatchup(
                graph.krx(),
                graph.kis(),
                rate,
                graph.market(),
                graph.tradingStatuses(),
                graph.gaps(),
                graph.indicators(),
                graph.calendar(),
                graph.time());
        return graph.krx()
                .map(client -> new ReferenceData(
                                client,
                                graph.symbols(),
                                graph.indices(),
                                graph.market(),
                                graph.indicators(),
                                graph.calendar(),
                                graph.time())
                        .following(catchup))
                .orElse(catchup);
    }
}
