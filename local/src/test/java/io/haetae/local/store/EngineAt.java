package io.haetae.local.store;

import io.haetae.store.Store;
import java.nio.file.Path;

/** Opens an engine by an address that can be handed to another process: {@code sqlite:FILE}. */
final class EngineAt {

    private EngineAt() {}

    static Store open(String address) {
        String kind = address.substring(0, address.indexOf(':'));
        String place = address.substring(kind.length() + 1);
        return switch (kind) {
            case "sqlite" -> SqliteStore.open(Path.of(place));
            default -> throw new IllegalArgumentException(address);
        };
    }
}
