package io.haetae.local.cli;

import io.haetae.config.Settings;
import io.haetae.market.Venue;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.OtherCapitalException;
import io.haetae.portfolio.Portfolios;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.Store;
import java.math.BigDecimal;
import java.util.List;

/** The books of the person whose settings these are. */
final class Capital {

    private Capital() {}

    static List<AccountId> accounts(String user) {
        return List.of(
                new AccountId(Mode.DRY_RUN, Venue.KIS, user, "KRW"),
                new AccountId(Mode.DRY_RUN, Venue.SAXO, user, "USD"));
    }

    /** @throws OtherCapitalException when a book stands there that was opened with another value than is set now */
    static void check(Store store, Settings settings) {
        Portfolios books = new PortfolioMapper(store);
        for (AccountId account : accounts(settings.orchestrator().userId())) {
            BigDecimal asked =
                    switch (account.venue()) {
                        case KIS -> settings.orchestrator().portfolioValue();
                        case SAXO -> settings.saxo().portfolioValue();
                    };
            books.cash(account).ifPresent(cash -> {
                if (cash.initialCapital().compareTo(asked) != 0) {
                    throw new OtherCapitalException(account, cash.initialCapital(), asked);
                }
            });
        }
    }
}
