package io.haetae.local.cli;

import io.haetae.local.report.WatchlistPage;
import io.haetae.watchlist.WatchlistSnapshot;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells a share's snapshots. */
@Command(
        name = "history",
        mixinStandardHelpOptions = true,
        description = "Tells how a share has done on the list, a line a session; it stays when the share is removed.")
final class WatchlistHistoryCommand extends WatchlistAction {

    @Parameters(paramLabel = "SYMBOL", description = "six characters, such as 005930")
    String symbol = "";

    @Option(names = "--last", paramLabel = "N", description = "only the last N days (default: all)")
    @Nullable
    Long last;

    WatchlistHistoryCommand(Surroundings here) {
        super(here);
    }

    @Override
    void check() {
        StoredMarket.symbol(symbol);
        if (last != null && (last < 1 || last > 36_500)) {
            throw new BadInputException("--last " + last + ": a number of days from 1 to 36500 is expected");
        }
    }

    @Override
    void act(OpenWatchlist list) {
        LocalDate from = last == null ? LocalDate.EPOCH : list.today().minusDays(last);
        List<WatchlistSnapshot> snapshots = list.control().history(symbol, from);
        if (snapshots.isEmpty()) {
            throw new BadInputException(
                    "%s has no history on the watchlist of %s%s: ./haetae watchlist list --all tells what has"
                            .formatted(symbol, list.owner().user(), last == null ? "" : " since " + from));
        }
        List<String> lines = new ArrayList<>();
        lines.add(list.heading() + ", " + symbol);
        lines.addAll(WatchlistPage.history(snapshots));
        tell(lines);
    }
}
