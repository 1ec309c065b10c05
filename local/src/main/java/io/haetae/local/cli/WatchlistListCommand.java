package io.haetae.local.cli;

import io.haetae.local.report.WatchlistPage;
import io.haetae.watchlist.Performance;
import io.haetae.watchlist.WatchlistEntry;
import io.haetae.watchlist.Watchlists.Listing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells the list. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Tells what is on the list, and how it has done as a whole.")
final class WatchlistListCommand extends WatchlistAction {

    /** What a list is sorted by. */
    enum Sort {
        score,
        added,
        symbol,
        change
    }

    @Option(
            names = "--sort",
            defaultValue = "score",
            description = "by: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
    Sort sort = Sort.score;

    @Option(names = "--asc", description = "the least first (default for symbol)")
    boolean ascending;

    @Option(names = "--desc", description = "the greatest first (default for the others)")
    boolean descending;

    @Option(names = "--all", description = "what was taken off too")
    boolean all;

    @Option(names = "--details", description = "all that is known of each")
    boolean details;

    WatchlistListCommand(Surroundings here) {
        super(here);
    }

    @Override
    void check() {
        if (ascending && descending) {
            throw new BadInputException("--asc and --desc ask for different orders: give one of them");
        }
    }

    @Override
    void act(OpenWatchlist list) {
        Listing listing = list.control().listing();
        List<WatchlistEntry> entries = listing.entries();
        List<WatchlistEntry> active =
                entries.stream().filter(WatchlistEntry::active).toList();
        List<String> lines = new ArrayList<>();
        lines.add(list.heading());
        List<WatchlistEntry> shown =
                (all ? entries : active).stream().sorted(order()).toList();
        if (!shown.isEmpty()) {
            lines.addAll(WatchlistPage.list(shown, details));
        }
        lines.add(WatchlistPage.performance(Performance.of(active)));
        listing.warnings().forEach(warning -> lines.add("warning: " + warning));
        tell(lines);
    }

    private Comparator<WatchlistEntry> order() {
        boolean up = ascending || sort == Sort.symbol && !descending;
        return switch (sort) {
            case score ->
                // What has no score is last either way.
                Comparator.comparing(
                                WatchlistEntry::composite,
                                Comparator.nullsLast(WatchlistListCommand.<Double>direction(up)))
                        .thenComparing(WatchlistEntry::symbol);
            case added -> by(WatchlistEntry::added, direction(up));
            case symbol -> by(WatchlistEntry::symbol, direction(up));
            case change -> by(entry -> entry.progress().changePct(), direction(up));
        };
    }

    private static <T> Comparator<WatchlistEntry> by(Function<WatchlistEntry, T> key, Comparator<? super T> order) {
        return Comparator.comparing(key, order).thenComparing(WatchlistEntry::symbol);
    }

    private static <T extends Comparable<? super T>> Comparator<T> direction(boolean up) {
        return up ? Comparator.naturalOrder() : Comparator.reverseOrder();
    }
}
