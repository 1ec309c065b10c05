package io.haetae.functions;

import io.haetae.config.Secrets;
import io.haetae.event.EventPublisher;
import io.haetae.job.JobInvoker;
import io.haetae.job.MachineLocks;
import io.haetae.job.RunListener;
import io.haetae.store.Store;
import io.haetae.time.TimeSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * All that a function takes from outside itself: Lambda gives one, the local driver another, a test a third.
 *
 * @param environment settings by their environment names
 * @param sources where a setting came from, by name; what is not in it came from the {@code environment}
 * @param ownerIds a fresh random name for each invocation's leases
 * @param locks only on one machine
 */
public record Platform(
        Map<String, String> environment,
        Map<String, String> sources,
        Secrets secrets,
        Store store,
        TimeSource time,
        EventPublisher publisher,
        JobInvoker invoker,
        RunListener listener,
        Supplier<String> ownerIds,
        Optional<MachineLocks> locks) {

    public Platform {
        environment = Map.copyOf(environment);
        sources = Map.copyOf(sources);
    }
}
