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

    private static final System.Logger LOG = System.getLogger(SecretLeases.class.getName());

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
            giveBack(key, owner);
        }
    }

    /** Should this fail, the lease ends by itself; what was renewed under it counts. */
    private void giveBack(Key key, String owner) {
        try {
            Outcome _ = store.commit(
                    List.of(Action.delete(key, new Condition.AttributeEquals("owner", Value.of(owner), false))));
        } catch (StoreUnavailableException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} was not given back: {1}", key.partition(), e.getMessage());
        }
    }

    @Override
    public boolean takeTurn(String name, Duration apart) {
        long now = time.now().toEpochMilli();
        long until = now + apart.toMillis();
        Key key = Key.state("SECRET_TURN#" + name, "TURN");
        Optional<Long> standing = store.get(key).flatMap(item -> item.findWhole("until"));
        // A turn that ends later than any taken now was taken by a clock ahead of ours: a day simulated before.
        Condition free = standing.filter(end -> end > until).isPresent()
                ? new Condition.AttributeEquals("until", Value.of(standing.orElseThrow()), false)
                : new Condition.AttributeAtMost("until", now, true);
        Item turn = Item.at(key).with("until", until).build();
        return store.commit(List.of(Action.put(turn, free))) instanceof Outcome.Committed;
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
