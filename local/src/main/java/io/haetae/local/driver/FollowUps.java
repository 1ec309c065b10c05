package io.haetae.local.driver;

import io.haetae.job.JobEvent;
import io.haetae.job.JobInvoker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** The runs that jobs have made due, in order: the driver's stand-in for Lambda's asynchronous queue. */
public final class FollowUps implements JobInvoker {

    private final Deque<JobEvent> waiting = new ArrayDeque<>();

    @Override
    public synchronized void invoke(JobEvent event) {
        if (!waiting.contains(event)) {
            waiting.add(event);
        }
    }

    /** Takes the oldest. */
    public synchronized Optional<JobEvent> next() {
        return Optional.ofNullable(waiting.poll());
    }
}
