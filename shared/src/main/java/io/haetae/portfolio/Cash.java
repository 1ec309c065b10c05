package io.haetae.portfolio;

import java.math.BigDecimal;

/**
 * An account's money in its own currency.
 *
 * @param balance at trade date: a fill moves it at once, settlement does not
 * @param reserved by entries that are not at their end; never more than the balance when an entry is intended
 * @param initialCapital what the book was opened with
 * @param version grows with every write
 */
public record Cash(
        AccountId account, BigDecimal balance, BigDecimal reserved, BigDecimal initialCapital, long version) {

    /** ISO 4217. */
    public String currency() {
        return account.currency();
    }

    /** What a new entry may reserve; negative when fills cost more than was reserved for them. */
    public BigDecimal free() {
        return balance.subtract(reserved);
    }

    /** The next version with {@code amount} more reserved (less when negative). */
    public Cash reserve(BigDecimal amount) {
        return new Cash(account, balance, reserved.add(amount), initialCapital, version + 1);
    }

    /** The next version with {@code amount} more in the balance and {@code released} less reserved. */
    public Cash settle(BigDecimal amount, BigDecimal released) {
        return new Cash(account, balance.add(amount), reserved.subtract(released), initialCapital, version + 1);
    }

    /** The next version with the broker's balance in place of ours. What is reserved and the capital stay. */
    public Cash corrected(BigDecimal broker) {
        return new Cash(account, broker, reserved, initialCapital, version + 1);
    }
}
