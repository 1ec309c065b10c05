package io.haetae.indicator;

import java.time.LocalDate;
import java.util.Optional;

/** The port to stored indicators, one snapshot a session. */
public interface IndicatorSnapshots {

    Optional<IndicatorSnapshot> at(LocalDate session);

    /** Revision of the rows the stored snapshot was made of, without reading the snapshot. */
    Optional<String> revision(LocalDate session);

    /** Puts the snapshot in force for its session, in place of an earlier one. Storing the same again changes nothing. */
    void put(IndicatorSnapshot snapshot);
}
