package io.haetae.local.cli;

import io.haetae.local.report.WatchlistPage;
import io.haetae.watchlist.Marks;
import io.haetae.watchlist.Watchlist;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.Wish;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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

    @Option(names = "--target", paramLabel = "WON", description = "a price hoped for")
    @Nullable
    Long target;

    @Option(names = "--upper", paramLabel = "WON", description = "tell when a session closes at or above it")
    @Nullable
    Long upper;

    @Option(names = "--lower", paramLabel = "WON", description = "tell when a session closes at or below it")
    @Nullable
    Long lower;

    @Option(names = "--no-alerts", description = "keep the alert prices, but tell nothing when they are reached")
    boolean noAlerts;

    @Option(names = "--reason", paramLabel = "TEXT", description = "why (default: one made from its scores)")
    @Nullable
    String reason;

    @Option(names = "--tags", paramLabel = "TAG", split = ",", description = "words to find it by, comma between")
    List<String> tags = List.of();

    @Option(names = "--notes", paramLabel = "TEXT", description = "anything to remember")
    String notes = "";

    WatchlistAddCommand(Surroundings here) {
        super(here);
    }

    @Override
    void check() {
        StoredMarket.symbol(symbol);
        Wish _ = wish();
    }

    private Wish wish() {
        try {
            return new Wish(
                    symbol,
                    new Marks(target, !noAlerts, upper, lower),
                    Optional.ofNullable(reason).filter(text -> !text.isBlank()),
                    tags.stream().map(String::strip).toList(),
                    notes);
        } catch (IllegalArgumentException e) {
            throw new BadInputException(String.valueOf(e.getMessage()), e);
        }
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
            }
            case Watchlist.Addition.AlreadyThere(WatchlistEntry entry) -> {
                lines.add("on the list already, nothing is changed:");
                lines.addAll(WatchlistPage.details(entry));
            }
        }
        list.unwatched().ifPresent(lines::add);
        tell(lines);
    }
}
