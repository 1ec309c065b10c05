package io.haetae.functions;

import io.haetae.aws.DynamoStore;
import io.haetae.aws.DynamoTables;
import io.haetae.config.Secrets;
import io.haetae.config.Settings;
import io.haetae.config.SettingsReader;
import io.haetae.event.EventPublisher;
import io.haetae.job.JobInvoker;
import io.haetae.store.Store;
import io.haetae.time.SystemTime;
import io.haetae.time.TimeSource;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** What a function has around it in Lambda, or under {@code sam local} in a simulated world on this machine. */
final class CloudPlatform {

    private CloudPlatform() {}

    /** @throws io.haetae.config.InvalidSettingsException naming all that is wrong with the environment */
    static Platform fromEnvironment() {
        return from(System.getenv());
    }

    private static Platform from(Map<String, String> environment) {
        Settings settings = SettingsReader.read(environment);
        Settings.Internal internal = settings.internal();
        TimeSource time = internal.clock().<TimeSource>map(RemoteTime::new).orElseGet(SystemTime::new);
        Store store = store(internal, time);
        return new Platform(
                environment,
                Map.of(),
                secrets(internal),
                internal.dynamoDb().isPresent() ? new LocalWorldStore(store) : store,
                time,
                publisher(internal),
                invoker(internal),
                new PowertoolsRunListener(internal.stage(), settings.logLevel()),
                () -> UUID.randomUUID().toString(),
                Optional.empty());
    }

    private static Store store(Settings.Internal internal, TimeSource time) {
        DynamoDbClientBuilder builder = DynamoStore.configure(DynamoDbClient.builder());
        internal.dynamoDb()
                .ifPresent(address -> builder.endpointOverride(URI.create(address))
                        .region(Region.AP_NORTHEAST_2)
                        // DynamoDB on this machine wants some credentials and asks nothing of them.
                        .credentialsProvider(
                                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"))));
        return new DynamoStore(builder.build(), new DynamoTables(internal.stateTable(), internal.marketTable()), time);
    }

    private static Secrets secrets(Settings.Internal internal) {
        return internal.localSecrets()
                .<Secrets>map(SimulatedSecrets::new)
                .orElseThrow(() -> new IllegalStateException("no parameter store"));
    }

    private static EventPublisher publisher(Settings.Internal internal) {
        return events -> {};
    }

    private static JobInvoker invoker(Settings.Internal internal) {
        return event -> {};
    }
}
