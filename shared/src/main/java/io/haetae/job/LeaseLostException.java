package io.haetae.job;

/** Another invocation has taken the job's lease: this one may not write any more. */
public final class LeaseLostException extends RuntimeException {

    public LeaseLostException(Fence fence) {
        super("lease %s with fence %d was taken over".formatted(fence.lease(), fence.number()));
    }
}
