package io.haetae.local.store;

import io.haetae.aws.DynamoStore;
import io.haetae.aws.DynamoTables;
import io.haetae.local.dynamodb.DynamoDbLocalProcess;
import io.haetae.store.Store;
import io.haetae.time.SystemTime;
import java.net.URI;
import java.nio.file.Path;

/** Opens an engine by an address that can be handed to another process: {@code sqlite:FILE}, {@code dynamodb:URI}. */
final class EngineAt {

    static final DynamoTables TABLES = new DynamoTables("conformance-state", "conformance-market");

    private EngineAt() {}

    static Store open(String address) {
        String kind = address.substring(0, address.indexOf(':'));
        String place = address.substring(kind.length() + 1);
        return switch (kind) {
            case "sqlite" -> SqliteStore.open(Path.of(place));
            case "dynamodb" ->
                new DynamoStore(DynamoDbLocalProcess.client(URI.create(place)), TABLES, new SystemTime());
            default -> throw new IllegalArgumentException(address);
        };
    }
}
