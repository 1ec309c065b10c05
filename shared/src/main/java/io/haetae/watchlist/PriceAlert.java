package io.haetae.watchlist;

import io.haetae.event.DomainEvent;
import io.haetae.watchlist.Marks.Edge;
import io.haetae.watchlist.Watchlists.Owner;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;

/**
 * A close that reached a price a person waits for, on the session it did so: the close before had not.
 *
 * @param mark won, of the session's share
 * @param close won
 */
public record PriceAlert(LocalDate session, Edge edge, long mark, long close) {

    /** {@code close 12300 reached the upper alert price 12000}. */
    public String text() {
        return "close %d reached the %s alert price %d"
                .formatted(close, edge.name().toLowerCase(Locale.ROOT), mark);
    }

    /** The same alert of one session is the same event, however often the session is looked at. */
    DomainEvent event(Owner owner, WatchlistEntry entry, Instant at) {
        return new DomainEvent(
                "watchlist-%s-%s-%s-%s-%s".formatted(owner.mode(), owner.user(), entry.symbol(), session, edge),
                "AlertPriceReached",
                owner.mode() + "/" + owner.user(),
                at,
                Map.of(
                        "symbol", entry.symbol(),
                        "name", entry.name(),
                        "session", session.toString(),
                        "edge", edge.name(),
                        "mark", Long.toString(mark),
                        "close", Long.toString(close)));
    }
}
