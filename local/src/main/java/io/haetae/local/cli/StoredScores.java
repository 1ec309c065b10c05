package io.haetae.local.cli;

import io.haetae.market.Coverage;
import io.haetae.score.Metric;
import io.haetae.score.Score;
import io.haetae.score.ScoreSheet;
import io.haetae.score.Scorer;
import io.haetae.score.Scores;
import io.haetae.store.ScoreMapper;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The market's scores after one session, as stored.
 *
 * @param supplied metrics that some share has: the others have no source
 */
record StoredScores(ScoreSheet sheet, Set<Metric> supplied) {

    /** Calendar days looked back for the newest scores. */
    private static final int DAYS = 70;

    private static final String HOW = "./haetae run-job watchlist_update makes them, ./haetae day a simulated day's";

    /**
     * @param session null for the newest that has scores
     * @throws BadInputException when there are none
     */
    static StoredScores read(Surroundings here, Simulation simulation, String command, @Nullable LocalDate session) {
        try (StoredMarket stored = StoredMarket.open(here, simulation, command)) {
            Scores scores = new ScoreMapper(stored.store());
            LocalDate wanted = session == null ? newest(stored, scores) : session;
            ScoreSheet sheet = scores.at(wanted)
                    .orElseThrow(
                            () -> new BadInputException("no scores of %s are stored in %s, the newest are of %s: %s"
                                    .formatted(wanted, stored.place(), newest(stored, scores), HOW)));
            if (stored.data().coverage(wanted).stream()
                    .noneMatch(coverage -> coverage.inputs().equals(sheet.revision()))) {
                here.err()
                        .println(
                                "haetae: rows of %s have changed since they were scored: the next watchlist_update scores them again"
                                        .formatted(wanted));
            }
            return new StoredScores(sheet, Scorer.supplied(sheet.scores()));
        }
    }

    private static LocalDate newest(StoredMarket stored, Scores scores) {
        LocalDate last = stored.last();
        Optional<LocalDate> newest = stored.data().coverage(last.minusDays(DAYS), last).reversed().stream()
                .map(Coverage::session)
                .filter(session -> scores.revision(session).isPresent())
                .findFirst();
        return newest.orElseThrow(() ->
                new BadInputException("no scores are stored in %s up to %s: %s".formatted(stored.place(), last, HOW)));
    }

    /** @throws BadInputException when the session's rows have no such share */
    Score of(String symbol) {
        return sheet.score(symbol)
                .orElseThrow(() -> new BadInputException(
                        "%s has no score of %s: check the symbol; another session is named with --session"
                                .formatted(symbol, sheet.session())));
    }

    /** How many shares were ranked. */
    long ranked() {
        return sheet.scores().stream()
                .filter(score -> score.percentile() != null)
                .count();
    }
}
