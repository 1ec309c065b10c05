package io.haetae.config;

/** Where a setting takes effect when the program runs in the cloud. */
public enum Reach {
    /** It shapes a schedule and is unknown to the function. */
    SCHEDULE,
    /** It stands in the function's environment. */
    FUNCTION,
    /** A job's switch: the schedule is made disabled, and the function says so when it is started all the same. */
    BOTH,
    /** Part of how the program is put together, not a setting of a person's; no parameter of its own. */
    INTERNAL
}
