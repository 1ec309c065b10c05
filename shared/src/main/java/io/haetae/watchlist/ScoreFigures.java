package io.haetae.watchlist;

import io.haetae.score.Score;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A share's scores, or what they changed by; null is not known. */
public record ScoreFigures(
        @Nullable Double composite,
        @Nullable Double value,
        @Nullable Double growth,
        @Nullable Double quality,
        @Nullable Double momentum,
        @Nullable Double stability,
        @Nullable Double percentile) {

    public static final ScoreFigures UNKNOWN = new ScoreFigures(null, null, null, null, null, null, null);

    public static ScoreFigures of(Score score) {
        return new ScoreFigures(
                score.composite(),
                score.value(),
                score.growth(),
                score.quality(),
                score.momentum(),
                score.stability(),
                score.percentile());
    }

    /** What changed since {@code earlier}, in points; null where either side is not known. */
    public ScoreFigures since(ScoreFigures earlier) {
        return new ScoreFigures(
                change(ScoreFigures::composite, earlier),
                change(ScoreFigures::value, earlier),
                change(ScoreFigures::growth, earlier),
                change(ScoreFigures::quality, earlier),
                change(ScoreFigures::momentum, earlier),
                change(ScoreFigures::stability, earlier),
                change(ScoreFigures::percentile, earlier));
    }

    private @Nullable Double change(Function<ScoreFigures, @Nullable Double> figure, ScoreFigures earlier) {
        Double now = figure.apply(this);
        Double then = figure.apply(earlier);
        return now == null || then == null ? null : Double.valueOf(now - then);
    }
}
