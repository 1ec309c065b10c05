package io.haetae.risk;

import io.haetae.portfolio.AccountId;
import java.math.BigDecimal;

/** What a book begins with that its broker keeps. */
@FunctionalInterface
public interface Capital {

    /**
     * @param balance cash as it stands
     * @param total cash and everything held, above 0: what losses are measured from
     */
    record Beginning(BigDecimal balance, BigDecimal total) {}

    /** @throws CapitalUnavailableException when it is not known, or is nothing */
    Beginning of(AccountId account);
}
