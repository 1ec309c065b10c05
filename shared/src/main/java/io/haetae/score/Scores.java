package io.haetae.score;

import java.time.LocalDate;
import java.util.Optional;

/** The port to stored scores, one sheet a session. */
public interface Scores {

    Optional<ScoreSheet> at(LocalDate session);

    /** Revision of the rows the stored sheet rests on, without reading the sheet. */
    Optional<String> revision(LocalDate session);

    /** Puts the sheet in force for its session, in place of an earlier one. Storing the same again changes nothing. */
    void put(ScoreSheet sheet);
}
