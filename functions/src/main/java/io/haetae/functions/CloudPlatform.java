package io.haetae.functions;

import io.haetae.aws.DynamoStore;
import io.haetae.aws.DynamoTables;
import io.haetae.aws.EventBridgePublisher;
import io.haetae.aws.LambdaInvoker;
import io.haetae.aws.SsmSecrets;
import io.haetae.config.Secrets;
import io.haetae.config.Settings;
import io.haetae.config.SettingsReader;
import io.haetae.event.EventPublisher;
import io.haetae.job.JobInvoker;
import io.haetae.store.Store;
import io.haetae.time.SystemTime;
import io.haetae.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/** What a function has around it in Lambda, or under {@code sam local} in a simulated world on this machine. */
final class CloudPlatform {

    private static final System.Logger LOG = System.getLogger("io.haetae.event");

    private CloudPlatform() {}

    /** @throws io.haetae.config.InvalidSettingsException naming all that is wrong with the environment */
    static Platform fromEnvironment() {
        return from(System.getenv());
    }

    /** @throws io.haetae.config.InvalidSettingsException naming all that is wrong with the environment */
    static Platform from(Map<String, String> environment) {
        Settings settings = SettingsReader.read(environment);
        Settings.Internal internal = settings.internal();
        TimeSource time = internal.clock().<TimeSource>map(RemoteTime::new).orElseGet(SystemTime::new);
        Store store = store(internal);
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

    private static Store store(Settings.Internal internal) {
        DynamoDbClientBuilder builder = DynamoStore.configure(DynamoDbClient.builder());
        internal.dynamoDb().ifPresent(address -> builder.endpointOverride(URI.create(address))
                .region(Region.AP_NORTHEAST_2)
                // DynamoDB on this machine wants some credentials and asks nothing of them.
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"))));
        // A real clock, also in a simulated world: it measures waits for a server.
        return new DynamoStore(
                builder.build(), new DynamoTables(internal.stateTable(), internal.marketTable()), new SystemTime());
    }

    private static Secrets secrets(Settings.Internal internal) {
        return internal.localSecrets()
                .<Secrets>map(SimulatedSecrets::new)
                .orElseGet(() -> new SsmSecrets(
                        SsmClient.builder().httpClientBuilder(http()).build(), internal.secretsPath()));
    }

    /** Where there is no bus, as under sam local, the log is where events go. */
    private static EventPublisher publisher(Settings.Internal internal) {
        if (internal.bus().equals("none")) {
            return events -> events.forEach(event -> LOG.log(
                    System.Logger.Level.INFO, () -> event.type() + " " + event.subject() + " " + event.detail()));
        }
        return new EventBridgePublisher(
                EventBridgeClient.builder().httpClientBuilder(http()).build(), internal.bus());
    }

    /** Under sam local nothing can be started from within: a derived run stays owed, and a person starts it. */
    private static JobInvoker invoker(Settings.Internal internal) {
        if (internal.dynamoDb().isPresent() || internal.followUp().isEmpty()) {
            return event -> {
                throw new IllegalStateException("nothing here starts " + event.job());
            };
        }
        return new LambdaInvoker(
                LambdaClient.builder().httpClientBuilder(http()).build(), internal.followUp());
    }

    private static UrlConnectionHttpClient.Builder http() {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofSeconds(2))
                .socketTimeout(Duration.ofSeconds(10));
    }
}
