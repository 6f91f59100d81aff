/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.inference;

import ai.djl.util.JsonSerializable;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.polyphony.evaluate.Aggregation;
import dev.polyphony.evaluate.Uncertainty;
import dev.polyphony.evaluate.labels.MultiLabelPredictions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An ensemble's answer about one example that may have several labels: the probability of each
 * label, and how much the members are unsure or disagree about it. Entropies are in nats.
 */
public final class EnsembleLabels implements JsonSerializable {

    private static final long serialVersionUID = 1L;

    /** The probability from which a label is taken to be there. */
    public static final double THRESHOLD = 0.5;

    @SuppressWarnings("serial")
    private final List<String> labels;

    private final double[] probabilities;
    private final double[][] memberProbabilities;

    private EnsembleLabels(
            List<String> labels, double[] probabilities, double[][] memberProbabilities) {
        this.labels = labels;
        this.probabilities = probabilities;
        this.memberProbabilities = memberProbabilities;
    }

    /**
     * Takes the members' scores.
     *
     * @param labels the names of the labels
     * @param logits raw scores, {@code [M, K]} in row-major order
     * @param aggregation how the members' answers become one
     * @return the answer
     * @throws IllegalArgumentException if the scores are not some of each label, or not finite
     */
    public static EnsembleLabels of(List<String> labels, float[] logits, Aggregation aggregation) {
        int width = labels.size();
        if (width == 0 || logits.length == 0 || logits.length % width != 0) {
            throw new IllegalArgumentException(
                    "%d scores cannot be those of members for %d labels: give the name of every label"
                            .formatted(logits.length, width));
        }
        MultiLabelPredictions one =
                MultiLabelPredictions.of(logits, null, logits.length / width, width, aggregation);
        return new EnsembleLabels(
                List.copyOf(labels), one.getProbabilities()[0], one.getMemberProbabilities()[0]);
    }

    /**
     * Returns the names of the labels.
     *
     * @return the names, {@code [K]}
     */
    public List<String> getLabels() {
        return labels;
    }

    /**
     * Returns the probability of each label.
     *
     * @return the probabilities, {@code [K]}
     */
    public double[] getProbabilities() {
        return probabilities.clone();
    }

    /**
     * Returns the probability that each member gives to each label.
     *
     * @return the probabilities, {@code [M][K]}
     */
    public double[][] getMemberProbabilities() {
        return Arrays.stream(memberProbabilities).map(double[]::clone).toArray(double[][]::new);
    }

    /**
     * Returns the labels that the example is taken to have, at a probability of one half or more.
     *
     * @return their names, in the order of all labels
     */
    public List<String> getPredicted() {
        return IntStream.range(0, labels.size())
                .filter(k -> probabilities[k] >= THRESHOLD)
                .mapToObj(labels::get)
                .toList();
    }

    /**
     * Returns the predictive entropy of each label.
     *
     * @return the entropies in nats, {@code [K]}, each 0 to {@code log 2}
     */
    public double[] getEntropy() {
        return Arrays.stream(probabilities).map(p -> Uncertainty.entropy(both(p))).toArray();
    }

    /**
     * Returns what members do not agree on, for each label.
     *
     * @return the mutual information in nats, {@code [K]}, each at least 0
     */
    public double[] getMutualInformation() {
        return IntStream.range(0, labels.size())
                .mapToDouble(
                        k ->
                                Uncertainty.mutualInformation(
                                        Arrays.stream(memberProbabilities)
                                                .map(member -> both(member[k]))
                                                .toArray(double[][]::new)))
                .toArray();
    }

    private static double[] both(double probability) {
        return new double[] {probability, 1 - probability};
    }

    /** Returns a JSON object with an object for each label. */
    @Override
    public JsonElement serialize() {
        double[] entropy = getEntropy();
        double[] information = getMutualInformation();
        JsonArray all = new JsonArray();
        for (int k = 0; k < probabilities.length; k++) {
            JsonObject label = new JsonObject();
            label.addProperty("label", labels.get(k));
            label.addProperty("probability", probabilities[k]);
            label.addProperty("predicted", probabilities[k] >= THRESHOLD);
            label.addProperty("entropy", entropy[k]);
            label.addProperty("mutualInformation", information[k]);
            JsonArray members = new JsonArray();
            for (double[] member : memberProbabilities) {
                members.add(member[k]);
            }
            label.add("memberProbabilities", members);
            all.add(label);
        }
        JsonObject json = new JsonObject();
        json.add("labels", all);
        return json;
    }

    /** Returns the answer as JSON. */
    @Override
    public String toString() {
        return toJson();
    }
}
