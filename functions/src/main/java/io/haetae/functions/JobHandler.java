package io.haetae.functions;

import com.amazonaws.services.lambda.runtime.Context;
import io.haetae.job.InvalidEventException;
import io.haetae.job.JobBody;
import io.haetae.job.JobEvent;
import io.haetae.job.JobName;
import io.haetae.job.RunRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What all functions that do a job do alike: read the event, run the job, answer. A subclass names its job and makes the
 * job's body out of the graph.
 */
public abstract class JobHandler extends FunctionHandler {

    private final JobEventReader events = new JobEventReader();

    /** In Lambda: everything comes from the environment, at the first invocation. */
    protected JobHandler() {}

    protected JobHandler(Platform platform) {
        super(platform);
    }

    /** The job an event means; functions of one job have nothing to choose. */
    protected abstract JobName job(JobEvent event, Graph graph);

    protected abstract JobBody body(JobName job, Graph graph);

    /**
     * One invocation.
     *
     * @param context null stands for a caller without a deadline of its own
     * @throws IOException when the streams break
     */
    @Override
    public void handleRequest(InputStream input, OutputStream output, @Nullable Context context) throws IOException {
        RunRecord record;
        log(context);
        try {
            record = run(events.read(input), context);
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FailedRunException(e);
        } catch (Exception e) {
            throw new FailedRunException(e);
        }
        RunAnswer.write(record, output);
    }

    private RunRecord run(JobEvent event, @Nullable Context context) throws Exception {
        Graph wired = graph();
        JobName job = job(event, wired);
        if (event.job() != null && event.job() != job) {
            throw new InvalidEventException(
                    "the event asks for " + event.job().text() + ", which another function does");
        }
        Duration longest = context == null ? Graph.longest(job) : Duration.ofMillis(context.getRemainingTimeInMillis());
        return wired.runner()
                .run(event, wired.policy(job, longest), run -> body(job, wired).run(run));
    }
}
