/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate;

import static dev.polyphony.evaluate.Metric.Better.HIGHER;
import static dev.polyphony.evaluate.Metric.Better.LOWER;
import static dev.polyphony.evaluate.Metric.Better.NEITHER;

import java.util.List;

/**
 * The metrics of an {@link Evaluation} and of a {@link Cost}, in the order of tables. How each is
 * computed is said where it is: {@link Scores}, {@link Calibration}, {@link Uncertainty}, {@link
 * Diversity}, {@link SelectivePrediction}, {@link Detection}.
 */
public final class Metrics {

    /** Share of test examples whose predicted class is right. */
    public static final Metric ACCURACY =
            Metric.of(
                    "accuracy",
                    "Accuracy",
                    HIGHER,
                    "Share of the test examples whose most probable class is the right one.");

    /** Share of test examples whose right class is among the five most probable. */
    public static final Metric TOP5 =
            Metric.of(
                    "top5Accuracy",
                    "Top-5 accuracy",
                    HIGHER,
                    "Share of the test examples whose right class is among the five most probable; "
                            + "no value for five classes or fewer.");

    /** Negative log likelihood of the pooled prediction. */
    public static final Metric NLL =
            new Metric(
                    "negativeLogLikelihood",
                    "NLL",
                    "nats",
                    LOWER,
                    4,
                    "Negative log likelihood: how surprised the ensemble is by the right answer, on "
                            + "average. Being sure and wrong costs most.");

    /** Brier score, summed over classes. */
    public static final Metric BRIER =
            Metric.of(
                    "brier",
                    "Brier",
                    LOWER,
                    "Squared distance between the probabilities and the right answer, summed over "
                            + "classes: 0 is perfect, 2 is sure and always wrong.");

    /** Expected calibration error, 15 equal-width bins. */
    public static final Metric ECE =
            Metric.of(
                    "expectedCalibrationError",
                    "ECE",
                    LOWER,
                    "Expected calibration error: by how much confidence and accuracy differ on "
                            + "average, in 15 bins of equal width; a confidence of exactly 1 is in the last "
                            + "bin.");

    /** Expected calibration error that leaves out examples with confidence 1. */
    public static final Metric HALF_OPEN_ECE =
            Metric.of(
                    "expectedCalibrationErrorHalfOpen",
                    "ECE, half-open",
                    LOWER,
                    "Expected calibration error with half-open bins, which leave out every "
                            + "confidence of exactly 1 (in single precision); for comparison with notebooks "
                            + "that compute it so.");

    /** Expected calibration error, 15 bins of equal mass. */
    public static final Metric ADAPTIVE_ECE =
            Metric.of(
                    "adaptiveCalibrationError",
                    "Adaptive ECE",
                    LOWER,
                    "Expected calibration error in 15 bins that hold the same number of examples "
                            + "each.");

    /** Expected calibration error of the probability of each class. */
    public static final Metric CLASSWISE_ECE =
            Metric.of(
                    "classWiseCalibrationError",
                    "Class-wise ECE",
                    LOWER,
                    "Expected calibration error of the probability of every class, not only of the "
                            + "predicted one, mean over the classes.");

    /** Smooth calibration error. */
    public static final Metric SMOOTH_ECE =
            Metric.of(
                    "smoothCalibrationError",
                    "Smooth ECE",
                    LOWER,
                    "Calibration error smoothed by a Gaussian kernel, so that no edge of a bin "
                            + "decides; the width of the kernel is the error itself.");

    /** Mean predictive entropy. */
    public static final Metric PREDICTIVE_ENTROPY =
            new Metric(
                    "predictiveEntropy",
                    "Entropy",
                    "nats",
                    NEITHER,
                    4,
                    "Entropy of the pooled probabilities, mean over the test examples: the whole "
                            + "uncertainty.");

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
                    "The part of the uncertainty that comes from members contradicting each other, "
                            + "mean over the test examples; 0 for a single network.");

    /** Mean variation ratio. */
    public static final Metric VARIATION_RATIO =
            Metric.of(
                    "variationRatio",
                    "Variation ratio",
                    NEITHER,
                    "Share of members that vote for another class than the ensemble predicts, mean "
                            + "over the test examples.");

    /** Mean pairwise disagreement. */
    public static final Metric DISAGREEMENT = PairMeasure.DISAGREEMENT.getMetric();

    /** Mean accuracy of the members on their own. */
    public static final Metric MEMBER_ACCURACY =
            Metric.of(
                    "memberAccuracy",
                    "Member accuracy",
                    HIGHER,
                    "Accuracy of one member alone, mean over the members: what the ensemble would "
                            + "be without pooling.");

    /** Mean negative log likelihood of the members on their own. */
    public static final Metric MEMBER_NLL =
            new Metric(
                    "memberNegativeLogLikelihood",
                    "Member NLL",
                    "nats",
                    LOWER,
                    4,
                    "Negative log likelihood of one member alone, mean over the members.");

    /** Mean Brier score of the members on their own. */
    public static final Metric MEMBER_BRIER =
            Metric.of(
                    "memberBrier",
                    "Member Brier",
                    LOWER,
                    "Brier score of one member alone, mean over the members.");

    /** Mean expected calibration error of the members on their own. */
    public static final Metric MEMBER_ECE =
            Metric.of(
                    "memberExpectedCalibrationError",
                    "Member ECE",
                    LOWER,
                    "Expected calibration error of one member alone, mean over the members.");

    /** Area under the ROC curve of the lack of confidence in finding wrong answers. */
    public static final Metric MISCLASSIFICATION_AUROC =
            Metric.of(
                    "misclassificationAuroc",
                    "Misclassification AUROC",
                    HIGHER,
                    "Probability that a wrong answer has a lower confidence than a right one; 0.5 "
                            + "is chance; no value if all answers are right, or all wrong.");

    /** Area under the risk-coverage curve. */
    public static final Metric AURC =
            Metric.of(
                    "areaUnderRiskCoverage",
                    "AURC",
                    LOWER,
                    "Error rate if the ensemble answers only the examples that it is surest of, "
                            + "mean over all shares of examples.");

    /** Area under the generalised risk-coverage curve. */
    public static final Metric AUGRC =
            Metric.of(
                    "areaUnderGeneralizedRiskCoverage",
                    "AUGRC",
                    LOWER,
                    "Share of examples that are answered and wrong if the ensemble answers only "
                            + "those that it is surest of, mean over all shares of examples.");

    /** Coverage at 5% risk. */
    public static final Metric COVERAGE_AT_5_RISK =
            Metric.of(
                    "coverageAt5Risk",
                    "Coverage at 5% risk",
                    HIGHER,
                    "Largest share of the test examples, the surest first, that is answered with at "
                            + "most 5% errors.");

    /** Risk at 80% coverage. */
    public static final Metric RISK_AT_80_COVERAGE =
            Metric.of(
                    "riskAt80Coverage",
                    "Risk at 80% coverage",
                    LOWER,
                    "Error rate among the surest 80% of the test examples.");

    /** Area under the ROC curve of an out-of-distribution score. */
    public static final Metric AUROC =
            Metric.of(
                    "auroc",
                    "AUROC",
                    HIGHER,
                    "Probability that a foreign example gets a higher uncertainty than a test "
                            + "example; 0.5 is chance.");

    /** Area under the precision-recall curve of an out-of-distribution score. */
    public static final Metric AUPR_OUT =
            Metric.of(
                    "auprOut",
                    "AUPR-out",
                    HIGHER,
                    "Average precision in finding foreign examples by their uncertainty; chance is "
                            + "their share of all examples.");

    /** Area under the precision-recall curve of finding test examples by a low score. */
    public static final Metric AUPR_IN =
            Metric.of(
                    "auprIn",
                    "AUPR-in",
                    HIGHER,
                    "Average precision in finding test examples by their low uncertainty; chance is "
                            + "their share of all examples.");

    /** False positive rate at 95% true positive rate of an out-of-distribution score. */
    public static final Metric FPR95 =
            Metric.of(
                    "fpr95",
                    "FPR95",
                    LOWER,
                    "Share of the test examples that are flagged too when at least 95% of the "
                            + "foreign ones are.");

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
                    "How often a network was run forward in training, validation left out; a deep "
                            + "ensemble runs each member; a batch in parts counts once.");

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
                            + " was held before; the median over stretches of half a second.");

    /** Wall time of prediction. */
    public static final Metric INFERENCE_TIME =
            new Metric(
                    "inferenceMillisecondsPer1000",
                    "Inference time",
                    "ms per 1000",
                    LOWER,
                    1,
                    "Wall time of predicting 1000 examples on this machine.");

    private Metrics() {}

    /**
     * Returns the metrics that an {@link Evaluation} computes on the test set.
     *
     * @return the metrics, in the order of tables
     */
    public static List<Metric> getQuality() {
        return List.of(
                ACCURACY,
                TOP5,
                NLL,
                BRIER,
                ECE,
                HALF_OPEN_ECE,
                ADAPTIVE_ECE,
                CLASSWISE_ECE,
                SMOOTH_ECE,
                PREDICTIVE_ENTROPY,
                EXPECTED_ENTROPY,
                MUTUAL_INFORMATION,
                VARIATION_RATIO,
                DISAGREEMENT,
                MEMBER_ACCURACY,
                MEMBER_NLL,
                MEMBER_BRIER,
                MEMBER_ECE,
                PairMeasure.OUTCOME_AGREEMENT.getMetric(),
                PairMeasure.DOUBLE_FAULT.getMetric(),
                PairMeasure.RATIO_OF_ERRORS.getMetric(),
                PairMeasure.Q_STATISTIC.getMetric(),
                PairMeasure.CORRELATION.getMetric(),
                PairMeasure.KL_DIVERGENCE.getMetric(),
                MISCLASSIFICATION_AUROC,
                AURC,
                AUGRC,
                COVERAGE_AT_5_RISK,
                RISK_AT_80_COVERAGE);
    }

    /**
     * Returns the metrics that an {@link Evaluation} computes for each out-of-distribution set and
     * score.
     *
     * @return the metrics, in the order of tables
     */
    public static List<Metric> getDetection() {
        return List.of(AUROC, AUPR_OUT, AUPR_IN, FPR95);
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
}
