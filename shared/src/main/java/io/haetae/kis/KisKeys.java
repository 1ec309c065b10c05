package io.haetae.kis;

import io.haetae.config.Secrets;
import java.util.Optional;

/** The broker's app key and secret. */
public record KisKeys(String appKey, String appSecret) {

    public static final String APP_KEY = "kis/app-key";
    public static final String APP_SECRET = "kis/app-secret";

    /** Empty when either is not configured. */
    public static Optional<KisKeys> in(Secrets secrets) {
        Optional<String> appKey = secrets.get(APP_KEY).filter(key -> !key.isBlank());
        Optional<String> appSecret = secrets.get(APP_SECRET).filter(secret -> !secret.isBlank());
        return appKey.flatMap(key -> appSecret.map(secret -> new KisKeys(key.strip(), secret.strip())));
    }

    /** Whether both can stand in a header: otherwise the HTTP client would quote them in its complaint. */
    boolean arePrintable() {
        return (appKey + appSecret).chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    @Override
    public String toString() {
        return "KisKeys[hidden]";
    }
}
