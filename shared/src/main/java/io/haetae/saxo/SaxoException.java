package io.haetae.saxo;

/** Saxo did not do what it was asked. The message never holds a token or a key. */
public abstract sealed class SaxoException extends RuntimeException
        permits AuthenticationRequiredException,
                SaxoUnavailableException,
                SaxoRefusedException,
                SaxoFormatException,
                MissingKeyException {

    SaxoException(String message) {
        super(message);
    }

    SaxoException(String message, Throwable cause) {
        super(message, cause);
    }
}
