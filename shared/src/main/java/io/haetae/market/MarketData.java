package io.haetae.market;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The port through which jobs read and write the market's rows. Rows are immutable under their revision. */
public interface MarketData {

    /**
     * Rows to be put in force.
     *
     * @param expected rows of the previous complete session, 0 when there is none
     * @param adjustments against the session right before; empty when its rows are not stored
     * @param remarks as in {@link Coverage}
     */
    record Intake(
            MarketDay day,
            int expected,
            boolean complete,
            Instant fetchedAt,
            Optional<List<Adjustment>> adjustments,
            List<String> remarks) {}

    Optional<Coverage> coverage(LocalDate session);

    /** Coverage of every stored session in the range, both ends included, oldest first. */
    List<Coverage> coverage(LocalDate from, LocalDate to);

    /** The newest complete session before {@code session}, however long ago. */
    Optional<Coverage> completeBefore(LocalDate session);

    /** The oldest stored session. */
    Optional<LocalDate> firstStored();

    /** The newest stored session. */
    Optional<LocalDate> lastStored();

    Optional<MarketDay> day(LocalDate session);

    /** The stored days among {@code sessions}, in the order asked. */
    List<MarketDay> days(List<LocalDate> sessions);

    /**
     * Stores the rows, then the coverage that puts them in force. Official rows replace provisional ones, never the
     * other way round. Storing what is in force already changes nothing.
     *
     * @return the coverage in force afterwards
     */
    Coverage put(Intake intake);

    /** Rows of which nothing else is known. */
    default Coverage put(MarketDay day, int expected, boolean complete, Instant fetchedAt) {
        return put(new Intake(day, expected, complete, fetchedAt, Optional.empty(), List.of()));
    }

    /** The coverages that were in force before, oldest first. */
    List<Coverage> replaced(LocalDate session);

    /** Rows by their revision, in force or not. */
    Optional<MarketDay> day(LocalDate session, PriceSource source, String revision);

    /**
     * Something that derived runs of the session read is about to change, or has changed: {@link Coverage#inputs} is
     * another afterwards. Without effect on a session that is not stored.
     */
    void corrected(LocalDate session);

    /** Every known break in the range, both ends included, by session. */
    List<Adjustment> adjustments(LocalDate from, LocalDate to);

    /** Replaces the session's breaks, for rows of the session before that came later. */
    void putAdjustments(LocalDate session, List<Adjustment> adjustments);

    /** As known on that session; empty when nothing was collected for it. */
    List<Fundamentals> fundamentals(LocalDate session);

    /** Other figures than the stored ones also count as a correction of the session. */
    void putFundamentals(LocalDate session, List<Fundamentals> fundamentals);
}
