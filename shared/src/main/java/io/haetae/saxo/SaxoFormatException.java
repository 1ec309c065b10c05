package io.haetae.saxo;

/** A 2xx answer that does not hold what the contract promises. */
public final class SaxoFormatException extends SaxoException {

    public SaxoFormatException(String message) {
        super(message);
    }
}
