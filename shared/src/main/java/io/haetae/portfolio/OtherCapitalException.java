package io.haetae.portfolio;

import java.math.BigDecimal;

/** A dry-run book is asked for with another starting capital than it was opened with. */
public final class OtherCapitalException extends RuntimeException {

    private final AccountId account;

    public OtherCapitalException(AccountId account, BigDecimal opened, BigDecimal asked) {
        super("the book " + account + " was opened with " + opened.toPlainString() + " " + account.currency()
                + ", not " + asked.toPlainString()
                + ": set the portfolio value back, or open a new book with another --user-id or --home");
        this.account = account;
    }

    public AccountId account() {
        return account;
    }
}
