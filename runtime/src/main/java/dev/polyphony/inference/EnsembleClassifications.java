/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import ai.djl.modality.Classifications;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.Uncertainty;
import java.util.Arrays;
import java.util.List;

/**
 * An ensemble's answer about one example: the pooled probabilities, those of each member, and how
 * much the members are unsure or disagree.
 *
 * <p>Entropies are in nats. The predictive entropy is the sum of the expected entropy, which stays
 * however much data there is, and the mutual information, which comes from members that disagree.
 */
public final class EnsembleClassifications extends Classifications {

    private static final long serialVersionUID = 1L;

    private final double[][] memberProbabilities;

    private EnsembleClassifications(
            List<String> classNames, double[] pooled, double[][] memberProbabilities) {
        super(classNames, Arrays.stream(pooled).boxed().toList());
        this.memberProbabilities = memberProbabilities;
    }

    /**
     * Takes the members' scores.
     *
     * @param classNames the names of the classes
     * @param logits raw scores, {@code [M, C]} in row-major order
     * @param aggregation how the members' answers become one
     * @return the answer
     * @throws IllegalArgumentException if the scores are not some of each class, or not finite
     */
    public static EnsembleClassifications of(
            List<String> classNames, float[] logits, Aggregation aggregation) {
        int classes = classNames.size();
        if (classes == 0 || logits.length == 0 || logits.length % classes != 0) {
            throw new IllegalArgumentException(
                    "%d scores cannot be those of members for %d classes: give the name of every class"
                            .formatted(logits.length, classes));
        }
        Predictions one = Predictions.of(logits, logits.length / classes, classes, aggregation);
        return new EnsembleClassifications(
                List.copyOf(classNames),
                one.getProbabilities()[0],
                one.getMemberProbabilities()[0]);
    }

    /**
     * Returns the probabilities of each member.
     *
     * @return the probabilities, {@code [M][C]}
     */
    public double[][] getMemberProbabilities() {
        return Arrays.stream(memberProbabilities).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * Returns the entropy of the pooled probabilities: all that is unsure.
     *
     * @return the entropy in nats, 0 to {@code log C}
     */
    public double getPredictiveEntropy() {
        return Uncertainty.entropy(
                getProbabilities().stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * Returns the mean of the members' entropies: what every member is unsure of by itself.
     *
     * @return the entropy in nats, 0 to {@code log C}
     */
    public double getExpectedEntropy() {
        return Uncertainty.expectedEntropy(memberProbabilities);
    }

    /**
     * Returns the mutual information of answer and member: what members do not agree on. Large for
     * examples that are unlike the training data.
     *
     * @return the mutual information in nats, at least 0
     */
    public double getMutualInformation() {
        return Uncertainty.mutualInformation(memberProbabilities);
    }

    /**
     * Returns how many pairs of members name different classes.
     *
     * @return the fraction of pairs, 0 to 1; 0 for one member
     */
    public double getDisagreement() {
        return Uncertainty.disagreement(memberProbabilities);
    }
}
