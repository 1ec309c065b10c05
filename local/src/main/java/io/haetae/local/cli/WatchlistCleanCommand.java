package io.haetae.local.cli;

import io.haetae.watchlist.WatchlistEntry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Takes off what breaks a criterion. */
@Command(
        name = "clean",
        mixinStandardHelpOptions = true,
        description = "Takes off what breaks a criterion of the list by the newest scored session, and does nothing"
                + " else: volatility above 40 %%, PER above 50 or a loss, PBR above 5, debt above 200 %%, fewer than"
                + " 100,000 shares a day. A figure that is not known breaks nothing.")
final class WatchlistCleanCommand extends WatchlistAction {

    WatchlistCleanCommand(Surroundings here) {
        super(here);
    }

    @Override
    void check() {}

    @Override
    void act(OpenWatchlist list) {
        LocalDate session = list.session();
        List<WatchlistEntry> removed = list.control().clean(session);
        List<String> lines = new ArrayList<>();
        lines.add(list.heading());
        removed.forEach(entry -> lines.add("%s %s: %s".formatted(entry.symbol(), entry.name(), entry.lastNote())));
        lines.add("session %s: %d removed, %d on the list"
                .formatted(
                        session,
                        removed.size(),
                        list.control().listing().entries().stream()
                                .filter(WatchlistEntry::active)
                                .count()));
        tell(lines);
    }
}
