package io.haetae.score;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A score that is the weighted mean of its parts. A part that is not known gives its weight up to the others: it never
 * counts as zero.
 */
public record Weighted(List<Part> parts) {

    public Weighted {
        parts = List.copyOf(parts);
    }

    /**
     * @param inputs what it was judged by
     * @param weight above 0, before renormalising
     * @param score 0 to 100; null when it is not known
     */
    public record Part(
            String name,
            List<Input> inputs,
            double weight,
            @Nullable Double score) {

        public Part {
            inputs = List.copyOf(inputs);
        }

        public boolean known() {
            return score != null;
        }
    }

    /** A figure by its name; null when it is not known. */
    public record Input(String name, @Nullable Double value) {}

    /** 0 to 100; null when no part is known. */
    public @Nullable Double score() {
        double sum = 0;
        double weights = 0;
        for (Part part : parts) {
            Double score = part.score();
            if (score != null) {
                sum += part.weight() * score;
                weights += part.weight();
            }
        }
        return weights == 0 ? null : Double.valueOf(sum / weights);
    }

    /** What the weights of the known parts add up to. */
    public double knownWeight() {
        return parts.stream().filter(Part::known).mapToDouble(Part::weight).sum();
    }
}
