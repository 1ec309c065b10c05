package io.haetae.local.cli;

import io.haetae.calendar.XkrxCalendar;
import io.haetae.config.Settings;
import io.haetae.functions.control.WatchlistControl;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.Watchlists.Owner;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** A user's list in the items that a command line means. */
record OpenWatchlist(KeptItems items, Owner owner, WatchlistControl control) {

    static OpenWatchlist of(KeptItems items) {
        Owner owner = owner(items.settings());
        return new OpenWatchlist(items, owner, new WatchlistControl(items.store(), owner));
    }

    private static Owner owner(Settings settings) {
        return new Owner(settings.koreanMode(), settings.orchestrator().userId());
    }

    String heading() {
        return "%s, %s watchlist of %s".formatted(items.name(), owner.mode(), owner.user());
    }

    LocalDate today() {
        return LocalDate.ofInstant(items.now(), XkrxCalendar.SEOUL);
    }

    /** The newest session with scores, which a list lives from. */
    LocalDate session() {
        return control.newestScored()
                .orElseThrow(() -> new BadInputException(
                        "no session is scored in %s yet: ./haetae day, or the jobs indicator_calculation and watchlist_update, score one"
                                .formatted(items.name())));
    }

    /** A line when no job looks at the list. */
    Optional<String> unwatched() {
        Owner jobs = owner(items.configured());
        return jobs.equals(owner)
                ? Optional.empty()
                : Optional.of(
                        "  warning: the jobs look at the %s watchlist of %s: no alert of this one is told unless watchlist update is run for it"
                                .formatted(jobs.mode(), jobs.user()));
    }

    /** A line when a share stands beyond an alert price already, so that no close reaches it for now. */
    Optional<String> beyond(WatchlistEntry entry) {
        return Optional.ofNullable(entry.marks().beyond(entry.price()))
                .map(edge ->
                        "  warning: the close of %d is beyond the %s alert price already: a close that comes back to it is told"
                                .formatted(entry.price(), edge.name().toLowerCase(Locale.ROOT)));
    }

    BadInputException notThere(String symbol, String whereToLook) {
        return new BadInputException(
                "%s is not on the watchlist of %s: %s".formatted(symbol, owner.user(), whereToLook));
    }
}
