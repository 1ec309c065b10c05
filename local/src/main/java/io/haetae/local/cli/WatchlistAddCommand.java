package io.haetae.local.cli;

import io.haetae.local.report.WatchlistPage;
import io.haetae.watchlist.Watchlist;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.Wish;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a share on the list. */
@Command(
        name = "add",
        mixinStandardHelpOptions = true,
        description = "Puts a share on the list at the close of the newest scored session. Prices are in won of the"
                + " share as it is on that session; a later split changes them with the share.")
final class WatchlistAddCommand extends WatchlistAction {

    @Parameters(paramLabel = "SYMBOL", description = "six characters, such as 005930")
    String symbol = "";

    @Mixin
    WishOptions said = new WishOptions();

    @Option(names = "--no-alerts", description = "keep the alert prices, but tell nothing when they are reached")
    boolean noAlerts;

    WatchlistAddCommand(Surroundings here) {
        super(here);
    }

    @Override
    void check() {
        StoredMarket.symbol(symbol);
        Wish _ = wish();
    }

    private Wish wish() {
        return said.wish(symbol, !noAlerts);
    }

    @Override
    void act(OpenWatchlist list) {
        LocalDate session = list.session();
        Watchlist.Addition addition = list.control()
                .add(wish(), session, list.items().now())
                .orElseThrow(() -> new BadInputException(
                        "no share %s is in the rows of %s, the newest scored session: check the symbol; one that is listed since is there after the next collection"
                                .formatted(symbol, session)));
        List<String> lines = new ArrayList<>();
        lines.add(list.heading());
        switch (addition) {
            case Watchlist.Addition.Added(WatchlistEntry entry, List<String> violations) -> {
                lines.add("added:");
                lines.addAll(WatchlistPage.details(entry));
                if (!violations.isEmpty()) {
                    lines.add("  warning: the next update takes it off again: " + String.join(", ", violations));
                }
                list.beyond(entry).ifPresent(lines::add);
            }
            case Watchlist.Addition.AlreadyThere(WatchlistEntry entry) -> {
                lines.add("on the list already, nothing is changed (./haetae watchlist set %s changes it):"
                        .formatted(symbol));
                lines.addAll(WatchlistPage.details(entry));
            }
        }
        list.unwatched().ifPresent(lines::add);
        tell(lines);
    }
}
