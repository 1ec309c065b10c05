package io.haetae.order;

import java.math.BigDecimal;

/**
 * An account's money at its broker, in the account's currency.
 *
 * @param balance cash at trade date: what was bought is paid, what was sold is paid for
 * @param buyingPower cash that a new purchase may use
 * @param equity cash and holdings at the broker's prices
 */
public record Funds(BigDecimal balance, BigDecimal buyingPower, BigDecimal equity) {}
