package io.haetae.config;

import java.util.Optional;

/**
 * Keys and tokens, by short name ({@code krx/auth-key}, {@code dart/api-key}, {@code kis/app-key}, {@code kis/app-secret}, {@code
 * kis/account}, {@code saxo/app-key}, {@code saxo/app-secret}, {@code saxo/access-token}, {@code saxo/account-key},
 * {@code saxo/client-key}, {@code kis/token}, {@code saxo/token}). Values never reach a log, an exception or an event.
 */
public interface Secrets {

    /** Empty when it is not configured. */
    Optional<String> get(String name);

    /** Replaces a token, durably, before this returns. */
    void put(String name, String value);
}
