package io.haetae.local.cli;

import io.haetae.config.Settings;
import io.haetae.market.Venue;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.store.PortfolioMapper;
import io.haetae.store.Store;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The accounts of the person whose settings these are. */
final class Accounts {

    private Accounts() {}

    /** The ones that the settings trade for, each in its venue's mode. */
    static List<AccountId> configured(Settings settings) {
        return Arrays.stream(Venue.values())
                .map(venue -> account(settings, venue, mode(settings, venue)))
                .toList();
    }

    /** The account of one venue that the settings trade for. */
    static AccountId configured(Settings settings, Venue venue) {
        return account(settings, venue, mode(settings, venue));
    }

    /** Those of any mode in which something was ever kept, ordered by mode, then venue. */
    static List<AccountId> kept(Store store, Settings settings) {
        PortfolioMapper books = new PortfolioMapper(store);
        return Arrays.stream(Mode.values())
                .flatMap(mode -> Arrays.stream(Venue.values()).map(venue -> account(settings, venue, mode)))
                .filter(account -> books.cash(account).isPresent())
                .toList();
    }

    /** The configured ones first, then the kept ones of other modes. */
    static List<AccountId> all(Store store, Settings settings) {
        return Stream.concat(configured(settings).stream(), kept(store, settings).stream())
                .distinct()
                .toList();
    }

    /** @param venue only this one; all when it is empty */
    static List<AccountId> of(List<AccountId> accounts, Optional<Venue> venue) {
        return accounts.stream()
                .filter(account -> venue.isEmpty() || account.venue() == venue.get())
                .toList();
    }

    private static Mode mode(Settings settings, Venue venue) {
        return switch (venue) {
            case KIS -> settings.koreanMode();
            case SAXO -> settings.saxoMode();
        };
    }

    private static AccountId account(Settings settings, Venue venue, Mode mode) {
        String currency =
                switch (venue) {
                    case KIS -> "KRW";
                    case SAXO -> "USD";
                };
        return new AccountId(mode, venue, settings.orchestrator().userId(), currency);
    }
}
