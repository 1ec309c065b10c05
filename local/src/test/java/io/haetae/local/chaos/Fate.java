package io.haetae.local.chaos;

/** What happens at a call that leaves the process. */
enum Fate {
    PASSES,
    /** The process dies; the call has no effect. */
    DIES_BEFORE,
    /** The call takes effect, then the process dies. */
    DIES_AFTER,
    /** No effect, and the caller hears that it failed. */
    FAILS,
    /** It takes effect, and the caller hears nothing. */
    ANSWER_LOST,
    /** It takes effect, and the caller gets half of the answer. */
    ANSWER_CUT,
    /** Without effect: the process is dead already. */
    DEAD;

    boolean kills() {
        return this == DIES_BEFORE || this == DIES_AFTER;
    }
}
