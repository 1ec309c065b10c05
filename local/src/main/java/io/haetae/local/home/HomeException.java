package io.haetae.local.home;

/** The data folder cannot be used as asked. The message is one line: what, where, and what to do. */
public final class HomeException extends RuntimeException {

    public HomeException(String message) {
        super(message);
    }

    public HomeException(String message, Throwable cause) {
        super(message, cause);
    }
}
