package io.haetae.market;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What is stored of one session: the data contract the later jobs check.
 *
 * @param revision of the rows in force, over all markets
 * @param rows number of rows in force
 * @param expected rows of the previous complete session, 0 when there is none
 * @param complete enough of the expected rows are there for entries to rest on them
 * @param corrections how often something that derived runs of this session read has changed since they could first run:
 *     its rows, its fundamentals, or rows of a session before it
 * @param difference between these rows and the ones they replaced; empty when they replaced none, or equal ones
 * @param remarks of what was left out of the source's rows and why, one sentence each
 */
public record Coverage(
        LocalDate session,
        PriceSource source,
        String revision,
        int rows,
        int expected,
        boolean complete,
        Instant fetchedAt,
        int corrections,
        Optional<RowDifference> difference,
        List<String> remarks) {

    public Coverage {
        remarks = List.copyOf(remarks);
    }

    /** The first rows of a session, nothing left out. */
    public Coverage(
            LocalDate session,
            PriceSource source,
            String revision,
            int rows,
            int expected,
            boolean complete,
            Instant fetchedAt) {
        this(session, source, revision, rows, expected, complete, fetchedAt, 0, Optional.empty(), List.of());
    }

    /**
     * Names all that a derived run of this session reads: another name means that it must run again. It begins with the
     * rows' revision.
     */
    public String inputs() {
        return corrections == 0 ? revision : revision + "." + corrections;
    }

    /**
     * How much of what is expected is there, such as {@code 97.0 %}. Rounded down: where a row is missing it is never 100 %.
     * {@code unknown} when nothing is known to be expected.
     */
    public String share() {
        if (expected == 0) {
            return "unknown";
        }
        long tenths = rows * 1_000L / expected;
        return "%d.%d %%".formatted(tenths / 10, tenths % 10);
    }

    /** Complete, and the Exchange's own. */
    public boolean isOfficial() {
        return complete && source == PriceSource.OFFICIAL;
    }
}
