package io.haetae.signal;

import java.util.ArrayList;
import java.util.List;
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
        List<Component> known = new ArrayList<>();
        Component.add(known, "value", value, 0.30);
        Component.add(known, "momentum", momentum, 0.30);
        Component.add(known, "volume", volume, 0.20);
        Component.add(known, "quality", quality, 0.20);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        double weights = 0;
        double sum = 0;
        List<String> notes = new ArrayList<>();
        for (Component component : known) {
            weights += component.weight();
            sum += component.weight() * component.score();
            if (component.score() >= NOTABLE) {
                notes.add("strong " + component.name());
            }
        }
        return Optional.of(new Conviction(sum / weights, value, momentum, volume, quality, notes));
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
        VERY_STRONG,
        STRONG,
        MODERATE,
        WEAK
    }

    private record Component(String name, double score, double weight) {
        static void add(List<Component> known, String name, @Nullable Double score, double weight) {
            if (score != null) {
                known.add(new Component(name, score, weight));
            }
        }
    }
}
