package io.haetae.indicator;

import java.time.LocalDate;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The port to stored indicators, one snapshot a session. */
public interface IndicatorSnapshots {

    Optional<IndicatorSnapshot> at(LocalDate session);

    /** Revision of the rows the stored snapshot was made of, without reading the snapshot. */
    Optional<String> revision(LocalDate session);

    /** Puts the snapshot in force for its session, in place of an earlier one. Storing the same again changes nothing. */
    void put(IndicatorSnapshot snapshot);

    /**
     * The same for a snapshot that another run may be about to replace.
     *
     * @param inputsStand whether what it was made of is still in force; asked once, after looking at what it is to replace
     * @return false when it is not, or when another snapshot came into force meanwhile: that one stands
     */
    boolean putIf(IndicatorSnapshot snapshot, BooleanSupplier inputsStand);
}
