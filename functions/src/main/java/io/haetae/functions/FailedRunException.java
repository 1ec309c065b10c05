package io.haetae.functions;

/** Carries a job's checked failure through Lambda's interface. */
public final class FailedRunException extends RuntimeException {

    FailedRunException(Exception cause) {
        super(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), cause);
    }
}
