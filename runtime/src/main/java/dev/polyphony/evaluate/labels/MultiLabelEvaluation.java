/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.labels;

import dev.polyphony.evaluate.Calibration;
import dev.polyphony.evaluate.Detection;
import dev.polyphony.evaluate.Metric;
import dev.polyphony.evaluate.ReliabilityBin;
import dev.polyphony.evaluate.TaskEvaluation;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The verdict on one trained ensemble that tells several labels of an example: every metric on the
 * test set, the labels one by one, the members one by one, and the reliability of probabilities.
 */
public final class MultiLabelEvaluation implements TaskEvaluation {

    private final int examples;
    private final Map<Metric, Double> values;
    private final List<LabelFigures> labels;
    private final List<ReliabilityBin> reliability;
    private final double[] memberAccuracy;
    private final double[] memberCrossEntropy;
    private final Map<String, Detection> detections;

    MultiLabelEvaluation(
            int examples,
            Map<Metric, Double> values,
            List<LabelFigures> labels,
            List<ReliabilityBin> reliability,
            double[] memberAccuracy,
            double[] memberCrossEntropy,
            Map<String, Detection> detections) {
        this.examples = examples;
        this.values = values;
        this.labels = labels;
        this.reliability = reliability;
        this.memberAccuracy = memberAccuracy;
        this.memberCrossEntropy = memberCrossEntropy;
        this.detections = Collections.unmodifiableMap(detections);
    }

    /**
     * Judges predictions.
     *
     * @param test predictions with the right labels
     * @return the evaluation
     * @throws IllegalStateException if the right labels are unknown
     */
    public static MultiLabelEvaluation of(MultiLabelPredictions test) {
        return MultiLabelMeter.of(test.getMembers(), test.getWidth(), test.getAggregation())
                .add(test)
                .getEvaluation();
    }

    /** {@inheritDoc} */
    @Override
    public int getExamples() {
        return examples;
    }

    /** {@inheritDoc} */
    @Override
    public int getMembers() {
        return memberAccuracy.length;
    }

    /**
     * Returns all metrics: those of {@link MultiLabelMetrics#getAll}.
     *
     * @return the values in the order of tables; NaN where a metric has no value, as areas have
     *     none if no label tells examples apart
     */
    @Override
    public Map<Metric, Double> getValues() {
        return values;
    }

    /** {@inheritDoc} */
    @Override
    public Map<String, Detection> getMainDetections() {
        return detections;
    }

    /**
     * Returns the labels one by one.
     *
     * @return the figures, {@code K} of them
     */
    public List<LabelFigures> getLabels() {
        return labels;
    }

    /**
     * Returns the bars of the reliability diagram over all labels: the probability of a label as
     * the confidence, the share of examples that have it as the accuracy.
     *
     * @return {@value Calibration#BINS} bins of equal width, from low to high probability
     */
    public List<ReliabilityBin> getReliability() {
        return reliability;
    }

    /**
     * Returns the label accuracy of each member on its own.
     *
     * @return the accuracies, {@code [M]}
     */
    public double[] getMemberLabelAccuracy() {
        return memberAccuracy.clone();
    }

    /**
     * Returns the binary cross-entropy of each member on its own.
     *
     * @return the values in nats, {@code [M]}
     */
    public double[] getMemberBinaryCrossEntropy() {
        return memberCrossEntropy.clone();
    }
}
