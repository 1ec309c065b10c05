package io.haetae.portfolio;

import io.haetae.market.Venue;

/**
 * A book: one venue, one currency, one user, one mode.
 *
 * @param currency ISO 4217
 */
public record AccountId(Mode mode, Venue venue, String user, String currency) {

    /** {@code DRY_RUN/KIS/default_user/KRW}: the account's name in keys, reports and events. */
    @Override
    public String toString() {
        return mode + "/" + venue + "/" + user + "/" + currency;
    }
}
