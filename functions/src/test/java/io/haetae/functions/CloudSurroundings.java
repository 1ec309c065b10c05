package io.haetae.functions;

import java.util.Map;

/** What a function would have around it in Lambda, with this environment. */
public final class CloudSurroundings {

    private CloudSurroundings() {}

    public static Platform of(Map<String, String> environment) {
        return CloudPlatform.from(environment);
    }
}
