package io.haetae.aws;

/** A secret could not be read or written. Says which and why, never its value. */
public final class SecretStoreException extends RuntimeException {

    /** Without a cause on purpose: what AWS says about a refused value may repeat it. */
    SecretStoreException(String parameter, String problem) {
        super("SSM parameter " + parameter + ": " + problem);
    }
}
