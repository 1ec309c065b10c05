package io.haetae.risk;

import io.haetae.portfolio.AccountId;

/** A book cannot be opened: its broker did not say what is in the account, or there is nothing in it. */
public final class CapitalUnavailableException extends RuntimeException {

    public CapitalUnavailableException(AccountId account, String cause) {
        super("the book " + account + " cannot be opened: " + cause);
    }
}
