package io.haetae.functions;

import io.haetae.config.Secrets;
import io.haetae.event.EventPublisher;
import io.haetae.job.JobInvoker;
import io.haetae.job.Run;
import io.haetae.job.RunListener;
import io.haetae.job.RunRecord;
import io.haetae.job.Slot;
import io.haetae.store.Store;
import io.haetae.time.TimeSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Platforms of tests. */
public final class FakePlatform {

    private FakePlatform() {}

    /** Without keys, a bus, or anything to invoke. */
    public static Platform of(
            Map<String, String> environment, Store store, TimeSource time, Consumer<RunRecord> ended) {
        return of(environment, new NoSecrets(), store, time, _ -> {}, _ -> {}, ended);
    }

    /** Without keys. */
    public static Platform of(
            Map<String, String> environment,
            Store store,
            TimeSource time,
            EventPublisher publisher,
            JobInvoker invoker) {
        return of(environment, new NoSecrets(), store, time, publisher, invoker, _ -> {});
    }

    /** @param ended hears of every run that ended */
    public static Platform of(
            Map<String, String> environment,
            Secrets secrets,
            Store store,
            TimeSource time,
            EventPublisher publisher,
            JobInvoker invoker,
            Consumer<RunRecord> ended) {
        return new Platform(
                environment,
                Map.of(),
                secrets,
                store,
                time,
                publisher,
                invoker,
                new EndListener(ended),
                () -> "owner",
                Optional.empty());
    }

    private static final class NoSecrets implements Secrets {
        @Override
        public Optional<String> get(String name) {
            return Optional.empty();
        }

        @Override
        public void put(String name, String value) {
            throw new IllegalStateException("nothing is kept here");
        }
    }

    private record EndListener(Consumer<RunRecord> heard) implements RunListener {
        @Override
        public void started(Run run) {}

        @Override
        public void ended(RunRecord record) {
            heard.accept(record);
        }

        @Override
        public void troubled(Slot slot, String what, RuntimeException cause) {}
    }
}
