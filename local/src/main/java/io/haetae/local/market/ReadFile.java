package io.haetae.local.market;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of the lines of one price file. */
final class ReadFile {

    /** Whether the prices are what was traded, or were changed afterwards for splits and the like. */
    enum Kind {
        /** With {@code change} and {@code market}: steps and limits can be judged. */
        RAW,
        /** Without: the prices may be adjusted, and rounded each for itself. */
        ADJUSTED
    }

    /** Why a row was left out. */
    record Dropped(long line, String reason) {}

    /** More than this many of a file's rows may not be impossible: 1 in 100. */
    private static final int ONE_IN = 100;

    /** As many faults are gathered before a file is given up halfway. */
    private static final int ENOUGH = 10_000;

    final String name;
    final Kind kind;

    /** Rows under the header, whatever became of them. */
    long rows;

    /** Rows whose high or low was widened to hold open and close. */
    int widened;

    final List<Dropped> impossible = new ArrayList<>();
    final List<Dropped> duplicates = new ArrayList<>();

    /** Rows by date where the Exchange had no session. */
    final Map<LocalDate, Integer> offSession = new TreeMap<>();

    ReadFile(String name, Kind kind) {
        this.name = name;
        this.kind = kind;
    }

    void drop(long line, String reason) {
        impossible.add(new Dropped(line, reason));
        if (impossible.size() >= ENOUGH) {
            refuseIfTooMany();
        }
    }

    int offSessionRows() {
        return offSession.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** @throws MarketFileException when too much of the file is impossible to trust the rest */
    void refuseIfTooMany() {
        if (impossible.size() * (long) ONE_IN <= rows) {
            return;
        }
        Dropped first = impossible.getFirst();
        throw new MarketFileException("%s, line %d: %s; mend or remove the line%s"
                .formatted(
                        name,
                        first.line(),
                        first.reason(),
                        impossible.size() == 1
                                ? ""
                                : " and %d more like it: of %d rows more than 1 %% are impossible"
                                        .formatted(impossible.size() - 1, rows)));
    }
}
