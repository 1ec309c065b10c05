package io.haetae.risk;

import io.haetae.portfolio.AccountId;
import java.time.Instant;

/** The port to the trading state of each account. It survives restarts, deploys and an empty portfolio. */
public interface TradingStates {

    /**
     * The state with who set it and why.
     *
     * @param by a job, or a person's name; {@code default} when nobody ever set one
     */
    record Standing(TradingState state, String by, String reason, Instant since) {}

    /** {@code ACTIVE} when nobody ever set one. */
    Standing get(AccountId account);

    /**
     * Makes the account more restricted; what a job may do. A state as restricted or more so stays as it is.
     *
     * @return the state as it stands afterwards
     */
    Standing raise(AccountId account, TradingState state, String by, String reason, Instant at);

    /**
     * Sets any state, a less restricted one too: a person's word alone.
     *
     * @param person and {@code reason} neither may be blank
     * @return the state as it stands afterwards
     * @throws IllegalArgumentException when no person or no reason is named
     */
    Standing set(AccountId account, TradingState state, String person, String reason, Instant at);
}
