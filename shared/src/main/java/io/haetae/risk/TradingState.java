package io.haetae.risk;

/** What an account may do, from least to most restricted. */
public enum TradingState {
    ACTIVE,
    /** Every exit, no entry. */
    REDUCING,
    /** Cancels, protective exits and a person's exits only. */
    HALTED;

    public boolean atMost(TradingState worst) {
        return compareTo(worst) <= 0;
    }
}
