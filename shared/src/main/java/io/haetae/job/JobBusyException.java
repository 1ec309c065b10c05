package io.haetae.job;

/** Another slot of the job was still running after the longest wait: recorded as a failure, and rethrown as this. */
public final class JobBusyException extends RuntimeException {

    public JobBusyException(String reason) {
        super(reason);
    }
}
