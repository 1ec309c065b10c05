package io.haetae.local.chaos;

import io.haetae.time.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets several runs go on in turns, one at a time. At each of its calls a run gives its turn back, and the seed says whose
 * is next: the same seed is the same interleaving. The clock moves only when all that are left sleep.
 */
final class Turns implements TimeSource {

    private static final int NOBODY = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final SplittableRandom random;
    private final List<@Nullable Instant> asleepUntil = new ArrayList<>();
    private final List<Boolean> ended = new ArrayList<>();
    private IntConsumer onTurn;
    private Instant now;
    private int current = NOBODY;

    /** @param onTurn is told whose turn it is */
    Turns(long seed, Instant now, IntConsumer onTurn) {
        this.random = new SplittableRandom(seed);
        this.now = now;
        this.onTurn = onTurn;
    }

    /** From now on told whose turn it is. */
    void onTurn(IntConsumer hearer) {
        onTurn = hearer;
    }

    /** Runs all of them to their ends. */
    void run(List<Runnable> parties) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        asleepUntil.clear();
        ended.clear();
        for (int i = 0; i < parties.size(); i++) {
            asleepUntil.add(null);
            ended.add(false);
            int self = i;
            threads.add(Thread.ofPlatform().name("run-" + i).unstarted(() -> take(self, parties.get(self))));
        }
        threads.forEach(Thread::start);
        lock.lock();
        try {
            next();
        } finally {
            lock.unlock();
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void take(int self, Runnable party) {
        lock.lock();
        try {
            await(self);
        } finally {
            lock.unlock();
        }
        try {
            party.run();
        } finally {
            lock.lock();
            try {
                ended.set(self, true);
                next();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Whoever runs now waits for its next turn. May be called from a thread that answers the one that runs. */
    void pause() {
        lock.lock();
        try {
            int self = current;
            if (self != NOBODY) {
                next();
                await(self);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Instant now() {
        lock.lock();
        try {
            return now;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void sleepUntil(Instant moment) {
        lock.lock();
        try {
            int self = current;
            if (self == NOBODY) {
                now = moment.isAfter(now) ? moment : now;
                return;
            }
            asleepUntil.set(self, moment);
            next();
            await(self);
        } finally {
            lock.unlock();
        }
    }

    /** Moves the clock while nobody runs. */
    void advanceTo(Instant moment) {
        sleepUntil(moment);
    }

    private void await(int self) {
        while (current != self) {
            changed.awaitUninterruptibly();
        }
    }

    private void next() {
        List<Integer> awake = new ArrayList<>();
        @Nullable Instant earliest = null;
        for (int i = 0; i < ended.size(); i++) {
            Instant until = asleepUntil.get(i);
            if (ended.get(i)) {
                continue;
            }
            if (until == null || !until.isAfter(now)) {
                awake.add(i);
            } else if (earliest == null || until.isBefore(earliest)) {
                earliest = until;
            }
        }
        if (awake.isEmpty() && earliest != null) {
            now = earliest;
            next();
            return;
        }
        current = awake.isEmpty() ? NOBODY : awake.get(random.nextInt(awake.size()));
        if (current != NOBODY) {
            asleepUntil.set(current, null);
            onTurn.accept(current);
        }
        changed.signalAll();
    }
}
