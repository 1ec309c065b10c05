package io.haetae.local.chaos;

/** The process dies. An error, so that nothing on the way out takes it for a failure to record. */
final class Death extends Error {
    private static final long serialVersionUID = 1;

    Death() {
        super("the process died", null, false, false);
    }
}
