package io.haetae.job;

/** An event that asks for nothing this program does. One line says what is wrong with it; nothing was run. */
public final class InvalidEventException extends RuntimeException {

    public InvalidEventException(String problem) {
        super(problem);
    }
}
