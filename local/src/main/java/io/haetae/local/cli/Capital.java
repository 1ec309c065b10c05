package io.haetae.local.cli;

import io.haetae.config.Settings;
import io.haetae.functions.control.Accounts;
import io.haetae.market.Venue;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.OtherCapitalException;
import io.haetae.portfolio.Portfolios;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.Store;
import java.math.BigDecimal;

/** The starting capital of dry runs; in other modes the broker says what there is. */
final class Capital {

    private Capital() {}

    /** @throws OtherCapitalException when a book stands there that was opened with another value than is set now */
    static void check(Store store, Settings settings) {
        Portfolios books = new PortfolioMapper(store);
        for (Venue venue : Venue.values()) {
            if (Accounts.mode(settings, venue) != Mode.DRY_RUN) {
                continue;
            }
            AccountId account = Accounts.of(settings, venue, Mode.DRY_RUN);
            BigDecimal asked =
                    switch (venue) {
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
