/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import ai.djl.modality.Classifications;
import dev.polyphony.evaluate.Predictions;
import dev.polyphony.evaluate.Uncertainty;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An ensemble's answer for one example: the probabilities of the ensemble, as DJL's {@link
 * Classifications}, and how far its members agree.
 *
 * <p>Entropies and mutual information are in nats.
 */
public class EnsembleClassifications extends Classifications {

    private static final long serialVersionUID = 1L;

    private final double[][] members;

    /**
     * Creates an answer.
     *
     * @param classNames the names of the {@code C} classes
     * @param predictions what the members say of one example
     * @throws IllegalArgumentException if there are several examples, or as many names as classes
     *     are not given
     */
    public EnsembleClassifications(List<String> classNames, Predictions predictions) {
        super(classNames, pooled(classNames, predictions));
        members = predictions.getMemberProbabilities()[0];
    }

    private static List<Double> pooled(List<String> classNames, Predictions predictions) {
        if (predictions.size() != 1) {
            throw new IllegalArgumentException(
                    "An answer is for one example, but there are " + predictions.size());
        }
        if (classNames.size() != predictions.getClasses()) {
            throw new IllegalArgumentException(
                    "The network has "
                            + predictions.getClasses()
                            + " outputs, but "
                            + classNames.size()
                            + " class names are given");
        }
        return Arrays.stream(predictions.getProbabilities()[0])
                .boxed()
                .collect(Collectors.toList());
    }

    /**
     * Returns the probabilities of each member.
     *
     * @return a copy, {@code [M][C]}
     */
    public double[][] getMemberProbabilities() {
        return Arrays.stream(members).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * Returns the entropy of the ensemble's probabilities: all of its uncertainty.
     *
     * @return from 0 to {@code log C}, in nats
     */
    public double getPredictiveEntropy() {
        return Uncertainty.entropy(
                probabilities.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /**
     * Returns the mean entropy of the members: the uncertainty that they agree on.
     *
     * @return from 0 to {@code log C}, in nats
     */
    public double getExpectedEntropy() {
        return Uncertainty.expectedEntropy(members);
    }

    /**
     * Returns the mutual information between answer and member: the uncertainty that comes from the
     * members' disagreement, high where the training data does not settle the answer.
     *
     * @return from 0 to {@code log min(M, C)}, in nats
     */
    public double getMutualInformation() {
        return Uncertainty.mutualInformation(members);
    }

    /**
     * Returns the share of pairs of members whose most probable classes differ.
     *
     * @return from 0 to 1
     */
    public double getDisagreement() {
        return Uncertainty.disagreement(members);
    }
}
