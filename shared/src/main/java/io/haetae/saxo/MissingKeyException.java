package io.haetae.saxo;

/** Nothing is configured under a name: the machine starts, and what needs the key is skipped. */
public final class MissingKeyException extends SaxoException {

    private final String key;

    public MissingKeyException(String key) {
        super("no " + key + " is configured");
        this.key = key;
    }

    /** Short name of the secret, such as {@code saxo/token}. */
    public String key() {
        return key;
    }
}
