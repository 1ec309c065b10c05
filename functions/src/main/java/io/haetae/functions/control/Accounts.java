package io.haetae.functions.control;

import io.haetae.config.Settings;
import io.haetae.market.Venue;
import io.haetae.portfolio.AccountId;
import io.haetae.portfolio.Mode;
import io.haetae.portfolio.Portfolios;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The accounts of the user whose settings these are. */
public final class Accounts {

    private Accounts() {}

    /** The ones that the settings trade for, each in its venue's mode. */
    public static List<AccountId> configured(Settings settings) {
        return Arrays.stream(Venue.values())
                .map(venue -> of(settings, venue, mode(settings, venue)))
                .toList();
    }

    /** Those of any mode that have a book, ordered by mode, then venue. */
    public static List<AccountId> kept(Portfolios books, Settings settings) {
        return Arrays.stream(Mode.values())
                .flatMap(mode -> Arrays.stream(Venue.values()).map(venue -> of(settings, venue, mode)))
                .filter(account -> books.cash(account).isPresent())
                .toList();
    }

    /** The configured ones first, then those of other modes that have a book. */
    public static List<AccountId> all(Portfolios books, Settings settings) {
        return Stream.concat(configured(settings).stream(), kept(books, settings).stream())
                .distinct()
                .toList();
    }

    public static AccountId of(Settings settings, Venue venue, Mode mode) {
        return of(settings.orchestrator().userId(), venue, mode);
    }

    /** A user has one account a venue and mode, in the venue's currency. */
    public static AccountId of(String user, Venue venue, Mode mode) {
        String currency =
                switch (venue) {
                    case KIS -> "KRW";
                    case SAXO -> "USD";
                };
        return new AccountId(mode, venue, user, currency);
    }

    /** What the settings make of a venue. */
    public static Mode mode(Settings settings, Venue venue) {
        return switch (venue) {
            case KIS -> settings.koreanMode();
            case SAXO -> settings.saxoMode();
        };
    }
}
