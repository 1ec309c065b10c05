package io.haetae.local.market;

/** A user's price file cannot be used; the message is one line: file, line, what is wrong, what to do. */
public final class MarketFileException extends RuntimeException {

    public MarketFileException(String message) {
        super(message);
    }

    public MarketFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
