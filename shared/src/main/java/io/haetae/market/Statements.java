package io.haetae.market;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The port to stored statements. What is stored is never changed: corrections are versions of their own. */
public interface Statements {

    /** Every version received in the range, both ends included, by receipt and company. */
    List<Statement> received(LocalDate from, LocalDate to);

    /**
     * Adds versions; one that is stored already stays as it is.
     *
     * @return how many were new
     */
    int add(List<Statement> statements);

    /** How far filings were read; empty before the first time. */
    Optional<StatementProgress> progress();

    void keep(StatementProgress progress);
}
