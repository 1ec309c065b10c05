package io.haetae.config;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** Secrets in memory. */
public final class KeptSecrets implements Secrets {

    public final Map<String, String> values = new ConcurrentSkipListMap<>();

    /** Nothing can be read. */
    public volatile boolean silent;

    public KeptSecrets() {}

    public KeptSecrets(Map<String, String> values) {
        this.values.putAll(values);
    }

    @Override
    public Optional<String> get(String name) {
        if (silent) {
            throw new IllegalStateException("the secrets do not answer");
        }
        return Optional.ofNullable(values.get(name));
    }

    @Override
    public void put(String name, String value) {
        values.put(name, value);
    }
}
