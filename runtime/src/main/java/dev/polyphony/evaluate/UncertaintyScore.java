/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/** A number for each example that is higher the less the ensemble trusts its own answer. */
public enum UncertaintyScore {
    /** One less the probability of the predicted class. From 0 to {@code 1 - 1/C}. */
    MAX_PROBABILITY(
            "maxProbability",
            "Lack of confidence",
            "",
            (pooled, members) -> 1 - pooled[Uncertainty.argmax(pooled)]),

    /** Entropy of the pooled probabilities: the whole uncertainty. In nats. */
    PREDICTIVE_ENTROPY(
            "predictiveEntropy",
            "Predictive entropy",
            "nats",
            (pooled, members) -> Uncertainty.entropy(pooled)),

    /** Mean entropy of the members: the uncertainty that they share. In nats. */
    EXPECTED_ENTROPY(
            "expectedEntropy",
            "Expected entropy",
            "nats",
            (pooled, members) -> Uncertainty.expectedEntropy(members)),

    /** Mutual information: how much the members contradict each other. In nats. */
    MUTUAL_INFORMATION(
            "mutualInformation",
            "Mutual information",
            "nats",
            (pooled, members) -> Uncertainty.mutualInformation(members)),

    /** Share of members that vote for another class than the ensemble. From 0 to 1. */
    VARIATION_RATIO(
            "variationRatio",
            "Variation ratio",
            "",
            (pooled, members) -> Uncertainty.variationRatio(members, Uncertainty.argmax(pooled)));

    private final String key;
    private final String title;
    private final String unit;
    private final ToDoubleBiFunction<double[], double[][]> score;

    UncertaintyScore(
            String key, String title, String unit, ToDoubleBiFunction<double[], double[][]> score) {
        this.key = key;
        this.title = title;
        this.unit = unit;
        this.score = score;
    }

    /**
     * Returns the name in files.
     *
     * @return the key
     */
    public String getKey() {
        return key;
    }

    /**
     * Returns the name for readers.
     *
     * @return the title
     */
    public String getTitle() {
        return title;
    }

    /**
     * Returns the unit, empty for a plain number.
     *
     * @return the unit
     */
    public String getUnit() {
        return unit;
    }

    /**
     * Scores one example.
     *
     * @param pooled the probabilities of the ensemble, {@code [C]}
     * @param members those of its members, {@code [M][C]}
     * @return the score
     */
    public double of(double[] pooled, double[][] members) {
        return score.applyAsDouble(pooled, members);
    }

    /**
     * Scores every example.
     *
     * @param predictions the predictions
     * @return the scores, {@code [N]}
     */
    public double[] of(Predictions predictions) {
        return IntStream.range(0, predictions.size())
                .mapToDouble(
                        i -> of(predictions.probabilities(i), predictions.memberProbabilities(i)))
                .toArray();
    }
}
