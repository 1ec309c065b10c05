package io.haetae.local.world;

import io.haetae.config.Secrets;
import io.haetae.event.DomainEvent;
import io.haetae.event.EventPublisher;
import io.haetae.functions.Platform;
import io.haetae.functions.datacollection.Backfill;
import io.haetae.functions.datacollection.DataCollectionHandler;
import io.haetae.job.JobInvoker;
import io.haetae.job.MachineLocks;
import io.haetae.job.RunListener;
import io.haetae.local.driver.Functions;
import io.haetae.local.home.FolderLock;
import io.haetae.local.schedule.Template;
import io.haetae.store.Store;
import io.haetae.time.TimeSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What one machine gives each function: the environment of the template, with the addresses of this world over it.
 *
 * @param addresses settings that this world decides, by name
 */
record LocalPlatforms(
        Values values,
        Map<String, String> addresses,
        Secrets secrets,
        Store store,
        TimeSource time,
        JobInvoker invoker,
        RunListener listener,
        Path folder)
        implements Functions.Platforms {

    private static final System.Logger LOG = System.getLogger("io.haetae.event");

    @Override
    public Platform of(Template.Function function) {
        Map<String, String> environment = new HashMap<>(function.environment());
        environment.putAll(addresses);
        Map<String, String> sources = new TreeMap<>();
        function.environment().keySet().forEach(name -> sources.put(name, "template"));
        sources.putAll(values.sources());
        return new Platform(
                environment,
                sources,
                secrets,
                store,
                time,
                logged(),
                invoker,
                listener,
                () -> UUID.randomUUID().toString(),
                Optional.of(locks()));
    }

    /** As the function that collects would do it; empty when it has no key. */
    Optional<Backfill> backfill(Template template) {
        Template.Function collecting = template.functions().stream()
                .filter(function -> function.handler().equals(DataCollectionHandler.class.getName()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("template.yaml has no function that collects data"));
        return DataCollectionHandler.backfill(of(collecting));
    }

    /** Here the log is where events go; in the cloud it is the bus. */
    private static EventPublisher logged() {
        return (List<DomainEvent> events) -> events.forEach(event ->
                LOG.log(System.Logger.Level.INFO, () -> event.type() + " " + event.subject() + " " + event.detail()));
    }

    private MachineLocks locks() {
        return lease -> FolderLock.tryLock(folder.resolve("locks").resolve(lease.replaceAll("[^A-Za-z0-9_.@-]", "-")))
                .map(lock -> lock::close);
    }
}
