package io.haetae.saxo;

/** No answer within the bounded number of tries: network, 5xx, or 429. */
public final class SaxoUnavailableException extends SaxoException {

    public SaxoUnavailableException(String message) {
        super(message);
    }

    public SaxoUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
