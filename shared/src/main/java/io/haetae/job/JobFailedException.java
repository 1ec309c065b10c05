package io.haetae.job;

/** A job that answered with a failure in place of throwing one: the invocation fails all the same. */
public final class JobFailedException extends RuntimeException {

    public JobFailedException(String reason) {
        super(reason);
    }
}
