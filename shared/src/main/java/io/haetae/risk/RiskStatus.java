package io.haetae.risk;

/** How an account stands against its limits. */
public enum RiskStatus {
    OK,
    /** Something stands at 80 % of its limit or beyond. */
    WARNING,
    HALTED
}
