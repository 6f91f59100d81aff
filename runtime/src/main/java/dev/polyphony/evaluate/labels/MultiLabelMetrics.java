/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.labels;

import static dev.polyphony.evaluate.Metric.Better.HIGHER;
import static dev.polyphony.evaluate.Metric.Better.LOWER;
import static dev.polyphony.evaluate.Metric.Better.NEITHER;

import dev.polyphony.evaluate.Metric;
import java.util.List;

/** The metrics of a {@link MultiLabelEvaluation}, in the order of tables. */
public final class MultiLabelMetrics {

    /** Share of labels that are right. */
    public static final Metric LABEL_ACCURACY =
            Metric.of(
                    "labelAccuracy",
                    "Label accuracy",
                    HIGHER,
                    "Share of the labels of all test examples that are told right, each at a probability of one half.");

    /** Share of examples all of whose labels are right. */
    public static final Metric EXACT_MATCH =
            Metric.of(
                    "exactMatch",
                    "Exact match",
                    HIGHER,
                    "Share of the test examples all of whose labels are told right.");

    /** Binary cross-entropy of the pooled probabilities. */
    public static final Metric BCE =
            new Metric(
                    "binaryCrossEntropy",
                    "BCE",
                    "nats",
                    LOWER,
                    4,
                    "Binary cross-entropy: how surprised the ensemble is by a label, mean over examples and labels.");

    /** Brier score of a label. */
    public static final Metric BRIER =
            Metric.of(
                    "labelBrier",
                    "Brier",
                    LOWER,
                    "Squared difference of the probability of a label and the label, mean over examples and labels: 0 is perfect, 1 is sure and always wrong.");

    /** Expected calibration error over labels. */
    public static final Metric ECE =
            Metric.of(
                    "labelExpectedCalibrationError",
                    "ECE",
                    LOWER,
                    "By how much the probability of a label and the share of examples that have it differ on average, over all labels together, in 15 bins of equal width from 0 to 1.");

    /** Mean area under the ROC curve. */
    public static final Metric AUROC =
            Metric.of(
                    "labelAuroc",
                    "Mean AUROC",
                    HIGHER,
                    "Probability that an example with a label gets a higher probability of it than one without, mean over the labels that some examples have and some have not.");

    /** Mean average precision. */
    public static final Metric AVERAGE_PRECISION =
            Metric.of(
                    "labelAveragePrecision",
                    "Mean average precision",
                    HIGHER,
                    "Average precision in finding the examples that have a label, mean over the labels that some examples have and some have not.");

    /** Mean entropy of the pooled probability of a label. */
    public static final Metric PREDICTIVE_ENTROPY =
            new Metric(
                    "labelPredictiveEntropy",
                    "Entropy",
                    "nats",
                    NEITHER,
                    4,
                    "Entropy of the pooled probability of a label, mean over examples and labels: the whole uncertainty.");

    /** Mean entropy of the members' probabilities of a label. */
    public static final Metric EXPECTED_ENTROPY =
            new Metric(
                    "labelExpectedEntropy",
                    "Expected entropy",
                    "nats",
                    NEITHER,
                    4,
                    "Entropy of one member's probability of a label, mean over members, examples and labels: the uncertainty that they share.");

    /** Mean mutual information of a label and the member. */
    public static final Metric MUTUAL_INFORMATION =
            new Metric(
                    "labelMutualInformation",
                    "Mutual information",
                    "nats",
                    NEITHER,
                    4,
                    "The part of the uncertainty of a label that comes from members contradicting each other, mean over examples and labels; 0 for a single network.");

    /** Mean pairwise disagreement on a label. */
    public static final Metric DISAGREEMENT =
            Metric.of(
                    "labelDisagreement",
                    "Disagreement",
                    NEITHER,
                    "Share of pairs of members that tell a label differently, mean over examples and labels; 0 for a single network.");

    /** Mean label accuracy of the members on their own. */
    public static final Metric MEMBER_LABEL_ACCURACY =
            Metric.of(
                    "memberLabelAccuracy",
                    "Member label accuracy",
                    HIGHER,
                    "Label accuracy of one member alone, mean over the members.");

    /** Mean binary cross-entropy of the members on their own. */
    public static final Metric MEMBER_BCE =
            new Metric(
                    "memberBinaryCrossEntropy",
                    "Member BCE",
                    "nats",
                    LOWER,
                    4,
                    "Binary cross-entropy of one member alone, mean over the members.");

    private MultiLabelMetrics() {}

    /**
     * Returns the metrics that a {@link MultiLabelEvaluation} computes.
     *
     * @return the metrics, in the order of tables
     */
    public static List<Metric> getAll() {
        return List.of(
                LABEL_ACCURACY,
                EXACT_MATCH,
                BCE,
                BRIER,
                ECE,
                AUROC,
                AVERAGE_PRECISION,
                PREDICTIVE_ENTROPY,
                EXPECTED_ENTROPY,
                MUTUAL_INFORMATION,
                DISAGREEMENT,
                MEMBER_LABEL_ACCURACY,
                MEMBER_BCE);
    }
}
