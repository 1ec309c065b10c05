package io.haetae.market;

import java.time.Instant;
import java.time.LocalDate;

/**
 * What is stored of one session: the data contract the later jobs check.
 *
 * @param revision of the rows in force, over all markets
 * @param rows number of rows in force
 * @param expected rows of the previous complete session, 0 when there is none
 */
public record Coverage(
        LocalDate session,
        PriceSource source,
        String revision,
        int rows,
        int expected,
        boolean complete,
        Instant fetchedAt) {}
