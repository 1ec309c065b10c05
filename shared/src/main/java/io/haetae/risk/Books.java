package io.haetae.risk;

import io.haetae.portfolio.Account;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.Portfolios;
import io.haetae.portfolio.Position;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Reads accounts whole. Cash and positions are separate items; a fill between reading the one and the other would show
 * its money twice or not at all, and a peak or a halt made of that would stay.
 */
public final class Books {

    /** A fill takes milliseconds; so many in a row do not happen. */
    private static final int ATTEMPTS = 20;

    private final Portfolios portfolios;

    public Books(Portfolios portfolios) {
        this.portfolios = portfolios;
    }

    /**
     * The account as it stands, made with {@code capital} if it was never opened.
     *
     * @throws IllegalStateException when it changes faster than it can be read
     */
    public Account read(AccountId account, BigDecimal capital) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Account book = portfolios.account(account).orElseGet(() -> portfolios.open(account, capital));
            Optional<Cash> after = portfolios.cash(account);
            // Every fill moves cash: the same version before and after means that nothing was filled in between.
            if (after.isPresent() && after.get().version() == book.cash().version()) {
                return book;
            }
        }
        throw new IllegalStateException(account + " changed whenever it was read");
    }

    /**
     * As {@link #read}, and the capital must be the one the book was opened with: for what opens positions. What closes
     * them asks nothing.
     *
     * @throws io.haetae.portfolio.OtherCapitalException when it was opened with another
     */
    public Account readFor(AccountId account, BigDecimal capital) {
        Account _ = portfolios.open(account, capital);
        return read(account, capital);
    }

    /** Keeps the highest price of a position; see {@link Portfolios#observe}. */
    public Position observe(Position position, BigDecimal price) {
        return portfolios.observe(position, price);
    }

    /** Positions with something in them, ours or not: what counts in limits. */
    public static List<Position> held(Account account) {
        return account.positions().stream().filter(Position::isHeld).toList();
    }

    /** Positions of which something is ours: what may be sold. */
    public static List<Position> ours(Account account) {
        return account.positions().stream().filter(Position::isOpen).toList();
    }
}
