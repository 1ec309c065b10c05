package io.haetae.portfolio;

/** Whose money moves. Part of every key, so the books never mix. */
public enum Mode {
    /** Real data, precheck at the venue where it has one, our paper broker fills. */
    DRY_RUN,
    /** The venue's own simulation. */
    SIM,
    LIVE
}
