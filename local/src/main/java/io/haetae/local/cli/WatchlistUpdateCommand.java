package io.haetae.local.cli;

import io.haetae.watchlist.Watchlist;
import io.haetae.watchlist.WatchlistEntry;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** Does what the daily job does to the list. */
@Command(
        name = "update",
        mixinStandardHelpOptions = true,
        description = "Brings the list up to the newest scored session, as the daily job does after it has scored it:"
                + " a snapshot of each share, alerts, removals by the criteria, the best scores added. Done again it"
                + " changes nothing and tells the same.")
final class WatchlistUpdateCommand extends WatchlistAction {

    WatchlistUpdateCommand(Surroundings here) {
        super(here);
    }

    @Override
    void check() {}

    @Override
    void act(OpenWatchlist list) {
        LocalDate session = list.session();
        Watchlist.Update update = list.control().update(session, list.items().now());
        List<String> lines = new ArrayList<>();
        lines.add(list.heading());
        list.control()
                .newestStored()
                .filter(stored -> stored.isAfter(session))
                .ifPresent(stored -> lines.add(
                        "warning: %s is stored and not scored yet: the job watchlist_update does".formatted(stored)));
        update.warnings().forEach(warning -> lines.add("warning: " + warning));
        lines.addAll(update.told());
        lines.add("session %s: %d on the list, %d added, %d removed, %d alerts"
                .formatted(
                        session,
                        update.entries().stream().filter(WatchlistEntry::active).count(),
                        update.added().size(),
                        update.removed().size(),
                        update.alerts().size()));
        tell(lines);
    }
}
