package io.haetae.score;

/**
 * A continuous scoring rule: straight lines between its points, flat outside them. Scores are 0 to 100.
 */
final class ThresholdTable {

    private final double[] inputs;
    private final double[] scores;

    private ThresholdTable(double[] inputs, double[] scores) {
        this.inputs = inputs;
        this.scores = scores;
    }

    /** @param points input, score, input, score, …; inputs rising */
    static ThresholdTable of(double... points) {
        double[] inputs = new double[points.length / 2];
        double[] scores = new double[points.length / 2];
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = points[2 * i];
            scores[i] = points[2 * i + 1];
            if (i > 0 && !(inputs[i] > inputs[i - 1])) {
                throw new IllegalArgumentException("inputs must rise: " + inputs[i]);
            }
        }
        return new ThresholdTable(inputs, scores);
    }

    double score(double input) {
        if (input <= inputs[0]) {
            return scores[0];
        }
        for (int i = 1; i < inputs.length; i++) {
            if (input <= inputs[i]) {
                double along = (input - inputs[i - 1]) / (inputs[i] - inputs[i - 1]);
                return scores[i - 1] + along * (scores[i] - scores[i - 1]);
            }
        }
        return scores[scores.length - 1];
    }
}
