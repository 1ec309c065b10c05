package io.haetae.watchlist;

import io.haetae.market.KrxMarket;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A share on a user's watchlist.
 *
 * @param added session it was (last) put on the list
 * @param addedPrice close of that session, won
 * @param reason why it was put there
 * @param notes dated lines, oldest first, such as why it was removed
 * @param session newest one that updated it
 * @param price close of that session, won
 * @param composite null when unknown, as the percentile
 * @param version of the stored entry, 0 when it is not stored yet
 */
public record WatchlistEntry(
        String symbol,
        String name,
        KrxMarket market,
        Standing standing,
        LocalDate added,
        long addedPrice,
        String reason,
        String notes,
        LocalDate session,
        long price,
        @Nullable Double composite,
        @Nullable Double percentile,
        long version) {

    /** Whether it is watched, and who ended that. */
    public enum Standing {
        ACTIVE,
        /** It broke a criterion; it may come back by itself. */
        REMOVED_BY_CRITERIA,
        /** A person took it off; only a person puts it back. */
        REMOVED_BY_PERSON
    }

    public boolean active() {
        return standing == Standing.ACTIVE;
    }
}
