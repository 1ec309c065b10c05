package io.haetae.signal;

import io.haetae.score.Measures;
import io.haetae.score.Score;
import io.haetae.score.Weighted;
import io.haetae.score.Weighted.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much speaks for an entry: value 30 %, momentum 30 %, volume 20 %, quality 20 %, renormalised over the components
 * that are known.
 *
 * @param score 0 to 100
 * @param value 0 to 100, null when unknown; so are the others
 * @param notes a few words for each component of 70 or more
 */
public record Conviction(
        double score,
        @Nullable Double value,
        @Nullable Double momentum,
        @Nullable Double volume,
        @Nullable Double quality,
        List<String> notes) {

    private static final double NOTABLE = 70;

    public Conviction {
        notes = List.copyOf(notes);
    }

    /** Empty when not one component is known: then nothing can be said, which is not a conviction of zero. */
    public static Optional<Conviction> of(
            @Nullable Double value, @Nullable Double momentum, @Nullable Double volume, @Nullable Double quality) {
        Weighted mean = mean(value, momentum, volume, quality);
        Double score = mean.score();
        if (score == null) {
            return Optional.empty();
        }
        List<String> notes = new ArrayList<>();
        for (Part part : mean.parts()) {
            Double known = part.score();
            if (known != null && known >= NOTABLE) {
                notes.add("strong " + part.name());
            }
        }
        return Optional.of(new Conviction(score, value, momentum, volume, quality, notes));
    }

    /** What a share's scores and trading say; empty when nothing is known of it. */
    public static Optional<Conviction> of(Score score) {
        Measures measures = score.measures();
        return of(
                score.value(),
                score.momentum(),
                VolumeScore.of(score.bars(), measures.volumeRatio(), measures.volumeSurge()),
                score.quality());
    }

    /** The weighted mean that the score is. */
    public Weighted explanation() {
        return mean(value, momentum, volume, quality);
    }

    private static Weighted mean(
            @Nullable Double value, @Nullable Double momentum, @Nullable Double volume, @Nullable Double quality) {
        return new Weighted(List.of(
                new Part("value", List.of(), 0.30, value),
                new Part("momentum", List.of(), 0.30, momentum),
                new Part("volume", List.of(), 0.20, volume),
                new Part("quality", List.of(), 0.20, quality)));
    }

    public Strength strength() {
        if (score >= 85) {
            return Strength.VERY_STRONG;
        }
        if (score >= 75) {
            return Strength.STRONG;
        }
        return score >= 65 ? Strength.MODERATE : Strength.WEAK;
    }

    /** How strong a signal is, by its conviction: from 85, from 75, from 65, below. */
    public enum Strength {
        VERY_STRONG(Urgency.HIGH),
        STRONG(Urgency.HIGH),
        MODERATE(Urgency.NORMAL),
        WEAK(Urgency.LOW);

        private final Urgency urgency;

        Strength(Urgency urgency) {
            this.urgency = urgency;
        }

        public Urgency urgency() {
            return urgency;
        }

        /** {@code very strong}: the name for a person. */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** How soon a signal wants to be acted on. */
    public enum Urgency {
        HIGH,
        NORMAL,
        LOW
    }
}
