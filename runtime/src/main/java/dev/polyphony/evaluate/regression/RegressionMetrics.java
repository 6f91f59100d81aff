/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.regression;

import static dev.polyphony.evaluate.Metric.Better.LOWER;
import static dev.polyphony.evaluate.Metric.Better.NEITHER;

import dev.polyphony.evaluate.Metric;
import java.util.List;

/** The metrics of a {@link RegressionEvaluation}, in the order of tables. */
public final class RegressionMetrics {

    /** Root mean squared error of the ensemble. */
    public static final Metric RMSE =
            Metric.of(
                    "rootMeanSquaredError",
                    "RMSE",
                    LOWER,
                    "Root of the mean squared error of the mean over members.");

    /** Mean absolute error of the ensemble. */
    public static final Metric MAE =
            Metric.of(
                    "meanAbsoluteError",
                    "MAE",
                    LOWER,
                    "Mean absolute error of the mean over members.");

    /** Negative log likelihood of the mixture of Gaussian members. */
    public static final Metric NLL =
            new Metric(
                    "gaussianMixtureNegativeLogLikelihood",
                    "NLL",
                    "nats",
                    LOWER,
                    4,
                    "How surprised the mixture of the members' Gaussians is by the right numbers, on average; no value for members that give points.");

    /** Continuous ranked probability score. */
    public static final Metric CRPS =
            Metric.of(
                    "continuousRankedProbabilityScore",
                    "CRPS",
                    LOWER,
                    "Continuous ranked probability score: how far the predicted distribution lies from the right number, in its unit; the absolute error if the prediction is a single point.");

    /** Coverage of the central 50% interval. */
    public static final Metric COVERAGE_50 = coverage(50);

    /** Coverage of the central 90% interval. */
    public static final Metric COVERAGE_90 = coverage(90);

    /** Coverage of the central 95% interval. */
    public static final Metric COVERAGE_95 = coverage(95);

    /** Mean width of the central 50% interval. */
    public static final Metric WIDTH_50 = width(50);

    /** Mean width of the central 90% interval. */
    public static final Metric WIDTH_90 = width(90);

    /** Mean width of the central 95% interval. */
    public static final Metric WIDTH_95 = width(95);

    /** How far members lie apart. */
    public static final Metric SPREAD =
            Metric.of(
                    "memberSpread",
                    "Spread of members",
                    NEITHER,
                    "Root of the mean variance over members: how unsure the ensemble is for want of data; 0 for a single network.");

    /** How far off members say that they may be. */
    public static final Metric NOISE =
            Metric.of(
                    "memberNoise",
                    "Noise",
                    NEITHER,
                    "Root of the mean variance of the members' Gaussians: the noise of the numbers; no value for members that give points.");

    /** Root mean squared error of the members on their own. */
    public static final Metric MEMBER_RMSE =
            Metric.of(
                    "memberRootMeanSquaredError",
                    "Member RMSE",
                    LOWER,
                    "Root mean squared error of one member alone, mean over the members.");

    private RegressionMetrics() {}

    private static Metric coverage(int percent) {
        return new Metric(
                "intervalCoverage" + percent,
                "Coverage of the " + percent + "% interval",
                "",
                NEITHER,
                4,
                "Share of the right numbers that lie in the central %d%% interval of the prediction; %s is right."
                        .formatted(percent, percent / 100.0));
    }

    private static Metric width(int percent) {
        return new Metric(
                "intervalWidth" + percent,
                "Width of the " + percent + "% interval",
                "",
                LOWER,
                4,
                "Mean width of the central %d%% interval of the prediction; of intervals that cover as much as they say, narrow ones are better."
                        .formatted(percent));
    }

    /**
     * Returns the metrics that a {@link RegressionEvaluation} computes.
     *
     * @return the metrics, in the order of tables
     */
    public static List<Metric> getAll() {
        return List.of(
                RMSE,
                MAE,
                NLL,
                CRPS,
                COVERAGE_50,
                COVERAGE_90,
                COVERAGE_95,
                WIDTH_50,
                WIDTH_90,
                WIDTH_95,
                SPREAD,
                NOISE,
                MEMBER_RMSE);
    }
}
