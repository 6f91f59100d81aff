/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static dev.polyphony.evaluate.Metric.Better.HIGHER;
import static dev.polyphony.evaluate.Metric.Better.LOWER;
import static dev.polyphony.evaluate.Metric.Better.NEITHER;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The metrics of an {@link Evaluation}, in the order of tables. */
public final class Metrics {

    /** Share of test examples whose predicted class is right. */
    public static final Metric ACCURACY =
            new Metric(
                    "accuracy",
                    "Accuracy",
                    "",
                    HIGHER,
                    4,
                    "Share of the test examples whose most probable class is the right one.");

    /** Negative log likelihood of the pooled prediction. */
    public static final Metric NLL =
            new Metric(
                    "negativeLogLikelihood",
                    "NLL",
                    "nats",
                    LOWER,
                    4,
                    "Negative log likelihood: how surprised the ensemble is by the right answer, on"
                            + " average. Being sure and wrong costs most.");

    /** Brier score, summed over classes. */
    public static final Metric BRIER =
            new Metric(
                    "brier",
                    "Brier",
                    "",
                    LOWER,
                    4,
                    "Squared distance between the probabilities and the right answer, summed over"
                            + " classes: 0 is perfect, 2 is sure and always wrong.");

    /** Expected calibration error, 15 equal-width bins. */
    public static final Metric ECE =
            new Metric(
                    "expectedCalibrationError",
                    "ECE",
                    "",
                    LOWER,
                    4,
                    "Expected calibration error: by how much confidence and accuracy differ on"
                            + " average, in 15 bins of equal width; a confidence of exactly 1 is in the"
                            + " last bin.");

    /** Expected calibration error that leaves out examples with confidence 1. */
    public static final Metric HALF_OPEN_ECE =
            new Metric(
                    "expectedCalibrationErrorHalfOpen",
                    "ECE, half-open",
                    "",
                    LOWER,
                    4,
                    "Expected calibration error with half-open bins, which leave out every confidence of exactly 1"
                            + " (in single precision); for comparison with notebooks that compute it"
                            + " so.");

    /** Mean predictive entropy. */
    public static final Metric PREDICTIVE_ENTROPY =
            new Metric(
                    "predictiveEntropy",
                    "Entropy",
                    "nats",
                    NEITHER,
                    4,
                    "Entropy of the pooled probabilities, mean over the test examples: the whole"
                            + " uncertainty.");

    /** Mean expected entropy. */
    public static final Metric EXPECTED_ENTROPY =
            new Metric(
                    "expectedEntropy",
                    "Expected entropy",
                    "nats",
                    NEITHER,
                    4,
                    "Mean entropy of the members: the uncertainty that they share.");

    /** Mean mutual information. */
    public static final Metric MUTUAL_INFORMATION =
            new Metric(
                    "mutualInformation",
                    "Mutual information",
                    "nats",
                    NEITHER,
                    4,
                    "The part of the uncertainty that comes from members contradicting each other,"
                            + " mean over the test examples; 0 for a single network.");

    /** Mean pairwise disagreement. */
    public static final Metric DISAGREEMENT =
            new Metric(
                    "disagreement",
                    "Disagreement",
                    "",
                    NEITHER,
                    4,
                    "Share of pairs of members that predict different classes, mean over the test"
                            + " examples; 0 for a single network.");

    /** Mean accuracy of the members on their own. */
    public static final Metric MEMBER_ACCURACY =
            new Metric(
                    "memberAccuracy",
                    "Member accuracy",
                    "",
                    HIGHER,
                    4,
                    "Accuracy of one member alone, mean over the members: what the ensemble would"
                            + " be without pooling.");

    /** Mean negative log likelihood of the members on their own. */
    public static final Metric MEMBER_NLL =
            new Metric(
                    "memberNegativeLogLikelihood",
                    "Member NLL",
                    "nats",
                    LOWER,
                    4,
                    "Negative log likelihood of one member alone, mean over the members.");

    /** Area under the ROC curve of an out-of-distribution score. */
    public static final Metric AUROC =
            new Metric(
                    "auroc",
                    "AUROC",
                    "",
                    HIGHER,
                    4,
                    "Probability that a foreign example gets a higher uncertainty than a test"
                            + " example; 0.5 is chance.");

    /** Area under the precision-recall curve of an out-of-distribution score. */
    public static final Metric AUPR =
            new Metric(
                    "aupr",
                    "AUPR",
                    "",
                    HIGHER,
                    4,
                    "Average precision in finding foreign examples by their uncertainty; chance is"
                            + " their share of all examples.");

    /** False positive rate at 95% true positive rate of an out-of-distribution score. */
    public static final Metric FPR95 =
            new Metric(
                    "fpr95",
                    "FPR95",
                    "",
                    LOWER,
                    4,
                    "Share of the test examples that are flagged too when at least 95% of the"
                            + " foreign ones are.");

    /** Number of trained parameters. */
    public static final Metric PARAMETERS =
            new Metric(
                    "parameters",
                    "Parameters",
                    "",
                    LOWER,
                    0,
                    "Number of values in the trained network, all members together.");

    /** Multiply-adds of one prediction. */
    public static final Metric MULTIPLY_ADDS =
            new Metric(
                    "multiplyAdds",
                    "Multiply-adds",
                    "",
                    LOWER,
                    0,
                    "Products of features with weights that predicting one example takes, all members"
                            + " together.");

    /** Forward calls in training. */
    public static final Metric FORWARD_CALLS =
            new Metric(
                    "forwardCalls",
                    "Forward calls",
                    "",
                    LOWER,
                    0,
                    "How often a network was run forward in training, validation left out; a deep"
                            + " ensemble runs each member.");

    /** Wall time of training. */
    public static final Metric TRAINING_TIME =
            new Metric(
                    "trainingSeconds",
                    "Training time",
                    "s",
                    LOWER,
                    1,
                    "Wall time of training on this machine.");

    /** Peak memory of training. */
    public static final Metric PEAK_MEMORY =
            new Metric(
                    "peakMebibytes",
                    "Peak memory",
                    "MiB",
                    LOWER,
                    0,
                    "The most memory outside Java's heap that training held at a time, beyond what"
                            + " was held before.");

    /** Wall time of prediction. */
    public static final Metric INFERENCE_TIME =
            new Metric(
                    "inferenceMillisecondsPer1000",
                    "Inference time",
                    "ms per 1000",
                    LOWER,
                    1,
                    "Wall time of predicting 1000 examples on this machine.");

    private static final Map<Metric, ToDoubleFunction<Predictions>> QUALITY = quality();

    private Metrics() {}

    /**
     * Returns the metrics that an {@link Evaluation} computes on the test set.
     *
     * @return the metrics, in the order of tables
     */
    public static List<Metric> getQuality() {
        return List.copyOf(QUALITY.keySet());
    }

    /**
     * Returns the metrics that an {@link Evaluation} computes for each out-of-distribution set and
     * score.
     *
     * @return the metrics, in the order of tables
     */
    public static List<Metric> getDetection() {
        return List.of(AUROC, AUPR, FPR95);
    }

    /**
     * Returns the metrics of a {@link Cost}.
     *
     * @return the metrics, in the order of tables
     */
    public static List<Metric> getCost() {
        return List.of(
                PARAMETERS,
                MULTIPLY_ADDS,
                FORWARD_CALLS,
                PEAK_MEMORY,
                TRAINING_TIME,
                INFERENCE_TIME);
    }

    static double compute(Metric metric, Predictions predictions) {
        return QUALITY.get(metric).applyAsDouble(predictions);
    }

    private static Map<Metric, ToDoubleFunction<Predictions>> quality() {
        Map<Metric, ToDoubleFunction<Predictions>> map = new LinkedHashMap<>();
        map.put(ACCURACY, p -> Scores.accuracy(p.getPredicted(), p.getLabels()));
        map.put(NLL, Scores::negativeLogLikelihood);
        map.put(BRIER, p -> Scores.brier(p.getProbabilities(), p.getLabels()));
        map.put(ECE, Metrics::calibrationError);
        map.put(HALF_OPEN_ECE, Metrics::halfOpenCalibrationError);
        map.put(PREDICTIVE_ENTROPY, p -> mean(UncertaintyScore.PREDICTIVE_ENTROPY.of(p)));
        map.put(EXPECTED_ENTROPY, p -> mean(UncertaintyScore.EXPECTED_ENTROPY.of(p)));
        map.put(MUTUAL_INFORMATION, p -> mean(UncertaintyScore.MUTUAL_INFORMATION.of(p)));
        map.put(DISAGREEMENT, Metrics::disagreement);
        map.put(MEMBER_ACCURACY, p -> mean(overMembers(p, ACCURACY)));
        map.put(MEMBER_NLL, p -> mean(overMembers(p, NLL)));
        return Collections.unmodifiableMap(map);
    }

    private static double calibrationError(Predictions predictions) {
        return Calibration.expectedError(
                Calibration.bins(predictions, Calibration.BINS, BinRule.LAST_CLOSED),
                predictions.size());
    }

    private static double halfOpenCalibrationError(Predictions predictions) {
        // in single precision, where far more confidences are exactly 1
        double[] confidence =
                Arrays.stream(predictions.getConfidence()).map(c -> (float) c).toArray();
        return Calibration.expectedError(
                Calibration.bins(
                        confidence, predictions.getCorrect(), Calibration.BINS, BinRule.HALF_OPEN),
                predictions.size());
    }

    private static double disagreement(Predictions predictions) {
        return IntStream.range(0, predictions.size())
                .mapToDouble(i -> Uncertainty.disagreement(predictions.memberProbabilities(i)))
                .average()
                .orElseThrow();
    }

    /** Computes a metric for each member on its own, {@code [M]}. */
    static double[] overMembers(Predictions predictions, Metric metric) {
        double[] values = new double[predictions.getMembers()];
        for (int m = 0; m < values.length; m++) {
            values[m] = compute(metric, predictions.getMember(m));
        }
        return values;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
