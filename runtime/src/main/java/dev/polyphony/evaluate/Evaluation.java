/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The verdict on one trained ensemble: every metric on the test set, the reliability diagram, the
 * members one by one, and how well its uncertainty tells foreign data sets apart.
 */
public final class Evaluation {

    private final int examples;
    private final int members;
    private final int classes;
    private final Aggregation aggregation;
    private final Map<Metric, Double> values = new LinkedHashMap<>();
    private final List<ReliabilityBin> reliability;
    private final double[] memberAccuracy;
    private final double[] memberNegativeLogLikelihood;
    private final Map<String, Map<UncertaintyScore, Detection>> detections = new LinkedHashMap<>();

    private Evaluation(Predictions test) {
        examples = test.size();
        members = test.getMembers();
        classes = test.getClasses();
        aggregation = test.getAggregation();
        for (Metric metric : Metrics.getQuality()) {
            values.put(metric, Metrics.compute(metric, test));
        }
        reliability = Calibration.bins(test, Calibration.BINS, BinRule.LAST_CLOSED);
        memberAccuracy = Metrics.overMembers(test, Metrics.ACCURACY);
        memberNegativeLogLikelihood = Metrics.overMembers(test, Metrics.NLL);
    }

    /**
     * Judges an ensemble on a test set alone.
     *
     * @param test labelled predictions on the test set
     * @return the evaluation
     * @throws IllegalStateException if there are no labels
     */
    public static Evaluation of(Predictions test) {
        return of(test, Map.of());
    }

    /**
     * Judges an ensemble on a test set and on data that it was not made for.
     *
     * @param test labelled predictions on the test set
     * @param outOfDistribution predictions on foreign data sets by their names, in the order of
     *     tables; labels are not looked at
     * @return the evaluation
     * @throws IllegalStateException if the test set has no labels
     * @throws IllegalArgumentException if a foreign set was predicted by another kind of ensemble
     */
    public static Evaluation of(Predictions test, Map<String, Predictions> outOfDistribution) {
        Evaluation evaluation = new Evaluation(test);
        outOfDistribution.forEach(
                (name, foreign) -> {
                    checkSameEnsemble(test, name, foreign);
                    Map<UncertaintyScore, Detection> scores = new EnumMap<>(UncertaintyScore.class);
                    for (UncertaintyScore score : UncertaintyScore.values()) {
                        scores.put(score, Detection.of(score.of(test), score.of(foreign)));
                    }
                    evaluation.detections.put(name, scores);
                });
        return evaluation;
    }

    private static void checkSameEnsemble(Predictions test, String name, Predictions foreign) {
        if (foreign.getMembers() != test.getMembers()
                || foreign.getClasses() != test.getClasses()
                || foreign.getAggregation() != test.getAggregation()) {
            throw new IllegalArgumentException(
                    ("the out-of-distribution set '%s' was predicted with %d members, %d classes,"
                                    + " pooled %s; the test set with %d, %d, %s: use one ensemble"
                                    + " for both")
                            .formatted(
                                    name,
                                    foreign.getMembers(),
                                    foreign.getClasses(),
                                    foreign.getAggregation(),
                                    test.getMembers(),
                                    test.getClasses(),
                                    test.getAggregation()));
        }
    }

    /**
     * Returns the number of test examples.
     *
     * @return {@code N}
     */
    public int getExamples() {
        return examples;
    }

    /**
     * Returns the number of members.
     *
     * @return {@code M}
     */
    public int getMembers() {
        return members;
    }

    /**
     * Returns the number of classes.
     *
     * @return {@code C}
     */
    public int getClasses() {
        return classes;
    }

    /**
     * Returns how the members were pooled.
     *
     * @return the aggregation
     */
    public Aggregation getAggregation() {
        return aggregation;
    }

    /**
     * Returns the value of a metric on the test set.
     *
     * @param metric one of {@link Metrics#getQuality}
     * @return the value
     * @throws IllegalArgumentException if the metric is not among them
     */
    public double getValue(Metric metric) {
        Double value = values.get(metric);
        if (value == null) {
            throw new IllegalArgumentException(
                    "'%s' is not evaluated on the test set".formatted(metric.key()));
        }
        return value;
    }

    /**
     * Returns all metrics on the test set.
     *
     * @return the values, in the order of tables
     */
    public Map<Metric, Double> getValues() {
        return Collections.unmodifiableMap(values);
    }

    /**
     * Returns the bars of the reliability diagram.
     *
     * @return {@value Calibration#BINS} bins of equal width, from low to high confidence
     */
    public List<ReliabilityBin> getReliability() {
        return reliability;
    }

    /**
     * Returns the accuracy of each member on its own.
     *
     * @return the accuracies, {@code [M]}
     */
    public double[] getMemberAccuracy() {
        return memberAccuracy.clone();
    }

    /**
     * Returns the negative log likelihood of each member on its own.
     *
     * @return the values in nats, {@code [M]}
     */
    public double[] getMemberNegativeLogLikelihood() {
        return memberNegativeLogLikelihood.clone();
    }

    /**
     * Returns how well each score tells the foreign sets from the test set.
     *
     * @return by name of the set, then by score
     */
    public Map<String, Map<UncertaintyScore, Detection>> getDetections() {
        return Collections.unmodifiableMap(detections);
    }
}
