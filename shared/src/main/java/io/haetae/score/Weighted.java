package io.haetae.score;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
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
        double weights = knownWeight();
        double sum = 0;
        for (Part part : parts) {
            Double score = part.score();
            sum += score == null ? 0 : part.weight() * score;
        }
        return weights == 0 ? null : Double.valueOf(sum / weights);
    }

    /**
     * What each part adds to the score, so rounded that the sum is the rounded score to its last digit: every partial sum is
     * rounded, and a part's points are the difference to the one before. Zero for a part that is not known.
     *
     * @param decimals to round to, halves to the even digit
     */
    public List<BigDecimal> points(int decimals) {
        double weights = knownWeight();
        double sum = 0;
        BigDecimal before = BigDecimal.ZERO.setScale(decimals);
        List<BigDecimal> points = new ArrayList<>(parts.size());
        for (Part part : parts) {
            Double score = part.score();
            sum += score == null ? 0 : part.weight() * score;
            BigDecimal up = weights == 0 ? before : rounded(sum / weights, decimals);
            points.add(up.subtract(before));
            before = up;
        }
        return points;
    }

    /** A score as it is printed: halves to the even digit. */
    public static BigDecimal rounded(double score, int decimals) {
        return BigDecimal.valueOf(score).setScale(decimals, RoundingMode.HALF_EVEN);
    }

    /** What the weights of the known parts add up to. */
    public double knownWeight() {
        double weights = 0;
        for (Part part : parts) {
            weights += part.known() ? part.weight() : 0;
        }
        return weights;
    }
}
