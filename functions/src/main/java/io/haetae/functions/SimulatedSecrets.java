package io.haetae.functions;

import io.haetae.config.Secrets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The keys of a simulated world, as {@code NAME=VALUE,…}. What is put lives as long as the process: it can be asked for again. */
final class SimulatedSecrets implements Secrets {

    private final Map<String, String> values = new ConcurrentHashMap<>();

    SimulatedSecrets(String list) {
        for (String pair : list.split(",", -1)) {
            int equals = pair.indexOf('=');
            values.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
    }

    @Override
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    @Override
    public void put(String name, String value) {
        values.put(name, value);
    }
}
