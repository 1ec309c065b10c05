package io.haetae.market;

/** A venue did not say what its prices are. */
public final class QuotesUnavailableException extends RuntimeException {

    public QuotesUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
