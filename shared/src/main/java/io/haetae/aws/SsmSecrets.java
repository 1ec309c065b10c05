package io.haetae.aws;

import io.haetae.config.Secrets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterTier;
import software.amazon.awssdk.services.ssm.model.ParameterType;

/**
 * Secrets as SecureString parameters under one path of the SSM Parameter Store: {@code kis/app-key} under {@code
 * /haetae/prod} is {@code /haetae/prod/kis/app-key}.
 *
 * <p>Keys are read once an instance. Tokens change under way, by the hand of another function too: they are read anew
 * every time. So is a key that is not there.
 */
public final class SsmSecrets implements Secrets {

    private static final String TOKEN = "token";

    private final SsmClient client;
    private final String path;
    private final Map<String, String> keys = new ConcurrentHashMap<>();

    /** @param path starts with a slash and does not end with one */
    public SsmSecrets(SsmClient client, String path) {
        if (!path.startsWith("/") || path.endsWith("/")) {
            throw new IllegalArgumentException("not a path of parameters: " + path);
        }
        this.client = client;
        this.path = path;
    }

    /** @throws SecretStoreException when it cannot be read; never to be taken for absent */
    @Override
    public Optional<String> get(String name) {
        String known = keys.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            String value = client.getParameter(
                            request -> request.name(parameter(name)).withDecryption(true))
                    .parameter()
                    .value();
            if (!name.endsWith(TOKEN)) {
                keys.put(name, value);
            }
            return Optional.of(value);
        } catch (ParameterNotFoundException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw new SecretStoreException(parameter(name), "cannot be read (" + problem(e) + ")");
        }
    }

    /** @throws SecretStoreException when it may not have been written */
    @Override
    public void put(String name, String value) {
        try {
            client.putParameter(request -> request.name(parameter(name))
                    .value(value)
                    .type(ParameterType.SECURE_STRING)
                    // A token above 4 KB needs the larger kind of parameter; a small one stays free of charge.
                    .tier(ParameterTier.INTELLIGENT_TIERING)
                    .overwrite(true));
            keys.remove(name);
        } catch (SdkException e) {
            throw new SecretStoreException(parameter(name), "cannot be written (" + problem(e) + ")");
        }
    }

    private String parameter(String name) {
        return path + "/" + name;
    }

    private static String problem(SdkException e) {
        return e instanceof AwsServiceException service && service.awsErrorDetails() != null
                ? service.awsErrorDetails().errorCode()
                : e.getClass().getSimpleName();
    }
}
