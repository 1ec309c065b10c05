package io.haetae.config;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Keeps two invocations from renewing one token at the same time: a Saxo refresh token may be used once, and KIS issues
 * one token a minute.
 */
public interface SecretLease {

    /**
     * Runs {@code renewal} while nobody else holds the lease of this name, waiting for a bounded time.
     *
     * @param name the secret's short name
     * @throws SecretBusyException when it stayed with another for the whole time
     */
    <T> T hold(String name, Supplier<T> renewal);

    /**
     * Takes the turn to renew, where a venue allows one renewal in a stretch of time: whoever has it renews, the others
     * wait. It is never given back, so that turns are never closer than {@code apart}, whatever came of them.
     *
     * @param name the secret's short name, and whose it is where there are several
     * @return false when another took it less than {@code apart} ago
     */
    boolean takeTurn(String name, Duration apart);

    /** Another invocation is renewing the same secret and did not finish in time. */
    final class SecretBusyException extends RuntimeException {

        public SecretBusyException(String name) {
            super("another run is renewing " + name);
        }
    }
}
