package io.haetae.local.world;

import io.haetae.aws.DynamoStore;
import io.haetae.aws.DynamoTables;
import io.haetae.local.dynamodb.DynamoDbLocalProcess;
import io.haetae.local.store.SqliteStore;
import io.haetae.store.MemoryStore;
import io.haetae.store.Store;
import io.haetae.time.SystemTime;
import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A store and what must be closed after it.
 *
 * @param place where the items are, for a person
 */
public record Engine(Store store, String place, Runnable behind) implements AutoCloseable {

    /** The tables' names on DynamoDB Local. */
    public static final DynamoTables TABLES = new DynamoTables("haetae-state", "haetae-market");

    /** One SQLite file in the world's folder. */
    public static Engine sqlite(Path folder) {
        Path file = folder.resolve("haetae.db");
        return new Engine(SqliteStore.open(file), file.toString(), () -> {});
    }

    public static Engine memory() {
        return new Engine(new MemoryStore(), "memory: gone when the command ends", () -> {});
    }

    /**
     * DynamoDB Local as a process of its own, with both tables.
     *
     * @param root of the checkout, where the build has put its jars
     * @param port 0 for a free one
     */
    public static Engine dynamoDb(Path root, int port) throws InterruptedException {
        SystemTime time = new SystemTime();
        DynamoDbLocalProcess process =
                DynamoDbLocalProcess.start(root.resolve("local/target/dynamodb-local"), port, time);
        DynamoDbClient client = DynamoStore.configure(DynamoDbClient.builder())
                .endpointOverride(URI.create(process.endpoint().toString()))
                .region(Region.AP_NORTHEAST_2)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .build();
        TABLES.createIn(client);
        return new Engine(
                new DynamoStore(client, TABLES, time),
                "DynamoDB Local on " + process.endpoint() + ", in memory: gone when the command ends",
                process::close);
    }

    /** This engine, which when it is closed does one thing more. */
    public Engine beside(Runnable atTheEnd) {
        return new Engine(store, place, () -> {
            try {
                behind.run();
            } finally {
                atTheEnd.run();
            }
        });
    }

    @Override
    public void close() {
        try {
            store.close();
        } finally {
            behind.run();
        }
    }
}
