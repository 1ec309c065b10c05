package io.haetae.portfolio;

import io.haetae.market.InstrumentId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The port to accounts, cash and positions. Orders and fills change them through the desk alone. */
public interface Portfolios {

    /**
     * Makes the book of a dry run with this capital; a book that is there stays as it is.
     *
     * @throws OtherCapitalException when the book was opened with another capital
     */
    Account open(AccountId account, BigDecimal initialCapital);

    /**
     * Makes the book of an account that its broker keeps, with what the broker says; a book that is there stays as it is.
     *
     * @param balance cash as it stands
     * @param initialCapital what losses are measured from: cash and everything held, above 0
     */
    Account adopt(AccountId account, BigDecimal balance, BigDecimal initialCapital);

    /** Empty when the book was never opened. */
    Optional<Account> account(AccountId account);

    Optional<Cash> cash(AccountId account);

    /** The position, flat or open; empty when the instrument was never held. */
    Optional<Position> position(AccountId account, InstrumentId instrument);

    /** Every position, flat ones too, ordered by instrument. */
    List<Position> positions(AccountId account);

    /**
     * Keeps the highest price of an open position.
     *
     * @return the position as it stands afterwards: unchanged when the price is no new high, or when it changed
     *     meanwhile
     */
    Position observe(Position position, BigDecimal price);
}
