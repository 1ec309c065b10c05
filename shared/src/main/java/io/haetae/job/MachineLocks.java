package io.haetae.job;

import java.util.Optional;

/**
 * Locks that the operating system frees when their process dies. On one machine each lease is also such a lock, so the
 * lease of a dead process frees at once instead of when it lapses.
 */
@FunctionalInterface
public interface MachineLocks {

    /** A lock held until closed; empty when another process or thread holds it. */
    Optional<Lock> tryLock(String lease);

    /** A held lock. */
    interface Lock extends AutoCloseable {
        @Override
        void close();
    }
}
