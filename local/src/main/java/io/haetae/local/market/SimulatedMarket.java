package io.haetae.local.market;

import io.haetae.market.DailyRow;
import io.haetae.market.Fundamentals;
import io.haetae.market.KrxMarket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The truth that the simulated venues serve. It does not change: every question has one answer, whenever it is asked.
 * What a venue may already tell is the venue's business. Safe for use by several threads.
 */
public interface SimulatedMarket {

    /** What a store filled from this market is about: {@code simulated:SEED} or {@code files:HASH}. */
    String world();

    LocalDate firstSession();

    LocalDate lastSession();

    /** Indices are chained from here on: a session that is not so old that counting from the first one takes long. */
    default LocalDate anchorSession() {
        return firstSession();
    }

    /** The day to play when none is asked for. */
    LocalDate defaultDay();

    /** Sessions with rows, oldest first. */
    List<LocalDate> sessions();

    /** Every share that is or was listed, by symbol. */
    List<Listing> listings();

    Optional<Listing> listing(String symbol);

    /** The session's final rows of one market, by symbol; empty when the market has none. */
    List<DailyRow> rows(LocalDate session, KrxMarket market);

    /** The final row; empty before listing and on days without a session. */
    Optional<DailyRow> row(LocalDate session, String symbol);

    /** As known after that session; empty when there are none. */
    Optional<Fundamentals> fundamentals(LocalDate session, String symbol);

    /** Companies whose accounts the market knows, by symbol; none of its own when prices came from elsewhere. */
    default List<CompanyAccounts> companies() {
        return List.of();
    }

    /** The share as it stands at {@code at}; empty when it is not listed then. */
    Optional<Moment> at(Instant at, String symbol);

    /** What a person should know of where the rows come from, one sentence each. */
    List<String> notes();
}
