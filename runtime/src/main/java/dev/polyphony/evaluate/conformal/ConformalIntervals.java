/*
 * Copyright the Polyphony authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.polyphony.evaluate.conformal;

import dev.polyphony.evaluate.regression.RegressionPredictions;
import java.util.Arrays;

/**
 * Predicts intervals that hold the right number with a given probability, whatever the model, as
 * {@link ConformalPredictor} does with classes: {@code mean +- q u}, where {@code u} is 1, or how
 * far the members of the ensemble lie apart (their standard deviation), so that intervals are wide
 * where the ensemble is unsure. {@code q} is the {@code ceil((n + 1) coverage)}-th smallest {@code
 * |target - mean| / u} of {@code n} validation examples, for each target by itself.
 *
 * @see <a href="https://arxiv.org/abs/1604.04173">Lei et al., Distribution-Free Predictive
 *     Inference for Regression, 2018</a>
 */
public final class ConformalIntervals {

    private final boolean normalized;
    private final double coverage;
    private final double[] quantiles;

    private ConformalIntervals(boolean normalized, double coverage, double[] quantiles) {
        this.normalized = normalized;
        this.coverage = coverage;
        this.quantiles = quantiles;
    }

    /**
     * Fits intervals of the same width for all examples.
     *
     * @param coverage the probability with which an interval shall hold the right number
     * @param validation predictions with targets for examples that were not trained on
     * @return the predictor
     * @throws IllegalStateException if there are no targets
     * @throws IllegalArgumentException if the coverage is not above 0 and below 1
     */
    public static ConformalIntervals fit(double coverage, RegressionPredictions validation) {
        return fit(false, coverage, validation);
    }

    /**
     * Fits intervals that are proportional to how far members lie apart.
     *
     * @param coverage the probability with which an interval shall hold the right number
     * @param validation predictions with targets for examples that were not trained on
     * @return the predictor
     * @throws IllegalStateException if there are no targets
     * @throws IllegalArgumentException if the coverage is not above 0 and below 1, or there is one
     *     member, which does not differ from itself
     */
    public static ConformalIntervals fitNormalized(
            double coverage, RegressionPredictions validation) {
        if (validation.getMembers() < 2) {
            throw new IllegalArgumentException(
                    "One member has no spread: use intervals of the same width, or an ensemble of several members");
        }
        return fit(true, coverage, validation);
    }

    private static ConformalIntervals fit(
            boolean normalized, double coverage, RegressionPredictions validation) {
        ConformalQuantile.requireCoverage(coverage);
        double[][] means = validation.getMeans();
        double[][] targets = validation.getTargets();
        double[][] spread = spread(normalized, validation);
        double[] quantiles = new double[means[0].length];
        for (int k = 0; k < quantiles.length; k++) {
            double[] scores = new double[means.length];
            for (int i = 0; i < scores.length; i++) {
                double error = Math.abs(targets[i][k] - means[i][k]);
                // members that agree on the right number are no surprise
                scores[i] = error == 0 ? 0 : error / spread[i][k];
            }
            quantiles[k] = ConformalQuantile.of(scores, coverage);
        }
        return new ConformalIntervals(normalized, coverage, quantiles);
    }

    private static double[][] spread(boolean normalized, RegressionPredictions predictions) {
        double[][] variances = predictions.getVariances();
        for (double[] row : variances) {
            Arrays.setAll(row, k -> normalized ? Math.sqrt(row[k]) : 1);
        }
        return variances;
    }

    /**
     * Predicts the intervals of examples.
     *
     * @param predictions what the ensemble says
     * @return the lower and the upper end, {@code [N][K][2]}; infinite if there were too few
     *     validation examples, or members agree and {@code q} is infinite
     * @throws IllegalArgumentException if there are other targets
     */
    public double[][][] predict(RegressionPredictions predictions) {
        double[][] means = predictions.getMeans();
        double[][] spread = spread(normalized, predictions);
        if (means[0].length != quantiles.length) {
            throw new IllegalArgumentException(
                    "there are %d numbers for each example, where there should be %d"
                            .formatted(means[0].length, quantiles.length));
        }
        double[][][] intervals = new double[means.length][quantiles.length][2];
        for (int i = 0; i < means.length; i++) {
            for (int k = 0; k < quantiles.length; k++) {
                // infinite times 0 is not a number
                double half =
                        Double.isInfinite(quantiles[k])
                                ? quantiles[k]
                                : quantiles[k] * spread[i][k];
                intervals[i][k][0] = means[i][k] - half;
                intervals[i][k][1] = means[i][k] + half;
            }
        }
        return intervals;
    }

    /**
     * Judges the intervals of a test set.
     *
     * @param test predictions with targets for examples that this was not fitted on
     * @return a result for each target
     * @throws IllegalStateException if there are no targets
     * @throws IllegalArgumentException if there are other targets
     */
    public IntervalResult[] evaluate(RegressionPredictions test) {
        double[][] targets = test.getTargets();
        double[][][] intervals = predict(test);
        IntervalResult[] results = new IntervalResult[quantiles.length];
        for (int k = 0; k < results.length; k++) {
            int covered = 0;
            double width = 0;
            for (int i = 0; i < targets.length; i++) {
                double[] ends = intervals[i][k];
                covered += targets[i][k] >= ends[0] && targets[i][k] <= ends[1] ? 1 : 0;
                width += (ends[1] - ends[0]) / targets.length;
            }
            results[k] =
                    new IntervalResult(
                            normalized ? "normalized" : "absolute",
                            coverage,
                            quantiles[k],
                            targets.length,
                            (double) covered / targets.length,
                            width);
        }
        return results;
    }

    /**
     * Returns the probability with which an interval shall hold the right number.
     *
     * @return the coverage
     */
    public double getCoverage() {
        return coverage;
    }

    /**
     * Returns how wide intervals are to either side, in units of the spread if they are normalised.
     *
     * @return a copy, {@code [K]}; infinite if there were too few validation examples
     */
    public double[] getQuantiles() {
        return quantiles.clone();
    }
}
