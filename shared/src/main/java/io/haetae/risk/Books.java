package io.haetae.risk;

import io.haetae.portfolio.Account;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Cash;
import io.haetae.portfolio.Mode;
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
    private final Capital broker;

    /** Of dry runs alone. */
    public Books(Portfolios portfolios) {
        this(portfolios, account -> {
            throw new CapitalUnavailableException(account, "no broker keeps it");
        });
    }

    /** @param broker what an account begins with that is no dry run's */
    public Books(Portfolios portfolios, Capital broker) {
        this.portfolios = portfolios;
        this.broker = broker;
    }

    /**
     * The account as it stands. If it was never opened it is made: with {@code capital} in a dry run, with what the broker
     * says is in it in every other mode.
     *
     * @throws CapitalUnavailableException when the broker does not say
     * @throws IllegalStateException when it changes faster than it can be read
     */
    public Account read(AccountId account, BigDecimal capital) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Account book = portfolios.account(account).orElseGet(() -> opened(account, capital));
            Optional<Cash> after = portfolios.cash(account);
            // Every fill moves cash: the same version before and after means that nothing was filled in between.
            if (after.isPresent() && after.get().version() == book.cash().version()) {
                return book;
            }
        }
        throw new IllegalStateException(account + " changed whenever it was read");
    }

    /**
     * As {@link #read}, and the capital must be the one a dry run's book was opened with: for what opens positions. What
     * closes them asks nothing.
     *
     * @throws CapitalUnavailableException when the book is new and the broker does not say what is in it
     * @throws io.haetae.portfolio.OtherCapitalException when it was opened with another
     */
    public Account readFor(AccountId account, BigDecimal capital) {
        Account _ = opened(account, capital);
        return read(account, capital);
    }

    private Account opened(AccountId account, BigDecimal capital) {
        if (account.mode() == Mode.DRY_RUN) {
            return portfolios.open(account, capital);
        }
        return portfolios.account(account).orElseGet(() -> {
            Capital.Beginning beginning = broker.of(account);
            return portfolios.adopt(account, beginning.balance(), beginning.total());
        });
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
