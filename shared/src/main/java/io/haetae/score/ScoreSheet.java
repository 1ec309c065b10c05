package io.haetae.score;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Every share's score after one session, by symbol.
 *
 * @param revision of the session's rows that the scores rest on
 * @param warnings what could not be judged, for a person
 */
public record ScoreSheet(LocalDate session, String revision, List<Score> scores, List<String> warnings) {

    public ScoreSheet {
        scores = scores.stream().sorted(Comparator.comparing(Score::symbol)).toList();
        warnings = List.copyOf(warnings);
    }

    public Optional<Score> score(String symbol) {
        int low = 0;
        int high = scores.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = scores.get(middle).symbol().compareTo(symbol);
            if (order == 0) {
                return Optional.of(scores.get(middle));
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Optional.empty();
    }
}
