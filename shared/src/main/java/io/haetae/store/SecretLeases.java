package io.haetae.store;

import io.haetae.config.SecretLease;
import io.haetae.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Leases around the renewal of tokens, as items of the state table that end by themselves. */
public final class SecretLeases implements SecretLease {

    /** Longer than a renewal with all its tries takes. */
    private static final Duration LIFE = Duration.ofSeconds(180);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Store store;
    private final TimeSource time;
    private final Supplier<String> owners;

    /** @param owners a fresh random name each time */
    public SecretLeases(Store store, TimeSource time, Supplier<String> owners) {
        this.store = store;
        this.time = time;
        this.owners = owners;
    }

    @Override
    public <T> T hold(String name, Supplier<T> renewal) {
        Key key = Key.state("SECRET_LEASE#" + name, "LEASE");
        String owner = owners.get();
        take(key, owner, name);
        try {
            return renewal.get();
        } finally {
            // Should this fail, the lease ends by itself.
            Outcome _ = store.commit(
                    List.of(Action.delete(key, new Condition.AttributeEquals("owner", Value.of(owner), false))));
        }
    }

    private void take(Key key, String owner, String name) {
        Instant patience = time.now().plus(PATIENCE);
        while (true) {
            Instant now = time.now();
            Item lease = Item.at(key)
                    .with("owner", owner)
                    .with("until", now.plus(LIFE).toEpochMilli())
                    .build();
            switch (store.commit(
                    List.of(Action.put(lease, new Condition.AttributeAtMost("until", now.toEpochMilli(), true))))) {
                case Outcome.Committed _ -> {
                    return;
                }
                case Outcome.Refused _ -> {}
                case Outcome.Uncertain _ -> {
                    Optional<Item> standing = store.get(key);
                    if (standing.flatMap(item -> item.findText("owner"))
                            .filter(owner::equals)
                            .isPresent()) {
                        return;
                    }
                }
            }
            if (!now.isBefore(patience)) {
                throw new SecretBusyException(name);
            }
            try {
                time.sleepUntil(now.plus(PAUSE));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SecretBusyException(name);
            }
        }
    }
}
