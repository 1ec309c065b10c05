package io.haetae.risk;

import io.haetae.portfolio.AccountId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** The port to arming records, one an account. They survive restarts and deploys. */
public interface Armings {

    /** The record that stands, lapsed or not; empty when the account was never armed or was disarmed. */
    Optional<Arming> get(AccountId account);

    /**
     * Arms the account, in place of a record that stands. What was spent under that one is not carried over, nor does an
     * entry intended under it go out under this one.
     *
     * @throws IllegalArgumentException as {@link Arming}
     */
    Arming arm(AccountId account, String by, String reason, Instant at, Instant until, BigDecimal maxNotional);

    /**
     * Ends the arming, lapsed or not.
     *
     * @return what stood; empty when nothing did
     * @throws IllegalArgumentException when no one or no reason is named
     */
    Optional<Arming> disarm(AccountId account, String by, String reason, Instant at);

    /** What entries have used of {@link Arming#maxNotional()}, in the account's currency. */
    BigDecimal spent(Arming arming);

    /**
     * Says once, as an event, that the arming lapses soon or has lapsed.
     *
     * @return whether this call was the one that said it
     */
    boolean announce(Arming arming, Lapse lapse, Instant at);

    enum Lapse {
        SOON,
        OVER
    }
}
