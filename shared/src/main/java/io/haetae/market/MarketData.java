package io.haetae.market;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The port through which jobs read and write the market's rows. Rows are immutable under their revision. */
public interface MarketData {

    Optional<Coverage> coverage(LocalDate session);

    /** Coverage of every stored session in the range, both ends included, oldest first. */
    List<Coverage> coverage(LocalDate from, LocalDate to);

    Optional<MarketDay> day(LocalDate session);

    /** The stored days among {@code sessions}, in the order asked. */
    List<MarketDay> days(List<LocalDate> sessions);

    /**
     * Stores the rows, then the coverage that puts them in force. Official rows replace provisional ones, never the
     * other way round. Storing what is in force already changes nothing.
     *
     * @return the coverage in force afterwards
     */
    Coverage put(MarketDay day, int expected, boolean complete, java.time.Instant fetchedAt);

    /** As known on that session; empty when nothing was collected for it. */
    List<Fundamentals> fundamentals(LocalDate session);

    void putFundamentals(LocalDate session, List<Fundamentals> fundamentals);
}
