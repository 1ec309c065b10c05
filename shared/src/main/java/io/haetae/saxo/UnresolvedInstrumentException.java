package io.haetae.saxo;

/** A configured symbol names no instrument, or more than one. Skips that instrument only. */
public final class UnresolvedInstrumentException extends Exception {

    public UnresolvedInstrumentException(String message) {
        super(message);
    }
}
