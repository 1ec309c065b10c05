package io.haetae.local.world;

import io.haetae.aws.DynamoStore;
import io.haetae.aws.DynamoTables;
import io.haetae.config.Settings;
import io.haetae.config.SettingsReader;
import io.haetae.time.SystemTime;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;

/**
 * A stack in the cloud, seen with a person's own credentials: its tables, and the settings that its functions run with. A
 * table's name is drawn when the stack is made, so the functions are asked, who know both.
 *
 * @param settings as the functions read them, but for the changes asked for
 * @param configured as the functions read them
 */
public record DeployedStack(String name, String region, Settings settings, Settings configured, DynamoTables tables) {

    /**
     * Where AWS is looked for.
     *
     * @param region empty for the one that the environment or the AWS profile names
     * @param environment may name credentials, the region and other endpoints, by the names AWS gave these variables
     */
    public record Access(Optional<String> region, Map<String, String> environment) {

        public Access {
            environment = Map.copyOf(environment);
        }

        private <B extends AwsClientBuilder<B, T>, T> T client(B builder, String service) {
            variable("AWS_ENDPOINT_URL_" + service)
                    .or(() -> variable("AWS_ENDPOINT_URL"))
                    .ifPresent(endpoint -> builder.endpointOverride(URI.create(endpoint)));
            region.or(() -> variable("AWS_REGION"))
                    .or(() -> variable("AWS_DEFAULT_REGION"))
                    .ifPresent(chosen -> builder.region(Region.of(chosen)));
            return builder.credentialsProvider(credentials()).build();
        }

        private AwsCredentialsProvider credentials() {
            Optional<AwsCredentials> given = variable("AWS_ACCESS_KEY_ID")
                    .flatMap(id -> variable("AWS_SECRET_ACCESS_KEY").map(secret -> variable("AWS_SESSION_TOKEN")
                            .<AwsCredentials>map(token -> AwsSessionCredentials.create(id, secret, token))
                            .orElseGet(() -> AwsBasicCredentials.create(id, secret))));
            return given.<AwsCredentialsProvider>map(StaticCredentialsProvider::create)
                    .orElseGet(() -> DefaultCredentialsProvider.builder().build());
        }

        private Optional<String> variable(String name) {
            return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
        }
    }

    /** The stack cannot be reached with these credentials, in one line. */
    public static final class AccessException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private AccessException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Asks for the functions of the account until one is of the stack.
     *
     * @param changes settings that count instead of the functions' own
     * @return empty when no function is of that stack
     * @throws AccessException when AWS is not reached, or says no
     */
    public static Optional<DeployedStack> find(String name, Access access, Map<String, String> changes) {
        try (LambdaClient lambda =
                access.client(LambdaClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()), "LAMBDA")) {
            String region = lambda.serviceClientConfiguration().region().id();
            for (FunctionConfiguration function :
                    lambda.listFunctionsPaginator().functions()) {
                Map<String, String> environment = function.environment() == null
                        ? Map.of()
                        : function.environment().variables();
                if (name.equals(environment.get("HAETAE_STAGE")) && environment.containsKey("HAETAE_STATE_TABLE")) {
                    Map<String, String> values = new HashMap<>(environment);
                    values.putAll(changes);
                    Settings settings = SettingsReader.read(values);
                    Settings.Internal internal = settings.internal();
                    return Optional.of(new DeployedStack(
                            name,
                            region,
                            settings,
                            changes.isEmpty() ? settings : SettingsReader.read(environment),
                            new DynamoTables(internal.stateTable(), internal.marketTable())));
                }
            }
            return Optional.empty();
        } catch (AwsServiceException e) {
            throw new AccessException(
                    "AWS does not let the functions of stack %s be listed (%s): lambda:ListFunctions is needed"
                            .formatted(
                                    name,
                                    e.awsErrorDetails() == null
                                            ? "status " + e.statusCode()
                                            : e.awsErrorDetails().errorCode()),
                    e);
        } catch (SdkClientException e) {
            throw new AccessException(
                    "AWS is not reached for stack %s: %s (credentials and region come from the environment or the AWS profile; --region names one)"
                            .formatted(name, told(e)),
                    e);
        }
    }

    /** Without the list of all the places where nothing was found. */
    private static String told(SdkClientException e) {
        return String.valueOf(e.getMessage()).replaceFirst("(?s) from any of the providers.*", "");
    }

    /** Its tables. Nothing is asked of AWS before they are read. */
    public Engine open(Access access) {
        Access here = new Access(Optional.of(region), access.environment());
        DynamoDbClient client = here.client(DynamoStore.configure(DynamoDbClient.builder()), "DYNAMODB");
        return new Engine(
                new DynamoStore(client, tables, new SystemTime()), "stack " + name + " in " + region, () -> {});
    }
}
