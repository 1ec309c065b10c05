package io.haetae.risk;

import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A person's word that an account may enter with real money: the second key beside the configuration.
 *
 * @param account of mode LIVE: no other needs one
 * @param by the person, {@code reason} why; neither is blank
 * @param since when it was given
 * @param until it holds before this moment
 * @param maxNotional most that all entries under this arming may come to together, price × quantity in the account's
 *     currency, above 0; what an order gives back by ending unfilled does not count down
 * @param version grows with every arming and disarming of the account
 */
public record Arming(
        AccountId account,
        String by,
        String reason,
        Instant since,
        Instant until,
        BigDecimal maxNotional,
        long version) {

    /** @throws IllegalArgumentException with one line that says what is wrong */
    public Arming {
        if (account.mode() != Mode.LIVE) {
            throw new IllegalArgumentException(account + " needs no arming: only LIVE accounts do");
        }
        if (by.isBlank() || reason.isBlank()) {
            throw new IllegalArgumentException("an account is armed by a named person with a reason");
        }
        if (!until.isAfter(since)) {
            throw new IllegalArgumentException("an arming until " + until + " is over: now is " + since);
        }
        if (maxNotional.signum() <= 0) {
            throw new IllegalArgumentException(
                    "the greatest notional must be above 0, not " + maxNotional.toPlainString());
        }
    }

    public boolean holdsAt(Instant moment) {
        return moment.isBefore(until);
    }
}
