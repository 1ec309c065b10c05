package io.haetae.config;

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

    /** Another invocation is renewing the same secret and did not finish in time. */
    final class SecretBusyException extends RuntimeException {

        public SecretBusyException(String name) {
            super("another run is renewing " + name);
        }
    }
}
