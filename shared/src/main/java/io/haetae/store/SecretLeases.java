package io.haetae.store;

import io.haetae.config.SecretLease;
import io.haetae.job.MachineLocks;
import io.haetae.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Leases around the renewal of tokens, as items of the state table that end by themselves. On one machine each is also a
 * lock of the machine, so that a dead process's is free at once.
 */
public final class SecretLeases implements SecretLease {

    private static final System.Logger LOG = System.getLogger(SecretLeases.class.getName());

    /** Longer than a renewal with all its tries takes. */
    private static final Duration LIFE = Duration.ofSeconds(180);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Store store;
    private final TimeSource time;
    private final Supplier<String> owners;
    private final Optional<MachineLocks> locks;

    /** @param owners a fresh random name each time */
    public SecretLeases(Store store, TimeSource time, Supplier<String> owners) {
        this(store, time, owners, Optional.empty());
    }

    /**
     * @param owners a fresh random name each time
     * @param locks only on one machine
     */
    public SecretLeases(Store store, TimeSource time, Supplier<String> owners, Optional<MachineLocks> locks) {
        this.store = store;
        this.time = time;
        this.owners = owners;
        this.locks = locks;
    }

    @Override
    public <T> T hold(String name, Supplier<T> renewal) {
        Key key = Key.state("SECRET_LEASE#" + name, "LEASE");
        String owner = owners.get();
        Optional<MachineLocks.Lock> lock = locks.map(machine -> lock(machine, key, name));
        try {
            take(key, owner, name, lock.isPresent());
            try {
                return renewal.get();
            } finally {
                giveBack(key, owner);
            }
        } finally {
            lock.ifPresent(MachineLocks.Lock::close);
        }
    }

    private MachineLocks.Lock lock(MachineLocks machine, Key key, String name) {
        Instant patience = time.now().plus(PATIENCE);
        while (true) {
            Optional<MachineLocks.Lock> lock = machine.tryLock(key.partition());
            if (lock.isPresent()) {
                return lock.get();
            }
            pause(patience, name);
        }
    }

    private void pause(Instant patience, String name) {
        Instant now = time.now();
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
        Key key = turn(name);
        Optional<Long> standing = store.get(key).flatMap(item -> item.findWhole("until"));
        // A turn that ends later than any taken now was taken by a clock ahead of ours: a day simulated before.
        Condition free = standing.filter(end -> end > until).isPresent()
                ? new Condition.AttributeEquals("until", Value.of(standing.orElseThrow()), false)
                : new Condition.AttributeAtMost("until", now, true);
        Item turn = Item.at(key).with("until", until).build();
        return store.commit(List.of(Action.put(turn, free))) instanceof Outcome.Committed;
    }

    /**
     * Gives back a turn that was taken by a process that is dead for sure and of which the venue, also for sure, remembers
     * whether anything came of it.
     *
     * @throws StoreUnavailableException when the engine cannot answer
     */
    public void returnTurn(String name) {
        Outcome _ = store.commit(List.of(Action.delete(turn(name))));
    }

    private static Key turn(String name) {
        return Key.state("SECRET_TURN#" + name, "TURN");
    }

    /** @param alone who holds the machine's lock and finds a lease looks at a dead process's */
    private void take(Key key, String owner, String name, boolean alone) {
        Instant patience = time.now().plus(PATIENCE);
        while (true) {
            Instant now = time.now();
            Item lease = Item.at(key)
                    .with("owner", owner)
                    .with("until", now.plus(LIFE).toEpochMilli())
                    .build();
            Action put = alone
                    ? Action.put(lease)
                    : Action.put(lease, new Condition.AttributeAtMost("until", now.toEpochMilli(), true));
            switch (store.commit(List.of(put))) {
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
            pause(patience, name);
        }
    }
}
