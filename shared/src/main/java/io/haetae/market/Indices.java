package io.haetae.market;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;

/** The port through which the levels of indices are kept, session by session. */
public interface Indices {

    /** Names of the indices that stand for their whole market. */
    String KOSPI = "코스피";

    String KOSPI_200 = "코스피 200";
    String KOSDAQ = "코스닥";

    /** Replaces what stands for the session. */
    void put(LocalDate session, List<IndexRow> rows);

    /** By name; empty when nothing is stored for the session. */
    List<IndexRow> rows(LocalDate session);

    /** The closes of one index by session, both ends included; sessions that are not stored are left out. */
    SortedMap<LocalDate, BigDecimal> closes(String name, LocalDate from, LocalDate to);
}
