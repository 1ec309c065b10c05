package io.haetae.saxo;

/** The chain of tokens is lost: a person has to log in again. Exit code 3. */
public final class AuthenticationRequiredException extends SaxoException {

    public AuthenticationRequiredException(String message) {
        super(message);
    }
}
